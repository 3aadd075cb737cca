package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/store"
)

// watch finds a watch by its id.
func (m *model) watch(id feeds.WatchID) (store.WatchState, bool) {
	i := slices.IndexFunc(m.over.Watches, func(w store.WatchState) bool { return w.ID == id })
	if i < 0 || id == 0 {
		return store.WatchState{}, false
	}
	return m.over.Watches[i], true
}

// startWatch keeps what is searched or filtered now as a watch. Where nothing is,
// it asks for words and shows what they find while they are typed.
func (m *model) startWatch() tea.Cmd {
	text, name := "", ""
	switch {
	case m.search.active && m.search.query.Expr != nil:
		text, name = m.search.query.Expr.String(), m.search.text
	case !m.search.active && m.list.filter != "":
		text, name = m.filteredText(), m.list.filter
	default:
		return m.promptSearch("watch for:", "", func(m *model, s string) tea.Cmd { return m.acceptWatch(feeds.Watch{}, s) })
	}
	e, err := m.standing(text)
	if err != nil {
		m.warn(sentence(err))
		return nil
	}
	return m.nameWatch(feeds.Watch{Query: e.String(), Name: name}, false, "")
}

func (m *model) standing(text string) (query.Expr, error) {
	return query.ParseStanding(text, m.queryOptions(false))
}

// filteredText is a query for what the filtered list shows.
func (m *model) filteredText() string {
	text, sc := "("+m.list.scope.Filter.String()+")", m.list.scope
	switch {
	case sc.Watch != 0:
		w, _ := m.watch(sc.Watch)
		return "(" + w.Query + ") " + text
	case sc.Feed != 0:
		return query.Attr{Name: "feed", Value: m.side.current().title}.String() + " " + text
	case sc.Briefing != "":
		return query.Attr{Name: "briefing", Value: sc.Briefing}.String() + " " + text
	}
	return text
}

// acceptWatch takes the query of the prompt for a watch, a new one if w has no
// id, as it is typed: its last word is whole now. A query that a watch cannot have
// stays in the prompt, with the reason.
func (m *model) acceptWatch(w feeds.Watch, typed string) tea.Cmd {
	if strings.TrimSpace(typed) == "" {
		m.prompt = nil
		return m.endSearch()
	}
	e, err := m.standing(typed)
	if err != nil {
		m.search.query.Notes = append(m.search.query.Notes, query.Note{Text: sentence(err)})
		return nil
	}
	w.Query = e.String()
	if w.ID != 0 {
		m.prompt = nil
		return tea.Batch(m.endSearch(), m.do.keepWatch(w, false))
	}
	w.Name = typed
	return tea.Batch(m.acceptSearch(typed), m.searchFor(w.Query, false), m.nameWatch(w, true, ""))
}

// nameWatch asks for the name of a watch and keeps it, and with open goes there;
// wrong says what was wrong with the last name.
func (m *model) nameWatch(w feeds.Watch, open bool, wrong string) tea.Cmd {
	label := "watch " + isolate(w.Query) + " as:"
	if w.ID != 0 {
		label = "name of the watch:"
	}
	if wrong != "" {
		label = wrong + " Name:"
	}
	m.prompt = &prompt{label: label, hint: "a name for the briefings pane", enter: func(m *model, s string) tea.Cmd {
		m.prompt = nil
		name, err := feeds.WatchName(s)
		if err != nil {
			return m.nameWatch(w, open, sentence(err))
		}
		w.Name = name
		return m.do.keepWatch(w, open)
	}}
	m.prompt.input.Set(shortName(w.Name))
	return nil
}

// shortName cuts a name to be offered to what a name may have.
func shortName(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > feeds.MaxWatchName {
		s = strings.TrimSpace(string(r[:feeds.MaxWatchName]))
	}
	return s
}

// currentWatch is the watch that the briefings pane is on.
func (m *model) currentWatch() (feeds.Watch, bool) {
	w, ok := m.watch(m.side.current().watch)
	if ok = ok && !m.search.active; !ok {
		m.say("Go to a watch in the briefings pane first; " + m.keys.key(doWatch) + " makes one.")
	}
	return w.Watch, ok
}

func (m *model) renameWatch() tea.Cmd {
	w, ok := m.currentWatch()
	if !ok {
		return nil
	}
	return m.nameWatch(w, false, "")
}

// changeWatch asks for another query. The space behind it keeps what is shown
// from taking its last word for a beginning.
func (m *model) changeWatch() tea.Cmd {
	w, ok := m.currentWatch()
	if !ok {
		return nil
	}
	return m.promptSearch(isolate(w.Name)+" watches:", w.Query+" ", func(m *model, s string) tea.Cmd { return m.acceptWatch(w, s) })
}

