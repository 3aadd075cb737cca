package extract

import (
	"strings"

	"golang.org/x/net/html"

	"sitrep/feeds/spelling"
)

// pairs are the pairs of neighbouring words of a folded text.
type pairs map[string]bool

func pairsOf(folded string) pairs {
	set, before := pairs{}, ""
	for w := range strings.FieldsSeq(folded) {
		if before != "" {
			set[before+" "+w] = true
		}
		before = w
	}
	return set
}

// holds reports whether most pairs of a folded text are in the set. One word
// alone tells nothing.
func (set pairs) holds(folded string) bool {
	in, all, before := 0, 0, ""
	for w := range strings.FieldsSeq(folded) {
		if before != "" {
			all++
			if set[before+" "+w] {
				in++
			}
		}
		before = w
	}
	return 2*in >= all
}

// follow removes from a body the paragraphs that are not in the text that the
// page gives in JSON-LD, and reports whether it did: only where the two agree
// on nearly everything else. Headings stay, since many publishers leave them
// out there.
func follow(body *html.Node, text string) bool {
	set := pairsOf(spelling.Fold(text))
	pieces := piecesOf(body)
	var strange []*html.Node
	in, all := 0, 0
	for _, p := range pieces {
		if isHeading(p.node) || p.weight.text == 0 {
			continue
		}
		all += p.weight.text
		if set.holds(spelling.Fold(p.raw)) {
			in += p.weight.text
		} else {
			strange = append(strange, p.node)
		}
	}
	if 20*in < 17*all || 3*in < 2*len(text) {
		return false
	}
	for _, n := range strange {
		removeUp(n, body)
	}
	return true
}
