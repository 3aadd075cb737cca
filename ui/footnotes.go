package ui

import (
	"charm.land/bubbletea/v2"

	"sitrep/ui/page"
)

// outward returns the links of an article that lead out of it.
func (o *laidOut) outward() (links []page.Link) {
	if o == nil {
		return nil
	}
	for _, l := range o.links {
		if l.URL != "" {
			links = append(links, l)
		}
	}
	return links
}

// jumpTo brings the place in the text that a link leads to to the top: a
// footnote, or where it belongs.
func (m *model) jumpTo(l page.Link) tea.Cmd {
	r := &m.reading
	for _, at := range r.shown.anchors {
		if at.Name == l.Name {
			r.offset = clamp(r.shown.top+at.Line, 0, r.end(m.areas.reading.Dy()))
			return nil
		}
	}
	m.say("This part of the article is still being laid out; it will be there in a moment.")
	return nil
}
