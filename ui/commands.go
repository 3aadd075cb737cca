package ui

import (
	"context"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// commands are the only functions that touch the disk or the network. Each
// returns at once; the work is done when Bubble Tea runs the command.
type commands struct {
	ctx     context.Context
	store   *store.Store
	now     func() time.Time
	hosts   host // browser, clipboard, terminal
	refresh Refresher

	discover Discoverer // nil: addresses are added as they are typed
	login    LoginKeeper
	pages    PageGetter // nil: full texts are only queued
	damage   <-chan string
	files    files
	looked   *lookedFor
	promises *promises // marks that are shown and may not be stored yet
}

// pollEvery is how often the store is asked whether another process wrote.
const pollEvery = time.Second

// restDelay is how long the cursor rests before the peek follows it, so that
// holding a key down costs no redrawing of articles, over ssh above all.
const restDelay = 120 * time.Millisecond

// overviewMsg is the counters, anew.
type overviewMsg struct {
	over store.Overview
	err  error
}

func (r overviewMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.over = r.over
	m.rebuild()
	return m.arrived()
}

func (c commands) overview() tea.Msg {
	o, err := c.store.Overview(c.ctx)
	return overviewMsg{o, err}
}

// pollMsg comes once a second and says whether the store changed.
type pollMsg struct {
	version int64
	changed bool
	running bool
	err     error
}

func (c commands) poll() tea.Cmd { return c.pollAfter(-1) }

func (c commands) pollAfter(last int64) tea.Cmd {
	return tea.Tick(pollEvery, func(time.Time) tea.Msg {
		v, err := c.store.Version(c.ctx)
		_, running, _ := c.store.Running(c.ctx)
		return pollMsg{version: v, changed: v != last && last >= 0, running: running, err: err}
	})
}

func (r pollMsg) apply(m *model) tea.Cmd {
	if m.idle() {
		return m.lock()
	}
	next := m.do.pollAfter(r.version)
	m.tidying.look(r.changed)
	more := tea.Batch(m.tidy(), m.refreshByClock())
	if r.changed && !(m.run.on && m.run.ours) {
		more = tea.Batch(more, m.do.overview, m.freshen(), m.fillWatches())
	}
	if r.running && !m.run.on && m.started {
		more = tea.Batch(more, m.follow())
	}
	return tea.Batch(next, more)
}

// freshen reads the marks of the loaded rows anew.
func (m *model) freshen() tea.Cmd {
	lo := clamp(m.list.top-windowMax/2, 0, max(0, len(m.list.rows)-windowMax))
	hi := min(len(m.list.rows), lo+windowMax)
	if lo >= hi {
		return nil
	}
	ids := make([]feeds.ArticleID, 0, hi-lo)
	for _, r := range m.list.rows[lo:hi] {
		ids = append(ids, r.ID)
	}
	return m.do.rows(m.list.gen, ids)
}

func (c commands) rows(gen int, ids []feeds.ArticleID) tea.Cmd {
	return func() tea.Msg {
		rows, err := c.store.Rows(c.ctx, ids)
		if err != nil {
			return nil
		}
		return rowsMsg{gen, rows}
	}
}

// peek is the page to lay the article under the cursor out for, together with
// a list, so that both change in one frame. The zero peek lays out nothing.
type peek struct {
	wanted bool
	page   pageRequest
}

// with adds the article under the cursor to a list.
func (p peek) with(c commands, r listMsg) listMsg {
	if !p.wanted || r.err != nil || r.at < 0 || r.at >= len(r.rows) {
		return r
	}
	if laid, err := c.page(r.rows[r.at].ID, p.page); err == nil {
		r.laid = laid
	}
	return r
}

// page reads an article and lays it out, unless it is shown so already: then
// there is no page.
func (c commands) page(id feeds.ArticleID, q pageRequest) (*laidOut, error) {
	if q.versus != (versus{}) {
		return c.compared(id, q)
	}
	a, st, routed, err := c.store.Article(c.ctx, id)
	if err != nil {
		return nil, err
	}
	seen, err := c.store.Sightings(c.ctx, id)
	if err != nil {
		return nil, err
	}
	full, err := c.store.FullText(c.ctx, id)
	if err != nil {
		return nil, err
	}
	if q.shown.isOf(a, full, routed, seen) {
		return nil, nil
	}
	out := layOut(a, st, routed, seen, full, c.markers(id, q))
	out.place, err = c.store.Place(c.ctx, id)
	return out, err
}

// list reads the first window of a list, or the one around an article.
func (c commands) list(gen int, sc store.Scope, around feeds.ArticleID, p peek) tea.Cmd {
	return func() tea.Msg {
		from := feeds.ArticleID(0)
		var above []store.Row
		var err error
		if around != 0 {
			from = around + 1
			above, err = c.store.List(c.ctx, sc, store.Window{From: from, Limit: windowSize, Backward: true})
			if err != nil {
				return listMsg{gen: gen, err: err}
			}
		}
		rows, err := c.store.List(c.ctx, sc, store.Window{From: from, Limit: windowSize})
		return p.with(c, listMsg{gen: gen, rows: append(above, rows...), at: len(above), first: len(above) < windowSize, last: len(rows) < windowSize, err: err})
	}
}

func (c commands) listEnd(gen int, sc store.Scope, p peek) tea.Cmd {
	return func() tea.Msg {
		rows, err := c.store.List(c.ctx, sc, store.Window{Limit: windowSize, Backward: true})
		return p.with(c, listMsg{gen: gen, rows: rows, at: len(rows) - 1, first: len(rows) < windowSize, last: true, err: err})
	}
}

// more reads the next window at one end of the list.
func (c commands) more(gen int, sc store.Scope, from feeds.ArticleID, older bool) tea.Cmd {
	return func() tea.Msg {
		rows, err := c.store.List(c.ctx, sc, store.Window{From: from, Limit: windowSize, Backward: !older})
		return moreMsg{gen, rows, older, len(rows) < windowSize, err}
	}
}

// article reads and lays out an article.
func (c commands) article(gen int, id feeds.ArticleID, q pageRequest) tea.Cmd {
	return func() tea.Msg {
		laid, err := c.page(id, q)
		return articleMsg{gen: gen, laid: laid, err: err}
	}
}

// remember stores where the reader is, who comes back in a moment.
func (c commands) remember(p position) tea.Cmd {
	return func() tea.Msg {
		_ = c.store.SetSetting(c.ctx, positionKey, p.encode())
		return nil
	}
}

// leave stores where the reader was and ends the visit.
func (c commands) leave(p position) tea.Cmd {
	return func() tea.Msg {
		_ = c.store.SetSetting(c.ctx, positionKey, p.encode())
		_ = c.store.EndVisit(c.ctx, c.now())
		return nil
	}
}
