package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/revision"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/page"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// versus is a pair of texts of an article that are compared, by their numbers. Its
// zero value stands for no comparison.
type versus struct{ from, to int }

// startRevisions shows what changed in the article, or the article again.
func (m *model) startRevisions() tea.Cmd {
	r := &m.reading
	switch {
	case r.versus != versus{}:
		return m.endRevisions()
	case m.focus != focusReading || r.shown == nil:
		m.say("What changed is shown while reading: " + m.keys.key(doOpen) + " opens an article.")
		return nil
	}
	return m.do.versions(r.want, r.lastRead[r.want])
}

func (m *model) endRevisions() tea.Cmd {
	m.reading.versus, m.reading.offset, m.reading.match, m.reading.findFrom = versus{}, 0, 0, 0
	return m.showArticle()
}

// versionsMsg says which two texts of an article to compare first.
type versionsMsg struct {
	id   feeds.ArticleID
	pair versus // zero when there is only one text
	err  error
}

func (r versionsMsg) apply(m *model) tea.Cmd {
	p := &m.reading
	switch {
	case r.id != p.want || m.focus != focusReading:
		return nil
	case r.err != nil:
		m.warn(sentence(r.err))
		return nil
	case r.pair == versus{}:
		m.say("The text of this article is the one that it came with.")
		return nil
	}
	p.versus, p.offset, p.match, p.findFrom, p.quote = r.pair, 0, 0, 0, nil
	return m.showArticle()
}

// versions finds out which texts an article has had: the present one is compared
// with the one that was there at lastRead, or else with the one before it.
func (c commands) versions(id feeds.ArticleID, lastRead time.Time) tea.Cmd {
	return func() tea.Msg {
		all, err := c.store.Versions(c.ctx, id)
		if err != nil || len(all) < 2 {
			return versionsMsg{id: id, err: err}
		}
		pair := versus{all[len(all)-2].Number, all[len(all)-1].Number}
		for _, v := range all[:len(all)-1] {
			if !lastRead.IsZero() && !v.Until.Before(lastRead) {
				pair.from = v.Number
				break
			}
		}
		return versionsMsg{id: id, pair: pair}
	}
}

// lastReadMsg is when an article was marked last before it was opened now.
type lastReadMsg struct {
	id feeds.ArticleID
	at time.Time
}

func (r lastReadMsg) apply(m *model) tea.Cmd {
	if len(m.reading.lastRead) > 500 || m.reading.lastRead == nil {
		m.reading.lastRead = map[feeds.ArticleID]time.Time{}
	}
	m.reading.lastRead[r.id] = r.at
	return nil
}

// readAgain marks an article read whose text has changed, and tells when it was
// read before: its other text is compared with that one.
func (c commands) readAgain(id feeds.ArticleID) tea.Cmd {
	return tea.Sequence(func() tea.Msg {
		_, st, _, err := c.store.Article(c.ctx, id)
		if err != nil {
			return nil
		}
		return lastReadMsg{id, st.Changed}
	}, c.mark(store.Read, id))
}

// compareKey is a key press while two texts are compared. Left and right go
// through the texts, each compared with the one before it.
func (m *model) compareKey(key string, in intent) (tea.Cmd, bool) {
	r := &m.reading
	if m.focus != focusReading || r.versus == (versus{}) {
		return nil, false
	}
	switch {
	case key == "left" || key == "right":
		return m.stepRevision(key == "left"), true
	case in == doClose || in == doBack:
		return m.endRevisions(), true
	case in == doNext || in == doPrev:
		step := 1
		if in == doPrev {
			step = -1
		}
		r.jump(r.match+step, m.areas.reading.Dy())
		return nil, true
	case in == doSearch || in == doQuote || in == doQuoteOne:
		m.say("First go back to the article with " + m.keys.key(doRevisions) + ".")
		return nil, true
	}
	return nil, false
}

