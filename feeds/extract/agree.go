package extract

import (
	"strings"

	"golang.org/x/net/html"
)

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
	if found == nil {
		return
	}
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
