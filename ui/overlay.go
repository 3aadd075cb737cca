package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/safe"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// overlay covers the panes until it is closed; the one opened last gets the
// keys.
type overlay interface {
	key(m *model, key string, in intent) tea.Cmd
	draw(m *model, w, h int) []string // exactly h lines of w cells
	hint(m *model) string             // for the footer
}

func (m *model) push(o overlay) { m.overlays = append(m.overlays, o) }

func (m *model) pop() { m.overlays = m.overlays[:len(m.overlays)-1] }

// sheet pads lines to h lines of w cells.
func sheet(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = fill(lines[i], w)
		} else {
			out[i] = strings.Repeat(" ", w)
		}
	}
	return out
}

// closes reports whether an intent closes an overlay.
func closes(in intent) bool {
	return in == doClose || in == doBack || in == doInterrupt || in == doHelp
}

// help lists the live key map.
type help struct {
	lines []helpLine
	top   int
}

type helpLine struct {
	keys, words string
	heading     bool
}

func newHelp(k keyMap) *help {
	h := &help{}
	group := ""
	for _, b := range k.bindings {
		if len(b.keys) == 0 {
			continue
		}
		if b.group != group {
			group = b.group
			h.lines = append(h.lines, helpLine{words: group, heading: true})
		}
		names := make([]string, len(b.keys))
		for i, key := range b.keys {
			names[i] = keyName(key)
		}
		h.lines = append(h.lines, helpLine{keys: strings.Join(names, " "), words: b.help})
	}
	h.lines = append(h.lines,
		helpLine{words: "Rows", heading: true},
		helpLine{keys: "●", words: "unread; read rows are dim and have no dot"},
		helpLine{keys: "~", words: "the text changed after you read it"},
		helpLine{keys: "¶ $ ★", words: "full text stored, paywall, starred"},
		helpLine{keys: "10j", words: "a number before a key repeats it"},
		helpLine{keys: "12 enter", words: "while reading: opens link 12"},
	)
	return h
}

func (h *help) key(m *model, _ string, in intent) tea.Cmd {
	switch {
	case in == doDown:
		h.top++
	case in == doUp:
		h.top--
	case in == doPageDown || in == doSpace || in == doHalfDown:
		h.top += m.height - 4
	case in == doPageUp || in == doHalfUp:
		h.top -= m.height - 4
	case in == doQuit:
		return m.quit()
	case closes(in):
		m.pop()
	}
	return nil
}

func (h *help) draw(m *model, w, height int) []string {
	columns := clamp(w/58, 1, 2)
	per := (len(h.lines) + columns - 1) / columns
	h.top = clamp(h.top, 0, max(0, per-height))
	out := make([]string, 0, per)
	cw := w / columns
	for i := 0; i < per; i++ {
		line := ""
		for c := range columns {
			if j := c*per + i; j < len(h.lines) {
				line += h.line(m, h.lines[j], cw)
			}
		}
		out = append(out, line)
	}
	return sheet(out[h.top:], w, height)
}

func (h *help) line(m *model, l helpLine, w int) string {
	if l.heading {
		return m.theme.Heading.On(m.fit(" "+l.words, w))
	}
	const keys = 18
	return m.theme.Accent.On(m.fit("   "+l.keys, keys)) + m.fit(l.words, w-keys-1) + " "
}

func (h *help) hint(m *model) string { return "esc closes · j k move" }

// plainLink shows an address alone and unwrapped, to be selected by hand.
type plainLink struct{ link string }

func (p plainLink) key(m *model, _ string, in intent) tea.Cmd {
	if in == doCopy {
		return m.copy(p.link)
	}
	m.pop()
	return nil
}

func (p plainLink) draw(m *model, w, h int) []string {
	s := safe.New(p.link).String()
	var lines []string
	for len(s) > 0 {
		n := min(len(s), w)
		lines = append(lines, s[:n])
		s = s[n:]
	}
	return sheet(append([]string{""}, lines...), w, h)
}

func (p plainLink) hint(m *model) string {
	return m.keys.key(doCopy) + " copies · any other key closes"
}

// linkList shows the links of an article with their full addresses.
type linkList struct {
	links  []page.Link
	cursor int
	top    int
}

func (l *linkList) key(m *model, _ string, in intent) tea.Cmd {
	switch {
	case in == doDown:
		l.cursor = min(l.cursor+1, len(l.links)-1)
	case in == doUp:
		l.cursor = max(l.cursor-1, 0)
	case in == doOpen || in == doBrowser:
		return m.do.browse(l.links[l.cursor].URL)
	case in == doCopy:
		return m.copy(l.links[l.cursor].URL)
	case closes(in) || in == doLinks:
		m.pop()
	}
	return nil
}

func (l *linkList) draw(m *model, w, h int) []string {
	l.top = clamp(l.top, l.cursor-h/2+1, l.cursor)
	l.top = max(0, l.top)
	var out []string
	for i := l.top; i < len(l.links) && len(out) < h; i++ {
		head := fmt.Sprintf("%4d  ", l.links[i].Number)
		line := head + m.set.text.Line(l.links[i].Text, max(1, w-len(head)), text.LTR)
		if i == l.cursor {
			line = m.theme.Strong.On(line)
		}
		out = append(out, line, m.theme.Dim.On(m.fit("      "+l.links[i].URL, w)))
	}
	return sheet(out, w, h)
}

func (l *linkList) hint(m *model) string {
	return fmt.Sprintf("%s opens · %s copies · esc closes", m.keys.key(doOpen), m.keys.key(doCopy))
}
