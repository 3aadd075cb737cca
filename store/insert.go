package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/routing"
)

// write stores all changes in ascending order of their articles: each index
// grows at its end, and FTS5 keeps one segment for the transaction.
func (v *saver) write() error {
	all := append(slices.Clone(v.changes), v.fresh...)
	slices.SortStableFunc(all, func(a, b *change) int { return cmp.Compare(a.id, b.id) })
	isNew := make(map[*change]bool, len(v.fresh))
	for _, ch := range v.fresh {
		isNew[ch] = true
	}
	for _, ch := range all {
		var err error
		if isNew[ch] {
			err = v.insert(ch)
		} else {
			err = v.merge(ch)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// insert stores a new article with all that belongs to it.
func (v *saver) insert(ch *change) error {
	a := &ch.entry.Article
	old := !ch.feed.seeded && v.now.Sub(ch.at) > backlogAge
	v.last++
	err := v.c.exec(`INSERT INTO articles(id, story_id, feed, at, flags, lang, title, source, link, tags)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, int64(ch.id), int64(ch.id), int64(ch.feed.id), ch.at.Unix(), int64(flagsOf(ch)),
		a.Lang, a.Title, ch.feed.foreign(a.Source), a.Link, strings.Join(a.Tags, "\n"))
	if err != nil {
		return err
	}
	if err := v.insertText(ch); err != nil {
		return err
	}
	err = v.c.exec(`INSERT INTO statuses(article, arrival, arrived, changed, read, starred, updated, backlog)
		VALUES(?, ?, ?, 0, ?, 0, 0, ?)`, int64(ch.id), v.last, v.now.Unix(), old, old)
	if err != nil {
		return err
	}
	v.postings.add(ch.id, ch.entry.Body, ch.entry.Title, ch.entry.Author)
	v.saved.New++
	st := arrived{read: old, backlog: old, arrival: v.last}
	ch.status = st
	v.counters.add(ofAll, 0, st.counts(v.visitEnd))
	if err := v.sight(ch, st, true); err != nil {
		return err
	}
	for _, j := range ch.joins {
		j.id = ch.id
		if err := v.sight(j, st, false); err != nil {
			return err
		}
		v.saved.Joined++
	}
	return v.wantPage(ch)
}

func (v *saver) insertText(ch *change) error {
	a := &ch.entry.Article
	return v.c.exec(`INSERT INTO texts(arrival, revision, content, guid, base, authors, image, comments, enclosures,
			published, updated, zone, first_seen, html) VALUES(?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.last, ch.entry.Content, a.GUID, a.Base, encode(a.Authors), a.Image, a.Comments, encode(a.Enclosures),
		unix(a.Published), unix(a.Updated), a.Zone, unix(a.FirstSeen), a.HTML)
}

// writeIndex writes the words of the new articles, after those of changed ones,
// which FTS5 writes itself: it reads the list of segments again when it needs it.
func (v *saver) writeIndex() error {
	if v.flush {
		if err := v.c.exec("INSERT INTO search(search) VALUES('flush')"); err != nil {
			return err
		}
	}
	v.index.postings = v.postings
	return v.index.write(v.c)
}

// arrived is what the counters need to know of a status.
type arrived struct {
	read, backlog bool
	arrival       int64
}

// counts is what one article adds to each list that it is in. visitEnd is the
// highest arrival number at the end of the last visit.
func (st arrived) counts(visitEnd int64) Counts {
	n := Counts{Total: 1}
	if !st.read {
		n.Unread = 1
	}
	if !st.backlog && st.arrival > visitEnd {
		n.New = 1
	}
	return n
}

func readArrived(c *conn, id feeds.ArticleID) (st arrived, err error) {
	err = c.each("SELECT read, backlog, arrival FROM statuses WHERE article = ?", []any{int64(id)}, func(s *sqlite3.Stmt) error {
		st = arrived{s.ColumnBool(0), s.ColumnBool(1), s.ColumnInt64(2)}
		return nil
	})
	return st, err
}

// sight puts an article into the list of a feed and into the briefings that it
// belongs to there.
func (v *saver) sight(ch *change, st arrived, first bool) error {
	err := v.c.exec("INSERT INTO sightings(feed, article, unread, first, content) VALUES(?, ?, ?, ?, ?)",
		int64(ch.feed.id), int64(ch.id), !st.read, first, ch.entry.Content)
	if err != nil {
		return err
	}
	v.counters.add(ofFeed, int64(ch.feed.id), st.counts(v.visitEnd))
	if err := v.learn(ch); err != nil {
		return err
	}
	return v.route(ch, st)
}

// learn stores the keys of an entry. A key that several items carried at once
// leads nowhere from then on.
func (v *saver) learn(ch *change) error {
	for _, k := range ch.entry.Keys {
		var err error
		if k.Shared {
			err = v.c.exec(`INSERT INTO article_keys(feed, kind, hash, article) VALUES(?, ?, ?, 0)
				ON CONFLICT DO UPDATE SET article = 0`, int64(ch.feed.id), int(k.Kind), k.Hash)
		} else {
			err = v.c.exec("INSERT INTO article_keys(feed, kind, hash, article) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
				int64(ch.feed.id), int(k.Kind), k.Hash, int64(ch.id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// route adds an article to its briefings, or renews why it is in them. Nothing
// is taken out: what the reader has seen in a list stays there.
func (v *saver) route(ch *change, st arrived) error {
	for _, m := range ch.entry.Briefings {
		num, err := v.briefing(m.Briefing)
		if err != nil {
			return err
		}
		added, err := addMember(v.c, num, ch.id, st, m, 0)
		if err != nil {
			return err
		}
		if added {
			v.counters.add(ofBriefing, num, st.counts(v.visitEnd))
		}
	}
	return nil
}

// addMember reports whether the article was not in the briefing before.
func addMember(c *conn, num int64, id feeds.ArticleID, st arrived, m routing.Match, version int64) (bool, error) {
	terms := strings.Join(m.Terms, "\n")
	before := c.TotalChanges()
	err := c.exec(`INSERT INTO briefing_articles(briefing, article, unread, rule_version, terms) VALUES(?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, num, int64(id), !st.read, version, terms)
	if err != nil || c.TotalChanges() > before {
		return err == nil, err
	}
	return false, c.exec("UPDATE briefing_articles SET terms = ?, rule_version = ? WHERE briefing = ? AND article = ? AND (terms <> ?1 OR rule_version <> ?2)",
		terms, version, num, int64(id))
}

// briefing returns the number of a briefing, which it gets with its first
// article when it is not subscribed.
func (v *saver) briefing(id string) (int64, error) {
	if num, ok := v.nums[id]; ok {
		return num, nil
	}
	num, err := briefingNum(v.c, id)
	v.nums[id] = num
	return num, err
}

func briefingNum(c *conn, id string) (int64, error) {
	if err := c.exec("INSERT INTO briefings(id) VALUES(?) ON CONFLICT DO NOTHING", id); err != nil {
		return 0, err
	}
	num, _, err := c.number("SELECT num FROM briefings WHERE id = ?", id)
	return num, err
}

// foreign returns the source of an article if it is not its feed's own.
func (f *saverFeed) foreign(source string) string {
	if source == f.outlet {
		return ""
	}
	return source
}

func flagsOf(ch *change) (flags articleFlags) {
	if ch.undated {
		flags |= flagUndated
	}
	if ch.entry.Article.Image != "" {
		flags |= flagImage
	}
	if len(ch.entry.Article.Enclosures) > 0 {
		flags |= flagEnclosure
	}
	return flags
}

// encode returns a list as JSON, "" when it is empty.
func encode[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // plain structs of strings and numbers
	}
	return string(b)
}

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
