package ui

import (
	"strings"

	"charm.land/bubbletea/v2"
)

// argued are the commands of the palette that may be followed by something.
func argued() map[intent]func(m *model, rest string) tea.Cmd {
	return map[intent]func(m *model, rest string) tea.Cmd{
		doSave:    (*model).save,
		doPipe:    (*model).pipe,
		doMeasure: func(m *model, rest string) tea.Cmd { return m.measure(rest, m.set.measure) },
	}
}

// withArgument splits what was typed into a command that takes an argument and
// the argument; ok is false for everything else.
func withArgument(s string) (name intent, rest string, ok bool) {
	word, rest, found := strings.Cut(s, " ")
	name = intent(word)
	_, takes := argued()[name]
	return name, strings.TrimSpace(rest), found && takes
}
