package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// dropHead removes what repeats the headline, the authors and the date above the
// first paragraph.
func dropHead(body *html.Node, pieces []piece, m *meta) {
	pieces = dropAbove(body, pieces, m)
	pieces = pieces[:min(len(pieces), maxHeadPieces)]
	title, byline := spelling.Fold(m.title), spelling.Fold(m.byline)
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.weight.text == 0:
			continue
		case p.folded != "" && (p.folded == title || m.isHeadline(p.folded)):
			removeUp(p.node, body)
		case p.weight.text > 160:
			return
		case isHeading(p.node) && p.node.DataAtom != atom.H1:
			continue
		case p.weight.text <= 60 && p.weight.link == p.weight.text: // the section's name
			removeUp(p.node, body)
		case byline != "" && len(p.folded) < len(byline)+60 && strings.Contains(p.folded, byline):
			removeUp(p.node, body)
		case p.weight.text < 80 && isDateLine(p.raw, m), isTime(p.node):
			removeUp(p.node, body)
			if i > 0 && isName(&pieces[i-1]) {
				removeUp(pieces[i-1].node, body)
			}
			if i+1 < len(pieces) && isName(&pieces[i+1]) {
				removeUp(pieces[i+1].node, body)
			}
		case isSignature(p):
			removeUp(p.node, body)
		}
	}
}

// dropAbove removes what stands above the headline where that is in the body,
// unless it is much, and returns the pieces that are left.
func dropAbove(body *html.Node, pieces []piece, m *meta) []piece {
	const much = 600 // bytes of text outside of links
	title, size, all := spelling.Fold(m.title), 0, 0
	for i := range pieces {
		all += pieces[i].weight.plain()
	}
	for i := range pieces {
		p := &pieces[i]
		if p.folded != "" && p.folded == title && 4*size < all {
			for j := range pieces[:i] {
				removeUp(pieces[j].node, body)
			}
			return pieces[i:]
		}
		if size += p.weight.plain(); size > much {
			break
		}
	}
	return pieces
}

// maxHeadPieces is how many blocks may stand above the first paragraph.
const maxHeadPieces = 12

// isName reports whether a piece can be the name of a person, a place or an
// agency: a few words that are no sentence.
func isName(p *piece) bool {
	return p.weight.text > 0 && p.weight.text <= 60 && len(strings.Fields(p.raw)) <= 4 && !isHeading(p.node) && !endsSentence(p.raw) && !strings.ContainsFunc(p.raw, isDigit) &&
		p.node.DataAtom != atom.Li && p.node.DataAtom != atom.Td
}

// isTime reports whether a piece holds nothing but a time element.
func isTime(n *html.Node) bool {
	for in := range n.Descendants() {
		if in.DataAtom == atom.Time {
			return textOf(in) == textOf(n)
		}
	}
	return false
}

// isSignature reports whether a short line says who wrote the article, when, or
// how long it takes to read.
func isSignature(p *piece) bool {
	if p.weight.text > 100 || p.raw == "" || strings.HasSuffix(p.raw, ".") {
		return false
	}
	phrase := opening(signatures, p.folded)
	if phrase == "by" || phrase == "von" || phrase == "par" || phrase == "por" {
		return len(strings.Fields(p.raw)) <= 9
	}
	return strings.ContainsFunc(p.raw, isDigit) && (phrase != "" || strings.HasSuffix(p.folded, " read") || strings.HasSuffix(p.folded, " ago"))
}

// isDateLine reports whether a short line is the article's date and hardly more.
func isDateLine(raw string, m *meta) bool {
	t, ok := dateIn(raw, m.lang, m.published)
	return ok && !m.published.IsZero() && t.Sub(m.published).Abs().Hours() < 72 && len(strings.Fields(raw)) < 12
}
