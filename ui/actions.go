package ui

import (
	"fmt"

	"charm.land/bubbletea/v2"

	"sitrep/store"
)

// action does one intent; n is how often, at least 1.
type action func(m *model, n int) tea.Cmd

// actions is what every intent does. Keys, mouse, palette and help all come
// here.
func actions() map[intent]action {
	return map[intent]action{
		doDown:        func(m *model, n int) tea.Cmd { return m.move(n) },
		doUp:          func(m *model, n int) tea.Cmd { return m.move(-n) },
		doTop:         func(m *model, n int) tea.Cmd { return m.toTop() },
		doBottom:      func(m *model, n int) tea.Cmd { return m.toBottom() },
		doHalfDown:    func(m *model, n int) tea.Cmd { return m.move(n * max(1, m.page()/2)) },
		doHalfUp:      func(m *model, n int) tea.Cmd { return m.move(-n * max(1, m.page()/2)) },
		doPageDown:    func(m *model, n int) tea.Cmd { return m.move(n * m.page()) },
		doPageUp:      func(m *model, n int) tea.Cmd { return m.move(-n * m.page()) },
		doSpace:       func(m *model, n int) tea.Cmd { return m.readOn() },
		doOpen:        func(m *model, n int) tea.Cmd { return m.enter() },
		doBack:        func(m *model, n int) tea.Cmd { return m.back() },
		doQuit:        func(m *model, n int) tea.Cmd { return m.quit() },
		doInterrupt:   func(m *model, n int) tea.Cmd { return m.quit() },
		doSuspend:     func(m *model, n int) tea.Cmd { return m.suspend() },
		doClose:       func(m *model, n int) tea.Cmd { return m.clear() },
		doNextPane:    func(m *model, n int) tea.Cmd { return m.focusOn(m.focus.next()) },
		doPrevPane:    func(m *model, n int) tea.Cmd { return m.focusOn(m.focus.prev()) },
		doNextArticle: func(m *model, n int) tea.Cmd { return m.neighbour(n) },
		doPrevArticle: func(m *model, n int) tea.Cmd { return m.neighbour(-n) },
		doNext:        func(m *model, n int) tea.Cmd { return m.nextOrMatch(1) },
		doPrev:        func(m *model, n int) tea.Cmd { return m.nextOrMatch(-1) },
		doUnreadOnly:  func(m *model, n int) tea.Cmd { return m.toggleRead() },
		doUnfold:      func(m *model, n int) tea.Cmd { return m.unfold(true) },
		doFold:        func(m *model, n int) tea.Cmd { return m.unfold(false) },
		doSearch:      func(m *model, n int) tea.Cmd { return m.startSearch() },
		doFilter:      func(m *model, n int) tea.Cmd { return m.startFilter() },
		doBrowser:     func(m *model, n int) tea.Cmd { return m.browse() },
		doCopy:        func(m *model, n int) tea.Cmd { return m.copyLink() },
		doShowLink:    func(m *model, n int) tea.Cmd { return m.showLink() },
		doLinks:       func(m *model, n int) tea.Cmd { return m.showLinks() },
		doStar:        func(m *model, n int) tea.Cmd { return m.toggleStar() },
		doRead:        func(m *model, n int) tea.Cmd { return m.toggleMark() },
		doAllRead:     func(m *model, n int) tea.Cmd { return m.markAll() },
		doUndo:        func(m *model, n int) tea.Cmd { return m.do.undo() },
		doRedo:        func(m *model, n int) tea.Cmd { return m.do.redo() },
		doRefresh:     func(m *model, n int) tea.Cmd { return m.refresh(false) },
		doRefreshAll:  func(m *model, n int) tea.Cmd { return m.refresh(true) },
		doAddFeed:     func(m *model, n int) tea.Cmd { return m.startAddFeed() },
		doChoose:      func(m *model, n int) tea.Cmd { return m.choose(false) },
		doHealth:      func(m *model, n int) tea.Cmd { return m.showHealth() },
		doMouse:       func(m *model, n int) tea.Cmd { return m.toggleMouse() },
		doZen:         func(m *model, n int) tea.Cmd { m.zen = !m.zen; return m.relayout() },
		doNarrower:    func(m *model, n int) tea.Cmd { return m.resize(-2 * n) },
		doWider:       func(m *model, n int) tea.Cmd { return m.resize(2 * n) },
		doPalette:     func(m *model, n int) tea.Cmd { return m.startPalette() },
		doHelp:        func(m *model, n int) tea.Cmd { m.push(newHelp(m.keys)); return nil },
		doSamples:     func(m *model, n int) tea.Cmd { m.result = Samples; return m.quit() },
	}
}

func (m *model) perform(in intent, n int) tea.Cmd { return m.acts[in](m, n) }

// page is how many lines or rows the focused pane moves by page.
func (m *model) page() int {
	switch m.focus {
	case focusReading:
		return max(1, m.areas.reading.Dy()-2)
	case focusList:
		per := 1
		if m.style(focusList).tall {
			per = 2
		}
		return max(1, m.areas.list.Dy()/per-1)
	}
	return max(1, m.areas.side.Dy()-1)
}

