package ui

import (
	"charm.land/bubbletea/v2"

	"sitrep/feeds/query"
)

// startFilter asks for what this list should be narrowed to.
func (m *model) startFilter() tea.Cmd {
	if m.search.active {
		return m.startSearch()
	}
	before := m.list
	m.focus = focusList
	m.prompt = &prompt{
		label:  "filter " + isolate(m.list.title) + ":",
		change: func(m *model, s string) tea.Cmd { return m.setFilter(s) },
		enter:  func(m *model, s string) tea.Cmd { m.prompt = nil; return m.setFilter(s) },
		cancel: func(m *model) tea.Cmd { return m.unfilter(before) },
		key:    func(m *model, k string) (tea.Cmd, bool) { return m.searchKey(k) },
	}
	m.prompt.input.Set(before.filter)
	return m.relayout()
}

// unfilter goes back to the list from before the prompt, with its cursor and its
// scroll.
func (m *model) unfilter(before listPane) tea.Cmd {
	if m.list.filter == before.filter {
		return m.show()
	}
	return tea.Batch(m.putBack(before), m.relayout(), m.do.overview, m.freshen())
}

// putBack shows a list from before again. What it was waiting for then is
// dropped when it comes, so a list that had no rows yet is read now.
func (m *model) putBack(l listPane) tea.Cmd {
	gen := m.list.gen + 1
	m.list = l
	m.list.gen, m.list.loading = gen, false
	if l.loaded {
		return nil
	}
	return m.load(m.restore.Article)
}

// setFilter narrows the list to a query, "" for none.
func (m *model) setFilter(s string) tea.Cmd {
	if s == m.list.filter {
		return nil
	}
	m.list.filter, m.list.scope.Filter, m.list.hits = s, nil, -1
	if s != "" {
		q := query.Read(s, m.queryOptions(m.prompt != nil))
		m.list.scope.Filter, m.list.notes = q.Expr, q.Notes
	}
	if s == "" {
		return m.reload(true)
	}
	return tea.Batch(m.reload(false), m.do.countScope(m.list.gen, m.list.scope))
}
