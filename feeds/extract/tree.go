package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The largest tree that is searched as a tree. Finding the body looks at the
// text below an element again for the elements around it, so that the sum of
// the depths of all nodes, not their number, bounds the work.
const (
	maxNodes  = 120_000
	maxDepths = 2_500_000
)

// bounded reports whether a tree is within the limits.
func bounded(doc *html.Node) bool {
	nodes, depths, depth := 0, 0, 0
	for n := doc; n != nil; {
		if nodes, depths = nodes+1, depths+depth; nodes > maxNodes || depths > maxDepths {
			return false
		}
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			continue
		}
		for n != nil && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return true
}

func attribute(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// removeUp removes n and the elements around it, up to root, that hold nothing
// else.
func removeUp(n, root *html.Node) {
	for n != root {
		parent := n.Parent
		if parent == nil {
			return
		}
		remove(n)
		for c := range parent.ChildNodes() {
			if c.Type == html.ElementNode || strings.TrimSpace(c.Data) != "" {
				return
			}
		}
		n = parent
	}
}

// isUnread reports whether readers never see what is in an element.
func isUnread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Iframe, atom.Object, atom.Textarea,
		atom.Select, atom.Canvas, atom.Video, atom.Audio, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// isBlock reports whether an element starts and ends a line.
func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Li, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
		atom.Ul:
		return true
	}
	return false
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// textOf returns the text that readers see in n, white space collapsed.
func textOf(n *html.Node) string {
	var c collapser
	c.node(n)
	return c.b.String()
}

// collapser writes text with one space where there is white space.
type collapser struct {
	b     strings.Builder
	space bool // before the next word
}

func (c *collapser) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		c.text(n.Data)
	case n.Type == html.ElementNode && isUnread(n):
	case n.DataAtom == atom.Br:
		c.space = true
	default:
		block := isBlock(n)
		c.space = c.space || block
		for in := range n.ChildNodes() {
			c.node(in)
		}
		c.space = c.space || block
	}
}

func (c *collapser) text(s string) {
	if s == "" {
		return
	}
	c.space = c.space || startsWithSpace(s)
	for w := range strings.FieldsSeq(s) {
		if c.space && c.b.Len() > 0 {
			c.b.WriteByte(' ')
		}
		c.b.WriteString(w)
		c.space = true
	}
	c.space = endsWithSpace(s)
}

// weight is how much text readers see in an element, in bytes without the white
// space around words.
type weight struct {
	text int
	link int // of text, what links hold
}

// plain is the text outside of links.
func (w weight) plain() int { return w.text - w.link }

// mostlyLinks reports whether links hold at least seven tenths of the text.
func (w weight) mostlyLinks() bool { return 10*w.link >= 7*w.text }

// weigh returns the weights of n and of all elements in it.
func weigh(n *html.Node) map[*html.Node]weight {
	weights := map[*html.Node]weight{}
	var sum func(n *html.Node) weight
	sum = func(n *html.Node) (w weight) {
		switch {
		case n.Type == html.TextNode:
			w.text = len(strings.TrimSpace(n.Data))
			return w
		case n.Type == html.ElementNode && isUnread(n):
			return w
		}
		for c := range n.ChildNodes() {
			in := sum(c)
			w.text, w.link = w.text+in.text, w.link+in.link
		}
		if n.DataAtom == atom.A && attribute(n, "href") != "" {
			w.link = w.text
		}
		weights[n] = w
		return w
	}
	sum(n)
	return weights
}

// render writes n as HTML; a tree that cannot be written gives nothing.
func render(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return ""
	}
	return b.String()
}
