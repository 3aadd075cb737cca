package ui

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbletea/v2"
)

// The measures that the settings take, too.
const (
	leastMeasure = 20
	mostMeasure  = 400
)

// startMeasure asks how wide lines of articles may be. They are shown in each
// width as it is typed.
func (m *model) startMeasure() tea.Cmd {
	before := m.set.measure
	m.prompt = &prompt{
		label: "cells of the widest line:",
		hint:  strconv.Itoa(before),
		change: func(m *model, s string) tea.Cmd {
			if n, ok := measureOf(s); ok {
				return m.setMeasure(n)
			}
			return nil
		},
		enter: func(m *model, s string) tea.Cmd {
			m.prompt = nil
			return m.measure(s, before)
		},
		cancel: func(m *model) tea.Cmd { m.prompt = nil; return m.setMeasure(before) },
	}
	return nil
}

// measure takes a typed width, or goes back to the one from before.
func (m *model) measure(s string, before int) tea.Cmd {
	n, ok := measureOf(s)
	if s = strings.TrimSpace(s); !ok && s != "" {
		m.warn(fmt.Sprintf("A line has %d to %d cells; %q is no such number.", leastMeasure, mostMeasure, s))
	}
	if !ok {
		n = before
	}
	return m.setMeasure(n)
}

func measureOf(s string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil && n >= leastMeasure && n <= mostMeasure
}

// setMeasure lays the article out anew. It holds until the reader is left; the
// settings are not written.
func (m *model) setMeasure(n int) tea.Cmd {
	m.set.measure = n
	return m.show()
}
