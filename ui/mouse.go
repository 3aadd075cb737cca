package ui

import (
	"image"

	"charm.land/bubbletea/v2"
)

// wheelStep is how many lines or rows one notch of the wheel moves.
const wheelStep = 3

// click moves the cursor to what is under the mouse and gives its pane the
// focus; a second click on the same article opens it.
func (m *model) click(e tea.Mouse) tea.Cmd {
	at := image.Pt(e.X, e.Y)
	if e.Button != tea.MouseLeft || m.prompt != nil || len(m.overlays) > 0 {
		return nil
	}
	switch {
	case at.In(m.areas.side):
		return m.clickSide(at.Y - m.areas.side.Min.Y)
	case at.In(m.areas.list):
		return m.clickList(at.Y - m.areas.list.Min.Y)
	case at.In(m.areas.reading):
		return m.focusOn(focusReading)
	}
	return nil
}

func (m *model) clickSide(line int) tea.Cmd {
	p := m.left()
	i := p.top + line
	if i >= len(p.items) || p.items[i].kind == sideHeading {
		return nil
	}
	switch p.items[i].kind {
	case sideMore:
		return m.choose(false)
	case sideFacet:
		return m.narrow(p.items[i])
	}
	m.focus = focusSide
	moved := p.cursor != i
	p.cursor = i
	if moved {
		return tea.Batch(m.relayout(), m.openPlace())
	}
	return m.relayout()
}

func (m *model) clickList(line int) tea.Cmd {
	w := m.areas.list.Dx()
	notes := m.listNotes(w)
	if line < len(notes) {
		if m.list.waits > 0 && line == len(notes)-1 {
			return m.reload(false)
		}
		return nil
	}
	lines := m.list.draw(w, m.areas.list.Dy()-len(notes), m.style(focusList))
	line -= len(notes)
	if line >= len(lines) || lines[line].row < 0 {
		return nil
	}
	again := m.focus == focusList && m.list.cursor == lines[line].row
	top := m.list.top
	m.focus = focusList
	m.list.touched = true
	m.list.put(lines[line].row)
	m.list.top = top
	if again {
		return m.enter()
	}
	return m.relayout()
}

// wheel scrolls the pane under the mouse and never marks or selects anything.
func (m *model) wheel(e tea.Mouse) tea.Cmd {
	n := wheelStep
	switch e.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if k := len(m.overlays); k > 0 {
		in := doDown
		if n < 0 {
			in = doUp
		}
		return m.overlays[k-1].key(m, "", in)
	}
	at := image.Pt(e.X, e.Y)
	switch {
	case at.In(m.areas.reading):
		m.reading.scroll(n, m.areas.reading.Dy())
	case at.In(m.areas.list):
		h := m.areas.list.Dy() - len(m.listNotes(m.areas.list.Dx()))
		m.list.scroll(n, h, m.style(focusList))
		return m.grow()
	case at.In(m.areas.side):
		p := m.left()
		p.top = clamp(p.top+n, 0, max(0, len(p.items)-m.areas.side.Dy()))
	}
	return nil
}
