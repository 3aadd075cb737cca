package page

import (
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/safe"
)

// Passage is a paragraph, heading, table or other block that holds text itself,
// and the lines From to To (exclusive) that show it. Passages stand in the order
// of their lines.
type Passage struct {
	From, To int
	block    *document.Block
}

// passage notes where a block stands that was laid out from line from on.
func (l *layouter) passage(b *document.Block, from int) {
	switch b.Kind {
	case document.List, document.Item, document.Quote, document.Definitions, document.Detail, document.Rule:
		return // the passages are in it
	}
	if to := len(l.page.Lines); to > from {
		l.page.Passages = append(l.page.Passages, Passage{from, to, b})
	}
}

// Text returns the text of the passage in logical order, safe line by line and
// without any furniture of the page: what somebody quotes.
func (p Passage) Text() string {
	if p.block == nil {
		return ""
	}
	lines := strings.Split(document.PlainText(&document.Document{Blocks: []document.Block{*p.block}}), "\n")
	for i, s := range lines {
		lines[i] = strings.TrimRight(safe.New(s).String(), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
