package ui

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/discover"
	"sitrep/store"
)

// Discoverer finds the feeds of a site with the caller's client and settings.
type Discoverer func(ctx context.Context, address string) ([]discover.Candidate, error)

// LoginKeeper keeps the name and password that stood in the address of a feed
// which was subscribed without them.
type LoginKeeper func(ctx context.Context, id feeds.FeedID, address string) error

// addOrDiscover subscribes a feed's address, or looks for the feeds of a site. Who
// types a login gives the feed's own address.
func (m *model) addOrDiscover(address string, into []string) tea.Cmd {
	if m.do.discover == nil || discover.IsFeedAddress(address) || feeds.WithoutLogin(address) != address {
		return m.do.addFeed(feeds.Feed{URL: address}, into)
	}
	m.say("Looking for the feeds of " + address + ".")
	return m.do.find(address, into)
}

// foundMsg is what a site has.
type foundMsg struct {
	address string
	into    []string
	found   []discover.Candidate
	err     error
}

func (c commands) find(address string, into []string) tea.Cmd {
	return func() tea.Msg {
		found, err := c.discover(c.ctx, address)
		return foundMsg{address, into, found, err}
	}
}

func (r foundMsg) apply(m *model) tea.Cmd {
	switch {
	case r.err != nil && discover.MayBeFeed(r.address, r.err):
		return m.do.addFeed(feeds.Feed{URL: r.address}, r.into)
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	case len(r.found) == 1:
		return m.do.addFound(r.address, r.found, r.into)
	case m.prompt != nil || len(m.overlays) > 0:
		m.say(fmt.Sprintf("%s has %d feeds; add it again to choose.", r.address, len(r.found)))
		return nil
	}
	m.note = note{}
	m.push(&candidates{address: r.address, into: r.into, found: r.found, ticked: map[int]bool{}})
	return nil
}

// addFound subscribes what was chosen of a site's feeds. Only a feed of the host
// that was typed may be on the local network.
func (c commands) addFound(typed string, chosen []discover.Candidate, into []string) tea.Cmd {
	return func() tea.Msg {
		var all []store.Addition
		for _, f := range chosen {
			all = append(all, store.Addition{Feed: feeds.Feed{URL: f.URL}, Briefings: into, Found: !discover.SameHost(f.URL, typed)})
		}
		added, err := c.store.AddFeeds(c.ctx, all)
		if len(chosen) == 1 && err == nil {
			return addedMsg{added[0].ID, chosen[0].URL, added[0].New, nil}
		}
		return chosenMsg{added, err}
	}
}

// chosenMsg says that several feeds were subscribed.
type chosenMsg struct {
	added []store.Added
	err   error
}

func (r chosenMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	var fresh []feeds.FeedID
	for _, a := range r.added {
		if a.New {
			fresh = append(fresh, a.ID)
		}
	}
	if len(fresh) == 0 {
		m.say("All of them are subscribed already.")
		return nil
	}
	m.say(fmt.Sprintf("Added %d feeds; fetching them.", len(fresh)))
	return tea.Sequence(m.do.overview, func() tea.Msg { return refreshMsg{only: fresh} })
}

// candidates lists the feeds of a site to choose from.
type candidates struct {
	address string
	into    []string
	found   []discover.Candidate
	ticked  map[int]bool
	cursor  int
	top     int
}

func (c *candidates) key(m *model, key string, in intent) tea.Cmd {
	switch {
	case in == doDown:
		c.cursor = min(c.cursor+1, len(c.found)-1)
	case in == doUp:
		c.cursor = max(c.cursor-1, 0)
	case key == "space" || key == "x":
		c.ticked[c.cursor] = !c.ticked[c.cursor]
	case in == doOpen:
		m.pop()
		return m.do.addFound(c.address, c.chosen(), c.into)
	case in == doQuit:
		return m.quit()
	case closes(in):
		m.pop()
	}
	return nil
}

// chosen are the ticked feeds, or the one under the cursor when none is.
func (c *candidates) chosen() []discover.Candidate {
	var out []discover.Candidate
	for i, f := range c.found {
		if c.ticked[i] {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		out = c.found[c.cursor : c.cursor+1]
	}
	return out
}

func (c *candidates) draw(m *model, w, h int) []string {
	out := []string{m.theme.Heading.On(m.fit(fmt.Sprintf(" %d feeds of %s", len(c.found), c.address), w))}
	room := max(1, (h-1)/2)
	c.top = max(0, clamp(c.top, c.cursor-room+1, c.cursor))
	for i := c.top; i < len(c.found) && i < c.top+room; i++ {
		f := c.found[i]
		box := m.signs.box
		if c.ticked[i] {
			box = m.signs.ticked
		}
		st := rowStyle{theme: m.theme, signs: m.signs, focused: true}
		title := m.fit(" "+box+" "+isolate(orText(f.Title, f.URL)), w-1)
		if i == c.cursor {
			title = m.theme.Strong.On(title)
		}
		out = append(out, cursorCell(i == c.cursor, st)+title, m.theme.Dim.On(m.fit("     "+c.about(m, f), w)))
	}
	return sheet(out, w, h)
}

// about is what is known of a candidate: figures, where it was found, address.
func (c *candidates) about(m *model, f discover.Candidate) string {
	var parts []string
	if f.Asked {
		parts = append(parts, itemsText(f.Items))
	}
	if !f.Newest.IsZero() {
		parts = append(parts, "newest "+when(m.set.now().In(m.set.zone), f.Newest.In(m.set.zone)))
	}
	if f.Lang != "" {
		parts = append(parts, f.Lang)
	}
	if f.Where == discover.Catalogue {
		parts = append(parts, "in the catalogue")
	}
	if f.Reason != "" {
		parts = append(parts, isolate(f.Reason))
	}
	return strings.Join(append(parts, f.URL), " · ")
}

func (c *candidates) hint(m *model) string {
	return fmt.Sprintf("space ticks · %s adds what is ticked, or this one · esc closes", m.keys.key(doOpen))
}
