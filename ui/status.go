package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// sentence is an error as the reader sees it.
func sentence(err error) string {
	var s interface{ Sentence() string }
	if errors.As(err, &s) {
		return s.Sentence()
	}
	text := err.Error()
	var syntax *query.SyntaxError
	if errors.As(err, &syntax) {
		text = syntax.Msg
	}
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return "Something failed, and nothing says why."
	}
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

// fit cuts or pads a line of ours to w cells.
func (m *model) fit(s string, w int) string {
	return m.set.text.Line(safe.New(m.signs.plain(s)), max(0, w), text.LTR)
}

// roomiest returns the first of some sentences that fits into w cells, or the
// last.
func roomiest(w int, sentences ...string) string {
	for _, s := range sentences {
		if text.Width(safe.New(s)) <= w {
			return s
		}
	}
	return sentences[len(sentences)-1]
}

// ends joins a left and a right part into a line of the screen's width; the
// right part goes when there is no room for both.
func (m *model) ends(left, right string) string {
	r := text.Width(safe.New(right))
	if l := text.Width(safe.New(left)); l+r+2 > m.width {
		return m.fit(left, m.width)
	}
	return m.fit(left, m.width-r) + m.signs.plain(right)
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
	return []string{m.healthText() + " ", feedsText(m) + " · " + short, m.wrongText() + " ", fmt.Sprintf("%d! ", problems(m.over.Feeds))}
}

// cut shortens a line of ours to at most w cells.
func (m *model) cut(s string, w int) string {
	out, _ := m.set.text.Fit(safe.New(s), max(0, w))
	return out
}

func (m *model) paintHealth(s string) string {
	s = m.signs.plain(s)
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
	case m.run.on && m.run.progress.AllPages > 0:
		p := m.run.progress
		return fmt.Sprintf("full texts %d of %d · %.1f MB", p.Pages, p.AllPages, float64(p.Bytes)/1e6)
	case m.run.on && m.run.progress.Total > 0:
		p := m.run.progress
		return fmt.Sprintf("refreshing %d of %d · %.1f MB", p.Done, p.Total, float64(p.Bytes)/1e6)
	case m.run.on:
		return "refreshing"
	case len(m.texts.getting) > 0:
		if n := len(m.texts.getting); n > 1 {
			return fmt.Sprintf("getting %d pages", n)
		}
		return "getting a page"
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

// wrongText is what is wrong with feeds, shorter, and the time.
func (m *model) wrongText() string {
	n := problems(m.over.Feeds)
	if n == 0 || m.run.on {
		return m.shortHealth()
	}
	words := strconv.Itoa(n) + " feeds fail · "
	if n == 1 {
		words = "1 feed fails · "
	}
	if m.set.offline || m.noNetwork {
		return words + m.shortHealth()
	}
	return words + m.set.now().In(m.set.zone).Format("15:04")
}

func feedCount(n int) string {
	if n == 1 {
		return "1 feed"
	}
	return number(n) + " feeds"
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
	out := feedCount(n)
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
