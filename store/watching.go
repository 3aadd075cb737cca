package store

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// watcher is a watch made ready to look at articles.
type watcher struct {
	id    feeds.WatchID
	expr  query.Expr
	exact bool            // it compares letters of the original text
	attrs map[string]bool // attributes that it asks for
}

func newWatcher(id feeds.WatchID, e query.Expr) watcher {
	w := watcher{id: id, expr: e, attrs: map[string]bool{}}
	for x := range query.Leaves(e) {
		switch x := x.(type) {
		case query.Word:
			w.exact = w.exact || x.Exact
		case query.Phrase:
			w.exact = w.exact || x.Exact
		case query.Attr:
			w.attrs[x.Name] = true
		}
	}
	return w
}

// meaning is another number when the same query would find other articles than
// before: its dates lie in another time zone now, or texts are folded otherwise.
func (w watcher) meaning() int64 {
	h := fnv.New64a()
	h.Write([]byte(w.expr.String()))
	numbers := []int64{spelling.FoldVersion}
	for x := range query.Leaves(w.expr) {
		if d, ok := x.(query.Date); ok {
			numbers = append(numbers, unix(d.From), unix(d.To))
		}
	}
	for _, n := range numbers {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	return int64(h.Sum64())
}

// watcher makes a stored watch ready. A query that cannot be read, which only
// damage makes, finds nothing.
func (s *Store) watcher(w storedWatch) watcher {
	e, err := query.ParseStanding(w.Query, s.standing())
	if err != nil {
		return newWatcher(w.ID, query.Not{X: query.All{}})
	}
	return newWatcher(w.ID, s.certain(e))
}

// watchers makes all of them ready, in the caller's transaction.
func (s *Store) watchers(c *conn) ([]watcher, error) {
	all, err := watches(c)
	if err != nil {
		return nil, err
	}
	out := make([]watcher, len(all))
	for i, w := range all {
		out[i] = s.watcher(w)
	}
	return out, nil
}

// asking returns those that ask for one of the attributes.
func asking(ws []watcher, attrs ...string) (out []watcher) {
	for _, w := range ws {
		if slices.ContainsFunc(attrs, func(name string) bool { return w.attrs[name] }) {
			out = append(out, w)
		}
	}
	return out
}

// watchAgain makes watches that ask for one of the attributes look at all stored
// articles again, after it has changed for many of them.
func watchAgain(c *conn, attrs ...string) error {
	all, err := watches(c)
	if err != nil {
		return err
	}
	var ws []watcher
	for _, w := range all {
		ws = append(ws, newWatcher(w.ID, query.Read(w.Query, query.Options{}).Expr))
	}
	for _, w := range asking(ws, attrs...) {
		if err := c.exec("UPDATE watches SET pending = ? WHERE id = ?", everything, w.id); err != nil {
			return err
		}
	}
	return nil
}

// watchLists changes the lists of watches and their counters with them.
type watchLists struct {
	c        *conn
	counters deltas
	visitEnd int64
}

// put says whether an article is in the list of a watch.
func (l *watchLists) put(watch feeds.WatchID, id feeds.ArticleID, st arrived, in bool) error {
	before := l.c.TotalChanges()
	n := st.counts(l.visitEnd)
	var err error
	if in {
		err = l.c.exec("INSERT INTO watch_articles(watch, article, unread) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", watch, id, !st.read)
	} else {
		n = Counts{-n.Total, -n.Unread, -n.New}
		err = l.c.exec("DELETE FROM watch_articles WHERE watch = ? AND article = ?", watch, id)
	}
	if err == nil && l.c.TotalChanges() > before {
		l.counters.add(ofWatch, int64(watch), n)
	}
	return err
}

// look puts a stored article into the lists of the watches that it matches, and
// takes it out of the others'.
func (l *watchLists) look(ws []watcher, id feeds.ArticleID) error {
	doc, ok, err := storedDoc(l.c, id)
	if err != nil || !ok {
		return err
	}
	st, err := readArrived(l.c, id)
	if err != nil {
		return err
	}
	for _, w := range ws {
		if err := l.put(w.id, id, st, query.Match(w.expr, doc)); err != nil {
			return err
		}
	}
	return nil
}

// storedDoc reads an article as queries see it, without its marks.
func storedDoc(c *conn, id feeds.ArticleID) (d *query.Doc, ok bool, err error) {
	const all = `SELECT a.title, t.html, t.authors, a.lang, a.tags, a.flags, a.at,
			CASE WHEN a.source <> '' THEN a.source WHEN f.source <> '' THEN f.source ELSE f.title END, f.country, ` + fullHTML + `
		FROM articles a JOIN statuses s ON s.article = a.id JOIN texts t ON t.arrival = s.arrival JOIN feeds f ON f.id = a.feed WHERE a.id = ?`
	err = c.each(all, []any{id}, func(s *sqlite3.Stmt) error {
		flags := articleFlags(s.ColumnInt64(5))
		d = &query.Doc{
			Title: s.ColumnText(0), Body: string(appendBody(nil, s.ColumnText(1), s.ColumnText(9))), Author: names(s.ColumnText(2)),
			Lang: s.ColumnText(3), Tags: strings.Split(s.ColumnText(4), "\n"), At: time.Unix(s.ColumnInt64(6), 0),
			HasImage: flags&flagImage != 0, HasEnclosure: flags&flagEnclosure != 0, HasFullText: flags&flagFullText != 0,
			Source: s.ColumnText(7), Country: s.ColumnText(8),
		}
		return errStop
	})
	if err != nil || d == nil {
		return nil, false, err
	}
	err = c.each(`SELECT title FROM feeds WHERE id = (SELECT feed FROM articles WHERE id = ?1)
		OR id IN (SELECT feed FROM sightings WHERE article = ?1 AND first = 0)`, []any{id}, func(s *sqlite3.Stmt) error {
		d.Feeds = append(d.Feeds, s.ColumnText(0))
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	err = c.each("SELECT b.id FROM briefing_articles y JOIN briefings b ON b.num = y.briefing WHERE y.article = ?", []any{id}, func(s *sqlite3.Stmt) error {
		d.Briefings = append(d.Briefings, s.ColumnText(0))
		return nil
	})
	return d, true, err
}
