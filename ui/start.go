package ui

import (
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// startMsg is what the first screen is drawn from.
type startMsg struct {
	over      store.Overview
	briefings []feeds.Briefing
	at        position
	left      bool // there is a stored position
	err       error
}

func (c commands) start() tea.Msg {
	var r startMsg
	if r.over, r.err = c.store.Overview(c.ctx); r.err != nil {
		return r
	}
	if r.briefings, r.err = c.store.Briefings(c.ctx); r.err != nil {
		return r
	}
	s, err := c.store.Setting(c.ctx, positionKey)
	r.at, r.left = decodePosition(s)
	r.err = err
	return r
}

func (r startMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.started = true
	m.over = r.over
	m.filling = r.over.All.Total == 0
	for _, b := range r.briefings {
		m.known[b.ID] = b
	}
	m.places = zonesOf(r.briefings)
	if r.left {
		m.resume(r.at)
	}
	m.rebuild()
	if m.set.open != "" {
		m.restore = position{}
		m.side.pick(place{kind: sideBriefing, briefing: m.set.open})
	} else if m.set.watch != 0 {
		m.restore = position{}
		m.side.pick(place{kind: sideWatch, watch: m.set.watch})
	} else if r.left {
		m.side.pick(place{m.restore.Kind, m.restore.Briefing, m.restore.Feed, m.restore.Watch})
	}
	cmds := []tea.Cmd{m.openFirst(), m.relayout(), m.fillWatches(), m.do.awaitDamage}
	switch {
	case len(m.over.Feeds) == 0 && len(m.over.Briefings) == 0:
		cmds = append(cmds, m.choose(true))
	case m.set.refresh && !m.set.offline:
		cmds = append(cmds, m.refreshDue())
	}
	if m.set.query != "" {
		cmds = append(cmds, m.searchEverything(m.set.query), m.acceptSearch(m.set.query))
	}
	return tea.Batch(cmds...)
}

// warmAfter keeps warming away from the first frame and the first keys.
const warmAfter = 150 * time.Millisecond

// warm makes the first search as fast as the others.
func (c commands) warm() tea.Cmd {
	return tea.Tick(warmAfter, func(time.Time) tea.Msg {
		_ = c.store.Warm(c.ctx) // the search itself meets what is wrong
		return nil
	})
}

// damageMsg says that the store's file is damaged.
type damageMsg struct{ problem string }

// awaitDamage waits for what a check finds, which may be never.
func (c commands) awaitDamage() tea.Msg {
	if c.damage == nil {
		return nil
	}
	select {
	case problem := <-c.damage:
		return damageMsg{problem}
	case <-c.ctx.Done():
		return nil
	}
}

func (r damageMsg) apply(m *model) tea.Cmd {
	m.warn("The store's file is damaged: " + r.problem + ". Leave, then run sitrep repair, which mends it and keeps what can be read.")
	return nil
}

// resume takes over where the reader left.
func (m *model) resume(p position) {
	m.restore = p
	m.focus, m.mouse = p.Focus, p.Mouse
	m.sideWidth, m.listWidth = p.Side, p.List
	for _, id := range p.Open {
		m.side.open[id] = true
	}
}

// openFirst shows the first list, at the article where the reader left.
func (m *model) openFirst() tea.Cmd {
	m.openPlaceQuietly()
	m.list.scope.UnreadOnly = m.restore.Unread
	m.reading.opened = m.focus == focusReading
	return m.load(m.restore.Article)
}

// rebuild makes the briefings pane anew from the counters.
func (m *model) rebuild() {
	hidden := 0
	subscribed := map[string]bool{}
	for _, b := range m.over.Briefings {
		subscribed[b.ID] = true
	}
	for _, b := range m.known {
		if !b.Hidden && !subscribed[b.ID] {
			hidden++
		}
	}
	m.side.build(m.over, hidden)
}

// arrived decides what becomes of articles that came since the list was read:
// an empty or untouched first list takes them in, any other lets them wait.
func (m *model) arrived() tea.Cmd {
	l := &m.list
	if m.search.active || l.filter != "" || !l.loaded {
		return nil
	}
	if it := m.side.current(); it.briefing != l.scope.Briefing || it.feed != l.scope.Feed || it.watch != l.scope.Watch {
		return m.openPlace() // what was shown is no longer subscribed
	}
	l.waits = max(0, m.scopeCounts().Total-l.total)
	if w, ok := m.watch(l.scope.Watch); ok && w.Filling && l.waits > 0 {
		return m.reload(true) // what comes was there before
	}
	if l.waits > 0 && (len(l.rows) == 0 || m.filling && !l.touched) {
		return m.reload(false)
	}
	return nil
}