// move goes n lines down in the focused pane.
func (m *model) move(n int) tea.Cmd {
	switch m.focus {
	case focusReading:
		m.reading.scroll(n, m.areas.reading.Dy())
		return nil
	case focusSide:
		if m.side.move(n) {
			return m.openPlace()
		}
		return nil
	}
	m.list.touched = true
	m.list.move(n)
	return m.show()
}

func (m *model) toTop() tea.Cmd {
	switch m.focus {
	case focusReading:
		m.reading.offset = 0
		return nil
	case focusSide:
		m.side.cursor = 0
		return m.openPlace()
	}
	m.list.touched = true
	if m.list.waits > 0 || !m.list.first {
		return m.reload(false)
	}
	m.list.put(0)
	return m.show()
}

func (m *model) toBottom() tea.Cmd {
	switch m.focus {
	case focusReading:
		m.reading.offset = m.reading.end(m.areas.reading.Dy())
		return nil
	case focusSide:
		if m.side.move(len(m.side.items)) {
			return m.openPlace()
		}
		return nil
	}
	m.list.touched = true
	if !m.list.last {
		return m.loadEnd()
	}
	m.list.put(len(m.list.rows) - 1)
	return m.show()
}

// focusOn gives the focus to a pane.
func (m *model) focusOn(f focus) tea.Cmd {
	if f == focusReading {
		if _, ok := m.list.current(); !ok && m.reading.want == 0 {
			f = f.next()
		}
	}
	m.focus = f
	return m.relayout()
}

// enter opens what the cursor is on.
func (m *model) enter() tea.Cmd {
	switch m.focus {
	case focusSide:
		if m.side.current().kind == sideMore {
			return m.choose(false)
		}
		return m.focusOn(focusList)
	case focusList:
		if _, ok := m.list.current(); !ok {
			return nil
		}
		m.focus = focusReading
		return tea.Batch(m.open(), m.relayout())
	}
	return nil
}

// back goes one level up; from the first pane it quits.
func (m *model) back() tea.Cmd {
	switch m.focus {
	case focusReading:
		return m.focusOn(focusList)
	case focusList:
		if m.search.active {
			return m.endSearch()
		}
		return m.focusOn(focusSide)
	}
	return m.quit()
}

// clear closes or clears one thing and never leaves: what is looked for in the
// article, then the search, then the filter.
func (m *model) clear() tea.Cmd {
	switch {
	case m.count > 0 || m.reading.digits != "":
		m.count, m.reading.digits = 0, ""
	case m.reading.find != "":
		m.reading.find = ""
		return m.show()
	case m.search.active:
		return m.endSearch()
	case m.list.filter != "":
		return m.setFilter("")
	case m.list.scope.UnreadOnly:
		return m.toggleRead()
	case m.zen:
		m.zen = false
		return m.relayout()
	}
	return nil
}

// open marks the article under the cursor read and shows it.
func (m *model) open() tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		return nil
	}
	m.list.touched = true
	same := m.reading.want == r.ID
	m.reading.opened = true
	if !same {
		m.reading.offset = 0
	}
	var mark tea.Cmd
	if !r.Read || r.Updated {
		m.list.rows[m.list.cursor].Read, m.list.rows[m.list.cursor].Updated = true, false
		mark = m.do.mark(store.Read, r.ID)
	}
	return tea.Batch(mark, m.show())
}

// openAt puts the list's cursor on row i and opens it.
func (m *model) openAt(i int) tea.Cmd {
	m.list.put(i)
	return m.open()
}

// neighbour opens the article n rows further while reading, or moves there.
func (m *model) neighbour(n int) tea.Cmd {
	to := clamp(m.list.cursor+n, 0, max(0, len(m.list.rows)-1))
	if to == m.list.cursor {
		m.say("That was the last article of this list.")
		return nil
	}
	if m.focus == focusReading {
		return m.openAt(to)
	}
	m.list.put(to)
	return m.show()
}

// readOn is the space bar: the next page, or else the next unread article, or
// else the next briefing that has one.
func (m *model) readOn() tea.Cmd {
	if m.onward {
		m.onward = false
		return m.nextBriefing()
	}
	if m.focus == focusSide {
		return tea.Batch(m.focusOn(focusList), m.firstUnread())
	}
	r, ok := m.list.current()
	if !ok {
		return m.nextUnread(1)
	}
	reading := !m.areas.reading.Empty() && (m.areas.shape == wide || m.focus == focusReading)
	if !reading {
		return m.enter()
	}
	h := m.areas.reading.Dy()
	more := m.reading.shown != nil && m.reading.shown.id == r.ID && m.reading.offset < m.reading.end(h)
	switch {
	case m.reading.want == r.ID && m.reading.opened && more:
		m.reading.scroll(max(1, h-2), h)
		return nil
	case !m.reading.opened && !r.Read:
		cmd := m.open()
		if more {
			m.reading.scroll(max(1, h-2), h)
		}
		return cmd
	case more:
		m.reading.scroll(max(1, h-2), h)
		return nil
	}
	return m.nextUnread(1)
}

