package ui

import (
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/address"
	"sitrep/ui/page"
)

// show brings what is visible up to date: the list's window around the cursor
// and the article.
func (m *model) show() tea.Cmd {
	return tea.Batch(m.grow(), m.showArticle())
}

// grow reads the next rows when the cursor nears an end of the window.
func (m *model) grow() tea.Cmd {
	l := &m.list
	end := l.wants()
	if end == 0 || len(l.rows) == 0 {
		return nil
	}
	l.loading = true
	switch {
	case l.search:
		if end < 0 {
			l.loading = false
			return nil
		}
		return m.do.searchMore(l.gen, m.search.query, l.rows[len(l.rows)-1].ID)
	case end > 0:
		return m.do.more(l.gen, l.scope, l.rows[len(l.rows)-1].ID, true)
	}
	return m.do.more(l.gen, l.scope, l.rows[0].ID, false)
}

// showArticle asks for the article under the cursor when the pane shows
// another one or another width. A peek waits until the cursor rests.
func (m *model) showArticle() tea.Cmd {
	area := m.areas.reading
	r, ok := m.list.current()
	if area.Empty() || !ok {
		return nil
	}
	p := &m.reading
	var keep tea.Cmd
	if r.ID != p.want {
		keep = m.keepPlace()
		p.opened = p.opened && m.focus == focusReading
		m.texts.offset = 0
		p.want, p.offset, p.match, p.digits, p.quote, p.versus, p.err = r.ID, 0, 0, "", nil, versus{}, ""
		if m.focus != focusReading {
			p.find = ""
		}
	}
	if !p.stale && p.shown != nil && p.shown.id == p.want && p.shown.width == area.Dx() && p.shown.measure == m.set.measure && p.shown.find == m.marking() && p.shown.versus == p.versus {
		m.arrive()
		return tea.Batch(keep, m.layOn())
	}
	p.gen++
	p.stale, p.follow = false, false
	if laid := m.keptPage(); laid != nil {
		p.replace(laid, area.Dy())
		m.arrive()
		p.toMatch(area.Dy())
		q := m.pageRequest()
		q.shown = laid
		return tea.Batch(keep, m.layOn(), m.do.article(p.gen, p.want, q))
	}
	if p.shown == nil || p.opened || m.focus == focusReading || p.shown.id == p.want {
		return tea.Batch(keep, m.do.article(p.gen, p.want, m.pageRequest()))
	}
	gen := p.gen
	return tea.Batch(keep, tea.Tick(restDelay, func(time.Time) tea.Msg { return restedMsg{gen} }))
}

// marking is what an article's text is marked with: what is looked for in it,
// else what it was found by.
func (m *model) marking() string {
	switch {
	case m.reading.find != "":
		return m.reading.find
	case m.search.active:
		return m.search.text
	}
	return m.list.filter
}

func (m *model) pageRequest() pageRequest {
	prefer := m.side.current().briefing
	return pageRequest{
		width: m.areas.reading.Dx(), measure: m.set.measure, ascii: m.set.ascii, text: m.set.text, theme: m.theme,
		now: m.set.now(), zone: m.set.zone, places: m.places, prefer: prefer, find: m.marking(), versus: m.reading.versus,
		feedText: m.texts.feed, offline: m.set.offline, ways: waysOut{m.keys.key(doFullText), m.keys.key(doBrowser)},
		hyperlinks: m.set.hyperlinks, reach: m.reading.block(), least: m.leastLines(),
	}
}

// peek asks for the article under the cursor together with a list, when the
// screen has a place for it.
func (m *model) peek() peek {
	page := m.pageRequest()
	page.versus = versus{}
	return peek{wanted: !m.areas.reading.Empty(), page: page}
}

// restedMsg says that the cursor has rested on an article.
type restedMsg struct{ gen int }

func (r restedMsg) apply(m *model) tea.Cmd {
	if r.gen != m.reading.gen || m.areas.reading.Empty() {
		return nil
	}
	return m.do.article(r.gen, m.reading.want, m.pageRequest())
}

// articleMsg is an article ready to be shown.
type articleMsg struct {
	gen  int
	laid *laidOut
	err  error
}

func (r articleMsg) apply(m *model) tea.Cmd {
	p := &m.reading
	if r.gen != p.gen {
		return nil
	}
	if r.err != nil {
		p.err, p.shown = sentence(r.err), nil
		return nil
	}
	if r.laid == nil { // what is shown is right
		return nil
	}
	h := m.areas.reading.Dy()
	p.replace(r.laid, h)
	m.putBackOffset()
	m.arrive()
	p.toMatch(h)
	return m.layOn()
}

// currentLink is the address of the article under the cursor.
func (m *model) currentLink() (string, bool) {
	r, ok := m.list.current()
	if !ok {
		return "", false
	}
	if r.Link == "" {
		m.warn("This article has no link.")
		return "", false
	}
	return r.Link, true
}

func (m *model) browse() tea.Cmd {
	link, ok := m.currentLink()
	if !ok {
		return nil
	}
	return tea.Batch(m.open(), m.openLink(page.Link{URL: link}))
}

func (m *model) copyLink() tea.Cmd {
	link, ok := m.currentLink()
	if !ok {
		return nil
	}
	return m.copy(link)
}

func (m *model) showLink() tea.Cmd {
	link, ok := m.currentLink()
	if ok {
		m.push(plainLink{address.Show(link).String()})
	}
	return nil
}

func (m *model) showLinks() tea.Cmd {
	if m.areas.reading.Empty() || m.reading.shown == nil || m.reading.shown.id != m.currentID() {
		m.say("Links are listed while reading: " + m.keys.key(doOpen) + " opens the article.")
		return nil
	}
	links := m.reading.shown.outward()
	if len(links) == 0 {
		m.say("This article has no links in its text and no files.")
		return nil
	}
	m.push(&linkList{links: links})
	return nil
}
