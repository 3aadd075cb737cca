package page

import (
	"sitrep/feeds/document"
	"sitrep/ui/text"
)

// Layouter lays a document out piece by piece, so that the first screen need
// not wait for the last.
type Layouter struct {
	layouter
	blocks []document.Block
	next   int // the block to lay out next
	frame  frame
}

// layouter is the state of laying blocks out.
type layouter struct {
	o       Options
	page    Page
	numbers map[string]int    // of links by address, of places by "#" and name
	logins  map[string]string // user names that were taken out of addresses
	signs   signs
	quoted  int      // depth of quotes
	match   int      // the number of the next match
	parts   []string // of the line that is being collected,
	styles  []Style  // and their styles
	runs    []text.Run
}

// Begin starts a page. Nothing is laid out yet.
func Begin(d *document.Document, o Options) *Layouter {
	if o.Measure <= 0 {
		o.Measure = DefaultMeasure
	}
	l := &Layouter{blocks: d.Blocks}
	l.layouter = layouter{o: o, logins: d.Logins, numbers: map[string]int{}, signs: unicodeSigns, match: o.Matches + 1}
	if o.ASCII {
		l.signs = asciiSigns
		l.o.Text.ASCII = true
	}
	l.frame = frame{width: max(1, min(o.Width, o.Measure))}
	return l
}

// More lays out blocks until there are at least n lines more. It reports false
// when the document has no more.
func (l *Layouter) More(n int) bool {
	from := len(l.page.Lines)
	for l.Going() && len(l.page.Lines)-from < n {
		l.one(&l.blocks[l.next], &l.frame, len(l.page.Lines) > 0)
		for len(l.page.Source) < len(l.page.Lines) {
			l.page.Source = append(l.page.Source, l.next)
		}
		l.next++
	}
	return l.Going()
}

// Going reports whether there is more to lay out.
func (l *Layouter) Going() bool { return l.next < len(l.blocks) && !l.page.Cut }

// Share returns how much of the document is laid out, from 0 to 1.
func (l *Layouter) Share() float64 {
	if !l.Going() {
		return 1
	}
	return float64(l.next) / float64(len(l.blocks))
}

// Page returns what has been laid out so far.
func (l *Layouter) Page() *Page {
	p := l.page
	return &p
}
