package demo

import (
	"slices"
	"time"
)

// snapshot is a feed as it stands at one moment: what the printers print.
type snapshot struct {
	src     *source
	site    string    // address of the outlet's home page
	self    string    // address of the feed
	changed time.Time // when an article last appeared or was corrected
	entries []entry   // newest first, undated ones last
}

// entry is an article as a feed or a page shows it, days and addresses filled in.
type entry struct {
	guid, link, title string
	summary           string // plain text
	html              string // what the feed carries
	page              string // the whole text, for the article's page
	by                string
	tags              []string
	at                time.Time // zero when undated
	updated           time.Time // zero unless corrected
	image             string    // address, "" for none
	audio             string    // address, "" for none
}

// snapshot collects what a source has published since the server started
// elapsed ago.
func (s *Server) snapshot(src *source, elapsed time.Duration) snapshot {
	shot := snapshot{src: src, site: s.url + src.sitePath(), self: s.url + src.feedPath()}
	for _, a := range src.articles {
		if a.when.reveal > elapsed {
			continue
		}
		e := s.entry(a, elapsed)
		shot.entries = append(shot.entries, e)
		for _, t := range []time.Time{e.at, e.updated} {
			if t.After(shot.changed) && !t.After(s.now.Add(elapsed)) {
				shot.changed = t
			}
		}
	}
	slices.SortStableFunc(shot.entries, func(a, b entry) int { return b.at.Compare(a.at) })
	return shot
}

func (s *Server) entry(a *article, elapsed time.Duration) entry {
	src, l := a.home, languages[a.home.lang]
	title, body := a.title, a.body
	e := entry{guid: a.guid(), link: s.url + a.path(), by: a.by, tags: a.tags}
	if c := a.correction; c != nil && elapsed >= c.after {
		title, body = c.title, c.body
		e.updated = s.now.Add(c.after).In(src.zone)
	}
	at := s.now.Add(a.when.offset).In(src.zone)
	if !a.when.undated {
		e.at = at
	}
	e.title = fillDays(title, at, l)
	body = fillDays(body, at, l)
	sample := "<p><em>" + l.sample + "</em></p>\n"
	e.page = markup(body, s.url) + sample
	e.summary = plain(lead(body))
	e.html = e.page
	if src.summaries {
		e.html = markup(lead(body), s.url) + sample
	}
	if name := firstImage(body); name != "" {
		e.image = s.url + imagePath(name)
	}
	if a.audio != "" {
		e.audio = s.url + audioPath(a.audio)
	}
	return e
}
