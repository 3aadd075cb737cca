package export

import (
	"strconv"
	"strings"

	"sitrep/feeds/document"
)

// markdownPrinter prints the blocks of a document as Markdown.
type markdownPrinter struct {
	b      strings.Builder
	prefix string // before every line
	first  string // before the next line in its place
}

// bodyLevel is how much deeper the headings of an article stand than in its own
// markup: below its headline.
const bodyLevel = 2

func (p *markdownPrinter) blocks(blocks []document.Block) {
	for i := range blocks {
		if i > 0 {
			p.b.WriteString(strings.TrimRight(p.prefix, " ") + "\n")
		}
		p.block(&blocks[i])
	}
}

// lines prints text that is Markdown already.
func (p *markdownPrinter) lines(text string) {
	for line := range strings.Lines(text + "\n") {
		p.b.WriteString(strings.TrimRight(p.first+strings.TrimSuffix(line, "\n"), " ") + "\n")
		p.first = p.prefix
	}
}

// within prints blocks behind a prefix of their own.
func (p *markdownPrinter) within(first, prefix string, blocks []document.Block) {
	outer, outerFirst := p.prefix, p.first
	p.first, p.prefix = outerFirst+first, outer+prefix
	if len(blocks) == 0 {
		p.lines("")
	}
	p.blocks(blocks)
	p.prefix, p.first = outer, outer
}

func (p *markdownPrinter) block(b *document.Block) {
	switch b.Kind {
	case document.Paragraph:
		p.lines(paragraph(b.Spans))
	case document.Heading:
		p.lines(strings.Repeat("#", min(b.Level+bodyLevel, 6)) + " " + strings.ReplaceAll(inline(b.Spans), "\\\n", " "))
	case document.Term:
		p.lines("**" + strings.TrimSpace(inline(plain(b.Spans))) + "**")
	case document.List:
		p.list(b)
	case document.Quote:
		p.within("> ", "> ", b.Blocks)
	case document.Item, document.Definitions, document.Detail:
		p.within("", "", b.Blocks)
	case document.Pre:
		p.fenced(b.Text)
	case document.Rule:
		p.lines("* * *")
	case document.Figure:
		p.figure(b)
	case document.Table:
		p.table(b)
	}
}

func (p *markdownPrinter) list(b *document.Block) {
	for i := range b.Blocks {
		mark := "- "
		if b.Ordered {
			mark = strconv.Itoa(max(0, b.Blocks[i].Number)) + ". "
		}
		p.within(mark, strings.Repeat(" ", len(mark)), b.Blocks[i].Blocks)
	}
}

// fenced prints code between fences longer than any in it.
func (p *markdownPrinter) fenced(text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	p.lines(fence + "\n" + strings.Trim(lines(spaced(text)), "\n") + "\n" + fence)
}

func (p *markdownPrinter) figure(b *document.Block) {
	m := b.Media
	caption := paragraph(b.Spans)
	alt := line(m.Alt)
	if alt == "" {
		alt = string(m.Kind)
	}
	if link := webLink(m.URL); link != "" {
		alt = "[" + escape(string(m.Kind)+": "+alt) + "](" + target(link) + ")"
	} else {
		alt = escape(alt)
	}
	if caption != "" {
		alt += "\\\n" + caption
	}
	p.lines(alt)
}

// table prints a table of GitHub's Markdown; rows above which there is no head
// get an empty one.
func (p *markdownPrinter) table(b *document.Block) {
	rows := b.Grid.Rows
	if len(rows) == 0 || len(rows[0]) == 0 {
		return
	}
	head := make([]document.Cell, len(rows[0]))
	if rows[0][0].Head {
		head, rows = rows[0], rows[1:]
	}
	p.lines(tableRow(head))
	p.lines(strings.Repeat("| --- ", len(head)) + "|")
	for _, r := range rows {
		p.lines(tableRow(r))
	}
	if caption := paragraph(b.Spans); caption != "" {
		p.b.WriteString(strings.TrimRight(p.prefix, " ") + "\n")
		p.lines(caption)
	}
}

func tableRow(cells []document.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(inline(c.Spans), "\\\n", " ") + " ")
	}
	return b.String() + "|"
}
