package ui

import "charm.land/bubbletea/v2"

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
		if m.left().move(n) {
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
		m.reading.offset, m.reading.follow = 0, false
		return nil
	case focusSide:
		m.left().move(-len(m.left().items))
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
		m.reading.offset, m.reading.follow = m.reading.end(m.areas.reading.Dy()), true
		return nil
	case focusSide:
		if m.left().move(len(m.left().items)) {
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
