package ui

import (
	"context"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/store"
)

// alwaysFullText switches for the feed or briefing under the cursor, elsewhere for
// the feed of the article, whether the pages of new articles come with a refresh.
func (m *model) alwaysFullText() tea.Cmd {
	it := m.side.current()
	switch {
	case m.search.active: // the briefings are out of sight
	case it.kind == sideBriefing:
		for _, b := range m.over.Briefings {
			if b.ID == it.briefing {
				return m.do.setFullText(b.Title, !b.FullText, func(ctx context.Context, s *store.Store) error {
					return s.SetBriefingFullText(ctx, b.ID, !b.FullText)
				})
			}
		}
	case it.kind == sideFeed:
		return m.feedFullText(it.feed)
	}
	r, ok := m.list.current()
	if !ok {
		m.say("Put the cursor on a briefing, a feed or an article: its new articles' pages can come with each refresh.")
		return nil
	}
	return m.feedFullText(r.Feed)
}

func (m *model) feedFullText(id feeds.FeedID) tea.Cmd {
	for _, f := range m.over.Feeds {
		if f.ID == id {
			return m.do.setFullText(f.Name(), !f.FullText, func(ctx context.Context, s *store.Store) error {
				return s.SetFeedFullText(ctx, id, !f.FullText)
			})
		}
	}
	m.say("The feed of this article is not subscribed.")
	return nil
}

// alwaysMsg says what was set.
type alwaysMsg struct {
	name string
	on   bool
	err  error
}

func (r alwaysMsg) apply(m *model) tea.Cmd {
	switch {
	case r.err != nil:
		m.warn(sentence(r.err))
	case r.on:
		m.say("The pages of new articles of " + isolate(r.name) + " come with each refresh from now on; the same command ends that.")
	default:
		m.say("The pages of new articles of " + isolate(r.name) + " no longer come by themselves.")
	}
	return m.do.overview
}

func (c commands) setFullText(name string, on bool, set func(context.Context, *store.Store) error) tea.Cmd {
	return func() tea.Msg { return alwaysMsg{name, on, set(c.ctx, c.store)} }
}
