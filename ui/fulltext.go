package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/fulltext"
	"sitrep/store"
)

// PageGetter gets the page of an article and stores its full text. Its error is
// a *fulltext.Error when the feed's text stays.
type PageGetter func(ctx context.Context, id feeds.ArticleID) error

// pagesAtOnce is how many pages the reader can be waiting for.
const pagesAtOnce = 4

// texts is which of an article's two texts is shown, and which pages are on
// their way.
type texts struct {
	getting map[feeds.ArticleID]func() // stops it
	// feed holds the articles whose feed's text the reader prefers. It is replaced
	// and never changed: what lays articles out reads it beside the model.
	feed   map[feeds.ArticleID]bool
	offset int // where the other text of the shown article was left
}

// fullText gets the page of the article under the cursor; while that is under
// way it stops it, and once it is there it shows the other text.
func (m *model) fullText() tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		return nil
	}
	if r.FullText {
		m.list.touched = true
		return m.otherText(r.ID)
	}
	return m.orderPage(r, false)
}

// pageAgain gets the page of the article under the cursor also when its text is
// stored: publishers correct pages.
func (m *model) pageAgain() tea.Cmd {
	r, ok := m.list.current()
	if !ok {
		return nil
	}
	return m.orderPage(r, true)
}

// orderPage gets a page, or stops getting it.
func (m *model) orderPage(r store.Row, again bool) tea.Cmd {
	m.list.touched = true
	if stop := m.texts.getting[r.ID]; stop != nil {
		stop()
		return nil
	}
	switch {
	case r.Link == "":
		m.warn("This article has no link, so there is no page to get.")
		return nil
	case m.set.offline && again && r.FullText:
		m.say("Nothing is fetched now; the full text stays as it is.")
		return nil
	case m.set.offline || m.do.pages == nil:
		return m.do.wantPage(r.ID, "Nothing is fetched now")
	case len(m.texts.getting) >= pagesAtOnce:
		m.say(fmt.Sprintf("%d pages are on their way already; wait for one of them.", pagesAtOnce))
		return nil
	}
	ctx, stop := context.WithCancel(m.do.ctx)
	m.texts.getting[r.ID] = stop
	m.say("Getting the article's page; " + m.keys.key(doFullText) + " again stops.")
	return m.do.getPage(ctx, r.ID, again)
}

// otherText shows the other of an article's two texts where that one was left.
func (m *model) otherText(id feeds.ArticleID) tea.Cmd {
	p := &m.reading
	feed := maps.Clone(m.texts.feed)
	if feed == nil {
		feed = map[feeds.ArticleID]bool{}
	}
	full := p.shown != nil && p.shown.id == id && p.shown.full // else a later text than what is shown
	if p.shown == nil || p.shown.id != id {
		full = !feed[id]
	}
	if full {
		feed[id] = true
		m.say("The text as the feed gave it; " + m.keys.key(doFullText) + " shows the full text.")
	} else {
		delete(feed, id)
		m.say("The full text; " + m.keys.key(doFullText) + " shows what the feed gave.")
	}
	m.texts.feed = feed
	if p.want == id {
		p.offset, m.texts.offset = m.texts.offset, p.offset
	}
	p.stale = true
	return m.showArticle()
}

// pageMsg is the end of getting a page.
type pageMsg struct {
	id    feeds.ArticleID
	words int // of the full text that is stored
	err   error
}

func (r pageMsg) apply(m *model) tea.Cmd {
	if stop := m.texts.getting[r.id]; stop != nil {
		stop()
		delete(m.texts.getting, r.id)
	}
	where := m.elsewhere(r.id)
	switch said, alarm := r.outcome(); {
	case r.canceled():
		m.say(where + said)
		return nil
	case alarm:
		m.warn(where + said)
	case r.err == nil && where == "":
		m.say(fmt.Sprintf("Full text, %s words; %s shows what the feed gave.", number(r.words), m.keys.key(doFullText)))
	default:
		m.say(where + said)
	}
	if m.reading.want == r.id {
		m.reading.stale = true
	}
	return tea.Batch(m.do.rows(m.list.gen, []feeds.ArticleID{r.id}), m.do.overview, m.showArticle())
}

// canceled reports whether the reader stopped it.
func (r pageMsg) canceled() bool {
	var e *fulltext.Error
	return errors.As(r.err, &e) && e.Canceled() || errors.Is(r.err, context.Canceled)
}

// outcome says what came of getting the page, and whether that is an alarm.
func (r pageMsg) outcome() (said string, alarm bool) {
	var e *fulltext.Error
	mine := errors.As(r.err, &e)
	switch {
	case r.canceled():
		return "Stopped; the text stays as it was.", false
	case fetch.KindOf(r.err) == fetch.Proxy:
		return r.queued("The proxy cannot be used"), true
	case mine && e.NoNetwork():
		return r.queued("There is no network"), true
	case mine && e.Kept():
		return e.Sentence(), false
	case r.err != nil:
		return sentence(r.err), true
	}
	return fmt.Sprintf("Full text, %s words.", number(r.words)), false
}

// queued says what is done about a page that could not be asked for now.
func (r pageMsg) queued(why string) string {
	if r.words > 0 {
		return why + "; the full text stays as it is."
	}
	return queued(why)
}

// beginning is as much of a text as a message needs to name it.
func beginning(s string) string {
	const enough = 40 // characters
	if r := []rune(s); len(r) > enough {
		return string(r[:enough]) + "…"
	}
	return s
}

// elsewhere names an article that the cursor has left, "" for the one that it is
// on.
func (m *model) elsewhere(id feeds.ArticleID) string {
	if r, ok := m.list.current(); ok && r.ID == id {
		return ""
	}
	for _, r := range m.list.rows {
		if r.ID == id {
			return isolate(beginning(r.Title)) + ": "
		}
	}
	return "An article that is not in this list: "
}

func queued(why string) string {
	return why + ": the article's page is wanted, and comes with the next refresh."
}

// getPage gets a page, only once unless it is wanted again: another process may
// have done so meanwhile.
func (c commands) getPage(ctx context.Context, id feeds.ArticleID, again bool) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() { // else the process dies and leaves the terminal raw
			if p := recover(); p != nil {
				msg = pageMsg{id: id, err: fmt.Errorf("getting the page broke off: %v", p)}
			}
		}()
		full, err := c.store.FullText(ctx, id)
		if err == nil && (again || full.HTML == "") {
			if err = c.pages(ctx, id); err == nil {
				full, err = c.store.FullText(ctx, id)
			}
		}
		return pageMsg{id: id, words: full.Words(), err: err}
	}
}

// wantedMsg says that a page is in the queue.
type wantedMsg struct {
	id  feeds.ArticleID
	why string
	err error
}

func (r wantedMsg) apply(m *model) tea.Cmd {
	if r.err != nil {
		m.warn(sentence(r.err))
		return nil
	}
	m.say(queued(r.why))
	if m.reading.want == r.id {
		m.reading.stale = true
	}
	return m.showArticle()
}

// wantPage puts a page into the queue of the next refresh.
func (c commands) wantPage(id feeds.ArticleID, why string) tea.Cmd {
	return func() tea.Msg { return wantedMsg{id, why, c.store.WantPage(c.ctx, id)} }
}
