package extract

import (
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
// each with a heading that is a link and little text, as pages lead to other
// articles everywhere.
func dropCards(doc *html.Node, weights map[*html.Node]weight) {
	for n := range descendantsInOrder(doc) {
		if n.Parent == nil || n.FirstChild == n.LastChild || isUnread(n) {
			continue
		}
		cards, others := map[string][]*html.Node{}, map[string]int{}
		for c := range n.ChildNodes() {
			if c.Type != html.ElementNode || !canBeCard(c) {
				continue
			}
			key := c.Data + " " + attribute(c, "class")
			if isCard(c, weights) {
				cards[key] = append(cards[key], c)
			} else {
				others[key] += weights[c].plain()
			}
		}
		for key, row := range cards {
			if len(row) < minCards || others[key] > maxCard {
				continue
			}
			for _, c := range row {
				remove(c)
			}
		}
	}
}

func canBeCard(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Li, atom.Article, atom.Section, atom.A, atom.Td:
		return true
	}
	return false
}

func isCard(n *html.Node, weights map[*html.Node]weight) bool {
	w := weights[n]
	if w.text == 0 || w.text > maxCard || w.link == 0 {
		return false
	}
	nodes := 0
	for c := range n.Descendants() {
		if nodes++; nodes > cardNodes {
			return false
		}
		if isHeading(c) && c.DataAtom != atom.H1 && weights[c].text > 0 && weights[c].link == weights[c].text {
			return true
		}
		if isHeading(c) && n.DataAtom == atom.A {
			return true
		}
	}
	return false
}
