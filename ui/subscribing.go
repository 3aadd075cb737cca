package ui

import (
	"charm.land/bubbletea/v2"

	"sitrep/feeds"
)

// subscribe subscribes briefings, each with the general feeds chosen for it.
func (c commands) subscribe(add map[string][]string, remove []string) tea.Cmd {
	return func() tea.Msg {
		for _, id := range remove {
			if err := c.store.Unsubscribe(c.ctx, id); err != nil {
				return subscribedMsg{err: err}
			}
		}
		for id, general := range add {
			if err := c.store.Subscribe(c.ctx, id, general); err != nil {
				return subscribedMsg{err: err}
			}
		}
		return subscribedMsg{added: len(add)}
	}
}

type subscribedMsg struct {
	added int
	err   error
}

func (r subscribedMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.restore = position{}
	if r.added == 0 {
		return m.do.overview
	}
	return tea.Sequence(m.do.overview, func() tea.Msg { return refreshMsg{} })
}

// addFeed subscribes a feed. A login in its address is kept elsewhere: addresses
// stand in the store and on the screen.
func (c commands) addFeed(f feeds.Feed, briefings []string) tea.Cmd {
	return func() tea.Msg {
		typed := f.URL
		f.URL = feeds.WithoutLogin(typed)
		id, added, err := c.store.AddFeed(c.ctx, f, briefings)
		if err == nil && added && f.URL != typed && c.login != nil {
			err = c.login(c.ctx, id, typed)
		}
		return addedMsg{id, f.URL, added, err}
	}
}

type addedMsg struct {
	id    feeds.FeedID
	url   string
	added bool
	err   error
}

func (r addedMsg) apply(m *model) tea.Cmd {
	switch {
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	case !r.added:
		m.say(r.url + " is subscribed already.")
		return nil
	}
	m.say("Added " + r.url + "; fetching it.")
	return tea.Sequence(m.do.overview, func() tea.Msg { return refreshMsg{only: []feeds.FeedID{r.id}} })
}
