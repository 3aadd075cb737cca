package ui

import (
	"charm.land/bubbletea/v2"

	"sitrep/ui/page"
	"sitrep/ui/theme"
)

// locate notes where the headings and passages of a page stand whose first line
// is line top of the article; those that were noted before stay.
func (o *laidOut) locate(p *page.Page, top int) {
	for _, h := range p.Headings[len(o.headings):] {
		o.headings = append(o.headings, top+h)
	}
	for _, x := range p.Passages[len(o.passages):] {
		x.From, x.To = x.From+top, x.To+top
		o.passages = append(o.passages, x)
	}
}

// visible draws the lines from from to to (exclusive), the current match and what
// is chosen apart.
func (r *readingPane) visible(from, to int, th theme.Theme) []string {
	out := make([]string, 0, to-from)
	chosen := r.quote
	if chosen != nil && (chosen.article != r.shown.id || max(chosen.began, chosen.at) >= len(r.shown.passages)) {
		chosen = nil
	}
	for i := from; i < to; i++ {
		out = append(out, chosen.edge(r.shown.line(i, r.current(), th), i, r.shown, th))
	}
	return out
}

// heading brings the n-th heading below the top of the view to the top, or above
// it when n is negative.
func (m *model) heading(n int) tea.Cmd {
	r := &m.reading
	switch {
	case m.focus != focusReading || r.shown == nil:
		m.say("Headings are in an article: " + m.keys.key(doOpen) + " opens one.")
		return nil
	case len(r.shown.headings) == 0:
		m.say("This article has no headings.")
		return nil
	}
	to, ok := nthHeading(r.shown.headings, r.offset, n)
	before := r.offset
	if ok {
		r.offset = clamp(to, 0, r.end(m.areas.reading.Dy()))
	}
	switch {
	case r.offset != before:
	case n > 0:
		m.say("There is no heading further down.")
	default:
		r.offset = 0
		m.say("There is no heading further up.")
	}
	return nil
}

// nthHeading returns the line of the n-th heading below line at, or above it when
// n is negative; the last one in that direction when there are fewer.
func nthHeading(headings []int, at, n int) (line int, ok bool) {
	if n > 0 {
		for _, h := range headings {
			if h > at {
				line, ok = h, true
				if n--; n == 0 {
					break
				}
			}
		}
		return line, ok
	}
	for i := len(headings) - 1; i >= 0 && n < 0; i-- {
		if headings[i] < at {
			line, ok = headings[i], true
			n++
		}
	}
	return line, ok
}
