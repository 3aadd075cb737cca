package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
)

// New articles are many and watches match few of them. Where the words of new
// articles stand is known when they are saved (postings), so that a watch looks
// at those only that hold a word of its cover.

// watch looks at the articles of the transaction for every watch.
func (v *saver) watch() error {
	if len(v.watchers) == 0 {
		return nil
	}
	lists := watchLists{v.c, v.counters, v.visitEnd}
	docs := make([]*query.Doc, len(v.fresh))
	rows := v.postings.candidates(v.watchers)
	for i, w := range v.watchers {
		for _, row := range rows[i] {
			ch := v.fresh[row]
			if docs[row] == nil {
				docs[row] = ch.doc()
			}
			if w.exact && docs[row].Body == "" {
				docs[row].Body = string(document.AppendText(nil, ch.entry.Article.HTML))
			}
			if !query.Match(w.expr, docs[row]) {
				continue
			}
			if err := lists.put(w.id, ch.id, ch.status, true); err != nil {
				return err
			}
		}
	}
	joined := asking(v.watchers, "feed", "briefing")
	for id, revised := range v.merged {
		ws := joined
		if revised {
			ws = v.watchers
		}
		if len(ws) == 0 {
			continue
		}
		if err := lists.look(ws, id); err != nil {
			return err
		}
	}
	return nil
}

// doc is a new article as queries see it. The body is its folded text only.
func (ch *change) doc() *query.Doc {
	e, f := ch.entry, ch.feed
	a := &e.Article
	d := &query.Doc{
		Title: a.Title, Author: names(encode(a.Authors)), At: time.Unix(ch.at.Unix(), 0),
		Source: cmp.Or(f.foreign(a.Source), f.source, f.title), Country: f.country,
		Lang: a.Lang, Tags: a.Tags, HasImage: a.Image != "", HasEnclosure: len(a.Enclosures) > 0,
	}
	d.SetFolded(e.Title, e.Body, e.Author)
	for _, from := range slices.Concat([]*change{ch}, ch.joins) {
		d.Feeds = append(d.Feeds, from.feed.title)
		for _, m := range from.entry.Briefings {
			d.Briefings = append(d.Briefings, m.Briefing)
		}
	}
	return d
}

// entitle notes the title that a feed without one gets from its answer. Stored
// articles of it, of an earlier part of the answer, have another source then.
func (v *saver) entitle(o *refresh.Outcome) error {
	if len(v.watchers) == 0 || o.Meta.Title == "" {
		return nil
	}
	f, err := v.feed(o.Feed)
	if err != nil || f.title != "" {
		return err
	}
	f.title = o.Meta.Title
	_, before, err := v.c.number(`SELECT 1 FROM sightings x JOIN statuses s ON s.article = x.article
		WHERE x.feed = ? AND s.arrival <= ? LIMIT 1`, o.Feed, v.first)
	if err != nil || !before {
		return err
	}
	return watchAgain(v.c, "feed", "source")
}

// candidates returns for each watch the rows of the articles that can match it,
// ascending.
func (p *postings) candidates(ws []watcher) [][]int {
	out := make([][]int, len(ws))
	if len(p.rows) == 0 {
		return out
	}
	asked := p.asked(ws)
	last := make([]int, len(ws)) // row + 1 that was found last
	for _, o := range p.found {
		for _, w := range asked[o.word] {
			if row := o.place.row(); last[w] != row+1 {
				last[w] = row + 1
				out[w] = append(out[w], row)
			}
		}
	}
	for i, w := range ws {
		if w.cover == nil {
			for row := range p.rows {
				out[i] = append(out[i], row)
			}
		}
	}
	return out
}

// asked returns for each word which watches have it in their cover.
func (p *postings) asked(ws []watcher) [][]int {
	out := make([][]int, len(p.words))
	type prefix struct {
		watch int
		text  string
	}
	var prefixes [256][]prefix // by their first byte
	for i, w := range ws {
		for _, word := range w.cover {
			if begin, goesOn := strings.CutSuffix(word, "*"); goesOn {
				prefixes[begin[0]] = append(prefixes[begin[0]], prefix{i, begin})
			} else if n, ok := p.find(word); ok {
				out[n] = append(out[n], i)
			}
		}
	}
	for n := range p.words {
		text := p.bytes(uint32(n))
		for _, x := range prefixes[text[0]] {
			if len(text) >= len(x.text) && string(text[:len(x.text)]) == x.text {
				out[n] = append(out[n], x.watch)
			}
		}
	}
	return out
}
