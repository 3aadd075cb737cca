package document

import "strings"

// PlainText returns the text of d: a blank line between blocks, list items and
// quotes marked, cells separated by tabs, pictures by their captions. It is in
// logical order and not wrapped.
func PlainText(d *Document) string {
	var p plainPrinter
	p.blocks(d.Blocks)
	return strings.TrimRight(p.b.String(), "\n")
}

type plainPrinter struct {
	b      strings.Builder
	prefix string // before every line
	first  string // before the next line in its place
}

func (p *plainPrinter) blocks(blocks []Block) {
	for i := range blocks {
		before := p.b.Len()
		if p.block(&blocks[i]); p.b.Len() > before {
			p.b.WriteByte('\n')
		}
	}
}

func (p *plainPrinter) lines(text string) {
	for line := range strings.Lines(text) {
		p.b.WriteString(p.first)
		p.b.WriteString(strings.TrimSuffix(line, "\n"))
		p.b.WriteByte('\n')
		p.first = p.prefix
	}
}

// within prints blocks behind a prefix of their own.
func (p *plainPrinter) within(first, prefix string, blocks []Block) {
	outer, outerFirst := p.prefix, p.first
	p.first, p.prefix = outerFirst+first, outer+prefix
	for i := range blocks {
		if k := blocks[i].Kind; i > 0 && k != List && k != Term && k != Detail {
			p.b.WriteByte('\n')
		}
		p.block(&blocks[i])
	}
	p.prefix, p.first = outer, outer
}

func (p *plainPrinter) block(b *Block) {
	switch b.Kind {
	case Paragraph, Heading, Term:
		p.lines(textOf(b.Spans))
	case List:
		for i := range b.Blocks {
			mark := "- "
			if b.Ordered {
				mark = b.Blocks[i].Label() + ". "
			}
			p.within(mark, strings.Repeat(" ", len(mark)), b.Blocks[i].Blocks)
		}
	case Quote:
		p.within("> ", "> ", b.Blocks)
	case Item, Definitions:
		p.within("", "", b.Blocks)
	case Detail:
		p.within("    ", "    ", b.Blocks)
	case Pre:
		p.lines(b.Text)
	case Rule:
		p.lines("* * *")
	case Figure:
		if caption := textOf(b.Spans); caption != "" {
			p.lines(caption)
		} else if b.Media.Alt != "" {
			p.lines(b.Media.Alt)
		}
	case Table:
		for _, row := range b.Grid.Rows {
			cells := make([]string, len(row))
			for i := range row {
				cells[i] = strings.ReplaceAll(textOf(row[i].Spans), "\n", " ")
			}
			p.lines(strings.Join(cells, "\t"))
		}
		p.lines(textOf(b.Spans))
	}
}
