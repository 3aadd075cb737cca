package ui

import (
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
	"sitrep/ui/widget"
)

// prompt is the line being typed at the bottom, and what it is for.
type prompt struct {
	label  string // "search everything"
	hint   string // shown while nothing is typed
	input  widget.Input
	change func(m *model, s string) tea.Cmd // after each edit; may be nil
	enter  func(m *model, s string) tea.Cmd
	found  func(m *model) string                    // at the right end; may be nil
	cancel func(m *model) tea.Cmd                   // may be nil
	key    func(m *model, k string) (tea.Cmd, bool) // keys of its own, before editing; may be nil
}

func (p *prompt) changed(m *model) tea.Cmd {
	if p.change == nil {
		return nil
	}
	return p.change(m, p.input.String())
}

// typed gives a key press to the open prompt. Letters are taken as typed, in
// whatever layout; only esc, enter and editing keys mean something else.
func (m *model) typed(k tea.KeyPressMsg) tea.Cmd {
	p, key := m.prompt, k.String()
	switch key {
	case "esc", "ctrl+g", "ctrl+c":
		m.prompt = nil
		if p.cancel != nil {
			return p.cancel(m)
		}
		return nil
	case "enter":
		return p.enter(m, p.input.String())
	}
	if p.key != nil {
		if cmd, taken := p.key(m, key); taken {
			return cmd
		}
	}
	if p.input.Key(p.arrow(key, m.set.text.Bidi)) {
		return p.changed(m)
	}
	if k.Text != "" {
		p.input.Insert(k.Text)
		return p.changed(m)
	}
	return nil
}

// arrow turns the arrows of a line that runs to the left, so that the caret moves
// where they point.
func (p *prompt) arrow(key string, mode text.Mode) string {
	left, right := strings.HasSuffix(key, "left"), strings.HasSuffix(key, "right")
	switch {
	case mode == text.Off || text.Direction(safe.New(p.input.String())) != text.RTL:
		return key
	case left:
		return strings.TrimSuffix(key, "left") + "right"
	case right:
		return strings.TrimSuffix(key, "right") + "left"
	}
	return key
}

// promptLine draws the prompt in the footer; the cursor's column is the second
// result.
func (m *model) promptLine() (string, int) {
	label, w := m.set.text.Fit(safe.New(" "+m.prompt.label), max(m.width/2, m.width-20))
	label, w = label+" ", w+1
	room := max(1, m.width-w)
	line, column := m.prompt.input.View(room, m.set.text)
	if m.prompt.input.String() == "" {
		line = " " + m.theme.Dim.On(m.fit(m.prompt.hint, room-1))
	}
	return m.theme.Focus.On(label) + line, w + column
}

func (m *model) cursor() *tea.Cursor {
	_, column := m.promptLine()
	c := tea.NewCursor(column, m.height-1)
	c.Shape = tea.CursorBar // between two letters, of which either may be the next
	return c
}
