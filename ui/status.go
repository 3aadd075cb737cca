package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// sentence is an error as the reader sees it.
func sentence(err error) string {
	var s interface{ Sentence() string }
	if errors.As(err, &s) {
		return s.Sentence()
	}
	return strings.ToUpper(err.Error()[:1]) + err.Error()[1:] + "."
}

// fit cuts or pads a line of ours to w cells.
func (m *model) fit(s string, w int) string {
	return m.set.text.Line(safe.New(s), max(0, w), text.LTR)
}

// ends joins a left and a right part into a line of the screen's width; the
// right part goes when there is no room for both.
func (m *model) ends(left, right string) string {
	r := text.Width(safe.New(right))
	if l := text.Width(safe.New(left)); l+r+2 > m.width {
		return m.fit(left, m.width)
	}
	return m.fit(left, m.width-r) + right
}

// header is the top line: where we are, what is unread and new, how the feeds
// are.
func (m *model) header() string {
	name := " sitrep"
	if m.set.demo {
		name += " (samples)"
	}
	place, counts := m.whereText()
	left := name + "  " + place
	head := m.theme.Title.On(m.cut(left, m.width))
	w := min(text.Width(safe.New(left)), m.width)
	rest := m.width - w
	if rest < 4 {
		return fill(head, m.width)
	}
	counts = "   " + counts
	cw := text.Width(safe.New(counts))
	for _, r := range m.healthForms() {
		if rw := text.Width(safe.New(r)); cw+rw+2 <= rest {
			return head + m.theme.Bar.On(m.fit(counts, rest-rw)) + m.paintHealth(r)
		}
	}
	return head + m.theme.Bar.On(m.fit(counts, rest))
}

// healthForms are what the right end of the header can say, the fullest first.
// What is wrong with feeds stays longest.
func (m *model) healthForms() []string {
	short := m.shortHealth() + " "
	if m.run.on {
		return []string{short}
	}
	if problems(m.over.Feeds) == 0 {
		return []string{m.healthText() + " ", short}
	}
	return []string{m.healthText() + " ", feedsText(m) + " · " + short, feedsText(m) + " ", fmt.Sprintf("%d! ", problems(m.over.Feeds))}
}

// cut shortens a line of ours to at most w cells.
func (m *model) cut(s string, w int) string {
	out, _ := m.set.text.Fit(safe.New(s), max(0, w))
	return out
}

func (m *model) paintHealth(s string) string {
	if problems(m.over.Feeds) > 0 && !m.run.on {
		return m.theme.Alarm.On(s)
	}
	return m.theme.Bar.On(s)
}

func (m *model) whereText() (place, counts string) {
	if m.search.active {
		return "Search", strings.TrimPrefix(m.found(), ": ")
	}
	place = m.list.title
	c := m.scopeCounts()
	counts = number(c.Unread) + " unread"
	if c.New > 0 && !m.over.Visit.IsZero() {
		now := m.set.now().In(m.set.zone)
		counts += fmt.Sprintf(" · %s new since %s", number(c.New), when(now, m.over.Visit.In(m.set.zone)))
	}
	return place, counts
}

// shortHealth is the progress of a refresh, or that nothing is fetched.
func (m *model) shortHealth() string {
	switch {
	case m.run.on && m.run.progress.Total > 0:
		p := m.run.progress
		return fmt.Sprintf("refreshing %d of %d · %.1f MB", p.Done, p.Total, float64(p.Bytes)/1e6)
	case m.run.on:
		return "refreshing"
	case m.set.offline:
		return "offline"
	case m.noNetwork:
		return "no network"
	}
	now := m.set.now().In(m.set.zone)
	return now.Format("Mon 2 Jan 15:04")
}

// healthText is the long form for the right end of the header.
func (m *model) healthText() string {
	if m.run.on {
		return m.shortHealth()
	}
	now := m.set.now().In(m.set.zone)
	parts := []string{feedsText(m)}
	if !m.over.Checked.IsZero() {
		parts = append(parts, "checked "+when(now, m.over.Checked.In(m.set.zone)))
	}
	return strings.Join(append(parts, m.shortHealth()), " · ")
}

// feedsText counts the feeds and those with a problem, in words.
func feedsText(m *model) string {
	by := map[feeds.HealthState]int{}
	n := 0
	for _, f := range m.over.Feeds {
		if f.Disabled {
			continue
		}
		n++
		if wrong(f.Health.State) {
			by[f.Health.State]++
		}
	}
	out := fmt.Sprintf("%d feeds", n)
	if n == 1 {
		out = "1 feed"
	}
	states := make([]string, 0, len(by))
	for s := range by {
		states = append(states, string(s))
	}
	slices.Sort(states)
	for _, s := range states {
		out += fmt.Sprintf(", %d %s", by[feeds.HealthState(s)], s)
	}
	return out
}

