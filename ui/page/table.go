package page

import (
	"slices"
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// minColumn is the width below which a column of words is no pleasure; a table
// that would need narrower ones is shown as records.
const minColumn = 12

// table lays a grid out in columns as wide as needed, or as records of one
// line for each cell where the columns do not fit.
func (l *layouter) table(b *document.Block, f *frame) {
	if len(b.Spans) > 0 {
		l.paragraph(f, b.Spans, b.Dir, Italic)
	}
	rows := b.Grid.Rows
	gap := text.Width(safe.New(l.signs.column))
	if widths, ok := fit(rows[:min(len(rows), maxMeasured)], f.width-gap*(len(rows[0])-1), gap); ok {
		l.columns(f, b.Grid, widths, l.fromRight(b))
		return
	}
	l.records(f, b.Grid)
}

// maxMeasured is how many rows decide how wide columns are; what is wider in
// later ones is wrapped.
const maxMeasured = 2000

// fromRight reports whether the first column stands at the right.
func (l *layouter) fromRight(b *document.Block) bool {
	if b.Dir != document.DirAuto || l.o.Text.Bidi == text.Off {
		return b.Dir == document.DirRTL && l.o.Text.Bidi != text.Off
	}
	for _, row := range b.Grid.Rows {
		for i := range row {
			if cell := (document.Block{Spans: row[i].Spans}); len(cell.Spans) > 0 {
				return startsRight(&cell)
			}
		}
	}
	return false
}

// fit finds the widths of columns that together take at most room: what their
// texts need, the widest narrowed until all fit. It reports false if a column
// would become narrower than its longest word, within reason, or than
// minColumn.
func fit(rows [][]document.Cell, room, gap int) ([]int, bool) {
	widest, least := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for c := range least {
		widest[c], least[c] = 1, 1
	}
	for _, row := range rows {
		for c := range row {
			if row[c].Across == 1 {
				w, word := measure(row[c].Spans)
				widest[c] = max(widest[c], w)
				least[c] = max(least[c], min(word, 2*minColumn), min(w, minColumn))
			}
		}
	}
	for _, row := range rows {
		for c := range row {
			if across := row[c].Across; across > 1 { // its last column makes room for it
				w, _ := measure(row[c].Spans)
				last := min(c+across, len(row)) - 1
				widest[last] = max(widest[last], min(w, room)-sum(widest[c:last])-gap*(last-c))
			}
		}
	}
	if sum(least) > room {
		return nil, false
	}
	for total := sum(widest); total > room; {
		most := -1
		for c := range widest {
			if widest[c] > least[c] && (most < 0 || widest[c] > widest[most]) {
				most = c
			}
		}
		less := min(total-room, max(1, (widest[most]-least[most])/8))
		widest[most] -= less
		total -= less
	}
	return widest, true
}

func sum(widths []int) (total int) {
	for _, w := range widths {
		total += w
	}
	return total
}

// measure returns the cells of the longest line and of the longest word.
func measure(spans []document.Span) (line, word int) {
	const number = len(" [99]")
	linked := 0
	for i := range spans {
		if spans[i].Link != "" {
			linked = number
		}
	}
	for part := range strings.Lines(spanText(spans)) {
		line = max(line, text.Width(safe.New(strings.TrimSpace(part)))+linked)
		for w := range strings.FieldsSeq(part) {
			word = max(word, text.Width(safe.New(w))+linked)
		}
	}
	return line, word
}

// cellLines is a cell as laid out for its columns.
type cellLines struct {
	lines []Line
	dir   text.Dir
	width int
}

// columns prints a grid row by row, a rule below the head.
func (l *layouter) columns(f *frame, grid *document.Grid, widths []int, fromRight bool) {
	rows := grid.Rows
	numeric := numericColumns(grid)
	gap := text.Width(safe.New(l.signs.column))
	for r, row := range rows {
		cells := make([]cellLines, 0, len(row))
		height := 1
		for c := 0; c < len(row); c++ {
			first, w := c, widths[c]
			for c+1 < len(row) && c-first+1 < row[first].Across {
				c++
				w += gap + widths[c]
			}
			cell := l.cell(&row[first], w, r < grid.Head)
			if numeric[first] && c == first {
				cell.dir = text.RTL // aligned at the right
			}
			cells = append(cells, cell)
			height = max(height, len(cell.lines))
		}
		if fromRight {
			slices.Reverse(cells)
		}
		for y := range height {
			l.put(f, l.tableLine(cells, y, fromRight), alignment(fromRight))
		}
		if r+1 == grid.Head {
			l.put(f, l.tableRule(widths, fromRight), alignment(fromRight))
		}
	}
}

func alignment(fromRight bool) text.Dir {
	if fromRight {
		return text.RTL
	}
	return text.LTR
}

// tableLine is line y of a row of cells from left to right.
func (l *layouter) tableLine(cells []cellLines, y int, fromRight bool) Line {
	var line Line
	for i := range cells {
		c := &cells[i]
		if i > 0 {
			line = append(line, text.Segment{Text: l.signs.column, Style: int(Dim)})
		}
		var in Line
		if y < len(c.lines) {
			in = c.lines[y]
		}
		pad := text.Segment{Text: blank(c.width - width(in))}
		switch {
		case pad.Text == "" || i == len(cells)-1 && c.dir != text.RTL && !fromRight:
			line = append(line, in...)
		case c.dir == text.RTL:
			line = append(append(line, pad), in...)
		default:
			line = append(append(line, in...), pad)
		}
	}
	return line
}

func (l *layouter) tableRule(widths []int, fromRight bool) Line {
	var b strings.Builder
	for i := range widths {
		c := i
		if fromRight {
			c = len(widths) - 1 - i
		}
		if i > 0 {
			b.WriteString(l.signs.crossing)
		}
		b.WriteString(strings.Repeat(l.signs.rule, widths[c]))
	}
	return Line{{Text: b.String(), Style: int(Dim)}}
}

// cell lays a cell out as a little page of its own.
func (l *layouter) cell(c *document.Cell, columnWidth int, head bool) cellLines {
	style := Plain
	if c.Head || head {
		style = Bold
	}
	outer := l.page.Lines
	l.page.Lines = nil
	dir := text.LTR
	if c.Dir == document.DirRTL || c.Dir == document.DirAuto && directionOf(c.Spans) == text.RTL {
		dir = text.RTL
	}
	in := &frame{width: columnWidth}
	l.paragraph(in, c.Spans, c.Dir, style)
	lines := l.page.Lines
	l.page.Lines = outer
	return cellLines{lines, dir, columnWidth}
}

// numericColumns says which columns hold nothing but numbers below the head.
func numericColumns(grid *document.Grid) []bool {
	rows := grid.Rows[grid.Head:]
	numeric := make([]bool, len(rows[0]))
	for c := range numeric {
		numbers, words := 0, 0
		for _, row := range rows {
			if len(row[c].Spans) == 0 || row[c].Across > 1 {
				continue
			}
			if isNumber(row[c].Spans) {
				numbers++
			} else {
				words++
			}
		}
		numeric[c] = numbers > 0 && words == 0
	}
	return numeric
}

func isNumber(spans []document.Span) bool {
	if len(spans) != 1 || spans[0].Link != "" {
		return false
	}
	digits := false
	for _, r := range spans[0].Text {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case !strings.ContainsRune(" .,+-−–%$€£()", r):
			return false
		}
	}
	return digits
}

