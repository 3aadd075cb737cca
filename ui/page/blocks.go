package page

import (
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// spaced lays blocks out; apart says whether blank lines separate them.
func (l *layouter) spaced(blocks []document.Block, f *frame, apart bool) {
	start := len(l.page.Lines)
	for i := range blocks {
		l.one(&blocks[i], f, apart && len(l.page.Lines) > start)
	}
}

// one lays one block out, behind a blank line if apart. A block that shows
// nothing leaves no trace.
func (l *layouter) one(b *document.Block, f *frame, apart bool) {
	before := len(l.page.Lines)
	start := before
	if apart {
		l.put(f, nil, text.LTR)
		start++
	}
	for _, name := range b.Names {
		l.page.Places = append(l.page.Places, Place{name, start})
	}
	if l.block(b, f); apart && len(l.page.Lines) == start {
		l.page.Lines = l.page.Lines[:before]
	}
}

func (l *layouter) block(b *document.Block, f *frame) {
	defer l.passage(b, len(l.page.Lines))
	switch b.Kind {
	case document.Paragraph:
		l.paragraph(f, b.Spans, b.Dir, Plain)
	case document.Heading:
		before := len(l.page.Lines)
		if l.paragraph(f, b.Spans, b.Dir, Heading|Bold); len(l.page.Lines) > before {
			l.page.Headings = append(l.page.Headings, before)
		}
	case document.Term:
		l.paragraph(f, b.Spans, b.Dir, Bold)
	case document.List:
		l.list(b, f)
	case document.Quote:
		l.quote(b, f)
	case document.Item, document.Definitions:
		l.spaced(b.Blocks, f, b.Kind == document.Item)
	case document.Detail:
		in := f.indent(text.Segment{Text: "    "}, text.Segment{Text: "    "}, startsRight(b))
		l.spaced(b.Blocks, &in, true)
	case document.Pre:
		l.pre(b.Spans, f)
	case document.Rule:
		l.put(f, []text.Segment{{Text: strings.Repeat(l.signs.rule, f.width), Style: int(Dim)}}, text.LTR)
	case document.Figure:
		l.figure(b, f)
	case document.Table:
		l.table(b, f)
	}
}

// quote puts a bar at the side where its lines start.
func (l *layouter) quote(b *document.Block, f *frame) {
	rtl := startsRight(b)
	bar := text.Segment{Text: l.signs.bar + " ", Style: int(Dim | Quote)}
	if rtl {
		bar.Text = " " + l.signs.bar
	}
	in := f.indent(bar, bar, rtl)
	l.quoted++
	l.spaced(b.Blocks, &in, true)
	if b.Cite != "" {
		l.paragraph(&in, []document.Span{{Text: l.signs.from + shownHost(b.Cite), Link: b.Cite}}, b.Dir, Dim)
	}
	l.quoted--
}

// list marks items with bullets or numbers. Items stand close together unless
// one of them has several paragraphs.
func (l *layouter) list(b *document.Block, f *frame) {
	rtl := startsRight(b)
	markWidth := 2
	for i := range b.Blocks {
		if b.Ordered {
			markWidth = max(markWidth, 2+len(b.Blocks[i].Label()))
		}
	}
	loose := isLoose(b)
	start := len(l.page.Lines)
	for i := range b.Blocks {
		if loose && len(l.page.Lines) > start {
			l.put(f, nil, text.LTR)
		}
		mark := l.signs.bullet
		if b.Ordered {
			mark = b.Blocks[i].Label() + "."
		}
		space := blank(markWidth - 1 - text.Width(safe.New(mark)))
		first := text.Segment{Text: space + mark + " ", Style: int(Dim)}
		if rtl {
			if b.Ordered {
				mark = "." + strings.TrimSuffix(mark, ".")
			}
			first.Text = " " + mark + space
		}
		in := f.indent(first, text.Segment{Text: blank(markWidth)}, rtl)
		l.spaced(b.Blocks[i].Blocks, &in, loose)
		if in.marked && in.width < f.width { // an item that shows nothing
			l.put(&in, nil, text.LTR)
		}
	}
}

func isLoose(b *document.Block) bool {
	for i := range b.Blocks {
		paragraphs := 0
		for _, in := range b.Blocks[i].Blocks {
			if in.Kind != document.List {
				paragraphs++
			}
		}
		if paragraphs > 1 {
			return true
		}
	}
	return false
}

// startsRight reports whether the lines of a container start at the right: as
// declared, or as its first text does.
func startsRight(b *document.Block) bool {
	if b.Dir != document.DirAuto {
		return b.Dir == document.DirRTL
	}
	s, ok := firstText(b)
	return ok && text.Direction(s) == text.RTL
}

func firstText(b *document.Block) (safe.Text, bool) {
	for _, s := range b.Spans {
		if t := safe.New(strings.TrimSpace(s.Text)); !t.IsEmpty() {
			return t, true
		}
	}
	for i := range b.Blocks {
		if t, ok := firstText(&b.Blocks[i]); ok {
			return t, true
		}
	}
	return safe.Text{}, false
}