// firstUnread opens the first unread article of the list.
func (m *model) firstUnread() tea.Cmd {
	if r, ok := m.list.current(); ok && !r.Read {
		return m.enter()
	}
	return m.nextUnread(1)
}

// nextOrMatch goes to the next match while something is looked for, else to
// the next unread article.
func (m *model) nextOrMatch(step int) tea.Cmd {
	if m.focus == focusReading && m.reading.find != "" && m.reading.shown != nil && len(m.reading.shown.hits) > 0 {
		m.reading.jump(m.reading.match+step, m.areas.reading.Dy())
		return nil
	}
	if m.search.active {
		return m.neighbourHit(step)
	}
	return m.nextUnread(step)
}

// neighbourHit goes to the next search result and opens it when reading.
func (m *model) neighbourHit(step int) tea.Cmd {
	to := m.list.cursor + step
	if to < 0 || to >= len(m.list.rows) {
		m.say("There is no further match.")
		return nil
	}
	if m.focus == focusReading {
		return m.openAt(to)
	}
	m.list.put(to)
	return m.show()
}

// nextUnread opens the next unread article in the direction of step.
func (m *model) nextUnread(step int) tea.Cmd {
	if i := m.list.seek(step, func(r store.Row) bool { return !r.Read }); i >= 0 {
		return m.openAt(i)
	}
	if step > 0 && !m.list.last || step < 0 && !m.list.first {
		return m.do.seekUnread(m.list.gen, m.list.scope, m.currentID(), step)
	}
	return m.endOfUnread(step)
}

// endOfUnread says that nothing unread is left and where space would go.
func (m *model) endOfUnread(step int) tea.Cmd {
	if step < 0 {
		m.say("Nothing unread above.")
		return nil
	}
	title := m.list.title
	if i := m.list.seek(-1, func(r store.Row) bool { return !r.Read }); i >= 0 {
		m.say("Nothing unread below; " + m.keys.key(doPrev) + " goes to what is unread above.")
		return nil
	}
	if i, ok := m.side.nextUnread(); ok && !m.search.active {
		it := m.side.items[i]
		m.onward = true
		m.say(fmt.Sprintf("%s is read. %s: %s, %d unread", title, m.keys.key(doSpace), it.title, it.counts.Unread))
		return nil
	}
	m.say(title + " is read. There is nothing else unread.")
	return nil
}

// nextBriefing opens the next briefing with something unread at its first
// unread article.
func (m *model) nextBriefing() tea.Cmd {
	i, ok := m.side.nextUnread()
	if !ok {
		return nil
	}
	m.side.cursor = i
	cmd := m.openPlace()
	m.list.firstUnread = true
	return cmd
}

// toggleRead hides or shows what is read; the article under the cursor stays.
func (m *model) toggleRead() tea.Cmd {
	if m.search.active {
		return nil
	}
	m.list.scope.UnreadOnly = !m.list.scope.UnreadOnly
	m.list.scope.Keep = nil
	if r, ok := m.list.current(); ok && m.list.scope.UnreadOnly && r.Read {
		m.list.scope.Keep = append(m.list.scope.Keep, r.ID)
	}
	return m.reload(true)
}

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

func (m *model) unfold(open bool) tea.Cmd {
	it := m.side.current()
	if it.kind != sideBriefing && it.kind != sideFeed {
		return nil
	}
	m.side.open[it.briefing] = open
	if it.kind == sideFeed && !open {
		m.side.pick(place{kind: sideBriefing, briefing: it.briefing})
	}
	m.rebuild()
	return m.openPlace()
}

func (m *model) toggleMouse() tea.Cmd {
	m.mouse = !m.mouse
	if m.mouse {
		m.say("The mouse works here again.")
	} else {
		m.say("The mouse is the terminal's: select text as usual. " + m.keys.key(doMouse) + " brings it back.")
	}
	return nil
}

// resize changes the width of the focused pane.
func (m *model) resize(by int) tea.Cmd {
	a := m.areas
	switch {
	case m.zen || a.shape < medium:
		return nil
	case a.shape == wide && m.focus != focusSide:
		if m.focus == focusReading {
			by = -by
		}
		m.listWidth = clamp(a.list.Dx()+by, minList, max(minList, a.list.Dx()+a.reading.Dx()-minReading))
	default:
		if m.focus != focusSide {
			by = -by
		}
		m.sideWidth = clamp(a.side.Dx()+by, minSide, m.width/3)
	}
	return m.relayout()
}

func (m *model) suspend() tea.Cmd { return tea.Sequence(m.do.bidi(false), tea.Suspend) }

// quit remembers where the reader was and leaves.
func (m *model) quit() tea.Cmd {
	if m.run.on && m.run.ours {
		m.run.stop()
	}
	return tea.Sequence(m.do.leave(m.position()), m.do.bidi(false), tea.Quit)
}
