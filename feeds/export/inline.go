package export

import (
	"slices"
	"strings"

	"sitrep/feeds/document"
)

// inline prints spans as Markdown. Marks and links open after white space and
// close before it, else they would be read as plain signs.
func inline(spans []document.Span) string {
	var p inlinePrinter
	for _, s := range spans {
		p.span(s)
	}
	p.closeLink()
	return p.b.String()
}

// paragraph prints spans as lines none of which is read as a heading or list.
func paragraph(spans []document.Span) string {
	lines := strings.Split(inline(spans), "\n")
	for i, l := range lines {
		lines[i] = startEscaped(l)
	}
	return strings.Join(lines, "\n")
}

type inlinePrinter struct {
	b     strings.Builder
	link  string           // the link that is open, "" for none
	open  []document.Style // marks that are open, the innermost last
	space string           // white space that has yet to be printed
}

// marks are the styles that have a sign of their own.
var marks = [...]struct {
	style document.Style
	sign  string
}{{document.Strike, "~~"}, {document.Bold, "**"}, {document.Italic, "*"}}

func (p *inlinePrinter) span(s document.Span) {
	core := strings.Trim(s.Text, " \n")
	if core == "" {
		p.space += s.Text
		return
	}
	lead, tail, _ := strings.Cut(s.Text, core)
	link := webLink(s.Link)
	if link != p.link {
		p.closeLink()
	}
	keep := 0
	for keep < len(p.open) && s.Style&p.open[keep] != 0 {
		keep++
	}
	p.closeTo(keep)
	p.flush(lead)
	if link != p.link {
		p.b.WriteByte('[')
		p.link = link
	}
	for _, m := range marks {
		if s.Style&m.style != 0 && !slices.Contains(p.open, m.style) {
			p.b.WriteString(m.sign)
			p.open = append(p.open, m.style)
		}
	}
	if s.Style&document.Code != 0 {
		p.b.WriteString(code(line(core)))
	} else {
		p.b.WriteString(strings.ReplaceAll(escape(lines(core)), "\n", "\\\n"))
	}
	p.space = tail
}

// closeLink closes the open link and the marks in it.
func (p *inlinePrinter) closeLink() {
	p.closeTo(0)
	if p.link != "" {
		p.b.WriteString("](" + target(p.link) + ")")
		p.link = ""
	}
}

// closeTo closes the inner marks until n are open.
func (p *inlinePrinter) closeTo(n int) {
	for len(p.open) > n {
		last := len(p.open) - 1
		for _, m := range marks {
			if m.style == p.open[last] {
				p.b.WriteString(m.sign)
			}
		}
		p.open = p.open[:last]
	}
}

// flush prints the white space before what follows; none at the start.
func (p *inlinePrinter) flush(more string) {
	switch p.space += more; {
	case p.b.Len() == 0:
	case strings.Contains(p.space, "\n"):
		p.b.WriteString("\\\n")
	case p.space != "":
		p.b.WriteByte(' ')
	}
	p.space = ""
}

// code prints s between more backticks than stand in it.
func code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// plain returns the spans without styles and links.
func plain(spans []document.Span) []document.Span {
	out := make([]document.Span, len(spans))
	for i, s := range spans {
		out[i].Text = s.Text
	}
	return out
}
