package document

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxSpan bounds colspan and rowspan; maxColumns what a table can be as wide as.
const (
	maxSpan    = 100
	maxColumns = 200
)

// table reads a table of data. One that only places things on a page (a single
// row or column, or with blocks of any size in its cells) becomes what is in it.
func (b *builder) table(n *html.Node) {
	t := tableReader{b: b}
	t.rows(n)
	if t.layout || len(t.grid) < 2 || t.columns < 2 {
		for _, row := range t.read {
			b.blocks = append(b.blocks, row...)
		}
		return
	}
	for i, row := range t.grid {
		for len(row) < t.columns {
			row = append(row, Cell{})
		}
		t.grid[i] = row
	}
	t.dropEmptyColumns()
	var names []string
	for _, row := range t.read {
		names = append(names, namesOf(row)...)
	}
	b.add(Block{Kind: Table, Grid: &Grid{Rows: t.grid, Head: t.head()}, Spans: t.caption, Names: names})
}

// head is how many rows only name the columns: those of a thead, else a first
// row of header cells. One row at least is data.
func (t *tableReader) head() int {
	n := t.thead
	if n == 0 {
		n = 1
		for i := range t.grid[0] {
			if c := &t.grid[0][i]; !c.Head && len(c.Spans) > 0 {
				n = 0
			}
		}
	}
	return min(n, len(t.grid)-1)
}

// dropEmptyColumns removes columns that hold nothing in any row. Where cells
// span columns it leaves all alone.
func (t *tableReader) dropEmptyColumns() {
	used := make([]bool, t.columns)
	for _, row := range t.grid {
		for c := range row {
			used[c] = used[c] || len(row[c].Spans) > 0
			if row[c].Across > 1 {
				return
			}
		}
	}
	for i, row := range t.grid {
		kept := row[:0]
		for c := range row {
			if used[c] {
				kept = append(kept, row[c])
			}
		}
		t.grid[i] = kept
	}
}

// tableReader collects a table both as a grid and as plain blocks, because it
// turns out only at the end which one it is.
type tableReader struct {
	b       *builder
	grid    [][]Cell
	read    [][]Block
	caption []Span
	columns int
	below   []int // rows that a cell above still spans, by column
	layout  bool
	thead   int // rows of the thead that starts the table
}

func (t *tableReader) rows(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && isDropped(c) {
			continue
		}
		switch c.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			before := len(t.grid)
			t.rows(c)
			t.below = nil // no cell spans out of its group (HTML 4.9.12)
			if c.DataAtom == atom.Thead && before == 0 {
				t.thead = len(t.grid)
			}
		case atom.Tr:
			t.row(c)
		case atom.Caption:
			in := t.b.collect(func() { t.b.children(c) })
			t.read = append(t.read, in)
			t.caption = flatten(in)
		}
	}
}

func (t *tableReader) row(n *html.Node) {
	var row []Cell
	var read []Block
	skip := func() { // columns that cells above span
		for len(row) < len(t.below) && t.below[len(row)] > 0 {
			t.below[len(row)]--
			row = append(row, Cell{Down: -1})
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th || isDropped(c) {
			continue
		}
		skip()
		dir, lang := t.b.dir, t.b.lang
		t.b.note(c)
		t.b.declare(c)
		in := t.b.collect(func() { t.b.children(c) })
		cell := Cell{Spans: flatten(in), Head: c.DataAtom == atom.Th, Dir: t.b.dir}
		t.b.dir, t.b.lang = dir, lang
		t.layout = t.layout || isLayout(in)
		read = append(read, in...)
		across, down := max(1, spanOf(c, "colspan")), spanOf(c, "rowspan")
		if given, ok := number(c, "rowspan"); ok && given == 0 {
			down = maxSpan // to the end of its group
		}
		down = max(1, down)
		cell.Across, cell.Down = across, down
		for range across {
			if len(row) == maxColumns {
				t.layout = true
				break
			}
			for len(t.below) <= len(row) {
				t.below = append(t.below, 0)
			}
			t.below[len(row)] = down - 1
			row = append(row, cell)
			cell = Cell{Head: cell.Head}
			if down > 1 {
				cell.Down = down
			}
		}
	}
	skip()
	if len(read) > 0 {
		t.grid = append(t.grid, row)
		t.read = append(t.read, read)
		t.columns = max(t.columns, len(row))
	}
}

func spanOf(n *html.Node, name string) int {
	v, _ := number(n, name)
	return min(v, maxSpan)
}

// isLayout reports whether a cell holds more than a cell of data does.
func isLayout(blocks []Block) bool {
	text := 0
	for i := range blocks {
		switch blocks[i].Kind {
		case Table, Quote, Heading, Pre, Rule, Definitions:
			return true
		case Paragraph:
			for _, s := range blocks[i].Spans {
				text += len(s.Text)
			}
		}
	}
	return len(blocks) > 8 || text > 1500
}
