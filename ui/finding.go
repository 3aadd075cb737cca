package ui

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/store"
)

// searchWindow is how many hits are read at first; more come as the cursor
// nears their end.
const searchWindow = 40

func (c commands) search(ctx context.Context, gen int, q query.Query, p peek) tea.Cmd {
	find := func() tea.Msg {
		rows, err := c.store.SearchListed(ctx, q, store.Window{Limit: searchWindow})
		if err == nil && len(rows) == 0 {
			rows, err = c.store.Search(ctx, q, store.Window{Limit: searchWindow})
		}
		if ctx.Err() != nil {
			return nil
		}
		return p.with(c, listMsg{gen: gen, rows: rows, first: true, last: len(rows) < searchWindow, search: true, err: err})
	}
	count := func() tea.Msg {
		n, err := c.store.Count(ctx, q)
		if err != nil {
			return nil
		}
		if n == 0 {
			return tea.BatchMsg{func() tea.Msg { return hitsMsg{gen, 0} }, func() tea.Msg { return c.advise(ctx, gen, q) }}
		}
		return hitsMsg{gen, n}
	}
	return tea.Sequence(find, func() tea.Msg { return c.spellings(ctx, gen, q.Expr) }, count)
}

func (c commands) searchMore(gen int, q query.Query, from feeds.ArticleID) tea.Cmd {
	return func() tea.Msg {
		rows, err := c.store.Search(c.ctx, q, store.Window{From: from, Limit: searchWindow})
		return moreMsg{gen, rows, true, len(rows) < searchWindow, err}
	}
}

// advise finds out what each word of a fruitless query finds alone and which
// stored spelling is near.
func (c commands) advise(ctx context.Context, gen int, q query.Query) tea.Msg {
	var lines []string
	words := query.Words(q.Expr)
	for i, w := range words {
		if i == 6 {
			break
		}
		w, begun := strings.CutSuffix(w, "*")
		n, err := c.store.Count(ctx, query.Query{Expr: query.Word{Text: w, Prefix: begun}})
		if err != nil {
			return nil
		}
		line := fmt.Sprintf("%s alone: %s", isolate(w), number(n))
		if near, ok, err := c.store.Suggest(ctx, w); n == 0 && err == nil && ok {
			line += "; the nearest spelling that is stored: " + isolate(near)
		}
		lines = append(lines, line)
	}
	return adviceMsg{gen, lines}
}

func (c commands) countScope(gen int, sc store.Scope) tea.Cmd {
	return func() tea.Msg {
		n, err := c.store.ScopeCount(c.ctx, sc)
		if err != nil {
			return nil
		}
		return hitsMsg{gen, n}
	}
}

// seekUnread looks for the next unread article beyond the window.
func (c commands) seekUnread(gen int, sc store.Scope, from feeds.ArticleID, step int) tea.Cmd {
	return func() tea.Msg {
		sc.UnreadOnly, sc.Keep = true, nil
		rows, err := c.store.List(c.ctx, sc, store.Window{From: from, Limit: 1, Backward: step < 0})
		if err != nil || len(rows) == 0 {
			return soughtMsg{gen: gen, step: step, err: err}
		}
		return soughtMsg{gen: gen, step: step, id: rows[0].ID, found: true}
	}
}
