package ui

import (
	"fmt"
	"slices"
	"sync"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/page"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// An article is laid out away from Update. One of usual length comes whole; a
// long one comes as its first screen, and then piece by piece, so that it can be
// read and scrolled at once. Each piece is a new laidOut that shares the lines
// of the one before: lines are only ever added.
const (
	wholeMarkup = 128 << 10 // bytes of an article that is laid out at once
	firstMarkup = 32 << 10  // bytes that the first screen of a longer one is made of
	firstLines  = 400       // lines of its first screen, for the tallest terminals
	pieceLines  = 4000      // lines of the pieces that follow
)

// What is longer than any article is cut, and the last line says so.
const (
	maxMarkup = 8 << 20 // bytes
	maxLines  = 100_000
)

// laying is an article that is being laid out.
type laying struct {
	q       pageRequest
	markup  string
	base    string       // of the addresses in it
	seen    []feeds.Feed // the feeds that carried it
	full    store.FullText
	indent  string
	matches int            // in the headline
	page    *page.Layouter // nil while only the start of the article has been read
}

// growth is what is still to be laid out of an article. Its next piece is made
// once, whoever asks and however often: the article may be left and shown again
// while it is on its way.
type growth struct {
	of   *laying
	once sync.Once
	then *laidOut
}

// next returns what o shows with one more piece.
func (o *laidOut) next() *laidOut {
	g := o.rest
	g.once.Do(func() { g.then = g.of.next(o) })
	return g.then
}

// column is how wide the text of an article is.
func (q pageRequest) column() int { return min(q.measure, max(1, q.width-4)) }

func (l *laying) begin(d *document.Document) *page.Layouter {
	o := l.q.marks()
	o.Width, o.Measure, o.Text, o.ASCII, o.Matches, o.Lines = l.q.column(), l.q.column(), l.q.text, l.q.ascii, l.matches, maxLines
	return page.Begin(d, o)
}

// first adds to the lines above the text those of the text: all, or of a long
// one the first screen.
func (l *laying) first(out *laidOut) *laidOut {
	if len(l.markup) > wholeMarkup {
		start, _ := document.Start(l.markup, l.base, firstMarkup)
		if l.q.least <= firstLines && (l.q.reach == 0 || l.q.reach < len(start.Blocks)) {
			p := l.begin(start)
			for l.more(out, p, firstLines) && !l.enough(out) {
			}
			if l.q.reach == 0 || l.enough(out) {
				out.rest, out.share = &growth{of: l}, float64(firstMarkup)/float64(len(l.markup))
				return out
			}
			out.forgetText()
		}
	}
	l.parse()
	for l.more(out, l.page, firstLines) && (len(l.markup) <= wholeMarkup || !l.enough(out)) {
	}
	return l.close(out)
}

func (l *laying) parse() {
	d, _ := document.Start(l.markup, l.base, maxMarkup)
	l.page = l.begin(d)
}

// next adds a piece to what o shows and returns it with that.
func (l *laying) next(o *laidOut) *laidOut {
	out := *o
	if l.page == nil {
		l.parse()
		out.forgetText() // the start is laid out anew, with the rest
		l.more(&out, l.page, max(pieceLines, len(o.lines)))
	} else {
		l.more(&out, l.page, pieceLines)
	}
	return l.close(&out)
}

// more adds about n lines of p. It reports false when there are no more.
func (l *laying) more(out *laidOut, p *page.Layouter, n int) bool {
	going := p.More(n)
	laid := p.Page()
	out.links, out.anchors = slices.Clone(laid.Links), laid.Places
	for _, line := range laid.Lines[len(out.source):] {
		out.mark(line)
		out.lines = append(out.lines, fill(l.indent+l.q.paintLine(line, laid.Links), l.q.width))
	}
	out.source = laid.Source
	out.locate(laid, out.top)
	return going
}

// close ends the article if all of it is laid out: with the reason why there is
// no more, its addresses and the feeds that carried it.
func (l *laying) close(out *laidOut) *laidOut {
	out.rest, out.share = nil, l.page.Share()
	if l.page.Going() {
		out.rest = &growth{of: l}
		return out
	}
	column := l.q.column()
	add := func(p theme.Paint, line string) {
		out.lines = append(out.lines, fill(l.indent+p.On(line), l.q.width))
	}
	wrap := func(p theme.Paint, s string) {
		for _, line := range l.q.text.Wrap([]text.Run{{Text: safe.New(s)}}, column, text.LTR) {
			add(p, alignLine(line, column, text.LTR))
		}
	}
	switch more := len(l.markup) - maxMarkup; {
	case len(out.source) == 0 && more <= 0:
		wrap(l.q.theme.Dim, l.q.ways.fromNothing(out.article.Link))
	case more > 0:
		add(theme.Paint{}, "")
		wrap(l.q.theme.Alarm, fmt.Sprintf("The article is%s longer than the%s that sitrep shows.", size(int64(more)), size(maxMarkup))+l.q.ways.toTheRest())
	case l.page.Page().Cut:
		add(theme.Paint{}, "")
		wrap(l.q.theme.Alarm, "The article goes on; sitrep shows its first "+number(maxLines)+" lines."+l.q.ways.toTheRest())
	}
	addPageState(l.full, l.q, column, add)
	out.addReferences(out.article, l.q, column, add)
	if len(l.seen) > 1 {
		wrap(l.q.theme.Dim, carriers(l.seen))
	}
	return out
}

// enough reports whether what is laid out can be shown: with a screen of lines
// below the block that is at the top of the view.
func (l *laying) enough(out *laidOut) bool {
	n := len(out.source)
	if l.q.reach > 0 {
		n -= firstLines
	}
	return n > 0 && out.source[n-1] > l.q.reach && len(out.lines) >= l.q.least
}

// layOn lays out the next piece of a long article.
func (c commands) layOn(o *laidOut) tea.Cmd {
	return func() tea.Msg { return pieceMsg{o, o.next()} }
}

// pieceMsg is an article with one more piece than before.
type pieceMsg struct{ before, laid *laidOut }

func (r pieceMsg) apply(m *model) tea.Cmd {
	p := &m.reading
	if p.growing == r.before {
		p.growing = nil
	}
	if p.shown != r.before { // it is asked for again when that is shown again
		return nil
	}
	p.shown = r.laid
	p.kept.keep(r.laid)
	m.putBackOffset()
	m.arrive()
	if p.follow {
		p.offset = p.end(m.areas.reading.Dy())
	}
	return m.layOn()
}

// layOn asks for the next piece of the article that is shown, if there is one.
func (m *model) layOn() tea.Cmd {
	if o := m.reading.shown; o != nil && o.rest != nil && o != m.reading.growing {
		m.reading.growing = o
		return m.do.layOn(o)
	}
	return nil
}
