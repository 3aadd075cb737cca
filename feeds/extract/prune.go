package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// prune removes from a page what its names give away as furniture and what only
// programs read, before the body is looked for: go-readability drops the names,
// and what stands inside of a body is no longer told apart without them.
func prune(doc *html.Node, m *meta) { pruneAs(doc, m, false) }

// pruneLeniently is prune for pages that give names of furniture to their text.
func pruneLeniently(doc *html.Node, m *meta) { pruneAs(doc, m, true) }

func pruneAs(doc *html.Node, m *meta, lenient bool) {
	weights := weigh(doc)
	p := pruner{weights: weights, page: weights[doc].plain(), article: aroundArticle(doc, m), lenient: lenient}
	p.children(doc)
	dropCards(doc, m, weights)
	keepOneArticle(doc, m, weights)
}

type pruner struct {
	weights map[*html.Node]weight
	page    int                 // plain text of the page
	article map[*html.Node]bool // what holds the headline or a body that is marked
	lenient bool                // what is named as furniture stays
}

// aroundArticle returns the elements that hold the page's headline or that are
// marked as the text of an article, and all around them: their names tell the
// state of the page.
func aroundArticle(doc *html.Node, m *meta) map[*html.Node]bool {
	around := map[*html.Node]bool{}
	title := spelling.Fold(m.title)
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || !isDeclaredBody(n) && (n.DataAtom != atom.H1 || spelling.Fold(textOf(n)) != title) {
			continue
		}
		for ; n != nil && !around[n]; n = n.Parent {
			around[n] = true
		}
	}
	return around
}

func (p *pruner) children(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && p.drops(c) {
			n.RemoveChild(c)
		} else if c.Type == html.ElementNode {
			if isHeading(c) && attribute(c, "id") != "" { // go-readability takes the words of a heading in its id for a name
				setAttribute(c, "id", "")
			}
			p.children(c)
		}
		c = next
	}
}

// drops reports whether an element goes. One with much of the page's text stays
// whatever it is called, unless readers wrote it or lawyers: that may be longer
// than the article.
func (p *pruner) drops(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Style, atom.Template, atom.Button, atom.Dialog, atom.Nav:
		return true
	case atom.Script:
		return true
	}
	if n.Namespace != "" || isKept(n) || p.article[n] {
		return false
	}
	w := p.weights[n]
	much := 5*w.plain() >= p.page && w.plain() > 200
	if n.DataAtom == atom.Aside && 5*w.plain() < 2*p.page {
		return true
	}
	switch placeOf(n) {
	case around:
		return !p.lenient && !much && !isProse(n, w)
	case foreign:
		return !much || p.page-w.plain() > 2*enough && 10*w.plain() < 9*p.page
	case caption:
		if w.text < 600 && !much && isBlockOrSpan(n) {
			n.Data, n.DataAtom = "figcaption", atom.Figcaption
			if box := n.Parent; box.DataAtom == atom.Div && p.weights[box].text == w.text && holdsImage(box) {
				box.Data, box.DataAtom = "figure", atom.Figure
			}
		}
	}
	return false
}

// isProse reports whether an element is running text whatever it is called: a
// paragraph, or several, without links that lead away from it.
func isProse(n *html.Node, w weight) bool {
	if n.DataAtom == atom.P {
		return w.plain() > 2*minParagraph && w.link == 0
	}
	return w.plain() > 5*minParagraph && 10*w.link < w.text
}

func holdsImage(n *html.Node) bool {
	for in := range n.Descendants() {
		if in.DataAtom == atom.Img || in.DataAtom == atom.Picture {
			return true
		}
	}
	return false
}

func isBlockOrSpan(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.P, atom.Span, atom.Small, atom.Em, atom.I, atom.Cite:
		return true
	}
	return false
}

// keepOneArticle removes all articles but one from a page that holds several
// with a headline of the first level each, as pages do that never end.
func keepOneArticle(doc *html.Node, m *meta, weights map[*html.Node]weight) {
	var articles []*html.Node
	chosen := 0
	title := spelling.Fold(m.title)
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Article || weights[n].plain() < 500 || isInside(n, articles) {
			continue
		}
		h := headlineOf(n)
		if h == "" {
			continue
		}
		if chosen == 0 && len(articles) > 0 && title != "" && spelling.Fold(h) == title {
			chosen = len(articles)
		}
		articles = append(articles, n)
	}
	for i, n := range articles {
		if i != chosen {
			remove(n)
		}
	}
}

func isInside(n *html.Node, list []*html.Node) bool {
	return len(list) > 0 && isBelow(n, list[len(list)-1])
}

func isBelow(n, of *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == of {
			return true
		}
	}
	return false
}

// headlineOf returns the text of the h1 in an article.
func headlineOf(n *html.Node) string {
	for in := range n.Descendants() {
		if in.DataAtom == atom.H1 {
			return strings.TrimSpace(textOf(in))
		}
	}
	return ""
}
