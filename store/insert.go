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
