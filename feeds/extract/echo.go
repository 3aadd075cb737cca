package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// minEcho is the length in bytes from which on it is no chance that a text
// stands in an article twice.
const minEcho = 60

// maxQuoted is how many quotations are looked for in the text: each costs a pass
// over it.
const maxQuoted = 500

// dropEchoes removes what an article says twice: parts that a page carries once
// for telephones and once for the rest, paragraphs, and quotations from the text
// that are set large beside it. Headings, lists and code stay: a table of
// contents says them too.
func dropEchoes(body *html.Node, pieces []piece) {
	dropCopies(body)
	seen := map[string]bool{}
	var running strings.Builder
	quoted := 0
	for _, apart := range [...]bool{false, true} {
		text := running.String()
		for i := range pieces {
			p := &pieces[i]
			if p.weight.text < minEcho || !canEcho(p.node) || isSetApart(p.node, body) != apart || !isBelow(p.node, body) {
				continue
			}
			folded := spelling.Fold(p.raw)
			if apart {
				quoted++
			}
			if seen[folded] || apart && quoted <= maxQuoted && len(folded) <= maxLead && strings.Contains(text, folded) {
				removeUp(p.node, body)
				continue
			}
			seen[folded] = true
			if !apart {
				running.WriteString(folded)
				running.WriteByte('\n')
			}
		}
	}
}

func canEcho(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Blockquote, atom.Section, atom.Aside:
		return true
	}
	return false
}

// minCopy is the length in bytes from which on elements are compared as a whole.
const minCopy = 400

// dropCopies removes elements that have the same text as one before them.
func dropCopies(body *html.Node) {
	bySize := map[int][]*html.Node{}
	weights := weigh(body)
	for n := range descendantsInOrder(body) {
		size := weights[n].text
		if size < minCopy || !isBlock(n) || !isBelow(n, body) {
			continue
		}
		for _, before := range bySize[size] {
			if !isBelow(n, before) && textOf(before) == textOf(n) {
				removeUp(n, body)
				break
			}
		}
		if n.Parent != nil && len(bySize[size]) < 4 {
			bySize[size] = append(bySize[size], n)
		}
	}
}

// isSetApart reports whether an element stands outside of the running text.
func isSetApart(n, body *html.Node) bool {
	for ; n != nil && n != body; n = n.Parent {
		switch n.DataAtom {
		case atom.Blockquote, atom.Aside, atom.Q:
			return true
		}
	}
	return false
}

// dropHeadlines removes headlines of other articles that stand alone between two
// paragraphs: lines that are one link and no sentence.
func dropHeadlines(body *html.Node, pieces []piece, m *meta) {
	const paragraph = 80
	for i := 1; i+1 < len(pieces); i++ {
		p, before, behind := &pieces[i], &pieces[i-1], &pieces[i+1]
		if p.node.Parent == nil || p.node.DataAtom != atom.P && p.node.DataAtom != atom.Div || p.weight.link != p.weight.text || len(strings.Fields(p.raw)) < 4 {
			continue
		}
		if before.weight.plain() < paragraph || behind.weight.plain() < paragraph || strings.HasSuffix(before.raw, ":") || endsSentence(p.raw) || m.leadsElsewhere(p.node) {
			continue
		}
		removeUp(p.node, body)
	}
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"”’»)] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, ":")
}
