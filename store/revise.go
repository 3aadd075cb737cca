package store

import (
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// merge brings an entry together with the stored article that it is.
func (v *saver) merge(ch *change) error {
	if _, there, err := v.c.number("SELECT 1 FROM articles WHERE id = ?", ch.id); err != nil {
		return err
	} else if !there { // the reader purged it: it is known, and stays away
		_, err := v.relearn(ch)
		return err
	}
	st, first, content, sighted, err := v.stored(ch)
	if err != nil {
		return err
	}
	if _, met := v.merged[ch.id]; !met {
		v.merged[ch.id] = false // it may be joined, or in a briefing more
	}
	if !sighted {
		v.saved.Joined++
		return v.sight(ch, st, false)
	}
	moved, err := v.relearn(ch)
	if err != nil {
		return err
	}
	switch {
	case content == ch.entry.Content && moved && first && ch.entry.Article.Link != "":
		err = v.c.exec("UPDATE articles SET link = ? WHERE id = ?", ch.entry.Article.Link, int64(ch.id))
	case content != ch.entry.Content:
		err = v.c.exec("UPDATE sightings SET content = ? WHERE feed = ? AND article = ?", ch.entry.Content, int64(ch.feed.id), int64(ch.id))
		if err == nil && first { // a second feed never changes the text
			err = v.revise(ch, st)
		}
	}
	if err != nil {
		return err
	}
	return v.route(ch, st)
}

// stored reads what is known of an article and of its sighting in the entry's
// feed.
func (v *saver) stored(ch *change) (st arrived, first bool, content int64, sighted bool, err error) {
	if st, err = readArrived(v.c, ch.id); err != nil {
		return st, false, 0, false, err
	}
	err = v.c.each("SELECT first, content FROM sightings WHERE feed = ? AND article = ?", []any{int64(ch.feed.id), int64(ch.id)}, func(s *sqlite3.Stmt) error {
		first, content, sighted = s.ColumnBool(0), s.ColumnInt64(1), true
		return nil
	})
	return st, first, content, sighted, err
}

// relearn replaces the guid and link that an article is known by when the
// publisher gave it others, so that a publisher who changes them in every answer
// leaves no heap of old ones. It reports whether there were any.
func (v *saver) relearn(ch *change) (moved bool, err error) {
	for _, k := range ch.entry.Keys {
		if k.Shared || k.Kind == feeds.KeyContent {
			continue
		}
		id, err := keyed(v.c, ch.feed.id, k)
		if err != nil {
			return false, err
		}
		if id != 0 {
			continue
		}
		moved = true
		err = v.c.exec("DELETE FROM article_keys WHERE feed = ? AND kind = ? AND article = ?", int64(ch.feed.id), int(k.Kind), int64(ch.id))
		if err != nil {
			return false, err
		}
	}
	return moved, v.learn(ch)
}

// revise keeps the old text as a revision and shows the new one.
func (v *saver) revise(ch *change, st arrived) error {
	old, _, err := foldStored(v.c, ch.id)
	if err != nil {
		return err
	}
	a := &ch.entry.Article
	err = v.c.exec(`INSERT INTO revisions(article, revision, until, content, title, base, authors, updated, html)
		SELECT a.id, t.revision, ?, t.content, a.title, t.base, t.authors, t.updated, t.html
		FROM articles a JOIN texts t ON t.arrival = ? WHERE a.id = ?`, v.now, st.arrival, int64(ch.id))
	if err != nil {
		return err
	}
	err = v.c.exec("UPDATE articles SET title = ?, link = coalesce(nullif(?, ''), link), lang = ?, tags = ?, flags = (flags & ?) | ? WHERE id = ?",
		a.Title, a.Link, a.Lang, strings.Join(a.Tags, "\n"),
		int64(^(flagImage | flagEnclosure)), int64(flagsOf(ch)), int64(ch.id))
	if err != nil {
		return err
	}
	err = v.c.exec(`UPDATE texts SET revision = revision + 1, content = ?, guid = ?, base = ?, authors = ?, image = ?,
		comments = ?, enclosures = ?, updated = ?, html = ? WHERE arrival = ?`,
		ch.entry.Content, a.GUID, a.Base, encode(a.Authors), a.Image, a.Comments, encode(a.Enclosures), unix(a.Updated), a.HTML, st.arrival)
	if err != nil {
		return err
	}
	if err := v.c.exec("UPDATE statuses SET updated = 1 WHERE article = ? AND read = 1 AND backlog = 0", int64(ch.id)); err != nil {
		return err
	}
	v.saved.Updated++
	v.merged[ch.id] = true
	return v.reindex(ch, st, old)
}
