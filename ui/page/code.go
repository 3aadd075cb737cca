package page

import (
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// tabWidth is what a tab in code moves on to a multiple of.
const tabWidth = 4

// pre keeps lines and blanks as they are; only what is too long is broken, and
// the lines that go on are marked.
func (l *layouter) pre(spans []document.Span, f *frame) {
	const indent = "  "
	in := f.indent(text.Segment{Text: indent}, text.Segment{Text: indent}, false)
	more := f.indent(text.Segment{Text: indent}, text.Segment{Text: l.signs.continued, Style: int(Dim)}, false)
	column, link := 0, 0
	for i := range spans {
		s := &spans[i]
		link = l.linkAt(spans, i, link)
		for rest, breaks := s.Text, true; breaks; {
			var part string
			part, rest, breaks = strings.Cut(rest, "\n")
			part, column = expandTabs(part, column)
			if breaks {
				part = strings.TrimRight(part, " ")
			}
			l.add(part, (styleOf(s) | Code | l.quoteStyle()).of(link))
			if breaks {
				l.code(&in, &more)
				column = 0
			}
		}
		if isLinkEnd(spans, i) {
			l.reference(spans, i)
		}
	}
	if len(l.parts) > 0 {
		l.code(&in, &more)
	}
}

// code puts the line of code that has been collected.
func (l *layouter) code(in, more *frame) {
	wrapped := l.o.Text.Wrap(l.take(), in.width, text.LTR)
	if len(wrapped) == 0 {
		l.put(in, nil, text.LTR)
	}
	for i, w := range wrapped {
		if i == 0 {
			l.put(in, w, text.LTR)
			continue
		}
		more.marked = false
		l.put(more, w, text.LTR)
	}
}

// expandTabs puts blanks in the place of tabs in text that starts at a column,
// and returns the column that it ends at.
func expandTabs(s string, column int) (string, int) {
	if !strings.Contains(s, "\t") {
		return s, column + text.Width(safe.New(s))
	}
	var b strings.Builder
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			n := tabWidth - column%tabWidth
			b.WriteString(blank(n))
			column += n
		}
		b.WriteString(part)
		column += text.Width(safe.New(part))
	}
	return b.String(), column
}
