package document

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline reads an element that stands within a line, and reports false if n is
// a block.
func (b *builder) inline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		b.marked(n, Bold)
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		b.marked(n, Italic)
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		b.marked(n, Code)
	case atom.S, atom.Strike, atom.Del:
		b.marked(n, Strike)
	case atom.Mark:
		b.marked(n, Marked)
	case atom.A:
		b.anchor(n)
	case atom.Br:
		b.lineBreak()
	case atom.Img:
		b.image(n)
	case atom.Video, atom.Audio, atom.Iframe, atom.Embed, atom.Object:
		b.media(n)
	case atom.Sup:
		b.raised(n, superscript, "^")
	case atom.Sub:
		b.raised(n, subscript, "_")
	case atom.Q:
		b.quoted(n)
	case atom.Wbr:
		b.spans = append(b.spans, Span{Text: "\u200b", Style: b.style, Link: b.link})
	case atom.Span, atom.Bdi, atom.Bdo:
		b.isolated(n)
	case atom.Font, atom.Small, atom.Big, atom.U, atom.Ins, atom.Abbr, atom.Acronym, atom.Time, atom.Data, atom.Label,
		atom.Ruby, atom.Rb, atom.Rt, atom.Rp, atom.Picture, atom.Nobr, atom.Output:
		b.children(n)
	default:
		if n.Namespace == "" && (n.DataAtom != 0 || strings.Contains(n.Data, "-")) {
			return false // a block, or a custom element
		}
		b.children(n)
	}
	return true
}

func (b *builder) marked(n *html.Node, s Style) {
	style := b.style
	b.style |= s
	b.children(n)
	b.style = style
}

func (b *builder) anchor(n *html.Node) {
	link := b.link
	if to := b.resolve(attribute(n, "href")); to != "" {
		b.link = to
	}
	b.children(n)
	b.link = link
}

// isolated reads a span, which may declare a direction of its own.
func (b *builder) isolated(n *html.Node) {
	open := ""
	switch strings.ToLower(attribute(n, "dir")) {
	case "ltr":
		open = "\u2066"
	case "rtl":
		open = "\u2067"
	case "auto":
		open = "\u2068"
	}
	if open == "" && n.DataAtom == atom.Bdi {
		open = "\u2068"
	}
	if open == "" {
		b.children(n)
		return
	}
	before := len(b.spans)
	b.put(open)
	b.children(n)
	if len(b.spans) > before { // no block in it has ended the paragraph
		b.put("\u2069")
	}
}

func (b *builder) quoted(n *html.Node) {
	marks := [2]string{"“", "”"}
	if b.quotes%2 == 1 {
		marks = [2]string{"‘", "’"}
	}
	b.quotes++
	b.put(marks[0])
	b.children(n)
	b.put(marks[1])
	b.quotes--
}

// raised reads a superscript or subscript: with the characters that Unicode
// has for it, else behind a sign.
func (b *builder) raised(n *html.Node, table, sign string) {
	if n.FirstChild == nil || n.FirstChild != n.LastChild || n.FirstChild.Type != html.TextNode {
		b.children(n) // a footnote's link, mostly
		return
	}
	text := strings.TrimSpace(n.FirstChild.Data)
	const plain = "0123456789+-=()"
	runes := []rune(table)
	var s strings.Builder
	for _, r := range text {
		k := strings.IndexRune(plain, r)
		if k < 0 {
			if utf8.RuneCountInString(text) > 3 || strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) || isOrdinal(text) {
				sign = ""
			}
			b.put(sign + text)
			return
		}
		s.WriteRune(runes[k])
	}
	b.put(s.String())
}

const (
	superscript = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"
	subscript   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
)

// isOrdinal reports whether s is the raised end of a number or a trade mark.
func isOrdinal(s string) bool {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "er", "re", "e", "o", "a", "tm", "sm":
		return true
	}
	return false
}

// put appends text as it is.
func (b *builder) put(s string) {
	if s != "" {
		b.spans = append(b.spans, Span{Text: s, Style: b.style, Link: b.link})
	}
}

// text appends text of the markup, its white space collapsed.
func (b *builder) text(s string) {
	if s = collapse(s); b.atStart() {
		s = strings.TrimLeft(s, " ")
	}
	b.put(s)
}

// atStart reports whether the next text needs no space before it.
func (b *builder) atStart() bool {
	for i := len(b.spans) - 1; i >= 0; i-- {
		if s := b.spans[i].Text; s != "\u200b" {
			return s[len(s)-1] == ' ' || s[len(s)-1] == '\n'
		}
	}
	return true
}

// lineBreak ends a line; a second one ends the paragraph, which is how much
// old markup separates them.
func (b *builder) lineBreak() {
	spans := trimSpaces(b.spans)
	switch {
	case len(spans) == 0:
	case strings.HasSuffix(spans[len(spans)-1].Text, "\n"):
		b.flush()
	default:
		b.spans = append(spans, Span{Text: "\n", Style: b.style, Link: b.link})
	}
}

// trimSpaces removes the spaces at the end of spans, trimEnd line ends too.
func trimSpaces(spans []Span) []Span { return trimRight(spans, " ") }
func trimEnd(spans []Span) []Span    { return trimRight(spans, " \n\u200b") }

func trimRight(spans []Span, cutset string) []Span {
	for i := len(spans) - 1; i >= 0; i-- {
		if spans[i].Text = strings.TrimRight(spans[i].Text, cutset); spans[i].Text != "" {
			return spans[:i+1]
		}
	}
	return nil
}

// collapse replaces every run of white space by one space. Most text needs no
// copy.
func collapse(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		if c := s[i]; c <= ' ' {
			clean = c != '\n' && c != '\t' && c != '\r' && c != '\f' && (c != ' ' || i+1 == len(s) || s[i+1] != ' ')
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for i := range len(s) {
		switch c := s[i]; c {
		case ' ', '\n', '\t', '\r', '\f':
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
		default:
			b.WriteByte(c)
			blank = false
		}
	}
	return b.String()
}
