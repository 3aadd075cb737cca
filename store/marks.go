package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// marksAtOnce is how many articles one transaction of MarkAll marks.
const marksAtOnce = 5000

// Mark does one act to articles and returns how many it changed: those that are
// marked so already, or are not there, are left alone. Undo takes the whole act
// back. It is on disk when Mark returns.
func (s *Store) Mark(ctx context.Context, act Act, ids ...feeds.ArticleID) (n int, err error) {
	if !act.valid() {
		return 0, fmt.Errorf("mark articles: no act is called %q", act)
	}
	err = s.write(ctx, kept, func(c *conn) error {
		step, err := nextStep(c)
		if err != nil {
			return err
		}
		n, err = mark(c, act, ids, unix(s.now()), step)
		return err
	})
	return n, err
}

// MarkAll does one act to all articles of a scope, within its bounds: what
// arrived after Scope.MaxArrival is left alone. It is one step for Undo. Large
// scopes take several transactions; when one fails, n tells what was done.
func (s *Store) MarkAll(ctx context.Context, sc Scope, act Act) (n int, err error) {
	if !act.valid() {
		return 0, fmt.Errorf("mark articles: no act is called %q", act)
	}
	step := int64(0)
	for at := feeds.ArticleID(0); ; {
		var ids []feeds.ArticleID
		// Not by the writing connection, which must not search: see segment.go.
		err = s.find(ctx, func(c *conn) error {
			ids, err = nextToMark(c, sc, act, at)
			return err
		})
		if err != nil || step > 0 && len(ids) == 0 {
			return n, err
		}
		err = s.write(ctx, kept, func(c *conn) error {
			if step == 0 {
				if step, err = nextStep(c); err != nil {
					return err
				}
			}
			done, err := mark(c, act, ids, unix(s.now()), step)
			n += done
			return err
		})
		if err != nil || len(ids) < marksAtOnce {
			return n, err
		}
		at = ids[len(ids)-1]
	}
}

// nextToMark returns the next articles of the scope after at that the act would
// change, newest first.
func nextToMark(c *conn, sc Scope, act Act, at feeds.ArticleID) ([]feeds.ArticleID, error) {
	sc.Sort = ""
	sel, err := selectScope(c, sc)
	if err != nil {
		return nil, err
	}
	switch act {
	case Read:
		// Updated articles are read already, and the sign goes off.
		sel.where = append(sel.where, all("(s.read = 0 OR s.updated = 1)"))
	case Unread:
		sel.where = append(sel.where, isClause("read"))
	case Star:
		sel.where = append(sel.where, all("(s.starred = 0)"))
	case Unstar:
		sel.where = append(sel.where, isClause("starred"))
	}
	if at != 0 {
		sel.where = append(sel.where, all(sel.id+" < ?", at))
	}
	sel.bare = false
	return sel.ids(c, marksAtOnce)
}

func (a Act) valid() bool {
	switch a {
	case Read, Unread, Star, Unstar:
		return true
	}
	return false
}

// nextStep returns the number of the next undo step. What was taken back before
// can no longer be done again.
func nextStep(c *conn) (int64, error) {
	if err := c.exec("UPDATE mark_log SET undone = 2 WHERE undone = 1"); err != nil {
		return 0, err
	}
	n, _, err := c.number("SELECT max(step) FROM mark_log")
	return n + 1, err
}

// mark changes the articles that the act changes and logs them.
func mark(c *conn, act Act, ids []feeds.ArticleID, now, step int64) (int, error) {
	m := marker{c: c, counters: deltas{}, now: now}
	var log []byte
	n := 0
	for _, id := range ids {
		old, ok, err := readMarks(c, id)
		if err != nil {
			return 0, err
		}
		changed := old.after(act)
		if !ok || changed == old {
			continue
		}
		if err := m.set(id, old, changed); err != nil {
			return 0, err
		}
		log = packMark(log, id, old)
		n++
	}
	if n == 0 {
		return 0, nil
	}
	if err := m.counters.apply(c); err != nil {
		return 0, err
	}
	return n, c.exec("INSERT INTO mark_log(step, act, at, undone, n, articles) VALUES(?, ?, ?, 0, ?, ?)", step, string(act), now, n, log)
}

