package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// articleFlags are what lists show of an article besides its texts.
type articleFlags int64

const (
	flagUndated articleFlags = 1 << iota // ordered by when it was first seen
	flagImage
	flagEnclosure
	flagFullText // the article page's own body is stored
)

// rowColumns is what a row of a list shows, of articles a, statuses s, feeds f.
const rowColumns = `a.id, a.story_id, a.feed, a.title, a.source, f.source, f.title, a.link, a.lang, a.at, a.flags,
	f.paywall, s.arrived, s.arrival, s.read, s.starred, s.updated`

// scanRow reads rowColumns.
func scanRow(s *sqlite3.Stmt) Row {
	flags := articleFlags(s.ColumnInt64(10))
	r := Row{
		ID:           feeds.ArticleID(s.ColumnInt64(0)),
		Story:        feeds.StoryID(s.ColumnInt64(1)),
		Feed:         feeds.FeedID(s.ColumnInt64(2)),
		Title:        s.ColumnText(3),
		Source:       cmp.Or(s.ColumnText(4), s.ColumnText(5), s.ColumnText(6)),
		Link:         s.ColumnText(7),
		Lang:         s.ColumnText(8),
		At:           fromUnix(s.ColumnInt64(9)),
		Undated:      flags&flagUndated != 0,
		HasImage:     flags&flagImage != 0,
		HasEnclosure: flags&flagEnclosure != 0,
		FullText:     flags&flagFullText != 0,
		Paywall:      s.ColumnBool(11),
		Arrived:      fromUnix(s.ColumnInt64(12)),
		Arrival:      s.ColumnInt64(13),
		Read:         s.ColumnBool(14),
		Starred:      s.ColumnBool(15),
		Updated:      s.ColumnBool(16),
	}
	return r
}

// Rows returns the rows of the articles in the order of ids, without those that
// are not there: it is how a screen learns what became of the rows it shows.
func (s *Store) Rows(ctx context.Context, ids []feeds.ArticleID) (rows []Row, err error) {
	rows = make([]Row, 0, len(ids))
	err = s.read(ctx, func(c *conn) error {
		for _, id := range ids {
			r, ok, err := row(c, id)
			if err != nil {
				return err
			}
			if ok {
				rows = append(rows, r)
			}
		}
		return nil
	})
	return rows, err
}

func row(c *conn, id feeds.ArticleID) (r Row, ok bool, err error) {
	const one = "SELECT " + rowColumns + ` FROM articles a CROSS JOIN statuses s ON s.article = a.id
		CROSS JOIN feeds f ON f.id = a.feed WHERE a.id = ?`
	err = c.each(one, []any{id}, func(st *sqlite3.Stmt) error {
		r, ok = scanRow(st), true
		return errStop
	})
	return r, ok, err
}

// insertRows puts rows into a list in its order and drops doubles.
func insertRows(list, more []Row, oldestFirst bool) []Row {
	list = append(list, more...)
	slices.SortFunc(list, func(a, b Row) int {
		if oldestFirst {
			a, b = b, a
		}
		return cmp.Compare(b.ID, a.ID)
	})
	return slices.CompactFunc(list, func(a, b Row) bool { return a.ID == b.ID })
}
