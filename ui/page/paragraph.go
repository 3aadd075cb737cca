package page

import (
	"strconv"
	"strings"

	"sitrep/feeds/address"
	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// paragraph lays spans out as wrapped lines; "\n" in them ends a line.
func (l *layouter) paragraph(f *frame, spans []document.Span, declared document.Dir, style Style) {
	l.runs = l.runs[:0]
	style |= l.quoteStyle()
	dir := text.Auto
	switch declared {
	case document.DirLTR:
		dir = text.LTR
	case document.DirRTL:
		dir = text.RTL
	default:
		dir = directionOf(spans)
	}
	for i := range spans {
		s := &spans[i]
		rest, tail := s.Text, ""
		ends := s.Link != "" && (i+1 == len(spans) || spans[i+1].Link != s.Link)
		if ends { // the number stands before the space that ends a link
			rest = strings.TrimRight(s.Text, " "+noBreak)
			tail = s.Text[len(rest):]
		}
		for breaks := true; breaks; {
			var part string
			part, rest, breaks = strings.Cut(rest, "\n")
			l.add(part, style|styleOf(s))
			if breaks {
				l.wrap(f, dir)
			}
		}
		if ends {
			l.reference(spans[:i+1], s.Link)
			l.add(tail, style|styleOf(s))
		}
	}
	l.wrap(f, dir)
}

// directionOf is that of the first strong character of all spans.
func directionOf(spans []document.Span) text.Dir {
	var few [8]text.Run
	runs := few[:0]
	for i := range spans {
		runs = append(runs, text.Run{Text: safe.New(spans[i].Text)})
	}
	return text.DirectionRuns(runs...)
}

// wrap lays the collected runs out and starts anew.
func (l *layouter) wrap(f *frame, dir text.Dir) {
	if l.o.Text.Bidi == text.Off {
		dir = text.LTR
	}
	l.runs, l.match = l.o.Mark(l.runs, l.match)
	for _, line := range l.o.Text.Wrap(l.runs, f.width, dir) {
		for i := range line {
			if Style(line[i].Style)&LinkRef != 0 {
				line[i].Text = strings.ReplaceAll(line[i].Text, noBreak, " ")
			}
		}
		l.put(f, line, dir)
	}
	l.runs = l.runs[:0]
}

// noBreak keeps the number of a link on the line of its last word.
const noBreak = "\u00a0"

// reference puts the number of a link behind its text, which is at the end of
// spans. A link without text has none.
func (l *layouter) reference(spans []document.Span, address string) {
	from := len(spans)
	for from > 0 && spans[from-1].Link == address {
		from--
	}
	name := spanText(spans[from:])
	if strings.Trim(name, " "+noBreak) == "" {
		return
	}
	n := l.number(address, name)
	l.runs = append(l.runs, text.Run{Text: safe.New(noBreak + "[" + strconv.Itoa(n) + "]"), Style: int(LinkRef | l.quoteStyle())})
}

// number returns the number of a link. Equal addresses share one.
func (l *layouter) number(to, name string) int {
	n, known := l.numbers[to]
	if !known {
		n = len(l.page.Links) + 1
		l.numbers[to] = n
		l.page.Links = append(l.page.Links, Link{Number: n, URL: safe.New(to).String(), Text: safe.New(strings.TrimSpace(name)), Login: safe.New(l.logins[to])})
	}
	if link := &l.page.Links[n-1]; link.Claim.IsEmpty() {
		link.Claim = safe.New(address.Claim(name, to))
	}
	return n
}

func spanText(spans []document.Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	var b strings.Builder
	for i := range spans {
		b.WriteString(spans[i].Text)
	}
	return b.String()
}

// add appends text to the line that is being collected.
func (l *layouter) add(s string, style Style) {
	if s != "" {
		l.runs = append(l.runs, text.Run{Text: safe.New(s), Style: int(style)})
	}
}

func (l *layouter) quoteStyle() Style {
	if l.quoted > 0 {
		return Quote
	}
	return Plain
}

func styleOf(s *document.Span) (style Style) {
	for _, m := range [...]struct {
		from document.Style
		to   Style
	}{{document.Bold, Bold}, {document.Italic, Italic}, {document.Code, Code}, {document.Strike, Strike}, {document.Marked, Bold}} {
		if s.Style&m.from != 0 {
			style |= m.to
		}
	}
	if s.Link != "" {
		style |= Anchor
	}
	return style
}

// width returns the cells of a line.
func width(line []text.Segment) (n int) {
	for _, s := range line {
		n += text.Width(safe.New(s.Text))
	}
	return n
}

const blanks = "                                                                                "

func blank(n int) string {
	if n <= len(blanks) {
		return blanks[:max(0, n)]
	}
	return strings.Repeat(" ", n)
}
