package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// piece is a block of a body that holds no other block.
type piece struct {
	node   *html.Node
	weight weight
	raw    string // its text on one line
	folded string // the same as spelling.Fold has it, "" where it is long
}

// maxNotice is the length in bytes up to which a piece can be a notice of the
// site rather than a paragraph.
const maxNotice = 320

// tidy removes from a body what no names gave away: the headline and byline once
// more, pointers to other articles, appeals to subscribe, labels, boxes of
// links, what the outlet repeats, and what is left over at the end. It reports whether the body follows
// a text that the page gives without captions.
func tidy(body *html.Node, m *meta, known *Chrome) (followed bool) {
	wrapLoose(body)
	if len(m.linked.body) >= 2*enough {
		followed = follow(body, m.linked.body)
	}
	pieces := piecesOf(body)
	dropHead(body, pieces, m)
	dropNotices(body, pieces)
	dropRepeated(body, pieces, known)
	dropEchoes(body, pieces)
	dropHeadlines(body, pieces, m)
	dropLinkLists(body, m)
	dropTail(body, m)
	return followed
}

// piecesOf lists the innermost blocks of a body.
func piecesOf(body *html.Node) []piece {
	weights := weigh(body)
	inner := map[*html.Node]bool{} // blocks that hold blocks
	for n := range body.Descendants() {
		if isBlock(n) {
			for p := n.Parent; p != nil && !inner[p]; p = p.Parent {
				inner[p] = true
				if p == body {
					break
				}
			}
		}
	}
	var pieces []piece
	for n := range body.Descendants() {
		if !isBlock(n) || inner[n] || n.DataAtom == atom.Figcaption || insideUnread(n) {
			continue
		}
		p := piece{node: n, weight: weights[n], raw: textOf(n)}
		if p.weight.text <= maxLine {
			p.folded = spelling.Fold(p.raw)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

func insideUnread(n *html.Node) bool {
	return n.Parent != nil && isUnread(n.Parent)
}

// dropNotices removes pointers, appeals and labels. A pointer alone on its line
// takes the links with it that follow.
func dropNotices(body *html.Node, pieces []piece) {
	for i := 0; i < len(pieces); i++ {
		p := &pieces[i]
		if p.node.Parent == nil || p.weight.text == 0 {
			continue
		}
		if p.weight.text <= 2*maxNotice && opening(consents, p.folded) != "" {
			removeUp(p.node, body)
		}
		if p.weight.text > maxNotice {
			continue
		}
		switch {
		case labels[p.folded], isCounter(p), isCredit(p), isAppeal(p), isFiling(p) && 2*p.weight.link >= p.weight.text:
			removeUp(p.node, body)
		case isPointer(p):
			alone := opening(pointers, p.folded) == p.folded
			removeUp(p.node, body)
			for alone && i+1 < len(pieces) && pieces[i+1].weight.text <= maxNotice && pieces[i+1].weight.mostlyLinks() {
				i++
				removeUp(pieces[i].node, body)
			}
		}
	}
}

// isPointer reports whether a piece leads to another article: it begins like one
// and goes on with a link or a colon, or is nothing else.
func isPointer(p *piece) bool {
	phrase := opening(pointers, p.folded)
	switch {
	case phrase == "":
		return false
	case phrase == p.folded:
		return true
	case 2*p.weight.link >= p.weight.text:
		return true
	}
	head, _, colon := strings.Cut(p.raw, ":")
	return colon && spelling.Fold(head) == phrase && (p.weight.link > 0 || p.weight.text < 160)
}

// isAppeal reports whether a piece asks the reader to subscribe or the like. A
// sentence of the article may begin so too: only short ones count, and those
// that link to where it is done.
func isAppeal(p *piece) bool {
	if opening(appeals, p.folded) == "" {
		return false
	}
	return p.weight.link > 0 || p.weight.text < 140
}

// counted finds the place in a row of pictures or in a recording.
var counted = regexp.MustCompile(`^\d{1,3} ?/ ?\d{1,3}$|^\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d$`)

// isCounter reports whether a piece only counts: pictures ("3 / 12"), seconds of
// a recording, or what a label names ("12 comments").
func isCounter(p *piece) bool {
	if p.folded == "" || len(p.folded) > 40 || !strings.ContainsFunc(p.raw, isDigit) || isHeading(p.node) {
		return false
	}
	if p.node.DataAtom == atom.Td || p.node.DataAtom == atom.Th || p.node.DataAtom == atom.Li {
		return false
	}
	if counted.MatchString(p.raw) {
		return true
	}
	words, label := 0, ""
	for w := range strings.FieldsSeq(p.folded) {
		if strings.Trim(w, "0123456789") == "" {
			continue
		}
		label = strings.TrimSpace(label + " " + w)
		words++
	}
	return words > 0 && labels[label]
}

// credits name who made a picture.
var credits = [...]string{"getty images", "/afp", "/ap photo", "ap photo", "/reuters", "reuters/", "afp/", "via reuters", "via ap", "shutterstock", "istock",
	"anadolu agency", "photo:", "photo by", "image:", "credit:", "foto:", "fotoğraf:", "bild:", "crédit", "photo credit", "صورة:", "تصوير:", "عکس:", "צילום:"}

// isCredit reports whether a short line only says where a picture is from: a
// sentence ends in a stop, a credit does not.
func isCredit(p *piece) bool {
	if p.raw == "" || p.weight.text > 80 || isHeading(p.node) || strings.ContainsAny(p.raw[len(p.raw)-1:], ".?!\"") {
		return false
	}
	line := strings.ToLower(p.raw)
	for _, c := range credits {
		if strings.Contains(line, c) {
			return true
		}
	}
	return false
}

// dropLinkLists removes lists whose every item is a link into the same site, unless a sentence
// that ends in a colon introduces them, or they are bare addresses: sources.
func dropLinkLists(body *html.Node, m *meta) {
	weights := weigh(body)
	all := weights[body].plain()
	for n := range descendantsInOrder(body) {
		w := weights[n]
		if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol || n.Parent == nil || w.text == 0 || 10*w.link < 9*w.text || w.link > all {
			continue
		}
		if !strings.HasSuffix(before(n), ":") && !m.leadsElsewhere(n) && !strings.Contains(textOf(n), "://") {
			removeUp(n, body)
		}
	}
}

// before returns the text of the element before n.
func before(n *html.Node) string {
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		if p.Type == html.TextNode {
			if t := strings.TrimSpace(p.Data); t != "" {
				return t
			}
		} else if t := textOf(p); t != "" {
			return t
		}
	}
	return ""
}

// isFiling reports whether a line lists tags or claims rights.
func isFiling(p *piece) bool {
	const claim = 120 // bytes
	if p.weight.text <= claim && (strings.Contains(p.raw, "©") || opening(rights, p.folded) != "") {
		return true
	}
	return p.weight.text <= maxNotice && opening(filings, p.folded) != "" &&
		(p.weight.link > 0 || strings.ContainsAny(p.raw, ":©") || strings.ContainsFunc(p.raw, isDigit))
}

// dropTail removes from the end of a body what has no text of its own: headings
// of what was removed, short lines of links that nothing introduces.
func dropTail(body *html.Node, m *meta) {
	pieces := piecesOf(body)
	for i := len(pieces) - 1; i > 0; i-- {
		p := &pieces[i]
		switch {
		case p.weight.text == 0:
		case isHeading(p.node), isFiling(p), isSignature(p), isLinkLine(p) && !m.leadsElsewhere(p.node) && !isIntroduced(pieces[:i]):
			removeUp(p.node, body)
		default:
			return
		}
	}
}

// isLinkLine reports whether a piece is a short line of links and no address.
func isLinkLine(p *piece) bool {
	return p.weight.text <= maxNotice && 10*p.weight.link >= 9*p.weight.text && !strings.Contains(p.raw, "://")
}

// isIntroduced reports whether the last of some pieces that is no line of links
// ends in a colon.
func isIntroduced(pieces []piece) bool {
	for i := len(pieces) - 1; i >= 0; i-- {
		if p := &pieces[i]; p.weight.text > 0 && !isLinkLine(p) {
			return strings.HasSuffix(p.raw, ":")
		}
	}
	return false
}
