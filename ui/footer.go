package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sitrep/feeds/address"
	"sitrep/feeds/safe"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// noteMost is how many lines a message may take from the panes.
const noteMost = 4

// bottom is the footer: one line, or as many as a message needs.
func (m *model) bottom() []string {
	if m.note.text == "" || m.prompt != nil {
		return []string{m.footer()}
	}
	paint := m.theme.Accent
	if m.note.alarm {
		paint = m.theme.Alarm
	}
	if text.Width(safe.New(m.note.text))+2 <= m.width {
		return []string{paint.On(m.ends(" "+m.note.text, m.positionText()+" "))}
	}
	lines := m.paragraph(m.note.text, m.width, 1)
	lines = lines[:min(len(lines), noteMost)]
	for i := range lines {
		lines[i] = paint.On(lines[i])
	}
	return lines
}

// footer is the bottom line: the prompt, or what the keys do here and where we
// are.
func (m *model) footer() string {
	switch {
	case m.prompt != nil:
		line, _ := m.promptLine()
		return m.promptFooter(line)
	case len(m.overlays) > 0:
		return m.theme.Bar.On(m.fit(" "+m.overlays[len(m.overlays)-1].hint(m), m.width))
	}
	if m.reading.digits != "" {
		return m.theme.Accent.On(m.fit(m.digitsText(), m.width))
	}
	if c := m.choosing(); c != nil {
		return m.quoteFooter(c)
	}
	right := m.positionText() + " "
	hints := m.hints(m.width - text.Width(safe.New(right)) - 3)
	return m.theme.Bar.On(m.ends(" "+hints, right))
}

// promptFooter is the prompt and, where there is room, what it has found so far.
func (m *model) promptFooter(line string) string {
	if m.prompt.found == nil {
		return fill(line, m.width)
	}
	found := m.prompt.found(m) + " "
	line = strings.TrimRight(line, " ")
	if w := cells(found); cells(line)+w+1 < m.width {
		return fill(line, m.width-w) + m.theme.Bar.On(m.fit(found, w))
	}
	return fill(line, m.width)
}

func (m *model) digitsText() string {
	s := fmt.Sprintf(" link %s: %s opens, %s copies", m.reading.digits, m.keys.key(doOpen), m.keys.key(doCopy))
	if l, ok := m.reading.link(); ok {
		s += "   " + leadsTo(l)
	}
	return s
}

// leadsTo says where a link leads.
func leadsTo(l page.Link) string {
	if l.URL == "" {
		return "a place in this text"
	}
	return address.Show(l.URL).String() + deceit(l)
}

// hints are the keys worth knowing here, as many as fit.
func (m *model) hints(w int) string {
	type hint struct {
		in   intent
		word string
	}
	list := []hint{{doSpace, "next"}, {doOpen, "read"}, {doHelp, "help"}, {doSearch, "search all"}, {doFilter, "filter list"}, {doStar, "star"}, {doUndo, "undo"}, {doRefreshAll, "refresh"}}
	switch {
	case m.search.active && m.focus == focusSide:
		list = []hint{{doOpen, "only these"}, {doNextPane, "results"}, {doClose, "back"}, {doHelp, "help"}}
	case m.search.active && m.focus == focusList:
		list = []hint{{doOpen, "read"}, {doClose, "back"}, {doHelp, "help"}, {doNext, "next match"}, {doWatch, "watch this"}, {doSearch, "change query"}, {doStar, "star"}}
	case m.focus == focusReading && m.reading.versus != (versus{}):
		list = []hint{{doRevisions, "back to the article"}, {doNext, "next change"}, {doPrev, "change before"}, {doHelp, "help"}}
	case m.focus == focusReading && m.reading.find != "":
		list = []hint{{doNext, "next match"}, {doPrev, "match before"}, {doClose, "end"}, {doHelp, "help"}, {doSearch, "other words"}, {doSpace, "on"}}
	case m.focus == focusReading:
		list = []hint{{doSpace, "on"}, {doBack, "back"}, {doHelp, "help"}, {doNextArticle, "next"}, {doFullText, m.otherName()}, {doSearch, "find"}, {doBrowser, "browser"}, {doLinks, "links"}, {doStar, "star"}, {doCopy, "copy link"}, {doQuote, "quote"}, {doSave, "save"}}
		if m.search.active {
			list[3] = hint{doNext, "next match"}
		}
		if _, changed := m.reading.lastRead[m.reading.want]; changed {
			list = slices.Insert(list, 1, hint{doRevisions, "what changed"})
		}
	case m.focus == focusSide:
		list = []hint{{doOpen, "list"}, {doSpace, "read"}, {doHelp, "help"}, {doUnfold, "feeds"}, {doChoose, "choose briefings"}, {doAddFeed, "add feed"}, {doRefresh, "refresh"}}
		if it := m.side.current(); it.kind == sideFeed {
			return m.feedText(it)
		} else if it.kind == sideWatch {
			return m.watchText(it)
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

// otherName is which text x brings.
func (m *model) otherName() string {
	if o := m.reading.shown; o != nil && o.full {
		return "feed's text"
	}
	return "full text"
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
		if f.FullText {
			return fmt.Sprintf("%s · checked %s · %s full texts come by themselves · %s", orText(string(f.Health.State), "not checked yet"), when(now, f.Health.Checked.In(m.set.zone)), m.signs.fullText, f.URL)
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
	s := m.placeText()
	if m.focus == focusReading {
		s = m.marksText() + s + fmt.Sprintf(" · %d %%", m.reading.percent(m.areas.reading.Dy()))
	}
	if m.count > 0 {
		s = strconv.Itoa(m.count) + " · " + s
	}
	return s
}

// placeText is "article 3 of 41", without its first word where room is scarce.
func (m *model) placeText() string {
	at, total := "", m.listTotal()
	if m.list.above >= 0 {
		at = number(m.list.above + m.list.cursor + 1)
	}
	s := "article "
	if m.width < 60 {
		s = ""
	}
	switch {
	case at == "" && total == 0:
		return ""
	case at == "":
		return number(total) + " articles"
	case total == 0:
		return s + at
	}
	return s + at + " of " + number(total)
}

// marksText shows the marks of the article being read, whose row may be out of
// sight.
func (m *model) marksText() string {
	r, ok := m.list.current()
	if !ok {
		return ""
	}
	s := ""
	if !r.Read {
		s = m.signs.unread + " "
	}
	if r.Starred {
		s += m.signs.star + " "
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
