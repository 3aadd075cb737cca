package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sentence is how many words a caption has that says more than whom or what its
// picture shows.
const sentence = 5

// plainText returns the text below n: paragraphs with a blank line between
// them, forced line ends and table rows as line ends, cells apart by a tab. Of
// captions only sentences stay: names and credits speak of a picture that is not
// there.
func plainText(n *html.Node) string {
	return printed(n, true)
}

// bareText is plainText without any caption.
func bareText(n *html.Node) string {
	return printed(n, false)
}

func printed(n *html.Node, captions bool) string {
	p := printer{captions: captions}
	p.node(n)
	p.end("\n\n")
	return p.b.String()
}

// printer writes text with separators between pieces only.
type printer struct {
	b        strings.Builder
	pending  string // the separator before the next word
	pre      bool
	captions bool // those that are sentences stay
}

// end asks for a separator before the next word, unless a stronger one waits.
func (p *printer) end(separator string) {
	if len(separator) > len(p.pending) || p.pending == " " {
		p.pending = separator
	}
}

func (p *printer) word(w string) {
	if p.b.Len() > 0 {
		p.b.WriteString(p.pending)
	}
	p.pending = ""
	p.b.WriteString(w)
}

func (p *printer) text(s string) {
	if p.pre {
		p.preformatted(s)
		return
	}
	if startsWithSpace(s) && p.pending == "" {
		p.pending = " "
	}
	first := true
	for w := range strings.FieldsSeq(s) {
		if !first {
			p.pending = " "
		}
		p.word(w)
		first = false
	}
	if endsWithSpace(s) && p.pending == "" {
		p.pending = " "
	}
}

// preformatted keeps the spaces within and before lines.
func (p *printer) preformatted(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			p.pending = strings.TrimRight(p.pending, " \t")
			p.end("\n")
		}
		text := strings.TrimRight(line, " \t\r")
		if text != "" {
			p.word(text)
		}
		if !strings.HasSuffix(p.pending, "\n\n") {
			p.pending += line[len(text):]
		}
	}
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func endsWithSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

func (p *printer) keeps(caption *html.Node) bool {
	return p.captions && captionWords(caption) >= sentence
}

// captionWords counts the words of a caption without those of short captions in
// it: of a credit.
func captionWords(n *html.Node) int {
	if n.Type == html.TextNode {
		return len(strings.Fields(n.Data))
	}
	words := 0
	for c := range n.ChildNodes() {
		if in := captionWords(c); c.DataAtom != atom.Figcaption || in >= sentence {
			words += in
		}
	}
	return words
}

func (p *printer) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		p.text(n.Data)
		return
	case n.Type == html.ElementNode && (isUnread(n) || n.DataAtom == atom.Figcaption && !p.keeps(n) || n.DataAtom == atom.Button):
		return
	}
	switch n.DataAtom {
	case atom.Br:
		if p.pending == "\n" {
			p.end("\n\n")
		} else {
			p.end("\n")
		}
		return
	case atom.Td, atom.Th:
		p.children(n)
		p.pending = "\t"
		return
	case atom.Tr:
		p.end("\n")
		p.children(n)
		p.pending = "\n"
		return
	case atom.Pre:
		p.pre = true
		defer func() { p.pre = false }()
	}
	block := isBlock(n)
	if block && !insideCell(n) {
		p.end("\n\n")
		defer p.end("\n\n")
	} else if block {
		p.end("\n")
		defer p.end("\n")
	}
	p.children(n)
}

func (p *printer) children(n *html.Node) {
	for c := range n.ChildNodes() {
		p.node(c)
	}
}

// insideCell reports whether a block stands directly in a table cell beside
// others: there, a line end is enough.
func insideCell(n *html.Node) bool {
	return n.Parent != nil && (n.Parent.DataAtom == atom.Td || n.Parent.DataAtom == atom.Th) && n.Parent.Parent != nil &&
		n.Parent.Parent.FirstChild != n.Parent.Parent.LastChild
}
