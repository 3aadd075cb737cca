package ui

import (
	"fmt"

	"charm.land/bubbletea/v2"

	"sitrep/store"
)

// neighbour opens the article n rows further while reading, or moves there.
func (m *model) neighbour(n int) tea.Cmd {
	to := clamp(m.list.cursor+n, 0, max(0, len(m.list.rows)-1))
	if to == m.list.cursor {
		if n < 0 {
			m.say("This is the first article of the list.")
		} else {
			m.say("This is the last article of the list.")
		}
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
		m.focus = focusReading
		return tea.Batch(m.open(), m.relayout())
	}
	return m.nextUnread(1)
}

// nextOrMatch goes to the next match while something is looked for, else to
// the next unread article.
func (m *model) nextOrMatch(step int) tea.Cmd {
	if m.focus == focusReading && m.reading.find != "" && m.reading.shown != nil {
		if len(m.reading.shown.matches) == 0 {
			m.say(isolate(m.reading.find) + " is not in this article; " + m.keys.key(doClose) + " ends the search in it.")
			return nil
		}
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
