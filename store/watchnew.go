package store

import (
	"cmp"
	"slices"
	"time"

	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
)

// watch looks at the articles of the transaction for every watch.
func (v *saver) watch() error {
	if len(v.watchers) == 0 {
		return nil
	}
	lists := &watchLists{v.c, v.counters, v.visitEnd}
	docs := make([]*query.Doc, len(v.fresh))
	sieve := newSieve(v.postings, v.watchers)
	for _, w := range v.watchers {
		rows, certain := sieve.rows(w.expr)
		for row := range rows.all() {
			ch := v.fresh[row]
			if !certain && docs[row] == nil {
				docs[row] = ch.doc()
			}
			if !certain && !ch.matches(w, docs[row]) {
				continue
			}
			if err := lists.put(w.id, ch.id, ch.status, true); err != nil {
				return err
			}
		}
	}
	return v.watchMerged(lists)
}

// watchMerged looks at stored articles that were met again. Unless the text
// changed, that can only matter to who asks where they are.
func (v *saver) watchMerged(lists *watchLists) error {
	placed := asking(v.watchers, "feed", "briefing")
	for id, revised := range v.merged {
		ws := placed
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

// matches asks about a new article, of which d has the folded body only.
func (ch *change) matches(w watcher, d *query.Doc) bool {
	if w.exact && d.Body == "" {
		d.Body = string(document.AppendText(nil, ch.entry.Article.HTML))
	}
	return query.Match(w.expr, d)
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
