package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// marks are the headline, authors and dates that a page marks in its body, by
// microdata, hAtom, or names of classes that publishing systems share. What
// says what it is goes before what only looks like it.
type marks struct {
	headline       string
	authors        []string // of itemprop, rel or hAtom
	bylines        []string // of elements that are named so
	dates          []string // of itemprop, pubdate or hAtom
	times          []string // of <time>
	dateLines      []string // of elements that are named so
	afterHeadline  bool
	timesOfTheHead int      // of times, how many stand before the first h1
	near           []string // short texts with digits soon behind the first h1
	passed         int      // texts behind the first h1
}

// maxMarks bounds each list of marks.
const maxMarks = 12

func (k *marks) look(n *html.Node) {
	if n.Type == html.TextNode {
		k.text(n)
		return
	}
	if n.DataAtom == atom.H1 {
		if !k.afterHeadline {
			k.afterHeadline, k.timesOfTheHead = true, len(k.times)
		}
	}
	prop, class := attribute(n, "itemprop"), attribute(n, "class")
	if n.DataAtom == atom.Time {
		k.time(n, prop, class)
		return
	}
	switch {
	case prop == "":
	case hasWord(prop, "headline") && k.headline == "":
		k.headline = line(textOf(n))
	case hasWord(prop, "author") && !isMetaLike(n):
		add(&k.authors, authorOf(n))
	case hasWord(prop, "datePublished"):
		add(&k.dates, firstOf(attribute(n, "content"), attribute(n, "datetime"), textOf(n)))
	}
	if class == "" && attribute(n, "rel") == "" || isUnread(n) {
		return
	}
	switch {
	case n.DataAtom == atom.A && hasWord(attribute(n, "rel"), "author"):
		add(&k.authors, textOf(n))
	case hasWord(class, "published") && n.DataAtom == atom.Abbr:
		add(&k.dates, firstOf(attribute(n, "title"), textOf(n)))
	case hasWord(class, "vcard") && hasWord(class, "author"):
		add(&k.authors, textOf(n))
	default:
		k.named(n, class)
	}
}

// text notes what stands close behind the headline and may be a date.
func (k *marks) text(n *html.Node) {
	const close = 15 // texts
	if !k.afterHeadline || k.passed >= close || isUnread(n.Parent) {
		return
	}
	s := strings.TrimSpace(n.Data)
	if s == "" {
		return
	}
	k.passed++
	if len(s) <= 100 && strings.ContainsFunc(s, isDigit) {
		add(&k.near, s)
	}
}

// named looks at an element by the words in its class. Text is only read below
// elements of few children, so that boxes around others cost nothing.
func (k *marks) named(n *html.Node, class string) {
	if len(k.bylines) >= maxMarks && len(k.dateLines) >= maxMarks || !isSmall(n) {
		return
	}
	for w := range words(class) {
		switch w {
		case "byline", "author", "authors", "writer", "yazar", "autor", "auteur", "autore":
			add(&k.bylines, signersOf(n))
			return
		case "date", "datetime", "published", "timestamp", "pubdate", "tarih", "time", "fecha", "datum":
			add(&k.dateLines, textOf(n))
			return
		}
	}
}

// isSmall reports whether little stands in an element.
func isSmall(n *html.Node) bool {
	nodes := 0
	for range n.Descendants() {
		if nodes++; nodes > 24 {
			return false
		}
	}
	return true
}

func (k *marks) time(n *html.Node, prop, class string) {
	at := firstOf(attribute(n, "datetime"), attribute(n, "content"), textOf(n))
	switch {
	case hasWord(prop, "datePublished"), hasAttribute(n, "pubdate"), hasWord(class, "published"), hasWord(class, "entry-date"):
		add(&k.dates, at)
	case hasWord(prop, "dateModified"), hasWord(class, "updated"), hasWord(class, "modified"):
	default:
		add(&k.times, at)
	}
}

// isMetaLike reports whether an element has no text of its own.
func isMetaLike(n *html.Node) bool { return n.DataAtom == atom.Meta || n.DataAtom == atom.Link }

// authorOf returns the name in an author's element: of its part called name, or
// all of it.
func authorOf(n *html.Node) string {
	for in := range n.Descendants() {
		if in.Type == html.ElementNode && hasWord(attribute(in, "itemprop"), "name") {
			return firstOf(attribute(in, "content"), textOf(in))
		}
	}
	return textOf(n)
}

// signersOf returns the names in an element that is named as a byline: of its
// links to pages, where there are any, since roles and places stand beside them.
func signersOf(n *html.Node) string {
	n = clone(n)
	var names []string
	for in := range descendantsInOrder(n) {
		if in.DataAtom != atom.A {
			continue
		}
		href, name := attribute(in, "href"), textOf(in)
		switch {
		case strings.HasPrefix(href, "mailto:"), strings.HasPrefix(name, "@"):
			remove(in)
		case href != "" && href[0] != '#' && strings.Contains(name, " ") && !strings.ContainsFunc(name, isDigit):
			names = append(names, name)
		}
	}
	if len(names) == 0 || len(names) > 6 {
		return textOf(n)
	}
	return strings.Join(names, ", ")
}

func hasAttribute(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

func add(list *[]string, s string) {
	if s = line(s); s != "" && len(*list) < maxMarks {
		*list = append(*list, s)
	}
}

// hasWord reports whether a list of words separated by spaces holds word.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
