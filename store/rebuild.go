package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// The search index and the words table are made from the stored texts, so that
// nothing is lost with them. A rebuild drops both in one transaction and writes
// them again in short ones, the newest articles first. Which articles are still
// to come is kept in the store: a process that is killed leaves the rest to the
// next one, and searches find what is there already.

// indexedAtOnce is how many articles a transaction of a rebuild indexes.
const indexedAtOnce = 250

// dropIndex empties the search index and the words table and notes that all
// articles are to be indexed and counted.
func (s *Store) dropIndex(c *conn) error {
	s.words = nil
	c.forget()
	return s.commit(c, fetchable, func(c *conn) error {
		if err := c.Exec("DROP TABLE IF EXISTS search;" + searchSchema); err != nil {
			return err
		}
		newest, _, err := c.number("SELECT max(id) FROM articles")
		if err != nil {
			return err
		}
		if err := setNumber(c, keyRebuild, newest+1); err != nil {
			return err
		}
		return dropWords(c)
	})
}

// dropWords empties the words table; catchUp fills it.
func dropWords(c *conn) error {
	if err := c.Exec("DELETE FROM words"); err != nil {
		return err
	}
	return position{}.write(c)
}

// indexMore indexes the next articles of a rebuild and reports whether more are
// left.
func (s *Store) indexMore(ctx context.Context, c *conn) (more bool, err error) {
	if from, err := numberSetting(c, keyRebuild); err != nil || from == 0 {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return true, err
	}
	x := indexWriter{postings: &s.postings}
	err = s.commit(c, fetchable, func(c *conn) error {
		from, err := numberSetting(c, keyRebuild)
		if err != nil {
			return err
		}
		ids, err := unindexed(c, from)
		if err != nil {
			return err
		}
		if more = len(ids) > 0; !more {
			return c.exec("DELETE FROM settings WHERE key = ?", keyRebuild)
		}
		if err := collect(c, &s.postings, ids); err != nil {
			return err
		}
		if err := x.write(c); err != nil {
			return err
		}
		return setNumber(c, keyRebuild, int64(ids[0]))
	})
	if err == nil && x.crowded {
		_, err = s.merge(c, 2*x.leaves, x.first)
	}
	return more, err
}

// unindexed returns the next articles before from that are not in the index, in
// ascending order. Those that a refresh saved meanwhile are.
func unindexed(c *conn, from int64) (ids []feeds.ArticleID, err error) {
	const next = `SELECT id FROM articles a WHERE id < ? AND NOT EXISTS(SELECT 1 FROM search_docsize d WHERE d.id = a.id)
		ORDER BY id DESC LIMIT ?`
	err = c.each(next, []any{from, indexedAtOnce}, func(s *sqlite3.Stmt) error {
		ids = append(ids, feeds.ArticleID(s.ColumnInt64(0)))
		return nil
	})
	slices.Reverse(ids)
	return ids, err
}

// collect finds the words of stored articles.
func collect(c *conn, p *postings, ids []feeds.ArticleID) error {
	p.reset()
	for _, id := range ids {
		text, ok, err := foldStored(c, id)
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("index article %v: %w", id, errors.New("its text is missing"))
		}
		p.add(id, text[columnBody], text[columnTitle], text[columnAuthor])
	}
	return nil
}
