package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// leads are words in the names of the first paragraph where it stands apart from
// the others, above a picture or beside the headline.
var leads = wordSet("lead lede introtext spot chapo sapo vorspann")

// Limits of a lead, in bytes.
const (
	minLead = 60
	maxLead = 1200
)

// addLead puts the lead of an article before its body where that begins behind
// it: in the languages of the region it is the first sentence of the report, not
// a summary.
func addLead(body, doc *html.Node, m *meta) {
	var lead *html.Node
	start := firstLine(body)
	if start == "" {
		return
	}
	title, begun := spelling.Fold(m.title), false
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode:
			if isStartOf(n.Data, start) {
				return
			}
		case !begun && isHeading(n):
			begun = spelling.Fold(textOf(n)) == title
		case begun && isLead(n):
			lead = n
		}
		if lead != nil {
			break
		}
	}
	if lead == nil {
		return
	}
	text := textOf(lead)
	if strings.Contains(spelling.Fold(textOf(body)), spelling.Fold(text)) {
		return
	}
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	p.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	body.InsertBefore(p, body.FirstChild)
}

// firstLine is the first paragraph of a body.
func firstLine(body *html.Node) string {
	for _, l := range textLines(body) {
		if len(l) >= minLead {
			return strings.Join(strings.Fields(l), " ")
		}
	}
	return ""
}

// isLead reports whether an element is named as a lead and is one paragraph of
// text.
func isLead(n *html.Node) bool {
	if !isBlock(n) {
		return false
	}
	named := false
	for class := range strings.FieldsSeq(attribute(n, "class")) {
		last := ""
		for last = range words(class) {
		}
		named = named || leads[last]
	}
	if !named {
		return false
	}
	blocks := 0
	for in := range n.Descendants() {
		if isBlock(in) {
			blocks++
		}
	}
	w := weigh(n)[n]
	return blocks <= 1 && w.text >= minLead && w.text <= maxLead && w.link == 0
}
