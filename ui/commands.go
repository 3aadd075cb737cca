package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/query"
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

// article reads and lays out an article.
func (c commands) article(gen int, id feeds.ArticleID, q pageRequest) tea.Cmd {
	return func() tea.Msg {
		laid, err := c.page(id, q)
		return articleMsg{gen: gen, laid: laid, err: err}
	}
}

// subscribe subscribes briefings, each with the general feeds chosen for it.
func (c commands) subscribe(add map[string][]string, remove []string) tea.Cmd {
	return func() tea.Msg {
		for _, id := range remove {
			if err := c.store.Unsubscribe(c.ctx, id); err != nil {
				return subscribedMsg{err: err}
			}
		}
		for id, general := range add {
			if err := c.store.Subscribe(c.ctx, id, general); err != nil {
				return subscribedMsg{err: err}
			}
		}
		return subscribedMsg{added: len(add)}
	}
}

type subscribedMsg struct {
	added int
	err   error
}

func (r subscribedMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.restore = position{}
	if r.added == 0 {
		return m.do.overview
	}
	return tea.Sequence(m.do.overview, func() tea.Msg { return refreshMsg{} })
}

// addFeed subscribes a feed. A login in its address is kept elsewhere: addresses
// stand in the store and on the screen.
func (c commands) addFeed(f feeds.Feed, briefings []string) tea.Cmd {
	return func() tea.Msg {
		typed := f.URL
		f.URL = feeds.WithoutLogin(typed)
		id, added, err := c.store.AddFeed(c.ctx, f, briefings)
		if err == nil && added && f.URL != typed && c.login != nil {
			err = c.login(c.ctx, id, typed)
		}
		return addedMsg{id, f.URL, added, err}
	}
}

type addedMsg struct {
	id    feeds.FeedID
	url   string
	added bool
	err   error
}

func (r addedMsg) apply(m *model) tea.Cmd {
	switch {
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	case !r.added:
		m.say(r.url + " is subscribed already.")
		return nil
	}
	m.say("Added " + r.url + "; fetching it.")
	return tea.Sequence(m.do.overview, func() tea.Msg { return refreshMsg{only: []feeds.FeedID{r.id}} })
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
