package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pre reads preformatted text: white space stays as it is.
func (b *builder) pre(n *html.Node) {
	outer := b.spans
	b.spans = nil
	b.verbatim(n)
	spans := trimLines(b.spans)
	b.spans = outer
	if text := textOf(spans); strings.TrimSpace(text) != "" {
		b.add(Block{Kind: Pre, Text: text, Spans: spans})
	}
}

func (b *builder) verbatim(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.put(strings.ReplaceAll(strings.ReplaceAll(c.Data, "\r\n", "\n"), "\r", "\n"))
		case c.Type != html.ElementNode || isDropped(c):
		case c.DataAtom == atom.Br:
			b.put("\n")
		default:
			b.note(c)
			style, link, to := b.style, b.link, b.to
			b.style |= styleOf[c.DataAtom]
			if c.DataAtom == atom.A {
				b.follow(c)
			}
			b.verbatim(c)
			b.style, b.link, b.to = style, link, to
		}
	}
}

// trimLines removes the empty lines around spans.
func trimLines(spans []Span) []Span {
	for len(spans) > 0 {
		first := &spans[0]
		if first.Text = strings.TrimLeft(first.Text, "\n"); first.Text != "" {
			break
		}
		spans = spans[1:]
	}
	return trimRight(spans, "\n")
}
