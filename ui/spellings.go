package ui

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/query"
	"sitrep/store"
)

// spellingsMsg says which other spellings a search looks for, and whether some
// of them are guessed: what they find is not in the list yet.
type spellingsMsg struct {
	gen     int
	also    []string
	guessed bool
}

func (r spellingsMsg) apply(m *model) tea.Cmd {
	if r.gen != m.list.gen {
		return nil
	}
	m.search.also = r.also
	if !r.guessed {
		return nil
	}
	return m.widen(max(searchWindow, len(m.list.rows)))
}

// spellings finds out what a search looks for besides its words. A failure is
// told by the search itself.
func (c commands) spellings(ctx context.Context, gen int, e query.Expr) tea.Msg {
	also, guessed, err := c.store.Spellings(ctx, e)
	if err != nil || len(also) == 0 {
		return nil
	}
	return spellingsMsg{gen, also, guessed}
}

// maxWidened bounds how far down the list is read anew for the article that the
// reader has moved to meanwhile.
const maxWidened = 1_000

// widen reads the first limit results with those of guessed spellings among
// them.
func (m *model) widen(limit int) tea.Cmd {
	return m.do.widen(m.search.ctx, m.list.gen, m.search.query, limit, m.peek())
}

func (c commands) widen(ctx context.Context, gen int, q query.Query, limit int, p peek) tea.Cmd {
	return func() tea.Msg {
		rows, err := c.store.Search(ctx, q, store.Window{Limit: limit})
		if err != nil {
			return nil
		}
		list := listMsg{gen: gen, rows: rows, first: true, last: len(rows) < limit, search: true}
		return widenedMsg{p.with(c, list), limit}
	}
}

// widenedMsg is the list of a search with the results of guessed spellings.
type widenedMsg struct {
	list  listMsg
	limit int
}

// apply holds the cursor on its article once the reader has moved it.
func (r widenedMsg) apply(m *model) tea.Cmd {
	l := &m.list
	if r.list.gen != l.gen || !l.first {
		return nil
	}
	if l.cursor == 0 && m.prompt != nil {
		return r.list.apply(m)
	}
	id := m.currentID()
	at := slices.IndexFunc(r.list.rows, func(row store.Row) bool { return row.ID == id })
	if at < 0 {
		if r.list.last || r.limit >= maxWidened {
			return nil
		}
		return m.widen(2 * r.limit)
	}
	top := max(0, l.top+at-l.cursor)
	l.rows, l.last = r.list.rows, r.list.last
	l.put(at)
	l.top = top
	return nil
}

// alsoNote is the line about the other spellings. Each stands apart from the
// next whatever direction it is written in.
func alsoNote(also []string) string {
	const first, pop = "\u2068", "\u2069" // isolate (UAX 9, 2.5)
	return "also: " + first + strings.Join(also, pop+" · "+first) + pop
}
