package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
	"sitrep/ui/page"
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

// steps is how many lines an intent moves in an overlay that shows page lines
// at a time, 0 for an intent that does not move.
func steps(in intent, page int) int {
	const all = 1 << 20
	switch in {
	case doDown:
		return 1
	case doUp:
		return -1
	case doHalfDown:
		return max(1, page/2)
	case doHalfUp:
		return -max(1, page/2)
	case doPageDown:
		return max(1, page)
	case doPageUp:
		return -max(1, page)
	case doBottom:
		return all
	case doTop:
		return -all
	}
	return 0
}

// cursorCell is the first cell of a line of an overlay.
func (m *model) cursorCell(at bool) string {
	return cursorCell(at, rowStyle{theme: m.theme, signs: m.signs, focused: true})
}

// closes reports whether an intent closes an overlay.
func closes(in intent) bool {
	return in == doClose || in == doBack || in == doHelp
}

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
	lines := strings.Split(ansi.Hardwrap(safe.New(p.link).String(), w, true), "\n")
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
	if n := steps(in, m.height/2-2); n != 0 {
		l.cursor = clamp(l.cursor+n, 0, len(l.links)-1)
		return nil
	}
	switch {
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
		name, _ := m.set.text.Fit(l.links[i].Text, max(1, w-len(head)-1))
		if i == l.cursor {
			name = m.theme.Strong.On(name)
		}
		out = append(out, m.cursorCell(i == l.cursor)+head+name, m.theme.Dim.On(m.fit("       "+safe.Address(l.links[i].URL).String(), w)))
	}
	return sheet(out, w, h)
}

func (l *linkList) hint(m *model) string {
	return fmt.Sprintf("%s opens · %s copies · esc closes", m.keys.key(doOpen), m.keys.key(doCopy))
}
