package ui

import (
	"strings"

	"charm.land/bubbletea/v2"
)

// help lists the live key map.
type help struct {
	lines []helpLine
	top   int
}

type helpLine struct {
	keys, words string
	heading     bool
}

func newHelp(k keyMap, sg signs) *help {
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
		helpLine{keys: sg.unread, words: "unread; read rows are dim and have no dot"},
		helpLine{keys: sg.changed, words: "the text changed after you read it"},
		helpLine{keys: sg.fullText + " " + sg.paywall + " " + sg.star, words: "full text stored, paywall, starred"},
		helpLine{keys: "10j", words: "a number before a key repeats it"},
		helpLine{keys: "12 enter", words: "while reading: opens link 12"},
		helpLine{keys: "underlined", words: "a word of one of your watches"},
		helpLine{keys: "[-x-] {+y+}", words: "x went and y came, among the revisions"},
	)
	return h
}

func (h *help) key(m *model, _ string, in intent) tea.Cmd {
	if in == doSpace {
		in = doPageDown
	}
	h.top += steps(in, m.height-4)
	if closes(in) {
		m.pop()
	}
	return nil
}

func (h *help) draw(m *model, w, height int) []string {
	columns := clamp(w/58, 1, 2)
	cw := w / columns
	var all []string
	for _, l := range h.lines {
		all = append(all, h.line(m, l, cw)...)
	}
	per := (len(all) + columns - 1) / columns
	h.top = clamp(h.top, 0, max(0, per-height))
	out := all[:per]
	if columns == 2 {
		for i := per; i < len(all); i++ {
			out[i-per] += all[i]
		}
	}
	return sheet(out[h.top:], w, height)
}

// line is a key with its words, which wrap beside it.
func (h *help) line(m *model, l helpLine, w int) []string {
	if l.heading {
		return []string{m.theme.Heading.On(m.fit(" "+l.words, w))}
	}
	const keys = 17
	out := m.paragraph(l.words, w-keys-1, 0)
	for i, words := range out {
		name := ""
		if i == 0 {
			name = "  " + l.keys
		}
		out[i] = m.theme.Accent.On(m.fit(name, keys)) + words + " "
	}
	return out
}

func (h *help) hint(m *model) string { return "esc closes · j k move" }
