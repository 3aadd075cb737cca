package ui

import (
	"slices"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// arrive scrolls an article that comes into sight to where it was left, and one that
// a search found to what it was found by.
func (m *model) arrive() {
	m.resumePlace()
	m.toHit()
}

// resumePlace scrolls an article that comes into sight to where it was left. A
// peek below a list shows the beginning.
func (m *model) resumePlace() {
	r := &m.reading
	if r.shown == nil || r.shown.id != r.want || r.resumed == r.want || r.versus != (versus{}) {
		return
	}
	if m.focus != focusReading && m.areas.shape != wide {
		return
	}
	p := r.place()
	if r.shown.rest != nil && p.Passage >= len(r.shown.passages) {
		return // it is not laid out so far
	}
	r.resumed = r.want
	if r.offset == 0 && r.find == "" {
		r.offset = clamp(r.shown.lineOf(p), 0, r.end(m.areas.reading.Dy()))
		r.hit.offset = r.offset
	}
}

// hit is a search result that has been scrolled to what it was found by.
type hit struct {
	article feeds.ArticleID
	find    string
	offset  int // where the view was before or after; once the reader moved it, it stays
}

// toHit scrolls an article that a search or a filter found to the first of the
// words it was found by, unless one is in sight.
func (m *model) toHit() {
	r, h := &m.reading, m.areas.reading.Dy()
	find := m.marking()
	if r.shown == nil || r.resumed != r.want || r.shown.id != r.want || r.find != "" || find == "" || r.shown.find != find || r.versus != (versus{}) {
		return
	}
	if r.hit.article == r.want && r.hit.find == find || len(r.shown.matches) == 0 && r.shown.rest != nil {
		return
	}
	inSight := slices.ContainsFunc(r.shown.matches, func(line int) bool { return line >= r.offset && line < r.offset+h })
	if !inSight && (r.offset == 0 || r.offset == r.hit.offset) {
		r.jump(0, h)
	}
	r.hit = hit{r.want, find, r.offset}
}

// keepPlace keeps where the article that was opened is left, once.
func (m *model) keepPlace() tea.Cmd {
	r := &m.reading
	if r.shown == nil || r.shown.id != r.want || r.resumed != r.want || !r.opened || r.versus != (versus{}) || m.areas.reading.Empty() {
		return nil
	}
	r.resumed = 0
	p := store.Place{}
	if r.offset < r.end(m.areas.reading.Dy()) || r.shown.rest != nil { // read to the end, it begins anew
		p = r.shown.placeOf(r.offset)
	}
	if p == r.place() {
		return nil
	}
	if r.left == nil {
		r.left = map[feeds.ArticleID]store.Place{}
	}
	r.left[r.want] = p
	return m.do.setPlace(r.want, p)
}

// place is where the shown article was left. What is laid out is shared with the
// goroutine that lays out more of it, and does not change.
func (r *readingPane) place() store.Place {
	if p, ok := r.left[r.shown.id]; ok {
		return p
	}
	return r.shown.place
}

func (c commands) setPlace(id feeds.ArticleID, p store.Place) tea.Cmd {
	return func() tea.Msg {
		_ = c.store.SetPlace(c.ctx, id, p) // a convenience: reading goes on without
		return nil
	}
}

// placeOf is where line i stands, whatever the width: in the passage that begins at
// it or before it, or in the blank line behind that one.
func (o *laidOut) placeOf(i int) (p store.Place) {
	for n, x := range o.passages {
		if x.From > i {
			break
		}
		p = store.Place{Passage: n, Line: i - x.From}
	}
	return p
}

// lineOf is the line that a place is at in this width.
func (o *laidOut) lineOf(p store.Place) int {
	if p == (store.Place{}) || p.Passage >= len(o.passages) {
		return 0
	}
	at := o.passages[p.Passage]
	return min(at.From+p.Line, at.To)
}
