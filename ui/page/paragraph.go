package page

import (
	"strings"
	"unicode/utf8"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// maxPiece is how many bytes of a paragraph are wrapped at once. Longer ones
// are no news; they are broken there, so that they need no memory of their own
// size for each character.
const maxPiece = 1 << 15

// paragraph lays spans out as wrapped lines; "\n" in them ends a line.
func (l *layouter) paragraph(f *frame, spans []document.Span, declared document.Dir, style Style) {
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
	collected, link := 0, 0
	for i := range spans {
		if l.page.Cut {
			return
		}
		s := &spans[i]
		rest, tail := s.Text, ""
		ends := isLinkEnd(spans, i)
		if ends { // the number stands before the space that ends a link
			rest = strings.TrimRight(s.Text, " "+noBreak)
			tail = s.Text[len(rest):]
		}
		link = l.linkAt(spans, i, link)
		own := (style | styleOf(s)).of(link)
		for breaks := true; breaks && !l.page.Cut; {
			var part string
			part, rest, breaks = cutLine(rest, maxPiece-collected)
			l.add(part, own)
			if collected += len(part); breaks {
				l.wrap(f, dir)
				collected = 0
			}
		}
		if ends {
			l.reference(spans, i)
			l.add(tail, style)
		}
	}
	l.wrap(f, dir)
}

// cutLine cuts s at its first line end, or where it gets longer than most
// bytes: behind a space if there is one nearby.
func cutLine(s string, most int) (line, rest string, cut bool) {
	most = max(most, 4*utf8.UTFMax)
	if end := strings.IndexByte(s[:min(len(s), most)], '\n'); end >= 0 {
		return s[:end], s[end+1:], true
	}
	if len(s) <= most {
		return s, "", false
	}
	at := most
	if space := strings.LastIndexByte(s[most/2:most], ' '); space >= 0 {
		at = most/2 + space + 1
	}
	for !utf8.RuneStart(s[at]) && at > most-utf8.UTFMax {
		at--
	}
	return s[:at], s[at:], true
}

// directionOf is that of the first strong character of all spans.
func directionOf(spans []document.Span) text.Dir {
	var runs [8]text.Run
	n := 0
	for i := range spans {
		if n == len(runs) {
			break
		}
		runs[n].Text = safe.New(spans[i].Text)
		n++
	}
	return text.DirectionRuns(runs[:n]...)
}

// wrap lays out what has been collected and starts anew.
func (l *layouter) wrap(f *frame, dir text.Dir) {
	if l.o.Text.Bidi == text.Off {
		dir = text.LTR
	}
	for _, line := range l.o.Text.Wrap(l.take(), f.width, dir) {
		for i := range line {
			if Style(line[i].Style)&LinkRef != 0 {
				line[i].Text = strings.ReplaceAll(line[i].Text, noBreak, " ")
			}
		}
		l.put(f, line, dir)
	}
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
		l.parts, l.styles = append(l.parts, s), append(l.styles, style)
	}
}

// take returns the line that has been collected as runs, hits marked, and
// starts a new one. The runs are good until the next call.
func (l *layouter) take() []text.Run {
	l.runs = l.runs[:0]
	for i, t := range safe.Line(l.parts) {
		l.runs = append(l.runs, text.Run{Text: t, Style: int(l.styles[i])})
	}
	l.parts, l.styles = l.parts[:0], l.styles[:0]
	l.runs, l.match = l.o.Mark(l.runs, l.match)
	return l.runs
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
	}{{document.Bold, Bold}, {document.Italic, Italic}, {document.Code, Code}, {document.Strike, Strike},
		{document.Marked, Marked}, {document.Inserted, Inserted}} {
		if s.Style&m.from != 0 {
			style |= m.to
		}
	}
	if isLink(s) {
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