// footer is the bottom line: the prompt, a message, or what the keys do here
// and where we are.
func (m *model) footer() string {
	switch {
	case m.prompt != nil:
		line, _ := m.promptLine()
		return fill(line, m.width)
	case m.note.text != "":
		paint := m.theme.Accent
		if m.note.alarm {
			paint = m.theme.Alarm
		}
		return paint.On(m.ends(" "+m.note.text, m.positionText()+" "))
	case len(m.overlays) > 0:
		return m.theme.Bar.On(m.fit(" "+m.overlays[len(m.overlays)-1].hint(m), m.width))
	}
	if m.reading.digits != "" {
		return m.theme.Accent.On(m.fit(m.digitsText(), m.width))
	}
	right := m.positionText() + " "
	hints := m.hints(m.width - text.Width(safe.New(right)) - 3)
	return m.theme.Bar.On(m.ends(" "+hints, right))
}

func (m *model) digitsText() string {
	s := fmt.Sprintf(" link %s: %s opens, %s copies", m.reading.digits, m.keys.key(doOpen), m.keys.key(doCopy))
	if l, ok := m.reading.link(); ok {
		s += "   " + l.URL
	}
	return s
}

// hints are the keys worth knowing here, as many as fit.
func (m *model) hints(w int) string {
	type hint struct {
		in   intent
		word string
	}
	list := []hint{{doSpace, "next"}, {doOpen, "read"}, {doHelp, "help"}, {doSearch, "search all"}, {doFilter, "filter list"}, {doStar, "star"}, {doUndo, "undo"}, {doRefreshAll, "refresh"}}
	switch {
	case m.search.active:
		list = []hint{{doOpen, "read"}, {doClose, "back"}, {doHelp, "help"}, {doNext, "next match"}, {doSearch, "change query"}, {doStar, "star"}}
	case m.focus == focusReading:
		list = []hint{{doSpace, "on"}, {doBack, "back"}, {doHelp, "help"}, {doNextArticle, "next"}, {doSearch, "find"}, {doBrowser, "browser"}, {doLinks, "links"}, {doStar, "star"}, {doCopy, "copy link"}}
	case m.focus == focusSide:
		list = []hint{{doOpen, "list"}, {doSpace, "read"}, {doHelp, "help"}, {doUnfold, "feeds"}, {doChoose, "choose briefings"}, {doAddFeed, "add feed"}, {doRefresh, "refresh"}}
		if it := m.side.current(); it.kind == sideFeed {
			return m.feedText(it)
		}
	}
	var parts []string
	for _, h := range list {
		k := m.keys.key(h.in)
		if k == "" {
			continue
		}
		next := append(parts, k+" "+h.word)
		if text.Width(safe.New(strings.Join(next, " · "))) > w {
			break
		}
		parts = next
	}
	return strings.Join(parts, " · ")
}

// feedText says how a feed is.
func (m *model) feedText(it sideItem) string {
	for _, f := range m.over.Feeds {
		if f.ID != it.feed {
			continue
		}
		now := m.set.now().In(m.set.zone)
		if f.Health.Reason != "" {
			return fmt.Sprintf("%s: %s", orText(string(f.Health.State), "unchecked"), f.Health.Reason)
		}
		return fmt.Sprintf("%s · checked %s · %s", orText(string(f.Health.State), "not checked yet"), when(now, f.Health.Checked.In(m.set.zone)), f.URL)
	}
	return ""
}

// positionText says where the cursor is.
func (m *model) positionText() string {
	if s := m.matchText(); s != "" {
		return s
	}
	if len(m.list.rows) == 0 {
		return ""
	}
	s := "article"
	if m.list.first {
		s += " " + number(m.list.cursor+1)
	}
	if n := m.listTotal(); n > 0 {
		s += " of " + number(n)
	}
	if m.focus == focusReading {
		s += fmt.Sprintf(" · %d %%", m.reading.percent(m.areas.reading.Dy()))
	}
	return s
}

// listTotal is how many rows the whole list has, 0 while unknown.
func (m *model) listTotal() int {
	switch {
	case m.list.filter != "" || m.list.search:
		return max(0, m.list.hits)
	case m.list.scope.UnreadOnly:
		return 0
	case m.list.first && m.list.last:
		return len(m.list.rows)
	}
	return m.list.total
}
