package ui

import (
	"context"
	"slices"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/query"
	"sitrep/store"
)

// facetRows is how many parts of each kind stand beside the results.
const facetRows = 10

// left is the pane beside the list: the briefings, during a search the parts of
// what it finds.
func (m *model) left() *sidePane {
	if m.search.active && m.search.faceted {
		return &m.search.facets
	}
	return &m.side
}

// facetsMsg brings the parts of what a search finds.
type facetsMsg struct {
	gen    int
	facets store.Facets
}

func (c commands) facets(ctx context.Context, gen int, q query.Query, zone *time.Location) tea.Cmd {
	return func() tea.Msg {
		f, err := c.store.Facets(ctx, q, zone)
		if err != nil { // the results are there without it
			return nil
		}
		return facetsMsg{gen, f}
	}
}

func (r facetsMsg) apply(m *model) tea.Cmd {
	if r.gen != m.list.gen || !m.search.active {
		return nil
	}
	m.search.faceted = true
	m.search.facets = sidePane{items: m.facetItems(r.facets), cursor: 1}
	return nil
}

// facetItems are the lines of the pane. A part that is the whole is left out: it
// tells nothing.
func (m *model) facetItems(f store.Facets) (out []sideItem) {
	kind := func(heading string, facets []store.Facet, name func(string) string) {
		facets = slices.DeleteFunc(facets, func(facet store.Facet) bool { return facet.N == f.Of })
		if len(facets) == 0 {
			return
		}
		if f.Cut {
			heading += " of the newest " + number(f.Of)
		}
		out = append(out, sideItem{kind: sideHeading, title: heading})
		for _, facet := range facets[:min(len(facets), facetRows)] {
			it := sideItem{kind: sideFacet, title: name(facet.Name), narrow: facet.Narrow.String()}
			it.counts.Unread = facet.N
			out = append(out, it)
		}
	}
	same := func(s string) string { return s }
	kind("Briefing", f.Briefings, func(id string) string { return orText(m.known[id].Title, id) })
	kind("Source", f.Sources, same)
	kind("Language", f.Languages, same)
	kind("Month", f.Months, monthName)
	if len(out) == 0 {
		out = []sideItem{{kind: sideHeading, title: "Nothing to narrow"}}
	}
	return out
}

// monthName writes 2026-11 as Nov 2026.
func monthName(s string) string {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return s
	}
	return t.Format("Jan 2006")
}

// narrow searches for one part of what was found.
func (m *model) narrow(it sideItem) tea.Cmd {
	m.focus = focusList
	m.list.touched = true
	return tea.Batch(m.relayout(), m.searchFor(m.search.text+" "+it.narrow, false))
}
