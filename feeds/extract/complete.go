package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// minParagraph is the length in bytes outside of links from which on a block is
// a paragraph of running text.
const minParagraph = 80

// maxMissing is how many paragraphs are looked for in the text of a body: each
// costs a pass over it.
const maxMissing = 500

// complete puts paragraphs into a body that was found which stand among its own
// in the page and are built as these are, but were left out: sections of their
// own that scored too low.
func complete(found, dense *html.Node) {
	if found == nil || dense == nil {
		return
	}
	wrapLoose(found)
	wrapLoose(dense)
	in, all := map[string]*html.Node{}, 0
	for _, p := range piecesOf(found) {
		in[p.raw] = p.node
		all += p.weight.plain()
	}
	pieces := piecesOf(dense)
	shapes, common := shapesOf(pieces, dense, in)
	if 2*common < all {
		return
	}
	text := spelling.Fold(textOf(found))
	var last *html.Node
	missing := 0
	for i := range pieces {
		p := &pieces[i]
		switch node := in[p.raw]; {
		case node != nil:
			last = node
		case last != nil && missing < maxMissing && isParagraph(p) && shapes[shape(p.node, dense)]:
			missing++
			if strings.Contains(text, start(spelling.Fold(p.raw))) {
				continue
			}
			if i > 0 && isHeading(pieces[i-1].node) && in[pieces[i-1].raw] == nil {
				last = insertBehind(last, clone(pieces[i-1].node))
			}
			last = insertBehind(last, clone(p.node))
			in[p.raw] = last
		}
	}
}

// start returns the beginning of a folded paragraph, which tells it from all
// others.
func start(folded string) string {
	if i := strings.IndexByte(folded[min(len(folded), minEcho):], ' '); i >= 0 {
		return folded[:minEcho+i]
	}
	return folded
}

// shapesOf returns the shapes of the paragraphs that are in the body that was
// found, and how many bytes of text these have.
func shapesOf(pieces []piece, root *html.Node, in map[string]*html.Node) (shapes map[string]bool, common int) {
	shapes = map[string]bool{}
	for i := range pieces {
		if p := &pieces[i]; in[p.raw] != nil {
			common += p.weight.plain()
			if isParagraph(p) {
				shapes[shape(p.node, root)] = true
			}
		}
	}
	return shapes, common
}

// isParagraph reports whether a piece is running text and not an entry of a list
// or a table.
func isParagraph(p *piece) bool {
	switch p.node.DataAtom {
	case atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Pre:
		return false
	}
	return p.weight.plain() >= minParagraph && 3*p.weight.link < p.weight.text
}

// shape is the names of the elements from root down to n, with their classes.
func shape(n, root *html.Node) string {
	var b strings.Builder
	for ; n != nil && n != root; n = n.Parent {
		b.WriteString(n.Data)
		b.WriteByte('.')
		b.WriteString(firstName(attribute(n, "class")))
		b.WriteByte(' ')
	}
	return b.String()
}

// insertBehind puts a node behind another one, or behind the list or table that
// this is in, and returns it.
func insertBehind(last, n *html.Node) *html.Node {
	for last.Parent != nil && last.Parent.Parent != nil {
		switch last.Parent.DataAtom {
		case atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Tr, atom.Tbody, atom.Table, atom.Blockquote, atom.Figure:
			last = last.Parent
			continue
		}
		break
	}
	if last.Parent != nil {
		last.Parent.InsertBefore(n, last.NextSibling)
	}
	return n
}
