package ui

import (
	"image"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// View draws the screen from fields alone.
func (m *model) View() tea.View {
	v := tea.NewView(strings.Join(m.screen(), "\n"))
	v.AltScreen = true
	v.WindowTitle = "sitrep"
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.KeyboardEnhancements.ReportAlternateKeys = true
	if m.prompt != nil && m.areas.shape != tooSmall {
		v.Cursor = m.cursor()
	}
	return v
}

// screen returns as many lines as the terminal has rows, each exactly as wide.
func (m *model) screen() []string {
	if m.width <= 0 || m.height <= 0 {
		return nil
	}
	if m.areas.shape == tooSmall {
		return m.tooSmallScreen()
	}
	lines := make([]string, m.height)
	body := append(m.body(), m.drawOrdering()...)
	if n := len(m.overlays); n > 0 {
		body = m.overlays[n-1].draw(m, m.width, m.height-2)
	}
	lines[0] = m.header()
	copy(lines[1:m.height-1], body)
	foot := m.bottom()
	copy(lines[m.height-len(foot):], foot)
	return lines
}

func (m *model) tooSmallScreen() []string {
	lines := make([]string, m.height)
	for i := range lines {
		lines[i] = strings.Repeat(" ", m.width)
	}
	words := m.set.text.Wrap([]text.Run{{Text: safe.New("sitrep needs 40 columns and 12 rows; Q quits.")}}, m.width, text.LTR)
	for i, l := range words {
		if i < len(lines) {
			lines[i] = fill(alignLine(l, m.width, text.LTR), m.width)
		}
	}
	return lines
}

// body draws the panes side by side with their rules.
func (m *model) body() []string {
	h := m.height - 2 - m.ordering.height()
	out := make([]string, h)
	a := m.areas
	side := m.pane(a.side, m.drawSide)
	if !a.list.Empty() && !a.reading.Empty() && a.list.Min.X == a.reading.Min.X {
		return m.beside(side, m.stacked(), a.side, out)
	}
	if !a.list.Empty() && !a.reading.Empty() {
		right := m.beside(m.pane(a.list, m.drawList), m.pane(a.reading, m.drawReading), a.list, make([]string, h))
		return m.beside(side, right, a.side, out)
	}
	if !a.reading.Empty() {
		return m.beside(side, m.pane(a.reading, m.drawReading), a.side, out)
	}
	if !a.list.Empty() {
		return m.beside(side, m.pane(a.list, m.drawList), a.side, out)
	}
	return side
}

// beside joins two columns with a rule between them; left may be empty.
func (m *model) beside(left, right []string, leftArea image.Rectangle, out []string) []string {
	if leftArea.Empty() {
		return right
	}
	rule := m.theme.Rule.On(m.signs.vertical)
	for i := range out {
		out[i] = left[i] + rule + right[i]
	}
	return out
}

// stacked is the list above the peek.
func (m *model) stacked() []string {
	a := m.areas
	out := append([]string{}, m.pane(a.list, m.drawList)...)
	out = append(out, m.theme.Rule.On(strings.Repeat(m.signs.horizontal, a.list.Dx())))
	return append(out, m.pane(a.reading, m.drawReading)...)
}

// pane draws into a rectangle and pads what is missing, so that every pane has
// exactly its size.
func (m *model) pane(r image.Rectangle, draw func(w, h int) []string) []string {
	if r.Empty() {
		return nil
	}
	lines := draw(r.Dx(), r.Dy())
	blank := strings.Repeat(" ", r.Dx())
	out := make([]string, r.Dy())
	for i := range out {
		out[i] = blank
		if i < len(lines) {
			out[i] = lines[i]
		}
	}
	return out
}

func (m *model) drawSide(w, h int) []string { return m.left().draw(w, h, m.style(focusSide)) }

func (m *model) drawReading(w, h int) []string {
	if m.reading.err != "" {
		out := []string{strings.Repeat(" ", w)}
		for _, l := range m.paragraph(m.reading.err, w, 2) {
			out = append(out, m.theme.Alarm.On(l))
		}
		return out[:min(len(out), h)]
	}
	return m.reading.draw(w, h, m.theme)
}

func (m *model) drawList(w, h int) []string {
	out := m.listNotes(w)
	for _, l := range m.list.draw(w, h-len(out), m.style(focusList)) {
		out = append(out, l.text)
	}
	if len(m.list.rows) == 0 {
		out = append(out, m.emptyList(w)...)
	}
	return out
}

// paragraph wraps a message of ours into lines of width w.
func (m *model) paragraph(s string, w int, indent int) []string {
	var out []string
	for _, l := range m.set.text.Wrap([]text.Run{{Text: safe.New(m.signs.plain(s))}}, max(1, w-2*indent), text.LTR) {
		out = append(out, fill(strings.Repeat(" ", indent)+alignLine(l, w, text.LTR), w))
	}
	return out
}
