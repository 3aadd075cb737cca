package store

import (
	"context"
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// reach copies what SQLite can still read, and moves the journal into the file
// for carve.
func reach(ctx context.Context, work string, k *Key, to *conn) (err error) {
	from, err := openDamaged(work, k)
	if err != nil || from == nil {
		return err
	}
	defer from.Close() // a damaged file has nothing to say on closing
	from.SetInterrupt(ctx)
	_, _, _ = from.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	for _, t := range tables {
		if err := t.copy(from, to); err != nil {
			return err
		}
	}
	if err := savedFeeds(from, to); err != nil {
		return err
	}
	return savedMarks(from, to)
}

// savedFeeds finds lost feeds and subscriptions in the indexes over them. Which
// of them own their briefings shows in the articles there.
func savedFeeds(from, to *conn) error {
	for _, l := range [...]struct{ from, to string }{
		{"SELECT id, url FROM feeds INDEXED BY sqlite_autoindex_feeds_1 ORDER BY url %s",
			"INSERT OR IGNORE INTO feeds(id, url) VALUES(?, ?)"},
		{"SELECT id, catalog FROM feeds INDEXED BY feeds_catalog WHERE catalog <> '' ORDER BY catalog %s",
			"UPDATE OR IGNORE feeds SET catalog = ?2 WHERE id = ?1 AND catalog = '' AND title = ''"},
		{"SELECT feed, briefing FROM subscriptions INDEXED BY subscriptions_feed ORDER BY feed %s, briefing %s",
			`INSERT OR IGNORE INTO subscriptions(briefing, feed, own) VALUES(?2, ?1, EXISTS(
				SELECT 1 FROM briefing_articles y JOIN articles a ON a.id = y.article WHERE y.briefing = ?2 AND y.terms = '' AND a.feed = ?1))`},
	} {
		err := bothEnds(from, l.from, func(s *sqlite3.Stmt) error {
			var second any = s.ColumnText(1)
			if s.ColumnType(1) == sqlite3.INTEGER {
				second = s.ColumnInt64(1)
			}
			return to.exec(l.to, s.ColumnInt64(0), second)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copy reads a table from both ends until damage stops it.
func (t table) copy(from, to *conn) error {
	return bothEnds(from, "SELECT "+t.columns+" FROM "+t.name+" ORDER BY "+t.key+" %s", func(s *sqlite3.Stmt) error {
		if row, ok := t.rowOf(s); ok {
			return to.exec(t.insert(), row...)
		}
		return nil
	})
}

// rowOf reads a row, unless damage gave it values of other kinds.
func (t table) rowOf(s *sqlite3.Stmt) (row []any, ok bool) {
	n := s.ColumnCount()
	row = make([]any, n)
	for i := range n {
		got := isNull
		switch s.ColumnType(i) {
		case sqlite3.INTEGER:
			got, row[i] = isInt, s.ColumnInt64(i)
		case sqlite3.TEXT:
			got, row[i] = isText, strings.ToValidUTF8(s.ColumnText(i), "\uFFFD")
		case sqlite3.BLOB:
			got, row[i] = isBlob, s.ColumnBlob(i, nil)
		}
		if got == isNull || t.kinds != "" && i > 0 && got != kind(t.kinds[i]) {
			return nil, false
		}
	}
	return row, true
}

// savedMarks finds lost rows of statuses in the indexes over them, which hold
// the number of arrival and which articles are unread or starred.
func savedMarks(from, to *conn) error {
	recovered := map[int64]bool{}
	err := bothEnds(from, "SELECT arrival, article FROM statuses INDEXED BY statuses_arrival ORDER BY arrival %s", func(s *sqlite3.Stmt) error {
		before := to.TotalChanges()
		err := to.exec(`INSERT OR IGNORE INTO statuses(article, arrival, arrived, changed, read, starred, updated, backlog)
			VALUES(?2, ?1, coalesce((SELECT first_seen FROM texts WHERE arrival = ?1), 0), 0, 1, 0, 0, 0)`, s.ColumnInt64(0), s.ColumnInt64(1))
		if to.TotalChanges() > before {
			recovered[s.ColumnInt64(1)] = true
		}
		return err
	})
	if err != nil || len(recovered) == 0 {
		return err
	}
	for _, m := range []struct{ from, set string }{
		{"SELECT article FROM statuses INDEXED BY statuses_unread WHERE read = 0 ORDER BY article %s", "UPDATE statuses SET read = 0 WHERE article = ?"},
		{"SELECT article FROM statuses INDEXED BY statuses_starred WHERE starred = 1 ORDER BY article %s", "UPDATE statuses SET starred = 1 WHERE article = ?"},
	} {
		err := bothEnds(from, m.from, func(s *sqlite3.Stmt) error {
			if !recovered[s.ColumnInt64(0)] {
				return nil
			}
			return to.exec(m.set, s.ColumnInt64(0))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bothEnds walks a list from both ends until damage stops it. Only errors of row
// are returned.
func bothEnds(c *conn, sql string, row func(s *sqlite3.Stmt) error) error {
	for _, order := range []string{"", "DESC"} {
		var broken error
		err := c.each(strings.ReplaceAll(sql, "%s", order), nil, func(s *sqlite3.Stmt) error {
			broken = row(s)
			return broken
		})
		if broken != nil || err == nil {
			return broken
		}
		if errors.Is(err, sqlite3.INTERRUPT) {
			return err
		}
	}
	return nil
}
