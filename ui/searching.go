package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/query"
)

// searching is a search over everything and what esc goes back to.
type searching struct {
	active bool
	text   string
	query  query.Query
	ctx    context.Context    // of the search that is under way
	stop   context.CancelFunc // ends it
	also   []string           // other spellings that are looked for

	saved       listPane
	savedFocus  focus
	savedOffset int      // scroll of the article
	advice      []string // what to try when nothing was found
	faceted     bool     // facets has come once
	facets      sidePane // what stands in place of the briefings
}

// startSearch opens the prompt: in the reading view for this article, else for
// everything.
func (m *model) startSearch() tea.Cmd {
	if m.focus == focusReading && m.reading.shown != nil {
		return m.startFind()
	}
	return m.searchEverything("")
}

// searchEverything opens the prompt of the full search.
func (m *model) searchEverything(text string) tea.Cmd {
	return m.promptSearch("search everything:", text, (*model).acceptSearch)
}

// promptSearch opens a prompt that shows what is found while a query is typed.
func (m *model) promptSearch(label, text string, enter func(m *model, s string) tea.Cmd) tea.Cmd {
	if !m.search.active {
		m.search = searching{active: true, saved: m.list, savedFocus: m.focus, savedOffset: m.reading.offset}
	} else if text == "" {
		text = m.search.text
	}
	m.focus = focusList
	m.prompt = &prompt{
		label:  label,
		change: func(m *model, s string) tea.Cmd { return m.searchFor(s, true) },
		enter:  enter,
		cancel: func(m *model) tea.Cmd { return m.endSearch() },
		key:    func(m *model, k string) (tea.Cmd, bool) { return m.searchKey(k) },
	}
	m.prompt.input.Set(text)
	return tea.Batch(m.relayout(), m.searchFor(text, true))
}

// searchKey moves through the results while the query is being typed.
func (m *model) searchKey(k string) (tea.Cmd, bool) {
	switch k {
	case "down", "ctrl+n":
		return m.move(1), true
	case "up", "ctrl+p":
		return m.move(-1), true
	case "pgdown":
		return m.move(m.page()), true
	case "pgup":
		return m.move(-m.page()), true
	}
	return nil, false
}

func (m *model) queryOptions(typing bool) query.Options {
	return query.Options{Now: m.set.now(), Location: m.set.zone, Typing: typing}
}

// searchFor shows what a query finds; an empty one shows the list from before.
// The search before it is cancelled.
func (m *model) searchFor(s string, typing bool) tea.Cmd {
	if m.search.stop != nil {
		m.search.stop()
		m.search.stop = nil
	}
	m.search.text, m.search.advice, m.search.also = s, nil, nil
	gen := m.list.gen + 1
	if strings.TrimSpace(s) == "" {
		m.search.query = query.Query{}
		return tea.Batch(m.putBack(m.search.saved), m.show())
	}
	m.search.query = query.Read(s, m.queryOptions(typing))
	if !m.list.search {
		m.list = listPane{search: true, title: "search"}
	}
	m.list.gen, m.list.loading, m.list.hits = gen, true, -1
	ctx, stop := context.WithCancel(m.do.ctx)
	m.search.ctx, m.search.stop = ctx, stop
	search := m.do.search(ctx, gen, m.search.query, m.peek())
	if !m.areas.side.Empty() {
		search = tea.Sequence(search, m.do.facets(ctx, gen, m.search.query, m.set.zone))
	}
	return search
}

// acceptSearch leaves the prompt and goes into the results.
func (m *model) acceptSearch(s string) tea.Cmd {
	if strings.TrimSpace(s) == "" {
		m.prompt = nil
		return m.endSearch()
	}
	m.prompt = nil
	m.list.touched = true
	return m.relayout()
}

// endSearch restores the list, its cursor and its scroll.
func (m *model) endSearch() tea.Cmd {
	if !m.search.active {
		return nil
	}
	if m.search.stop != nil {
		m.search.stop()
	}
	again := m.putBack(m.search.saved)
	m.focus = m.search.savedFocus
	if id := m.currentID(); m.focus == focusReading {
		m.restore.Article, m.restore.Offset = id, m.search.savedOffset
	} else if m.reading.want == id {
		m.reading.offset = m.search.savedOffset
	}
	m.search = searching{}
	m.prompt = nil
	m.reading.opened = m.focus == focusReading
	return tea.Batch(again, m.relayout(), m.do.overview, m.freshen())
}

// searchNotes are the lines above the results.
func (m *model) searchNotes() []string {
	if m.search.query.Expr == nil {
		return nil
	}
	first := "searching"
	if m.list.hits >= 0 {
		first = number(m.list.hits) + " found"
	} else if m.list.loaded && !m.list.loading {
		first = "counting"
	}
	if m.prompt == nil {
		first = isolate(m.search.text) + ": " + first
	}
	out := []string{first}
	if len(m.search.also) > 0 {
		out = append(out, alsoNote(m.search.also))
	}
	for _, n := range m.search.query.Notes {
		out = append(out, n.Text)
	}
	return out
}

func (m *model) emptySearch(w int) []string {
	if m.search.query.Expr == nil || m.list.loading {
		return nil
	}
	out := m.paragraph("Nothing found. Read as: "+isolate(m.search.query.Expr.String()), w, 1)
	for _, s := range m.search.advice {
		out = append(out, m.paragraph(s, w, 1)...)
	}
	return out
}

// adviceMsg says what each word finds alone and which spelling is near.
type adviceMsg struct {
	gen   int
	lines []string
}

func (r adviceMsg) apply(m *model) tea.Cmd {
	if r.gen == m.list.gen {
		m.search.advice = r.lines
	}
	return nil
}

// startFind looks for words in the article that is shown; an empty prompt and
// / widen the search to everything.
func (m *model) startFind() tea.Cmd {
	before, from := m.reading.find, m.reading.offset
	find := func(m *model, s string) tea.Cmd {
		m.reading.find, m.reading.findFrom = strings.TrimSpace(s), from
		m.reading.match = m.reading.shown.matchFrom(from)
		return m.show()
	}
	m.prompt = &prompt{
		label:  "search article:",
		hint:   "/ searches everything",
		change: find,
		found:  (*model).matchText,
		enter:  func(m *model, s string) tea.Cmd { m.prompt = nil; return find(m, s) },
		cancel: func(m *model) tea.Cmd {
			m.reading.offset = from
			return find(m, before)
		},
		key: func(m *model, k string) (tea.Cmd, bool) {
			if k != "/" || m.prompt.input.String() != "" {
				return nil, false
			}
			m.reading.find = ""
			return m.searchEverything(""), true
		},
	}
	return nil
}

// number writes n with thousands separated.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// matchText says which match of how many the reader is at.
func (m *model) matchText() string {
	switch {
	case m.focus == focusReading && m.reading.versus != (versus{}) && m.reading.shown != nil:
		if n := len(m.reading.shown.matches); n > 0 {
			return fmt.Sprintf("change %d/%d", m.reading.match+1, n)
		}
		return ""
	case m.focus == focusReading && m.reading.find != "" && m.reading.shown != nil:
		if n := len(m.reading.shown.matches); n > 0 {
			return fmt.Sprintf("match %d/%d", m.reading.match+1, n)
		}
		return "no match"
	case m.search.active && len(m.list.rows) > 0:
		if m.list.hits >= 0 {
			return fmt.Sprintf("match %s/%s", number(m.list.cursor+1), number(m.list.hits))
		}
		return "match " + number(m.list.cursor+1)
	}
	return ""
}
