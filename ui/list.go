package ui

import (
	"slices"
	"strings"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// listPane shows a window of a list of articles. The window grows and shrinks
// at its ends as the cursor moves, so that its size does not depend on the
// archive's.
type listPane struct {
	scope store.Scope
	title string

	rows        []store.Row
	first, last bool // the window reaches the newest, the oldest row
	above       int  // rows of the list before the window, -1 while unknown
	cursor      int  // index of the row under the cursor
	top         int  // index of the first row on screen
	wheeled     bool // the wheel moved the view off the cursor
	loading     bool // a window is being read
	loaded      bool // the first window has arrived
	gen         int  // results of another generation are dropped

	filter string       // what the list is narrowed to, as typed
	notes  []query.Note // how the filter was understood
	hits   int          // articles that match the filter or search, -1 while unknown

	total       int       // articles in the whole list when it was read
	waits       int       // articles that arrived since and wait to be asked for
	touched     bool      // the reader has moved in it
	firstUnread bool      // open the first unread article once the window is there
	visit       time.Time // end of the last visit, for the rule
	search      bool      // rows are search hits with snippets
}

const (
	windowSize = 200 // rows read at a time
	windowEdge = 60  // rows from an end at which the next are read
	searchEdge = 15  // the same among search hits, whose snippets cost more
	windowMax  = 1200
)

// current returns the row under the cursor.
func (l *listPane) current() (store.Row, bool) {
	if l.cursor < 0 || l.cursor >= len(l.rows) {
		return store.Row{}, false
	}
	return l.rows[l.cursor], true
}

// move puts the cursor n rows further, within the window.
func (l *listPane) move(n int) { l.put(l.cursor + n) }

// put sets the cursor to the row with index i, or the nearest.
func (l *listPane) put(i int) {
	l.cursor, l.wheeled = clamp(i, 0, max(0, len(l.rows)-1)), false
}

// seek returns the index of the next row after the cursor, in the direction of
// step, that ok accepts; -1 when there is none in the window.
func (l *listPane) seek(step int, ok func(store.Row) bool) int {
	for i := l.cursor + step; i >= 0 && i < len(l.rows); i += step {
		if ok(l.rows[i]) {
			return i
		}
	}
	return -1
}

// wants says which end of the window should be read next: +1 the older end,
// -1 the newer one, 0 none.
func (l *listPane) wants() int {
	edge, at := windowEdge, l.cursor
	if l.search {
		edge = searchEdge
	}
	if l.wheeled {
		at = l.top
	}
	switch {
	case l.loading || !l.loaded:
		return 0
	case !l.last && len(l.rows)-at <= edge:
		return 1
	case !l.first && at < edge:
		return -1
	}
	return 0
}

// grow adds rows to one end and drops as many at the other as exceed windowMax.
// short says that the list ends with them.
func (l *listPane) grow(rows []store.Row, older, short bool) {
	if older {
		l.rows = append(l.rows, rows...)
		l.last = short
		if over := len(l.rows) - windowMax; over > 0 && min(l.cursor, l.top) > over+windowEdge {
			l.rows = slices.Delete(l.rows, 0, over)
			l.cursor, l.top, l.first = l.cursor-over, max(0, l.top-over), false
			if l.above >= 0 {
				l.above += over
			}
		}
		return
	}
	l.rows = append(slices.Clone(rows), l.rows...)
	l.cursor, l.top = l.cursor+len(rows), l.top+len(rows)
	l.first = short
	switch {
	case short:
		l.above = 0
	case l.above >= 0:
		l.above = max(0, l.above-len(rows))
	}
	if over := len(l.rows) - windowMax; over > 0 && max(l.cursor, l.top) < windowMax-windowEdge {
		l.rows, l.last = l.rows[:len(l.rows)-over], false
	}
}

// update replaces the flags of rows that are shown, by id.
func (l *listPane) update(rows []store.Row) {
	by := make(map[feeds.ArticleID]store.Row, len(rows))
	for _, r := range rows {
		by[r.ID] = r
	}
	for i, old := range l.rows {
		if r, ok := by[old.ID]; ok {
			r.Snippet, r.Marks = old.Snippet, old.Marks
			l.rows[i] = r
		}
	}
}

// listLine is one line of the pane: a row's line, or a heading (row < 0).
type listLine struct {
	text string
	row  int
}

// draw lays the pane out from row top in w x h cells. It keeps the cursor in
// sight by moving top half a page when needed.
func (l *listPane) draw(w, h int, st rowStyle) []listLine {
	st.width = w
	if len(l.rows) == 0 {
		return nil
	}
	if !l.wheeled && !l.inSight(l.top, h, st) {
		l.reveal(h, st)
	}
	return l.linesFrom(l.top, h, st)
}

// reveal moves top so that the cursor stands in the middle, or less near an end.
func (l *listPane) reveal(h int, st rowStyle) {
	per := 1
	if st.tall {
		per = 2
	}
	l.top = clamp(l.cursor-h/per/2, 0, max(0, len(l.rows)-1))
	for l.top > 0 && l.heightFrom(l.top-1, len(l.rows), st) <= h {
		l.top--
	}
	for l.top < l.cursor && !l.inSight(l.top, h, st) {
		l.top++
	}
}

// inSight reports whether the row under the cursor is wholly visible when row
// top stands first.
func (l *listPane) inSight(top, h int, st rowStyle) bool {
	return top <= l.cursor && l.heightFrom(top, l.cursor+1, st) <= h
}

// heightFrom counts the lines of rows [from, to) with their headings; it gives
// up, returning a large number, after more rows than any screen has lines.
func (l *listPane) heightFrom(from, to int, st rowStyle) int {
	const many = 1 << 20
	n, per := 0, 1
	if st.tall {
		per = 2
	}
	if to-from > 500 {
		return many
	}
	for i := from; i < to; i++ {
		n += per
		if l.heading(i, i == from, st) != "" {
			n++
		}
		if i > from && l.rule(i) {
			n++
		}
	}
	return n
}

// heading is the day that starts at row i, "" inside a day.
func (l *listPane) heading(i int, first bool, st rowStyle) string {
	if l.search {
		return ""
	}
	day := dayName(st.now, l.rows[i].At.In(st.zone))
	if !first && day == dayName(st.now, l.rows[i-1].At.In(st.zone)) {
		return ""
	}
	return day
}

// rule reports whether the line "seen until" goes above row i.
func (l *listPane) rule(i int) bool {
	return !l.search && !l.visit.IsZero() && l.rows[i-1].Arrived.After(l.visit) && !l.rows[i].Arrived.After(l.visit)
}

// linesFrom draws from row top until the height is used up.
func (l *listPane) linesFrom(top, h int, st rowStyle) []listLine {
	var out []listLine
	for i := top; i < len(l.rows) && len(out) < h; i++ {
		if day := l.heading(i, i == top, st); day != "" {
			out = append(out, listLine{st.theme.Heading.On(st.text.Line(safe.New(" "+day), st.width, text.LTR)), -1})
		}
		if i > top && l.rule(i) {
			out = append(out, listLine{st.theme.Dim.On(ruleLine("seen until "+when(st.now, l.visit.In(st.zone)), st.width, st.signs)), -1})
		}
		for _, s := range drawRow(l.rows[i], i == l.cursor, st) {
			out = append(out, listLine{s, i})
		}
	}
	if len(out) > h {
		out = out[:h]
	}
	return out
}

// ruleLine is a horizontal rule of width cells with words in it.
func ruleLine(words string, width int, sg signs) string {
	s := sg.horizontal + sg.horizontal + " " + words + " "
	n := width - text.Width(safe.New(s))
	if n < 0 {
		return text.Line(safe.New(words), width, text.LTR)
	}
	return s + strings.Repeat(sg.horizontal, n)
}

// scroll moves the view of h lines by n rows without moving the cursor, and no
// further than to the last row at the bottom.
func (l *listPane) scroll(n, h int, st rowStyle) {
	last := max(0, len(l.rows)-1)
	for last > 0 && l.heightFrom(last-1, len(l.rows), st) <= h {
		last--
	}
	l.top, l.wheeled = clamp(l.top+n, 0, max(last, min(l.top, len(l.rows)-1))), true
}