func (m *model) stepRevision(back bool) tea.Cmd {
	r := &m.reading
	if r.shown == nil || r.shown.versus != r.versus {
		return nil // the last step is still on its way
	}
	to := r.versus.to + 1
	switch {
	case back && r.versus.to <= 2 && r.versus.from == 1:
		m.say("This is the first change of the text.")
		return nil
	case back:
		to = max(2, r.versus.to-1)
	case to > r.shown.texts:
		m.say("This is the last change of the text.")
		return nil
	}
	r.versus, r.offset, r.match = versus{to - 1, to}, 0, 0
	return m.showArticle()
}

// errGone says that a text is no longer there.
var errGone = errors.New("this text of the article is no longer stored")

// compared lays out what changed between two texts of an article.
func (c commands) compared(id feeds.ArticleID, q pageRequest) (*laidOut, error) {
	a, st, _, err := c.store.Article(c.ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := c.store.Versions(c.ctx, id)
	if err != nil {
		return nil, err
	}
	var from, to *store.Version
	for i := range all {
		switch all[i].Number {
		case q.versus.from:
			from = &all[i]
		case q.versus.to:
			to = &all[i]
		}
	}
	if from == nil || to == nil {
		return nil, errGone
	}
	out := &laidOut{id: id, width: q.width, measure: q.measure, article: a, status: st, find: q.find, share: 1, key: q.key(id), versus: q.versus, texts: all[len(all)-1].Number}
	out.compare(*from, *to, q)
	return out, nil
}

// compare makes the lines of a comparison.
func (o *laidOut) compare(from, to store.Version, q pageRequest) {
	column := q.column()
	o.indent = indentFor(q.width, column)
	paragraphs := revision.Compare(revision.Of(from.Title, from.HTML, from.Base), revision.Of(to.Title, to.HTML, to.Base))
	add := func(p theme.Paint, line string) { o.lines = append(o.lines, fill(o.indent+p.On(line), q.width)) }
	about := func(s string) {
		for _, l := range q.text.Wrap([]text.Run{{Text: safe.New(s)}}, column, text.LTR) {
			add(q.theme.Dim, alignLine(l, column, text.LTR))
		}
	}
	now := q.now.In(q.zone)
	add(theme.Paint{}, "")
	about(fmt.Sprintf("Text %d of %d, seen %s, against text %d, seen %s: %s.", to.Number, o.texts, when(now, to.Since.In(q.zone)),
		from.Number, when(now, from.Since.In(q.zone)), changesText(revision.Changes(paragraphs))))
	signs := "[-what went-] {+what came+}"
	if o.texts > 2 {
		signs += " (left and right show other changes)"
	}
	about(signs)
	number := 0
	for i, p := range paragraphs {
		add(theme.Paint{}, "")
		style := page.Plain
		if i == 0 {
			style = page.Heading
		}
		number = o.paragraph(p, style, number, column, q)
	}
}

func changesText(n int) string {
	switch n {
	case 0:
		return "nothing that is read changed"
	case 1:
		return "1 change"
	}
	return number(n) + " changes"
}

// paragraph adds a paragraph whose changes are numbered on from n, and returns
// the number of the last one.
func (o *laidOut) paragraph(p revision.Paragraph, style page.Style, n, column int, q pageRequest) int {
	var runs []text.Run
	var whole strings.Builder
	for i, x := range p {
		whole.WriteString(x.Text + " ")
		if i > 0 {
			runs = append(runs, text.Run{Text: safe.New(" ")})
		}
		open, end, mark := "", "", style
		switch x.Kind {
		case revision.Removed:
			open, end, mark = "[-", "-]", page.Removed
		case revision.Added:
			open, end, mark = "{+", "+}", page.Added
		}
		if x.Kind == revision.Same {
			runs = append(runs, text.Run{Text: safe.New(x.Text), Style: int(mark)})
			continue
		}
		if p.Begins(i) {
			n++
		}
		if q.ascii {
			x.Text = strings.ReplaceAll(x.Text, revision.Break, "//")
		}
		runs = append(runs, text.Run{Text: safe.New(isolate(open + x.Text + end)), Style: int(mark.Numbered(n))})
	}
	for _, l := range q.wrap(runs, column, q.text.Direction(safe.New(whole.String()))) {
		o.mark(l)
		o.lines = append(o.lines, fill(o.indent+q.paintLine(l, nil), q.width))
	}
	return n
}
