package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/discover"
)

// palette lists every command while its name is being typed.
type palette struct {
	all    []binding
	shown  []binding
	cursor int
	moved  bool // by the reader: enter then means the command under the cursor
	top    int
}

// startPalette opens the prompt for commands.
func (m *model) startPalette() tea.Cmd {
	p := &palette{all: m.keys.bindings}
	p.narrow("")
	m.push(p)
	m.prompt = &prompt{
		label:  ":",
		change: func(m *model, s string) tea.Cmd { p.narrow(s); return nil },
		enter:  p.enter,
		cancel: func(m *model) tea.Cmd { m.pop(); return nil },
		key: func(m *model, k string) (tea.Cmd, bool) {
			switch k {
			case "down", "ctrl+n", "tab":
				p.cursor, p.moved = min(p.cursor+1, len(p.shown)-1), true
			case "up", "ctrl+p", "shift+tab":
				p.cursor, p.moved = max(p.cursor-1, 0), true
			default:
				return nil, false
			}
			return nil, true
		},
	}
	return nil
}

// narrow keeps the commands whose name or words hold what was typed, those
// whose name starts with it first.
func (p *palette) narrow(s string) {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, ok := measureArgument(s); ok {
		s = string(doMeasure)
	}
	var starts, holds []binding
	for _, b := range p.all {
		switch name := string(b.intent); {
		case strings.HasPrefix(name, s):
			starts = append(starts, b)
		case strings.Contains(name, s) || strings.Contains(strings.ToLower(b.help), s):
			holds = append(holds, b)
		}
	}
	p.shown, p.cursor, p.moved, p.top = append(starts, holds...), 0, false, 0
}

// enter does the command under the cursor. q and q! quit, as in many editors.
func (p *palette) enter(m *model, s string) tea.Cmd {
	m.prompt = nil
	m.pop()
	if width, ok := measureArgument(s); ok {
		return m.measure(width, m.set.measure)
	}
	switch s = strings.TrimSpace(s); {
	case p.moved:
	case s == "":
		return nil
	case s == "q" || s == "q!" || s == "quit":
		return m.quit()
	}
	if p.cursor < 0 || p.cursor >= len(p.shown) {
		m.warn(fmt.Sprintf("There is no command %q; %s lists them.", s, m.keys.key(doPalette)))
		return nil
	}
	return m.perform(p.shown[p.cursor].intent, 1)
}

func (p *palette) key(m *model, _ string, in intent) tea.Cmd {
	if closes(in) {
		m.pop()
	}
	return nil
}

func (p *palette) draw(m *model, w, h int) []string {
	p.top = max(0, clamp(p.top, p.cursor-h+1, p.cursor))
	var out []string
	for i := p.top; i < len(p.shown) && len(out) < h; i++ {
		b := p.shown[i]
		key := ""
		if len(b.keys) > 0 {
			key = keyName(b.keys[0])
		}
		line := m.fit(" "+string(b.intent), 18) + m.fit(key, 6) + m.fit(b.help, max(0, w-25))
		if i == p.cursor {
			line = m.theme.Strong.On(line)
		}
		out = append(out, m.cursorCell(i == p.cursor)+line)
	}
	return sheet(out, w, h)
}

func (p *palette) hint(*model) string { return "" }

// startAddFeed asks for the address of a feed or a site; the feed goes into the briefing that the
// cursor is on, or into All alone.
func (m *model) startAddFeed() tea.Cmd {
	it := m.side.current()
	into, where := []string(nil), "All"
	if it.briefing != "" {
		into, where = []string{it.briefing}, m.known[it.briefing].Title
	}
	m.prompt = &prompt{
		label: "address of a feed or site, into " + isolate(where) + ":",
		hint:  "https://example.org/feed.xml",
		enter: func(m *model, s string) tea.Cmd {
			m.prompt = nil
			address, ok := discover.Normal(s)
			if !ok {
				m.warn("An address looks like example.org or https://example.org/feed.xml; " + orText(strings.TrimSpace(s), "nothing") + " does not.")
				return nil
			}
			return m.addOrDiscover(address, into)
		},
	}
	return nil
}
