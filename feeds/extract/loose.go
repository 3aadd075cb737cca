package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// wrapLoose makes a paragraph of each run of text that stands beside blocks or
// between forced line ends, so that what follows judges paragraphs only.
func wrapLoose(body *html.Node) {
	for n := range descendantsInOrder(body) {
		if holdsText(n) {
			wrapRuns(n)
		}
	}
	wrapRuns(body)
}

// holdsText reports whether paragraphs may stand in an element.
func holdsText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Td, atom.Blockquote, atom.Center, atom.Body, atom.Li, atom.Dd, atom.Header, atom.Footer, atom.Aside:
		return true
	}
	return false
}

// longLine is the length in bytes from which on a line is a paragraph of its own
// where single forced line ends separate them.
const longLine = 100

// wrapRuns wraps the runs directly in n. A single run without blocks around it is
// a paragraph as it is.
func wrapRuns(n *html.Node) {
	var runs [][]*html.Node
	var run []*html.Node
	blocks, size := 0, 0
	end := func() {
		if hasWords(run) {
			runs = append(runs, run)
		}
		run, size = nil, 0
	}
	for c := range n.ChildNodes() {
		switch {
		case holdsBlock(c):
			blocks++
			end()
		case c.DataAtom == atom.Br && (endsLine(c) || size >= longLine):
			end()
		default:
			run = append(run, c)
			size += len(textOf(c))
		}
	}
	end()
	if blocks == 0 && len(runs) < 2 {
		return
	}
	if n.DataAtom == atom.P { // paragraphs do not stand in one
		n.Data, n.DataAtom = "div", atom.Div
	}
	for _, run := range runs {
		p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
		n.InsertBefore(p, run[0])
		for _, c := range run {
			n.RemoveChild(c)
			p.AppendChild(c)
		}
	}
}

// endsLine reports whether a br stands beside another one.
func endsLine(br *html.Node) bool {
	near := func(n *html.Node, step func(*html.Node) *html.Node) bool {
		for n = step(n); n != nil && n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""; {
			n = step(n)
		}
		return n != nil && n.DataAtom == atom.Br
	}
	return near(br, func(n *html.Node) *html.Node { return n.NextSibling }) ||
		near(br, func(n *html.Node) *html.Node { return n.PrevSibling })
}

// holdsBlock reports whether n is a block or an inline element around one, as
// links around whole cards are.
func holdsBlock(n *html.Node) bool {
	if isBlock(n) {
		return true
	}
	for c := range n.Descendants() {
		if isBlock(c) {
			return true
		}
	}
	return false
}

func hasWords(run []*html.Node) bool {
	for _, n := range run {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" || n.Type == html.ElementNode && textOf(n) != "" {
			return true
		}
	}
	return false
}
