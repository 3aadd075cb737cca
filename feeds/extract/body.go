package extract

import (
	"strings"

	readability "codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// enough is a length of text in bytes from which on a body is worth reading.
const enough = 250

// chooseBody returns the element that holds the article, nil when there is none.
// Several ways look for it; what the page says in JSON-LD decides between them,
// else the one that go-readability finds stands unless it is plainly too little.
func chooseBody(doc *html.Node, m *meta, h Hint) *html.Node {
	marked := markedBody(doc)
	dense := densest(doc)
	found := readable(doc, m)
	if len(m.linked.body) >= 2*enough {
		return closest(m.linked.body, found, marked, dense)
	}
	whole := wholeArticle(doc)
	for _, sure := range [...]*html.Node{marked, whole} {
		if plainLength(sure) > enough && isElsewhere(found, sure) {
			return sure
		}
	}
	switch {
	case plainLength(marked) > enough && betterThan(marked, found):
		return marked
	case plainLength(found) < enough && plainLength(dense) > 2*plainLength(found),
		marked == nil && whole == nil && missesMost(found, dense):
		return dense
	}
	if whole != nil {
		cutBehind(found, whole, 1)
	} else if plainLength(marked) > enough {
		cutBehind(found, marked, 7)
	}
	return found
}

// wholeArticle returns a copy of the page's only article with a headline of the
// first level and paragraphs of text, nil when there is none.
func wholeArticle(doc *html.Node) *html.Node {
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
	whole := cleaned(found)
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

// missesMost reports whether a body that was found holds little of the page's
// running text, which stands together in dense and is no list of links.
func missesMost(found, dense *html.Node) bool {
	if dense == nil || !isElsewhere(found, dense) {
		return false
	}
	w := weigh(dense)[dense]
	return w.plain() > 4*enough && 5*w.link < w.text
}

// isElsewhere reports whether less than a third of what is surely text of the
// article is in the body that was found.
func isElsewhere(found, sure *html.Node) bool {
	seen := map[string]bool{}
	for _, l := range textLines(found) {
		seen[l] = true
	}
	in, all := 0, 0
	for _, l := range textLines(sure) {
		all += len(l)
		if seen[l] {
			in += len(l)
		}
	}
	return 3*in < all
}

// cutBehind removes from a body what comes behind the end of the one that the
// page marks, if that is tenths of it or more. What comes before may be the
// lead.
func cutBehind(found, marked *html.Node, tenths int) {
	wrapLoose(found)
	wrapLoose(marked)
	in := map[string]bool{}
	for _, p := range piecesOf(marked) {
		in[p.raw] = true
	}
	pieces := piecesOf(found)
	last, inside, all := -1, 0, 0
	for i, p := range pieces {
		all += p.weight.plain()
		if in[p.raw] {
			last, inside = i, inside+p.weight.plain()
		}
	}
	if 10*inside < tenths*all {
		return
	}
	for _, p := range pieces[last+1:] {
		removeUp(p.node, found)
	}
}

// betterThan reports whether a body that the page marks as such holds clearly
// more text than the one that was found, or the one found is mostly elsewhere.
func betterThan(marked, found *html.Node) bool {
	m, f := textLines(marked), textLines(found)
	if len(f) == 0 {
		return true
	}
	both, inMarked, inFound := 0, 0, 0
	seen := map[string]bool{}
	for _, l := range m {
		inMarked += len(l)
		seen[l] = true
	}
	for _, l := range f {
		inFound += len(l)
		if seen[l] {
			both += len(l)
		}
	}
	return 10*both >= 7*inFound && 10*inMarked > 11*both && inMarked < 6*inFound
}

// textLines returns the paragraphs of a body.
func textLines(n *html.Node) []string {
	if n == nil {
		return nil
	}
	return strings.Split(bareText(n), "\n\n")
}

func plainLength(n *html.Node) int {
	if n == nil {
		return 0
	}
	return weigh(n)[n].plain()
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
func markedBody(doc *html.Node) *html.Node {
	for _, is := range [...]func(*html.Node) bool{isDeclaredBody, isNamedBody} {
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
			return cleaned(found)
		}
	}
	return nil
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
func cleaned(n *html.Node) *html.Node {
	body := clone(n)
	weights := weigh(body)
	for c := range descendantsInOrder(body) {
		switch w := weights[c]; c.DataAtom {
		case atom.Aside, atom.Form, atom.Footer, atom.Iframe, atom.Object, atom.Embed, atom.Link, atom.Noscript, atom.Input, atom.Select, atom.Textarea:
			if 3*w.plain() < weights[body].plain() {
				remove(c)
			}
		case atom.Ul, atom.Ol, atom.Div, atom.Section, atom.Table:
			if c != body && w.text > 0 && 10*w.link >= 6*w.text && w.plain() < 200 && !isProse(c) && !strings.Contains(textOf(c), "://") {
				remove(c)
			}
		}
	}
	return body
}

// isProse reports whether a box of links is a paragraph of text after all.
func isProse(n *html.Node) bool {
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
