package demo

import "time"

// source is one feed of one outlet, as its data file describes it.
type source struct {
	id        string // the file's name, and the first part of its addresses
	title     string // of the feed
	name      string // of the outlet
	about     string
	desk      string // author of articles that name none
	lang      string
	zone      *time.Location // dates are written in it, weekdays counted in it
	format    string         // a key of formats
	briefings []string       // that own the feed
	summaries bool           // the feed carries first paragraphs, the pages the text
	status    int            // the answer in place of a feed, 0 for none
	slow      bool
	articles  []*article
}

// article is one report. The same one may stand in two feeds of an outlet.
type article struct {
	id    string
	home  *source // whose site it is published on
	title string
	body  string // in the markup of markup.go
	when  moment
	event string // reports of one event share this name; it is not published
	by    string
	tags  []string
	audio string // name of an attached recording
	also  string // id of a second feed that carries it
	flash bool   // a wire flash: a sentence or two

	correction *correction
}

// correction is a later text of an article, under the same identity.
type correction struct {
	after time.Duration // since the server's start
	title string
	body  string
}

// moment says when an article was, or will be, published.
type moment struct {
	offset  time.Duration // from the server's now; positive is in the future
	undated bool
	reveal  time.Duration // live articles appear this long after the start
}

func (s *source) sitePath() string { return "/" + s.id + "/" }
func (s *source) feedPath() string { return "/" + s.id + "/feed" + formats[s.format].suffix }

func (a *article) path() string { return "/" + a.home.id + "/" + a.id }
func (a *article) guid() string { return "urn:sitrep-sample:" + a.home.id + ":" + a.id }
