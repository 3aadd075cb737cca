package ui

import (
	"context"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/query"
)

// spellingsMsg says which other spellings a search looks for.
type spellingsMsg struct {
	gen  int
	also []string
}

func (r spellingsMsg) apply(m *model) tea.Cmd {
	if r.gen == m.list.gen {
		m.search.also = r.also
	}
	return nil
}

// spellings finds out what a search looks for besides its words. A failure is
// told by the search itself.
func (c commands) spellings(ctx context.Context, gen int, e query.Expr) tea.Cmd {
	return func() tea.Msg {
		also, err := c.store.Spellings(ctx, e)
		if err != nil || len(also) == 0 {
			return nil
		}
		return spellingsMsg{gen, also}
	}
}

// alsoNote is the line about the other spellings. Each stands apart from the
// next whatever direction it is written in.
func alsoNote(also []string) string {
	const first, pop = "\u2068", "\u2069" // isolate (UAX 9, 2.5)
	return "also: " + first + strings.Join(also, pop+" · "+first) + pop
}
