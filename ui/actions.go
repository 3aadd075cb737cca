package ui

import (
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
		doWatch:       func(m *model, n int) tea.Cmd { return m.startWatch() },
		doRenameWatch: func(m *model, n int) tea.Cmd { return m.renameWatch() },
		doChangeWatch: func(m *model, n int) tea.Cmd { return m.changeWatch() },
		doRemoveWatch: func(m *model, n int) tea.Cmd { return m.removeWatch() },
		doSearch:      func(m *model, n int) tea.Cmd { return m.startSearch() },
		doFilter:      func(m *model, n int) tea.Cmd { return m.startFilter() },
		doBrowser:     func(m *model, n int) tea.Cmd { return m.browse() },
		doCopy:        func(m *model, n int) tea.Cmd { return m.copyLink() },
		doSave:        func(m *model, n int) tea.Cmd { return m.save("") },
		doPipe:        func(m *model, n int) tea.Cmd { return m.pipe("") },
		doRevisions:   func(m *model, n int) tea.Cmd { return m.startRevisions() },
		doQuote:       func(m *model, n int) tea.Cmd { return m.startQuote() },
		doQuoteOne:    func(m *model, n int) tea.Cmd { return m.copyPassage() },
		doShowLink:    func(m *model, n int) tea.Cmd { return m.showLink() },
		doLinks:       func(m *model, n int) tea.Cmd { return m.showLinks() },
		doFullText:    func(m *model, n int) tea.Cmd { return m.fullText() },
		doPageAgain:   func(m *model, n int) tea.Cmd { return m.pageAgain() },
		doAlwaysFull:  func(m *model, n int) tea.Cmd { return m.alwaysFullText() },
		doNextHeading: func(m *model, n int) tea.Cmd { return m.heading(n) },
		doPrevHeading: func(m *model, n int) tea.Cmd { return m.heading(-n) },
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
		doMeasure:     func(m *model, n int) tea.Cmd { return m.startMeasure() },
		doMouse:       func(m *model, n int) tea.Cmd { return m.toggleMouse() },
		doOrdering:    func(m *model, n int) tea.Cmd { return m.startOrdering() },
		doZen:         func(m *model, n int) tea.Cmd { return m.toggleZen() },
		doNarrower:    func(m *model, n int) tea.Cmd { return m.resize(-2 * n) },
		doWider:       func(m *model, n int) tea.Cmd { return m.resize(2 * n) },
		doPalette:     func(m *model, n int) tea.Cmd { return m.startPalette() },
		doHelp:        func(m *model, n int) tea.Cmd { m.push(newHelp(m.keys, m.signs)); return nil },
		doLock:        func(m *model, n int) tea.Cmd { return m.lock() },
		doEncrypt:     func(m *model, n int) tea.Cmd { return m.encrypt() },
		doSamples:     func(m *model, n int) tea.Cmd { m.result = Samples; return m.quit() },
	}
}

func (m *model) perform(in intent, n int) tea.Cmd { return m.acts[in](m, n) }

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
		switch it := m.left().current(); it.kind {
		case sideMore:
			return m.choose(false)
		case sideFacet:
			return m.narrow(it)
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
	if m.search.active {
		return m.endSearch()
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
	var keep tea.Cmd
	same := m.reading.want == r.ID
	if !same {
		keep = m.keepPlace()
	}
	m.reading.opened = true
	m.reading.stale = m.reading.stale || r.Updated
	if !same {
		m.reading.offset = 0
	}
	var mark tea.Cmd
	if !r.Read || r.Updated {
		m.list.rows[m.list.cursor].Read, m.list.rows[m.list.cursor].Updated = true, false
		mark = m.do.mark(store.Read, r.ID)
		if r.Updated {
			mark = m.do.readAgain(r.ID)
		}
	}
	return tea.Batch(keep, mark, m.show())
}

// openAt puts the list's cursor on row i and opens it.
func (m *model) openAt(i int) tea.Cmd {
	m.list.put(i)
	return m.open()
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

func (m *model) toggleZen() tea.Cmd {
	if m.areas.shape == narrow && !m.zen {
		m.say("At this width one pane has the screen already.")
		return nil
	}
	m.zen = !m.zen
	return m.relayout()
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
	leave := m.do.leave(m.position())
	if m.result == Locked || m.result == Encrypt {
		leave = m.do.remember(m.position())
	}
	return tea.Sequence(m.keepPlace(), leave, tea.Quit)
}
