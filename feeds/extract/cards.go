package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What makes a row of cards.
const (
	minCards  = 3   // side by side
	maxCard   = 600 // bytes of text in one
	cardNodes = 60  // nodes in one
)

// dropCards removes rows of cards: elements of one tag and class side by side,
// each with a heading that links to another page and little text, as pages lead
// to other articles everywhere. What is most of an article stays: a list of the
// ten best of something.
func dropCards(doc *html.Node, m *meta, weights map[*html.Node]weight) {
	for n := range descendantsInOrder(doc) {
		if n.Parent == nil || n.FirstChild == n.LastChild || isUnread(n) {
			continue
		}
		for _, row := range rowsOf(n, m, weights) {
			size := 0
			for _, c := range row {
				size += weights[c].plain()
			}
			if around := articleAround(n); around != nil && 2*size > weights[around].plain() {
				continue
			}
			for _, c := range row {
				remove(c)
			}
		}
	}
}

// rowsOf returns the rows of cards among the children of n.
func rowsOf(n *html.Node, m *meta, weights map[*html.Node]weight) (rows [][]*html.Node) {
	count := 0
	for c := range n.ChildNodes() {
		if canBeCard(c) {
			count++
		}
	}
	if count < minCards {
		return nil
	}
	cards, others := map[string][]*html.Node{}, map[string]int{}
	for c := range n.ChildNodes() {
		if !canBeCard(c) {
			continue
		}
		key := c.Data + " " + firstName(attribute(c, "class"))
		if isCard(c, m, weights) {
			cards[key] = append(cards[key], c)
		} else {
			others[key] += weights[c].plain()
		}
	}
	for key, row := range cards {
		if len(row) >= minCards && others[key] <= maxCard {
			rows = append(rows, row)
		}
	}
	return rows
}

// articleAround returns the nearest element around n that is an article or is
// named as one's text.
func articleAround(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article || isDeclaredBody(n) || isNamedBody(n) {
			return n
		}
	}
	return nil
}

func canBeCard(n *html.Node) bool {
	switch n.DataAtom {
	case 0: // an element of the page's own
		return n.Type == html.ElementNode
	case atom.Div, atom.Li, atom.Article, atom.Section, atom.A, atom.Td:
		return true
	}
	return false
}

func isCard(n *html.Node, m *meta, weights map[*html.Node]weight) bool {
	w := weights[n]
	if w.text == 0 || w.text > maxCard || w.link == 0 {
		return false
	}
	nodes := 0
	for c := range n.Descendants() {
		if nodes++; nodes > cardNodes {
			return false
		}
		if isHeading(c) && c.DataAtom != atom.H1 && weights[c].text > 0 && (n.DataAtom == atom.A || 2*weights[c].link >= weights[c].text) {
			return leadsAway(n, m)
		}
	}
	return false
}

// firstName is the first of some classes without the number at its end: what
// follows often counts or sorts the cards.
func firstName(classes string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(classes), " ")
	return strings.TrimRight(name, "0123456789")
}

// leadsAway reports whether the first link of a card leads to another page: an
// entry of a live blog links to itself.
func leadsAway(n *html.Node, m *meta) bool {
	href := attribute(n, "href")
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && href == "" {
			href = attribute(c, "href")
		}
	}
	to, err := m.url.Parse(href)
	return err == nil && href != "" && href[0] != '#' && (to.Path != m.url.Path || to.Host != m.url.Host)
}

// shares are where readers share and follow.
var shares = wordSet("facebook.com twitter.com x.com wa.me api.whatsapp.com whatsapp.com t.me telegram.me linkedin.com pinterest.com reddit.com instagram.com " +
	"news.google.com tiktok.com threads.net bsky.app")

// leadsElsewhere reports whether most links in an element lead to other sites:
// those are the author's, since outlets point to themselves.
func (m *meta) leadsElsewhere(n *html.Node) bool {
	own := strings.TrimPrefix(m.url.Hostname(), "www.")
	all, elsewhere := 0, 0
	count := func(n *html.Node) {
		if n.DataAtom != atom.A {
			return
		}
		if to, err := m.url.Parse(strings.TrimSpace(attribute(n, "href"))); err == nil {
			all++
			if host := strings.TrimPrefix(to.Hostname(), "www."); host != "" && host != own && !shares[host] {
				elsewhere++
			}
		}
	}
	count(n)
	for in := range n.Descendants() {
		count(in)
	}
	return 2*elsewhere > all
}