// removeWatch removes a watch once the reader has said so again.
func (m *model) removeWatch() tea.Cmd {
	w, ok := m.currentWatch()
	if !ok {
		return nil
	}
	m.prompt = &prompt{
		label: "remove the watch " + isolate(w.Name) + "?", hint: "enter removes it, esc keeps it; its articles stay",
		enter: func(m *model, s string) tea.Cmd {
			m.prompt = nil
			if s = strings.ToLower(strings.TrimSpace(s)); s != "" && s != "y" && s != "yes" {
				m.say("Nothing was removed.")
				return nil
			}
			return m.do.removeWatch(w)
		},
	}
	return nil
}

// watchMsg is what became of a watch.
type watchMsg struct {
	watch feeds.Watch
	words string
	open  bool // the reader made it to look at it
	err   error
}

func (r watchMsg) apply(m *model) tea.Cmd {
	var taken *store.Taken
	switch {
	case errors.As(r.err, &taken):
		return m.nameWatch(r.watch, r.open, taken.Sentence())
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	}
	m.say(r.words)
	m.backfill = true
	if r.open {
		there := func() tea.Msg { return openWatchMsg{r.watch.ID} }
		return tea.Sequence(m.endSearch(), m.do.overview, there, m.do.fillWatches)
	}
	return tea.Batch(m.do.overview, m.do.fillWatches)
}

// openWatchMsg goes to a watch.
type openWatchMsg struct{ id feeds.WatchID }

func (r openWatchMsg) apply(m *model) tea.Cmd {
	if m.search.active || !m.side.pick(place{kind: sideWatch, watch: r.id}) {
		return nil
	}
	m.focus = focusList
	return tea.Batch(m.openPlace(), m.relayout())
}

// keepWatch adds a watch, or changes the one of its id.
func (c commands) keepWatch(w feeds.Watch, open bool) tea.Cmd {
	return func() tea.Msg {
		var err error
		words := fmt.Sprintf("%s watches %s.", isolate(w.Name), isolate(w.Query))
		if w.ID != 0 {
			err = c.store.ChangeWatch(c.ctx, w)
		} else {
			w, err = c.store.AddWatch(c.ctx, w)
			words = fmt.Sprintf("%s stands under Watches and counts what %s finds.", isolate(w.Name), isolate(w.Query))
		}
		return watchMsg{w, words, open, err}
	}
}

func (c commands) removeWatch(w feeds.Watch) tea.Cmd {
	return func() tea.Msg {
		err := c.store.RemoveWatch(c.ctx, w.ID)
		return watchMsg{w, fmt.Sprintf("Removed the watch %s. It watched %s.", isolate(w.Name), isolate(w.Query)), false, err}
	}
}

// fillWatches looks at stored articles for the watches that lack some.
func (m *model) fillWatches() tea.Cmd {
	if m.backfill || !slices.ContainsFunc(m.over.Watches, func(w store.WatchState) bool { return w.Filling }) {
		return nil
	}
	m.backfill = true
	return m.do.fillWatches
}

// fillBudget is how long counts stand still while watches are filled.
const fillBudget = 200 * time.Millisecond

func (c commands) fillWatches() tea.Msg {
	more, err := c.store.FillWatches(c.ctx, fillBudget)
	return filledMsg{more, err}
}

// filledMsg says that watches hold more than before.
type filledMsg struct {
	more bool
	err  error
}

func (r filledMsg) apply(m *model) tea.Cmd {
	m.backfill = r.more && r.err == nil
	switch {
	case m.do.ctx.Err() != nil:
		return nil
	case r.err != nil:
		m.warn(sentence(r.err))
	case r.more:
		return tea.Sequence(m.do.overview, m.do.fillWatches)
	}
	return tea.Sequence(m.do.overview, m.markAnew(), func() tea.Msg { return relistMsg{} })
}

// relistMsg says that a watch that is shown may list other articles now.
type relistMsg struct{}

func (relistMsg) apply(m *model) tea.Cmd {
	if m.list.scope.Watch == 0 || m.search.active || !m.list.loaded {
		return nil
	}
	return m.reload(true)
}

// watchText says what a watch looks for.
func (m *model) watchText(it sideItem) string {
	state, _ := m.watch(it.watch)
	s := "watches " + isolate(state.Query)
	if state.Filling {
		s = "looking through what is stored · " + s
	}
	return s
}

// emptyWatch says why a watch lists nothing.
func (m *model) emptyWatch() string {
	w, _ := m.watch(m.list.scope.Watch)
	if w.Filling {
		return "Looking through what is stored; what is found appears here, the newest first."
	}
	return "Nothing that is stored matches this watch, " + isolate(w.Query) + "; what comes is counted."
}
