package ui

import (
	"testing"

	"charm.land/bubbletea/v2"
)

// tidies tells whether a look at the store leads to tidying. The look that comes
// next is not waited for.
func tidies(m *model, poll pollMsg) bool {
	poll.apply(m)
	return m.tidying.busy
}

func TestTidyingWaitsForQuiet(t *testing.T) {
	s, _ := newStore(t)
	d := start(t, s, 100, 30)
	if tidies(d.m, pollMsg{}) {
		t.Error("it tidies at once")
	}
	d.press("j")
	if tidies(d.m, pollMsg{}) {
		t.Error("it tidies between keys")
	}
	if !tidies(d.m, pollMsg{}) {
		t.Error("it never tidies")
	}
	d.send(tidiedMsg{more: true})
	d.do(func() tea.Msg { return tidiedMsg{more: false} })
	if tidies(d.m, pollMsg{}) {
		t.Error("it tidies what is tidy")
	}
	if !tidies(d.m, pollMsg{changed: true}) {
		t.Error("a change is not tidied")
	}
	d.send(d.m.do.tidy())
	d.m.run.on = true
	if tidies(d.m, pollMsg{changed: true}) {
		t.Error("it tidies during a refresh")
	}
}