// marks are what an act changes.
type marks struct{ read, starred, updated bool }

func (m marks) after(act Act) marks {
	switch act {
	case Read:
		m.read, m.updated = true, false
	case Unread:
		m.read = false
	case Star:
		m.starred = true
	case Unstar:
		m.starred = false
	}
	return m
}

// readMarks returns false for an article that is not there, or not any more.
func readMarks(c *conn, id feeds.ArticleID) (m marks, ok bool, err error) {
	err = c.each("SELECT read, starred, updated FROM statuses WHERE article = ?1 AND EXISTS(SELECT 1 FROM articles WHERE id = ?1)", []any{int64(id)}, func(s *sqlite3.Stmt) error {
		m, ok = marks{s.ColumnBool(0), s.ColumnBool(1), s.ColumnBool(2)}, true
		return nil
	})
	return m, ok, err
}

// marker changes statuses, and the lists and counters that follow them.
type marker struct {
	c        *conn
	counters deltas
	now      int64
}

func (m *marker) set(id feeds.ArticleID, old, changed marks) error {
	err := m.c.exec("UPDATE statuses SET read = ?, starred = ?, updated = ?, changed = ? WHERE article = ?",
		changed.read, changed.starred, changed.updated, m.now, int64(id))
	if err != nil || old.read == changed.read {
		return err
	}
	n := Counts{Unread: 1}
	if changed.read {
		n.Unread = -1
	}
	m.counters.add(ofAll, 0, n)
	lists, err := listsOf(m.c, id)
	if err != nil {
		return err
	}
	for _, l := range lists {
		m.counters.add(l.kind, l.id, n)
		sql := [...]string{
			ofFeed:     "UPDATE sightings SET unread = ? WHERE feed = ? AND article = ?",
			ofBriefing: "UPDATE briefing_articles SET unread = ? WHERE briefing = ? AND article = ?",
			ofWatch:    "UPDATE watch_articles SET unread = ? WHERE watch = ? AND article = ?",
		}
		if err := m.c.exec(sql[l.kind], !changed.read, l.id, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// listsOf returns the feeds, briefings and watches that an article is listed in.
func listsOf(c *conn, id feeds.ArticleID) (lists []counterKey, err error) {
	const where = `SELECT ?2, feed FROM articles WHERE id = ?1
		UNION ALL SELECT ?2, feed FROM sightings WHERE article = ?1 AND first = 0
		UNION ALL SELECT ?3, briefing FROM briefing_articles WHERE article = ?1
		UNION ALL SELECT ?4, watch FROM watch_articles WHERE article = ?1`
	err = c.each(where, []any{int64(id), int(ofFeed), int(ofBriefing), int(ofWatch)}, func(s *sqlite3.Stmt) error {
		lists = append(lists, counterKey{counterKind(s.ColumnInt(0)), s.ColumnInt64(1)})
		return nil
	})
	return lists, err
}

// packMark appends an article to the list of a log row: its id, and in the two
// lowest bits whether it was read and had the sign of a changed text before.
func packMark(list []byte, id feeds.ArticleID, old marks) []byte {
	n := uint64(id) << 2
	if old.read {
		n |= 1
	}
	if old.updated {
		n |= 2
	}
	return binary.AppendUvarint(list, n)
}

// unpackMarks calls f for each article of a log row. The marks in old that the
// row does not keep are not set.
func unpackMarks(list []byte, f func(id feeds.ArticleID, old marks) error) error {
	for len(list) > 0 {
		n, size := binary.Uvarint(list)
		if size <= 0 {
			return fmt.Errorf("read mark log: damaged list of articles")
		}
		list = list[size:]
		if err := f(feeds.ArticleID(n>>2), marks{read: n&1 != 0, updated: n&2 != 0}); err != nil {
			return err
		}
	}
	return nil
}
