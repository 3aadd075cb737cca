package ui

import (
	"time"

	"charm.land/bubbletea/v2"
)

// Tidying the store makes searches faster. The reader has it done while nobody
// presses keys and nothing is fetched, in steps short enough not to be felt.
const (
	quietPolls = 2 // looks at the store without a key before tidying begins
	tidyStep   = 50 * time.Millisecond
)

// tidying is whether there may be something to tidy.
type tidying struct {
	quiet int  // looks at the store since the last key
	done  bool // nothing is left, until the store changes
	busy  bool
}

// look is called when the store was looked at, and changed since or not.
func (t *tidying) look(changed bool) {
	t.quiet++
	if changed && !t.busy { // our own steps change it, too
		t.done = false
	}
}

// tidy does a step when it is time for one.
func (m *model) tidy() tea.Cmd {
	if m.tidying.quiet < quietPolls || m.tidying.done || m.tidying.busy || m.run.on {
		return nil
	}
	m.tidying.busy = true
	return m.do.tidy
}

// tidiedMsg says whether there is more to tidy.
type tidiedMsg struct{ more bool }

func (c commands) tidy() tea.Msg {
	more, err := c.store.Tidy(c.ctx, tidyStep)
	return tidiedMsg{more && err == nil} // only speed depends on it
}

func (r tidiedMsg) apply(m *model) tea.Cmd {
	m.tidying.busy, m.tidying.done = false, !r.more
	return m.tidy()
}
