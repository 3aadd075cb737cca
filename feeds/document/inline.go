package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// styleOf are the marks of elements that only mark their text.
var styleOf = map[atom.Atom]Style{
	atom.B: Bold, atom.Strong: Bold, atom.I: Italic, atom.Em: Italic, atom.Cite: Italic, atom.Dfn: Italic, atom.Var: Italic,
	atom.Code: Code, atom.Kbd: Code, atom.Samp: Code, atom.Tt: Code, atom.S: Strike, atom.Strike: Strike, atom.Del: Strike,
	atom.Ins: Inserted, atom.U: Inserted, atom.Mark: Marked,
}

// inline reads an element that stands within a line, and reports false if n is
// a block.
func (b *builder) inline(n *html.Node) bool {
	if style := styleOf[n.DataAtom]; style != 0 {
		b.marked(n, style)
		return true
	}
	switch n.DataAtom {
	case atom.A:
		b.anchor(n)
	case atom.Br:
		b.lineBreak()
	case atom.Img:
		b.image(n)
	case atom.Video, atom.Audio, atom.Iframe, atom.Embed, atom.Object:
		b.media(n)
	case atom.Sup:
		b.raised(n, superscript)
	case atom.Sub:
		b.raised(n, subscript)
	case atom.Rt, atom.Rtc:
		b.reading(n)
	case atom.Abbr, atom.Acronym:
		b.abbreviation(n)
	case atom.Q:
		b.quoted(n)
	case atom.Wbr:
		b.put("\u200b")
	case atom.Span, atom.Bdi, atom.Bdo:
		b.isolated(n)
	case atom.Font, atom.Small, atom.Big, atom.Time, atom.Data, atom.Label, atom.Ruby, atom.Rb, atom.Rp, atom.Picture,
		atom.Nobr, atom.Output:
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
	link, to := b.link, b.to
	b.follow(n)
	b.children(n)
	b.link, b.to = link, to
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

// raised reads a superscript or subscript: with the characters that Unicode has
// for it, else behind a sign if it is short. Words are left as they are.
func (b *builder) raised(n *html.Node, signs script) {
	text := ""
	if n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		text = strings.Trim(collapse(n.FirstChild.Data), " ")
	}
	if text == "" || strings.Trim(text, plainSigns) == "" {
		outer := b.raise
		b.raise = signs.of // of a footnote's link, mostly
		b.children(n)
		b.raise = outer
		return
	}
	if utf8.RuneCountInString(text) <= 3 && !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) && !isOrdinal(text) {
		text = signs.sign + text
	}
	b.put(text)
}

// script is how raised or lowered text is written in a line of equal signs.
type script struct{ of, sign string }

var (
	superscript = script{"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "^"}
	subscript   = script{"₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "_"}
)

// plainSigns are what a script has signs for, in their order.
const plainSigns = "0123456789+-=()"

// lift writes text in the signs of a script, if it has one for each character.
func lift(text, signs string) string {
	if strings.Trim(text, plainSigns) != "" {
		return text
	}
	runes := []rune(signs)
	return strings.Map(func(r rune) rune { return runes[strings.IndexRune(plainSigns, r)] }, text)
}

// isOrdinal reports whether s is the raised end of a number or a trade mark.
func isOrdinal(s string) bool {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "er", "re", "e", "o", "a", "tm", "sm":
		return true
	}
	return false
}

// reading is how a ruby text is read; it stands in parentheses, which its
// publisher may have given for readers without ruby.
func (b *builder) reading(n *html.Node) {
	given := false
	for s := n.PrevSibling; s != nil && !given && s.DataAtom != atom.Rb && s.DataAtom != atom.Rt; s = s.PrevSibling {
		given = s.DataAtom == atom.Rp
	}
	if given {
		b.children(n)
		return
	}
	b.put("(")
	b.children(n)
	b.put(")")
}

// abbreviation puts what it stands for behind an abbreviation when it is first
// met: on the page one would have to point at it.
func (b *builder) abbreviation(n *html.Node) {
	before := len(b.spans)
	b.children(n)
	full := strings.TrimSpace(collapse(attribute(n, "title")))
	short := ""
	if before < len(b.spans) {
		short = textOf(b.spans[before:])
	}
	const longest = 80
	if short == "" || full == "" || len(full) > longest || len(full) <= len(short) || b.spelt[short] ||
		!strings.ContainsFunc(full, unicode.IsLetter) || strings.ContainsFunc(full, unicode.IsDigit) {
		return
	}
	if b.spelt == nil {
		b.spelt = map[string]bool{}
	}
	b.spelt[short] = true
	b.put(" (" + full + ")")
}

// put appends text as it is.
func (b *builder) put(s string) {
	if s != "" {
		b.spans = append(b.spans, Span{Text: s, Style: b.style, Link: b.link, Note: b.to})
	}
}

// text appends text of the markup, its white space collapsed.
func (b *builder) text(s string) {
	if b.raise != "" {
		s = lift(s, b.raise)
	}
	for more := b.lines; more; {
		var line string
		if line, s, more = strings.Cut(s, "\n"); more {
			b.collapsed(line)
			b.lineBreak()
		} else {
			s = line
		}
	}
	b.collapsed(s)
}

func (b *builder) collapsed(s string) {
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
		b.spans = spans
		b.put("\n")
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
