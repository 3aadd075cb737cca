package ui

import (
	"strings"

	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
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
