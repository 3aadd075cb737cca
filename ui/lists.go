package ui

import (
	"fmt"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// openPlace shows the list of what the briefings pane is on.
func (m *model) openPlace() tea.Cmd {
	switch m.left().current().kind {
	case sideMore, sideHeading, sideFacet:
		return nil
	}
	m.openPlaceQuietly()
	return m.load(0)
}

// openPlaceQuietly sets the list up without reading it.
func (m *model) openPlaceQuietly() {
	it, unread := m.side.current(), m.list.scope.UnreadOnly
	if m.search.active {
		unread = m.search.saved.scope.UnreadOnly
	}
	m.search = searching{}
	m.list = listPane{scope: m.scope(), title: it.title, visit: m.over.Visit, gen: m.list.gen + 1, hits: -1, total: it.counts.Total}
	m.list.scope.UnreadOnly = unread // holds for every list until it is turned off
	m.reading.opened = false
}

// load reads the list's first window, or the one around an article.
func (m *model) load(around feeds.ArticleID) tea.Cmd {
	m.list.loading = true
	return m.do.list(m.list.gen, m.list.scope, around, m.peek())
}

// reload reads the list anew, with what has arrived since; keep holds the
// cursor on its article.
func (m *model) reload(keep bool) tea.Cmd {
	around := feeds.ArticleID(0)
	if keep {
		around = m.currentID()
	}
	m.list.gen++
	m.list.scope.MaxArrival = m.over.Arrival
	m.list.total = m.scopeCounts().Total
	m.list.waits = 0
	return m.load(around)
}

func (m *model) loadEnd() tea.Cmd {
	m.list.loading = true
	m.list.gen++
	return m.do.listEnd(m.list.gen, m.list.scope, m.peek())
}

func (m *model) currentID() feeds.ArticleID {
	r, _ := m.list.current()
	return r.ID
}

// scopeCounts are the counters of what the list shows.
func (m *model) scopeCounts() store.Counts {
	return m.countsOf(m.list.scope)
}

func (m *model) countsOf(sc store.Scope) store.Counts {
	switch {
	case sc.Watch != 0:
		w, _ := m.watch(sc.Watch)
		return w.Counts
	case sc.Feed != 0:
		for _, f := range m.over.Feeds {
			if f.ID == sc.Feed {
				return f.Counts
			}
		}
	case sc.Briefing != "":
		for _, b := range m.over.Briefings {
			if b.ID == sc.Briefing {
				return b.Counts
			}
		}
	default:
		return m.over.All
	}
	return store.Counts{}
}

// listMsg is the first window of a list.
type listMsg struct {
	gen    int
	rows   []store.Row
	at     int // index of the row for the cursor
	first  bool
	last   bool
	search bool
	laid   *laidOut // the article at at, nil when it is not shown
	err    error
}

func (r listMsg) apply(m *model) tea.Cmd {
	if r.gen != m.list.gen {
		return nil
	}
	if r.err != nil {
		m.list.loading = false
		m.warn(sentence(r.err))
		return nil
	}
	l := &m.list
	l.rows, l.first, l.last, l.loading, l.loaded, l.search = r.rows, r.first, r.last, false, true, r.search
	l.above = m.rowsAbove()
	if !l.wheeled {
		l.top = 0
	}
	l.put(r.at)
	var keep tea.Cmd
	if r.laid != nil && r.laid.id != m.reading.want {
		keep = m.keepPlace()
	}
	m.reading.take(r.laid, m.marking())
	if l.firstUnread {
		l.firstUnread = false
		return tea.Batch(keep, m.firstUnread())
	}
	return tea.Batch(keep, m.show())
}

// rowsAbove is how many rows of the list stand before a window just read: known
// at either end of a list whose length is known.
func (m *model) rowsAbove() int {
	l := &m.list
	switch {
	case l.first:
		return 0
	case l.last && m.listTotal() >= len(l.rows):
		return m.listTotal() - len(l.rows)
	}
	return -1
}

// moreMsg is a further window at one end of the list.
type moreMsg struct {
	gen   int
	rows  []store.Row
	older bool
	short bool // there are no rows beyond
	err   error
}

func (r moreMsg) apply(m *model) tea.Cmd {
	if r.gen != m.list.gen {
		return nil
	}
	m.list.loading = false
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.list.grow(r.rows, r.older, r.short)
	return m.show()
}

// rowsMsg brings the present marks of rows that are shown.
type rowsMsg struct {
	gen  int
	rows []store.Row
}

func (r rowsMsg) apply(m *model) tea.Cmd {
	if r.gen != m.list.gen {
		return nil
	}
	m.list.update(r.rows)
	if m.reading.opened {
		return nil // the text stays while it is read; opening it again shows the later one
	}
	m.reading.stale = true
	return m.showArticle()
}

// soughtMsg is the next unread article outside the window.
type soughtMsg struct {
	gen   int
	step  int
	id    feeds.ArticleID
	found bool
	err   error
}

func (r soughtMsg) apply(m *model) tea.Cmd {
	switch {
	case r.gen != m.list.gen:
		return nil
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	case !r.found:
		return m.endOfUnread(r.step)
	}
	m.list.gen++
	m.list.firstUnread = true
	return m.load(r.id)
}

// hitsMsg is how many articles a filter or search has.
type hitsMsg struct {
	gen int
	n   int
}

func (r hitsMsg) apply(m *model) tea.Cmd {
	if r.gen == m.list.gen {
		m.list.hits = r.n
	}
	return nil
}

// listNotes are the lines above the rows: what the list is narrowed to, what
// waits.
func (m *model) listNotes(w int) []string {
	var out []string
	line := func(s string) {
		lines := m.paragraph(s, w, 1)
		for _, l := range lines[:min(len(lines), noteMost)] {
			out = append(out, m.theme.Accent.On(l))
		}
	}
	switch {
	case m.search.active:
		for _, s := range m.searchNotes() {
			line(s)
		}
	case m.list.filter != "":
		line("filter " + isolate(m.list.filter) + m.found())
		for _, n := range m.list.notes {
			line(n.Text)
		}
	case m.list.scope.UnreadOnly:
		line("unread only, " + m.keys.key(doUnreadOnly) + " shows all")
	}
	if m.list.waits > 0 {
		line(fmt.Sprintf("%s %s new, %s shows them", m.signs.arrowUp, number(m.list.waits), m.keys.key(doTop)))
	}
	return out
}

// found is ": 12 found" once the number is known.
func (m *model) found() string {
	if m.list.hits < 0 {
		return ""
	}
	return ": " + number(m.list.hits) + " found"
}

// emptyList says why there are no rows.
func (m *model) emptyList(w int) []string {
	switch {
	case !m.list.loaded:
		return nil
	case m.search.active:
		return m.emptySearch(w)
	case m.list.filter != "":
		return m.paragraph("Nothing here matches the filter. esc clears it.", w, 1)
	case m.list.scope.UnreadOnly:
		return m.paragraph("Nothing unread here. "+m.keys.key(doUnreadOnly)+" shows what was read.", w, 1)
	case m.list.scope.Watch != 0:
		return m.paragraph(m.emptyWatch(), w, 1)
	case m.run.on:
		return m.paragraph("Fetching the first articles; they appear here as the feeds answer.", w, 1)
	case m.noNetwork:
		return m.paragraph("There is no network and nothing is stored yet. "+m.keys.key(doRefreshAll)+" tries again; "+samplesKey+" opens sample briefings that need no network.", w, 1)
	case m.set.offline && m.over.All.Total == 0:
		return m.paragraph("Nothing is stored yet, and --offline forbids fetching. Start without it, or press "+samplesKey+" for sample briefings.", w, 1)
	case len(m.over.Feeds) == 0:
		return m.paragraph("No feed is subscribed. "+m.keys.key(doChoose)+" chooses briefings, "+m.keys.key(doAddFeed)+" adds a feed.", w, 1)
	}
	return m.paragraph("No articles here yet. "+m.keys.key(doRefreshAll)+" asks every feed.", w, 1)
}