// records prints each row as lines of "head: cell", for tables too wide. What
// a cell above covers is said again.
func (l *layouter) records(f *frame, grid *document.Grid) {
	names := recordNames(grid)
	covering := make([][]document.Span, len(names))
	for r, row := range grid.Rows[grid.Head:] {
		if r > 0 {
			l.put(f, nil, text.LTR)
		}
		for c := range row {
			value := row[c].Spans
			if row[c].Down < 0 {
				value = covering[c]
			}
			covering[c] = value
			if len(value) == 0 {
				continue
			}
			var spans []document.Span
			if len(names[c]) > 0 {
				spans = append(append(spans, names[c]...), document.Span{Text: ": ", Style: document.Bold})
			}
			l.paragraph(f, append(spans, value...), row[c].Dir, Plain)
		}
	}
}

// recordNames is what each column is called: its heads from the top down, those
// that span several columns for each of them.
func recordNames(grid *document.Grid) [][]document.Span {
	names := make([][]document.Span, len(grid.Rows[0]))
	for _, row := range grid.Rows[:grid.Head] {
		for c := 0; c < len(row); {
			across := max(1, row[c].Across)
			for k := c; k < min(c+across, len(row)); k++ {
				if len(names[k]) > 0 && len(row[c].Spans) > 0 {
					names[k] = append(names[k], document.Span{Text: ", ", Style: document.Bold})
				}
				for _, s := range row[c].Spans {
					names[k] = append(names[k], document.Span{Text: s.Text, Style: s.Style | document.Bold})
				}
			}
			c += across
		}
	}
	return names
}
