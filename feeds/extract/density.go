package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// densest returns a copy of the smallest element that holds most of the page's
// running text, whatever it is made of: for pages without paragraphs, whose
// lines are ended by br.
func densest(doc *html.Node, m *meta) *html.Node {
	scores := map[*html.Node]int{}
	addScores(doc, scores)
	all := scores[doc]
	if all == 0 {
		return nil
	}
	best := doc
	for {
		next := best
		for c := range best.ChildNodes() {
			if 10*scores[c] >= 7*all {
				next = c
			}
		}
		if next == best || !isBlock(next) && next.Type != html.DocumentNode {
			break
		}
		best = next
	}
	if best.DataAtom == atom.Html || best.Type == html.DocumentNode {
		return nil
	}
	return cleaned(best, m)
}

// addScores adds up the running text below each element: lines of at least 80 bytes
// outside of links, each a run of text and inline elements between two blocks or
// forced line ends.
func addScores(n *html.Node, scores map[*html.Node]int) int {
	sum, run := 0, 0
	end := func() {
		if run >= 80 {
			sum += run
		}
		run = 0
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			run += len(strings.TrimSpace(c.Data))
		case c.Type != html.ElementNode && c.Type != html.DocumentNode:
		case isUnread(c) || c.DataAtom == atom.A && run == 0 && c.NextSibling == nil:
		case c.DataAtom == atom.Br || isBlock(c):
			end()
			sum += addScores(c, scores)
		default:
			in := addScores(c, scores)
			sum += in
			if in == 0 && c.DataAtom != atom.A {
				run += len(textOf(c))
			}
		}
	}
	end()
	scores[n] = sum
	return sum
}

// closest returns the candidate that agrees best with the text that the page
// gives in JSON-LD: the first one if it has all of that and much more, since
// some publishers cut it. Where all of them miss most of it, that text itself is
// the body: the page is put together by a script.
func closest(want string, list ...*html.Node) *html.Node {
	counts, total := wordCounts(want)
	var best *html.Node
	most, recall := -1.0, 0.0
	for i, c := range list {
		if c == nil {
			continue
		}
		got, n := wordCounts(plainText(c))
		both := 0
		for w, k := range got {
			both += min(k, counts[w])
		}
		if i == 0 && 10*both >= 9*total && 10*total < 7*n {
			return c
		}
		if f := 2 * float64(both) / float64(total+n); f > most+0.005 {
			best, most, recall = c, f, float64(both)/float64(total)
		}
	}
	if recall < 0.5 {
		return paragraphsOf(want)
	}
	return best
}

// wordCounts counts the folded words of a text.
func wordCounts(text string) (counts map[string]int, total int) {
	counts = map[string]int{}
	for w := range strings.FieldsSeq(spelling.Fold(text)) {
		counts[w]++
		total++
	}
	return counts, total
}

// paragraphsOf makes a body of plain text.
func paragraphsOf(text string) *html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			p.AppendChild(&html.Node{Type: html.TextNode, Data: line})
			body.AppendChild(p)
		}
	}
	return body
}
