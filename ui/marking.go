package ui

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/ui/page"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// markers finds what to mark in an article: the words of q.find with all that a
// search takes them for, and those of the watches that list the article. What
// cannot be read is left unmarked; reading goes on.
func (c commands) markers(id feeds.ArticleID, q pageRequest) pageRequest {
	if q.find != "" {
		q.found = c.looked.marker(q.find, func() *query.Marker { return c.marker(q) })
	}
	if watches, err := c.store.WatchesOf(c.ctx, id); err == nil && len(watches) > 0 {
		q.watched = query.NewMarker(watches...)
	}
	return q
}

// markAnew lays out what is shown again, since other words are watched now.
func (m *model) markAnew() tea.Cmd {
	m.reading.stale, m.reading.kept = true, kept{}
	return m.showArticle()
}

// marker looks for the words of q.find, for their forms behind particles and for
// what they stand for in a search. As in the prompt, the last word stands for all
// that begin with it.
func (c commands) marker(q pageRequest) *query.Marker {
	e := query.Read(q.find, query.Options{Now: q.now, Typing: true}).Expr
	looked := append(query.Attached(e), e)
	if more, err := c.store.Expand(c.ctx, e); err == nil {
		looked = append(looked, more)
	}
	return query.NewMarker(looked...)
}

// lookedFor keeps the marker of what was looked for last, for the next article:
// expanding a name takes milliseconds.
type lookedFor struct {
	mu     sync.Mutex
	text   string
	marked *query.Marker
}

func (l *lookedFor) marker(text string, make func() *query.Marker) *query.Marker {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.marked == nil || l.text != text {
		l.text, l.marked = text, make()
	}
	return l.marked
}

// marks is how the page layouter marks: nil functions mark nothing.
func (q pageRequest) marks() (o page.Options) {
	if !q.found.Empty() {
		o.Hits = q.found.Marks
	}
	if !q.watched.Empty() {
		o.Watched = q.watched.Marks
	}
	return o
}

// headline is the title of an article in lines of a column, with what is looked
// for marked, and how many matches it holds.
func (q pageRequest) headline(a feeds.Article, column int) (lines []page.Line, matches int) {
	title := safe.New(a.Title)
	runs, next := q.marks().Mark([]text.Run{{Text: title, Style: int(page.Heading)}}, 1)
	return q.wrap(runs, column, q.text.Direction(title)), next - 1
}

// wrap makes lines of a column, those that read from right to left at its right.
func (q pageRequest) wrap(runs []text.Run, column int, dir text.Dir) (lines []page.Line) {
	for _, l := range q.text.Wrap(runs, column, dir) {
		if room := column - segmentCells(l); dir == text.RTL && room > 0 {
			l = append([]text.Segment{{Text: blankCells(room)}}, l...)
		}
		lines = append(lines, l)
	}
	return lines
}

func segmentCells(l []text.Segment) (n int) {
	for _, s := range l {
		n += cells(s.Text)
	}
	return n
}

// markedLine is line i of an article, which holds a match.
type markedLine struct {
	i    int
	line page.Line
}

// mark notes which matches the next line holds: where each begins, and the line
// itself, to be drawn otherwise while one of them is the current one.
func (o *laidOut) mark(l page.Line) {
	holds := false
	for _, s := range l {
		n := page.Style(s.Style).Match()
		for len(o.matches) < n {
			o.matches = append(o.matches, len(o.lines))
		}
		holds = holds || n > 0
	}
	if holds {
		o.marked = append(o.marked, markedLine{len(o.lines), l})
	}
}

// forgetText takes the text and what is known of its lines from o; what stands
// above it stays.
func (o *laidOut) forgetText() {
	above := func(line int) bool { return line < o.top }
	o.matches = slices.Clone(o.matches[:countWhile(o.matches, above)])
	o.marked = slices.Clone(o.marked[:countWhile(o.marked, func(l markedLine) bool { return above(l.i) })])
	o.lines, o.source, o.headings, o.passages = o.lines[:o.top:o.top], nil, nil, nil
}

// countWhile counts the first elements that meet a condition.
func countWhile[T any](list []T, ok func(T) bool) int {
	if n := slices.IndexFunc(list, func(x T) bool { return !ok(x) }); n >= 0 {
		return n
	}
	return len(list)
}

// toMatch brings the current match of an article that is newly shown into an area
// of h lines: the first one from where the search in it began, or the one that the
// reader had come to.
func (r *readingPane) toMatch(h int) {
	if r.find == "" && r.versus == (versus{}) {
		return
	}
	if r.findFrom >= 0 {
		r.match, r.findFrom = r.shown.matchFrom(r.findFrom), -1
	}
	r.jump(r.match, h)
}

// matchFrom is the first match that begins on line from or below, or the first of
// all.
func (o *laidOut) matchFrom(from int) int {
	if o != nil {
		for i, line := range o.matches {
			if line >= from {
				return i
			}
		}
	}
	return 0
}

// line draws line i, in which match n, if it is there, is the current one; 0 for
// none.
func (o *laidOut) line(i, n int, th theme.Theme) string {
	at, ok := slices.BinarySearchFunc(o.marked, i, func(m markedLine, i int) int { return cmp.Compare(m.i, i) })
	if !ok || n == 0 {
		return o.lines[i]
	}
	var b strings.Builder
	b.WriteString(o.indent)
	for _, s := range o.marked[at].line {
		paint := paintOf(page.Style(s.Style), th)
		if page.Style(s.Style).Match() == n {
			paint = th.Current
		}
		b.WriteString(paint.On(s.Text))
	}
	return fill(b.String(), o.width)
}

// current is the number of the match or change that n and N have come to, 0 while
// nothing is looked for in the article.
func (r *readingPane) current() int {
	if r.find == "" && r.versus == (versus{}) || r.shown == nil || len(r.shown.matches) == 0 {
		return 0
	}
	return r.match + 1
}
