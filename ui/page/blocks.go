package page

import (
	"strconv"
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// blocks lays blocks out with a blank line between them.
func (l *layouter) blocks(blocks []document.Block, f frame) { l.spaced(blocks, &f, true) }

// spaced lays blocks out; apart says whether blank lines separate them.
func (l *layouter) spaced(blocks []document.Block, f *frame, apart bool) {
	start := len(l.page.Lines)
	for i := range blocks {
		if before := len(l.page.Lines); apart && before > start {
			l.put(f, nil, text.LTR)
			if l.block(&blocks[i], f); len(l.page.Lines) == before+1 {
				l.page.Lines = l.page.Lines[:before] // the block shows nothing
			}
			continue
		}
		l.block(&blocks[i], f)
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
		in := f.indent(text.Segment{Text: "    "}, text.Segment{Text: "    "}, l.startsRight(b))
		l.spaced(b.Blocks, &in, true)
	case document.Pre:
		l.pre(b.Text, f)
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
	rtl := l.startsRight(b)
	bar := text.Segment{Text: l.signs.bar + " ", Style: int(Dim | Quote)}
	if rtl {
		bar.Text = " " + l.signs.bar
	}
	in := f.indent(bar, bar, rtl)
	l.quoted++
	l.spaced(b.Blocks, &in, true)
	l.quoted--
}

// list marks items with bullets or numbers. Items stand close together unless
// one of them has several paragraphs.
func (l *layouter) list(b *document.Block, f *frame) {
	markWidth := 2
	if b.Ordered {
		last := b.Start + len(b.Blocks) - 1
		markWidth += max(len(strconv.Itoa(b.Start)), len(strconv.Itoa(last)))
	}
	loose := isLoose(b)
	start := len(l.page.Lines)
	for i := range b.Blocks {
		if loose && len(l.page.Lines) > start {
			l.put(f, nil, text.LTR)
		}
		mark := l.signs.bullet
		if b.Ordered {
			mark = strconv.Itoa(b.Start+i) + "."
		}
		rtl := l.itemStartsRight(b, i)
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
func (l *layouter) startsRight(b *document.Block) bool {
	switch {
	case l.o.Text.Bidi == text.Off:
		return false
	case b.Dir != document.DirAuto:
		return b.Dir == document.DirRTL
	}
	s, ok := firstText(b)
	return ok && text.Direction(s) == text.RTL
}

// itemStartsRight reports whether item i of a list has its mark at the right,
// which is where its own lines start: an English item of an Arabic list reads
// from its bullet on.
func (l *layouter) itemStartsRight(list *document.Block, i int) bool {
	item := &list.Blocks[i]
	if _, ok := firstText(item); !ok || list.Dir != document.DirAuto {
		return l.startsRight(list)
	}
	return l.startsRight(item)
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

// tabWidth is what a tab in code moves on to a multiple of.
const tabWidth = 4

// pre keeps lines and blanks as they are; only what is too long is broken.
func (l *layouter) pre(code string, f *frame) {
	in := f.indent(text.Segment{Text: "  "}, text.Segment{Text: "  "}, false)
	for line := range strings.Lines(code) {
		line = expandTabs(strings.TrimRight(line, " \t\r\n"))
		l.runs = l.runs[:0]
		l.add(line, Code|l.quoteStyle())
		l.runs, l.match = l.o.Mark(l.runs, l.match)
		wrapped := l.o.Text.Wrap(l.runs, in.width, text.LTR)
		if len(wrapped) == 0 {
			l.put(&in, nil, text.LTR)
		}
		for _, w := range wrapped {
			l.put(&in, w, text.LTR)
		}
	}
}

func expandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var b strings.Builder
	column := 0
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			n := tabWidth - column%tabWidth
			b.WriteString(blank(n))
			column += n
		}
		b.WriteString(part)
		column += text.Width(safe.New(part))
	}
	return b.String()
}

// figure is a slot in the place of a picture, with its caption and the number
// of its address.
func (l *layouter) figure(b *document.Block, f *frame) {
	caption := b.Spans
	if len(caption) == 0 && b.Media.Alt != "" {
		caption = []document.Span{{Text: b.Media.Alt}}
	}
	kind := string(b.Media.Kind)
	spans := []document.Span{{Text: "[" + kind}}
	name := kind
	if len(caption) > 0 {
		spans = append(append(spans, document.Span{Text: ": "}), caption...)
		name = spanText(caption)
	}
	spans = append(spans, document.Span{Text: "]", Link: b.Media.URL})
	l.number(b.Media.URL, name)
	dir := b.Dir
	if dir == document.DirAuto && directionOf(caption) == text.RTL {
		dir = document.DirRTL
	}
	l.paragraph(f, spans, dir, Dim)
}
