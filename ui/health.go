package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

// healthView is a table of the feeds: how each is and why, those with a problem
// first. It shows what is stored and asks nobody until it is told to.
type healthView struct {
	at  feeds.FeedID // under the cursor: rows move when a feed's state changes
	row int          // where it was last
	top int
}

func (m *model) showHealth() tea.Cmd {
	if len(m.over.Feeds) == 0 {
		m.say("No feed is subscribed yet; " + m.keys.key(doAddFeed) + " adds one.")
		return nil
	}
	m.push(&healthView{})
	return nil
}

// rows are the feeds in the order of the table.
func (v *healthView) rows(m *model) []store.FeedState {
	rows := slices.Clone(m.over.Feeds)
	slices.SortStableFunc(rows, func(a, b store.FeedState) int { return cmp.Compare(concern(a), concern(b)) })
	if i := slices.IndexFunc(rows, func(f store.FeedState) bool { return f.ID == v.at }); i >= 0 {
		v.row = i
	}
	v.row = clamp(v.row, 0, max(0, len(rows)-1))
	if len(rows) > 0 {
		v.at = rows[v.row].ID
	}
	return rows
}

// concern is lower for a feed that needs the reader more.
func concern(f store.FeedState) int {
	switch h := f.Health.State; {
	case f.Disabled:
		return 4
	case h.Failing():
		return 0
	case wrong(h):
		return 1
	case h == feeds.Empty:
		return 2
	}
	return 3
}

func (v *healthView) key(m *model, _ string, in intent) tea.Cmd {
	rows := v.rows(m)
	switch in {
	case doDown:
		v.move(rows, 1)
	case doUp:
		v.move(rows, -1)
	case doPageDown, doSpace, doHalfDown:
		v.move(rows, m.height/2)
	case doPageUp, doHalfUp:
		v.move(rows, -m.height/2)
	case doTop:
		v.move(rows, -len(rows))
	case doBottom:
		v.move(rows, len(rows))
	case doRefresh:
		return m.startRefresh(refresh.Options{Only: []feeds.FeedID{v.at}})
	case doRefreshAll:
		return m.refresh(true)
	case doCopy:
		if len(rows) > 0 {
			return m.copy(rows[v.row].URL)
		}
	case doQuit:
		return m.quit()
	default:
		if closes(in) || in == doHealth {
			m.pop()
		}
	}
	return nil
}

func (v *healthView) move(rows []store.FeedState, n int) {
	if len(rows) > 0 {
		v.row = clamp(v.row+n, 0, len(rows)-1)
		v.at = rows[v.row].ID
	}
}

// detail is how many lines below the table tell of the feed under the cursor.
const detail = 4

func (v *healthView) draw(m *model, w, h int) []string {
	rows := v.rows(m)
	room := max(1, h-detail-1)
	v.top = clamp(v.top, max(0, v.row-room+1), v.row)
	out := []string{m.theme.Heading.On(m.fit(v.cells(w, "State", "Newest", "Next due", "Errors", "Feed"), w))}
	for i := v.top; i < len(rows) && i < v.top+room; i++ {
		out = append(out, v.line(m, rows[i], i == v.row, w))
	}
	out = sheet(out, w, max(1, h-detail))
	return sheet(append(out, v.about(m, rows, w)...), w, h)
}

// cells puts the columns of a row beside each other; narrow screens leave out the
// middle ones.
func (v *healthView) cells(w int, state, newest, due, errors, title string) string {
	if w < 70 {
		return fmt.Sprintf("  %-12s %-11s %s", state, newest, title)
	}
	return fmt.Sprintf("  %-12s %-11s  %-11s %6s  %s", state, newest, due, errors, title)
}

func (v *healthView) line(m *model, f store.FeedState, at bool, w int) string {
	now, h := m.set.now().In(m.set.zone), f.Health
	word, due := h.State.Word(), when(now, h.NextDue.In(m.set.zone))
	switch {
	case f.Disabled:
		word, due = "off", "never"
	case h.NextDue.IsZero() || h.NextDue.Before(now):
		due = "now"
	}
	newest, errors := "", ""
	if !h.Newest.IsZero() {
		newest = when(now, h.Newest.In(m.set.zone))
	}
	if h.Errors > 0 {
		errors = number(h.Errors)
	}
	line := m.fit(v.cells(w, word, newest, due, errors, isolate(orText(f.Title, f.URL))), w)
	switch {
	case at:
		return m.theme.Focus.On(line)
	case concern(f) == 0:
		return m.theme.Strong.On(line)
	}
	return line
}

// about says why the feed under the cursor is in its state, and its figures.
func (v *healthView) about(m *model, rows []store.FeedState, w int) []string {
	if len(rows) == 0 {
		return nil
	}
	f := rows[v.row]
	h := f.Health
	reason := h.Sentence(m.set.zone)
	if f.Disabled {
		reason = "It is switched off."
	}
	figures := []string{"not asked yet"}
	if !h.Checked.IsZero() {
		figures = []string{
			"asked " + when(m.set.now().In(m.set.zone), h.Checked.In(m.set.zone)), itemsText(h.Items) + " of about " + number(h.BodyLength) + " characters",
			transferred(h.BytesUsed) + " so far",
		}
		if h.Status != 0 {
			figures = append(figures, fmt.Sprintf("HTTP %d", h.Status))
		}
	}
	out := []string{strings.Repeat(" ", w)}
	why := m.paragraph(reason, w, 2)
	out = append(out, why[:min(len(why), 2)]...)
	return append(out, m.theme.Dim.On(m.fit("  "+strings.Join(append(figures, f.URL), " · "), w)))
}

// transferred is an amount of bytes as the header counts them.
func transferred(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d kB", (n+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func itemsText(n int) string {
	if n == 1 {
		return "1 item"
	}
	return number(n) + " items"
}

func (v *healthView) hint(m *model) string {
	return fmt.Sprintf("%s asks this feed · %s all · %s copies its address · esc closes", m.keys.key(doRefresh), m.keys.key(doRefreshAll), m.keys.key(doCopy))
}
