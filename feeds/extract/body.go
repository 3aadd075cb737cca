package extract

import (
	"math"
	"strings"

	readability "codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// enough is a length of text in bytes from which on a body is worth reading.
const enough = 250

// chooseBody returns the element that holds the article, nil when there is none.
// Several ways look for it. What go-readability finds stands unless the page
// marks another one, or it is plainly too little; where the page gives its text
// in JSON-LD, that decides.
func chooseBody(doc *html.Node, m *meta) *html.Node {
	c := candidates{found: readable(doc, m), whole: wholeArticle(doc, m), dense: densest(doc, m)}
	c.marked, c.sure = markedBody(doc, m)
	best := c.best()
	if len(m.linked.body) >= 2*enough {
		return closest(m.linked.body, best, c.found, c.marked, c.dense)
	}
	return best
}

// candidates are the bodies that a page may have, nil where there is none.
type candidates struct {
	found  *html.Node // by go-readability
	marked *html.Node // by the name that the page gives it
	whole  *html.Node // the page's only article with a headline
	dense  *html.Node // by the density of text
	sure   bool       // marked is schema.org's name, or stands below the headline
}

// best chooses without the help of JSON-LD, and cuts what comes behind the
// article off the body that go-readability found.
func (c *candidates) best() *html.Node {
	marked := plainLength(c.marked) > enough
	switch {
	case marked && (c.sure || 2*plainLength(c.marked) > plainLength(c.found)) && isElsewhere(c.found, c.marked):
		return c.marked
	case plainLength(c.whole) > enough && isElsewhere(c.found, c.whole):
		return c.whole
	case marked && betterThan(c.marked, c.found):
		return c.marked
	case plainLength(c.found) < enough && plainLength(c.dense) > 2*plainLength(c.found),
		c.marked == nil && c.whole == nil && missesMost(c.found, c.dense):
		return c.dense
	}
	complete(c.found, c.dense)
	switch {
	case c.whole != nil:
		cutBehind(c.found, c.whole, 2)
	case marked:
		cutBehind(c.found, c.marked, 7)
	}
	return c.found
}

// wholeArticle returns a copy of the page's only article with a headline of the
// first level and paragraphs of text, nil when there is none.
func wholeArticle(doc *html.Node, m *meta) *html.Node {
	var found *html.Node
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Article || found != nil && isBelow(n, found) || headlineOf(n) == "" {
			continue
		}
		if found != nil {
			return nil
		}
		found = n
	}
	if found == nil {
		return nil
	}
	whole := cleaned(found, m)
	paragraphs := 0
	for _, l := range textLines(whole) {
		if len(l) >= 80 {
			paragraphs++
		}
	}
	if paragraphs < 3 {
		return nil
	}
	return whole
}

// readable is the body that go-readability finds. A panic of it is as if it had
// found nothing.
func readable(doc *html.Node, m *meta) (body *html.Node) {
	defer func() {
		if recover() != nil {
			body = nil
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	article, err := parser.ParseDocument(doc, address(m.base))
	if err != nil || article.Node == nil {
		return nil
	}
	nameAtoms(article.Node)
	return article.Node
}

// nameAtoms gives all elements the atoms of their names: those that
// go-readability makes have none.
func nameAtoms(n *html.Node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			c.DataAtom = atom.Lookup([]byte(c.Data))
		}
	}
	n.DataAtom = atom.Lookup([]byte(n.Data))
}

// markedBody returns a copy of the element that a page marks as the text of its
// article, without what is plainly not text; nil when none is marked or several
// are.
func markedBody(doc *html.Node, m *meta) (body *html.Node, sure bool) {
	for i, is := range [...]func(*html.Node) bool{isDeclaredBody, isNamedBody} {
		var found *html.Node
		several := false
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode || !is(n) || found != nil && isBelow(n, found) {
				continue
			}
			several = several || found != nil
			found = n
		}
		if found != nil && !several && isBlock(found) {
			body = cleaned(found, m)
			return body, i == 0 || behindHeadline(doc, found, m.title) < plainLength(body)
		}
	}
	return nil, false
}

// behindHeadline returns how many bytes of text stand between the page's headline
// and an element, as much as can be where it does not stand behind it.
func behindHeadline(doc, element *html.Node, headline string) int {
	size, begun := 0, false
	headline = spelling.Fold(headline)
	for n := range doc.Descendants() {
		switch {
		case n == element && begun:
			return size
		case n == element:
			return math.MaxInt
		case n.Type == html.TextNode && begun && !isUnread(n.Parent):
			size += len(strings.TrimSpace(n.Data))
		case !begun && isHeading(n):
			begun = spelling.Fold(textOf(n)) == headline
		}
	}
	return math.MaxInt
}

// isDeclaredBody knows schema.org's mark.
func isDeclaredBody(n *html.Node) bool {
	return hasWord(attribute(n, "itemprop"), "articleBody") || hasWord(attribute(n, "property"), "articleBody")
}

// isNamedBody knows the names that publishing systems share.
func isNamedBody(n *html.Node) bool {
	before := ""
	for w := range words(attribute(n, "class") + " " + attribute(n, "id")) {
		if bodyNames[w] || bodyNames[before+"+"+w] {
			return true
		}
		before = w
	}
	return false
}

var bodyNames = wordSet("articlebody storybody articletext storytext articlecontent storycontent " +
	"article+body story+body article+text story+text article+content story+content entry+content post+content post+body news+text news+body news+content " +
	"content+body body+content field+body name+body item+text item+body news+detail article+detail single+content haber+metni haber+icerik itemfulltext newsbody newstext newscontent postcontent entrycontent")

// cleaned copies a body without what reads as furniture there: asides, forms,
// frames and boxes of links.
func cleaned(n *html.Node, m *meta) *html.Node {
	body := clone(n)
	weights := weigh(body)
	for c := range descendantsInOrder(body) {
		switch w := weights[c]; c.DataAtom {
		case atom.Aside, atom.Form, atom.Footer, atom.Iframe, atom.Object, atom.Embed, atom.Link, atom.Noscript, atom.Input, atom.Select, atom.Textarea:
			if 3*w.plain() < weights[body].plain() {
				remove(c)
			}
		case atom.Ul, atom.Ol, atom.Div, atom.Section, atom.Table:
			if c != body && w.text > 0 && 10*w.link >= 6*w.text && w.plain() < 200 && !isSentence(c) && !m.leadsElsewhere(c) && !strings.Contains(textOf(c), "://") {
				remove(c)
			}
		}
	}
	return body
}

// isSentence reports whether a box of links is a paragraph of text after all.
func isSentence(n *html.Node) bool {
	return n.DataAtom == atom.Div && strings.HasSuffix(textOf(n), ".") && len(textOf(n)) > 120
}

// descendantsInOrder lists the elements below n, so that they can be removed
// while going through them.
func descendantsInOrder(n *html.Node) func(func(*html.Node) bool) {
	var list []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			list = append(list, c)
		}
	}
	return func(yield func(*html.Node) bool) {
		for _, c := range list {
			if !yield(c) {
				return
			}
		}
	}
}

func clone(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for in := range n.ChildNodes() {
		c.AppendChild(clone(in))
	}
	return c
}
