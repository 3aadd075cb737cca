package ui

import (
	"fmt"
	"strconv"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// sideKind is what a line of the briefings pane stands for.
type sideKind int

const (
	sideAll sideKind = iota
	sideHeading
	sideBriefing
	sideFeed
	sideMore  // the briefings that are not subscribed
	sideFacet // a part of what a search finds
	sideWatch
)

// sideItem is one line of the briefings pane.
type sideItem struct {
	kind     sideKind
	title    string
	briefing string
	feed     feeds.FeedID
	watch    feeds.WatchID
	counts   store.Counts
	wrong    int    // feeds with a problem
	folded   bool   // a briefing whose feeds are hidden
	narrow   string // what a facet adds to the query
}

// place names what an item selects, for comparing and for remembering.
func (s sideItem) place() place { return place{s.kind, s.briefing, s.feed, s.watch} }

type place struct {
	kind     sideKind
	briefing string
	feed     feeds.FeedID
	watch    feeds.WatchID
}

// sidePane is the pane of briefings.
type sidePane struct {
	items  []sideItem
	open   map[string]bool // unfolded briefings
	cursor int
	top    int
}

// build makes the lines from the store's counters; the cursor stays on its item.
func (p *sidePane) build(o store.Overview, hidden int) {
	at := p.current().place()
	p.items = []sideItem{{kind: sideAll, title: "All", counts: o.All, wrong: problems(o.Feeds)}}
	byID := make(map[feeds.FeedID]store.FeedState, len(o.Feeds))
	for _, f := range o.Feeds {
		byID[f.ID] = f
	}
	group := feeds.Group("")
	for _, b := range o.Briefings {
		if b.Group != group {
			group = b.Group
			p.items = append(p.items, sideItem{kind: sideHeading, title: string(group)})
		}
		p.items = append(p.items, sideItem{kind: sideBriefing, title: b.Title, briefing: b.ID, counts: b.Counts, wrong: b.Problems, folded: !p.open[b.ID]})
		if p.open[b.ID] {
			for _, id := range b.Feeds {
				p.items = append(p.items, feedItem(byID[id], b.ID))
			}
		}
	}
	if len(o.Watches) > 0 {
		p.items = append(p.items, sideItem{kind: sideHeading, title: "Watches"})
	}
	for _, w := range o.Watches {
		p.items = append(p.items, sideItem{kind: sideWatch, title: w.Name, watch: w.ID, counts: w.Counts})
	}
	if hidden > 0 {
		p.items = append(p.items, sideItem{kind: sideMore, title: fmt.Sprintf("+ %d more", hidden)})
	}
	p.cursor = 0
	for i, it := range p.items {
		if it.place() == at {
			p.cursor = i
		}
	}
}

func feedItem(f store.FeedState, briefing string) sideItem {
	it := sideItem{kind: sideFeed, title: f.Name(), briefing: briefing, feed: f.ID, counts: f.Counts}
	if wrong(f.Health.State) {
		it.wrong = 1
	}
	return it
}

// wrong reports whether a feed's health is something the reader should know.
func wrong(h feeds.HealthState) bool {
	switch h {
	case feeds.Unchecked, feeds.OK, feeds.Empty:
		return false
	}
	return true
}

func problems(fs []store.FeedState) int {
	n := 0
	for _, f := range fs {
		if wrong(f.Health.State) && !f.Disabled {
			n++
		}
	}
	return n
}

func (p *sidePane) current() sideItem {
	if p.cursor < 0 || p.cursor >= len(p.items) {
		return sideItem{}
	}
	return p.items[p.cursor]
}

// move puts the cursor n selectable lines further and reports whether it moved.
func (p *sidePane) move(n int) bool {
	step, from := 1, p.cursor
	if n < 0 {
		step = -1
	}
	for ; n != 0; n -= step {
		i := p.cursor + step
		for i >= 0 && i < len(p.items) && p.items[i].kind == sideHeading {
			i += step
		}
		if i < 0 || i >= len(p.items) {
			break
		}
		p.cursor = i
	}
	return p.cursor != from
}

// pick puts the cursor on a place and reports whether it exists.
func (p *sidePane) pick(at place) bool {
	for i, it := range p.items {
		if it.place() == at {
			p.cursor = i
			return true
		}
	}
	return false
}

// nextUnread finds the briefing or watch after the current one that has unread
// articles.
func (p *sidePane) nextUnread() (int, bool) {
	for step := 1; step < len(p.items); step++ {
		i := (p.cursor + step) % len(p.items)
		if it := p.items[i]; (it.kind == sideBriefing || it.kind == sideWatch) && it.counts.Unread > 0 {
			return i, true
		}
	}
	return 0, false
}

// draw gives the pane's lines, each w cells, at most h of them.
func (p *sidePane) draw(w, h int, st rowStyle) []string {
	if p.cursor < p.top {
		p.top = p.cursor
	}
	if p.cursor >= p.top+h {
		p.top = p.cursor - h + 1
	}
	if p.top == 1 {
		p.top = 0
	}
	var out []string
	for i := p.top; i < len(p.items) && len(out) < h; i++ {
		out = append(out, p.line(i, w, st))
	}
	return out
}

func (p *sidePane) line(i, w int, st rowStyle) string {
	it := p.items[i]
	at := i == p.cursor && (st.focused || it.kind != sideFacet)
	if it.kind == sideHeading {
		return st.theme.Heading.On(st.text.Line(safe.New(" "+it.title), w, text.LTR))
	}
	count := ""
	if it.counts.Unread > 0 {
		count = strconv.Itoa(it.counts.Unread)
	}
	alarm := " "
	if it.wrong > 0 && (it.kind == sideFeed || it.kind == sideBriefing && it.folded) {
		alarm = st.theme.Alarm.On("!")
	}
	indent := ""
	if it.kind == sideFeed {
		indent = "  "
	}
	name := max(1, w-1-len(indent)-len(count)-2)
	paint, counted := st.theme.Plain, st.theme.Accent
	if at {
		paint = st.theme.Strong
	} else if it.kind == sideMore || it.kind == sideFeed && it.counts.Unread == 0 {
		paint = st.theme.Dim
	}
	var b strings.Builder
	b.WriteString(cursorCell(at, st) + indent)
	title, _ := st.text.Fit(safe.New(it.title), name)
	b.WriteString(paint.On(fill(title, name)))
	b.WriteString(" " + counted.On(count) + alarm)
	return b.String()
}
