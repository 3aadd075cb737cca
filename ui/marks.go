package ui

import (
	"context"
	"errors"
	"fmt"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

func (m *model) toggleStar() tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		return nil
	}
	m.list.touched = true
	act := store.Star
	if r.Starred {
		act = store.Unstar
	}
	m.list.rows[m.list.cursor].Starred = !r.Starred
	return m.do.mark(act, r.ID)
}

func (m *model) toggleMark() tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		return nil
	}
	m.list.touched = true
	act := store.Read
	if r.Read {
		act = store.Unread
	}
	m.list.rows[m.list.cursor].Read = !r.Read
	return m.do.mark(act, r.ID)
}

// markAll marks exactly what the list shows; what arrived since stays unread.
func (m *model) markAll() tea.Cmd {
	if !m.list.loaded {
		return nil
	}
	sc := m.list.scope
	sc.UnreadOnly, sc.Keep = true, nil
	if m.search.active {
		sc = store.Scope{Filter: m.search.query.Expr, UnreadOnly: true, MaxArrival: m.over.Arrival}
	}
	return m.do.markAll(m.list.gen, sc)
}

// markedMsg says how many articles an act changed.
type markedMsg struct {
	words string // "41 marked read", "" to say nothing
	rows  bool   // the shown rows changed too
	err   error
}

func (r markedMsg) apply(m *model) tea.Cmd {
	switch {
	case errors.Is(r.err, store.ErrNothing):
		m.say("There is nothing to undo.")
		return nil
	case r.err != nil:
		m.warn(sentence(r.err))
		return m.freshen()
	case r.words != "":
		m.say(r.words)
	}
	if r.rows {
		return tea.Batch(m.do.overview, m.freshen())
	}
	return m.do.overview
}

func (c commands) mark(act store.Act, ids ...feeds.ArticleID) tea.Cmd {
	write := c.promises.give(func() error {
		_, err := c.store.Mark(context.WithoutCancel(c.ctx), act, ids...)
		return err
	})
	return func() tea.Msg { return markedMsg{err: write()} }
}

func (c commands) markAll(gen int, sc store.Scope) tea.Cmd {
	n := 0
	write := c.promises.give(func() (err error) {
		n, err = c.store.MarkAll(context.WithoutCancel(c.ctx), sc, store.Read)
		return err
	})
	return func() tea.Msg {
		err := write()
		return markedMsg{words: number(n) + " marked read · u undoes", rows: true, err: err}
	}
}

func (c commands) undo() tea.Cmd { return c.takeBack(c.store.Undo, "Undone") }
func (c commands) redo() tea.Cmd { return c.takeBack(c.store.Redo, "Done again") }

// actWords says what an act did to articles.
func actWords(a store.Act) string {
	switch a {
	case store.Star:
		return "starred"
	case store.Unstar:
		return "unstarred"
	case store.Unread:
		return "marked unread"
	}
	return "marked read"
}

func (c commands) takeBack(f func(context.Context) (store.Undone, error), word string) tea.Cmd {
	var u store.Undone
	write := c.promises.give(func() (err error) {
		u, err = f(context.WithoutCancel(c.ctx))
		return err
	})
	return func() tea.Msg {
		err := write()
		return markedMsg{words: fmt.Sprintf("%s: %s %s", word, number(u.N), actWords(u.Act)), rows: true, err: err}
	}
}
