package ui

import (
	"strconv"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/export"
	"sitrep/feeds/safe"
	"sitrep/ui/page"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// quotation is what somebody has chosen to quote: passages of the article that is
// shown, from the one where they began to the one where they are.
type quotation struct {
	article   feeds.ArticleID
	began, at int
	sign      string // at the edge of chosen lines
}

// span returns the first and the last chosen passage.
func (c quotation) span() (first, last int) { return min(c.began, c.at), max(c.began, c.at) }

// choosing returns the quotation that is being chosen, nil if none is.
func (m *model) choosing() *quotation {
	r := &m.reading
	c := r.quote
	if c == nil || m.focus != focusReading || r.shown == nil || r.shown.id != c.article || max(c.began, c.at) >= len(r.shown.passages) {
		return nil
	}
	return c
}

// startQuote chooses the first passage in sight.
func (m *model) startQuote() tea.Cmd {
	r := &m.reading
	at, ok := m.passageInSight()
	if ok {
		r.quote = &quotation{r.shown.id, at, at, m.signs.cursor}
	}
	return nil
}

// passageInSight is the first passage that begins in sight, else the one that the
// view is in the midst of.
func (m *model) passageInSight() (int, bool) {
	r := &m.reading
	switch {
	case m.focus != focusReading || r.shown == nil:
		m.say("Quotes are taken while reading: " + m.keys.key(doOpen) + " opens an article.")
		return 0, false
	case len(r.shown.passages) == 0:
		m.say("There is no text here to quote; " + m.keys.key(doCopy) + " copies the link.")
		return 0, false
	}
	within := 0
	for i, p := range r.shown.passages {
		if p.From >= r.offset && p.From < r.offset+m.areas.reading.Dy() {
			return i, true
		}
		if p.From < r.offset {
			within = i
		}
	}
	return within, true
}

// quoteKey is a key press while passages are being chosen.
func (m *model) quoteKey(c *quotation, in intent) tea.Cmd {
	last := len(m.reading.shown.passages) - 1
	switch in {
	case doDown, doUp, doTop, doBottom, doHalfDown, doHalfUp, doPageDown, doPageUp:
		c.at = clamp(c.at+clamp(steps(in, 4), -last-1, last+1), 0, last)
	case doNextArticle, doPrevArticle:
		by := 1
		if in == doPrevArticle {
			by = -1
		}
		if first, end := c.span(); first+by >= 0 && end+by <= last {
			c.began, c.at = c.began+by, c.at+by
		}
	case doOpen, doCopy, doQuote, doQuoteOne:
		return m.copyQuote(c)
	case doClose, doBack:
		m.reading.quote = nil
	default:
		m.say("Choosing what to quote: " + strings.Join(m.quoteHints(), " · "))
	}
	m.showPassage(c.at)
	return nil
}

// quoteHints are the keys of choosing, the most needed first.
func (m *model) quoteHints() []string {
	k := m.keys.key
	return []string{k(doOpen) + " copies", k(doClose) + " leaves", k(doDown) + " " + k(doUp) + " more or less", k(doNextArticle) + " " + k(doPrevArticle) + " move"}
}

// quoteFooter says how much is chosen and what the keys do, as much as fits.
func (m *model) quoteFooter(c *quotation) string {
	line := " " + m.quotedText(c)
	for _, h := range m.quoteHints() {
		if next := line + " · " + h; text.Width(safe.New(next)) < m.width {
			line = next
		}
	}
	return m.theme.Accent.On(m.fit(line, m.width))
}

// showPassage brings a passage into sight, the beginning of a long one.
func (m *model) showPassage(i int) {
	r, h := &m.reading, m.areas.reading.Dy()
	p := r.shown.passages[i]
	if p.To > r.offset+h {
		r.offset = p.To - h
	}
	r.offset = clamp(min(r.offset, p.From), 0, r.end(h))
}

// copyQuote copies what is chosen, in logical order, with where it comes from.
func (m *model) copyQuote(c *quotation) tea.Cmd {
	m.reading.quote = nil
	first, last := c.span()
	texts := textsOf(m.reading.shown.passages[first : last+1])
	words := "1 paragraph"
	if n := len(texts); n > 1 {
		words = strconv.Itoa(n) + " paragraphs"
	}
	return m.clip(export.Excerpt(m.shownItem(), texts, m.exportOptions()), "Copied "+words+" with title, source, times and link.")
}

// copyPassage copies the first passage in sight with the link.
func (m *model) copyPassage() tea.Cmd {
	at, ok := m.passageInSight()
	if !ok {
		return nil
	}
	passage := m.reading.shown.passages[at].Text()
	return m.clip(export.Passage(m.shownItem(), passage), "Copied with the link: "+isolate(beginning(passage)))
}

func textsOf(passages []page.Passage) (texts []string) {
	for _, p := range passages {
		texts = append(texts, p.Text())
	}
	return texts
}

// shownItem is the article that is shown as export prints it.
func (m *model) shownItem() export.Item {
	return export.Item{Article: m.reading.shown.article, Status: m.reading.shown.status}
}

func (m *model) exportOptions() export.Options {
	return export.Options{Location: m.set.zone, Full: true}
}

// quotedText says how much is chosen.
func (m *model) quotedText(c *quotation) string {
	first, last := c.span()
	if first == last {
		return "1 paragraph chosen"
	}
	return strconv.Itoa(last-first+1) + " paragraphs chosen"
}

// edge marks a line at its left edge if it is chosen. Lines begin with a blank.
func (c *quotation) edge(line string, i int, o *laidOut, th theme.Theme) string {
	if c == nil || o.indent == "" {
		return line
	}
	first, last := c.span()
	if i < o.passages[first].From || i >= o.passages[last].To {
		return line
	}
	return th.Focus.On(c.sign) + line[1:]
}
