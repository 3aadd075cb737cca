package extract

import (
	"hash/fnv"
	"strings"

	"golang.org/x/net/html"

	"sitrep/feeds/spelling"
)

// Limits of what is remembered of an outlet.
const (
	maxChrome   = 4096 // paragraphs
	maxChromeAt = 600  // bytes of one; longer ones are articles
	repeatedOn  = 3    // pages with different headlines that a paragraph must stand on
)

// Chrome learns which paragraphs stand on several pages of one outlet: what it
// says of itself, whatever it is. The zero value knows nothing. It is not safe
// for use by several goroutines.
type Chrome struct {
	seen map[uint64]standing
}

// standing is how often a paragraph was seen.
type standing struct {
	pages int
	title uint64 // the last page's
}

// Add learns from a page that was extracted. The same article once more, by its
// headline, teaches nothing.
func (c *Chrome) Add(r *Result) {
	if c.seen == nil {
		c.seen = map[uint64]standing{}
	}
	title := hashOf(r.Title)
	for paragraph := range strings.SplitSeq(r.Text, "\n\n") {
		if paragraph == "" || len(paragraph) > maxChromeAt {
			continue
		}
		key := hashOf(paragraph)
		s, known := c.seen[key]
		if known && s.title == title || !known && len(c.seen) >= maxChrome {
			continue
		}
		c.seen[key] = standing{s.pages + 1, title}
	}
}

// Repeated reports whether a paragraph stood on several pages.
func (c *Chrome) Repeated(paragraph string) bool {
	return c != nil && len(paragraph) <= maxChromeAt && c.seen[hashOf(paragraph)].pages >= repeatedOn
}

func hashOf(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(spelling.Fold(text)))
	return h.Sum64()
}

// dropRepeated removes the paragraphs that c knows, unless they are half of the
// text or more: then it is one article under several headlines.
func dropRepeated(body *html.Node, pieces []piece, c *Chrome) {
	if c == nil {
		return
	}
	var known []*html.Node
	size, all := 0, 0
	for _, p := range pieces {
		all += p.weight.text
		if p.raw != "" && c.Repeated(p.raw) {
			known = append(known, p.node)
			size += p.weight.text
		}
	}
	if 2*size >= all {
		return
	}
	for _, n := range known {
		removeUp(n, body)
	}
}
