package store

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// WatchesOf returns what the watches that list an article look for, with the
// spellings of names that the catalogue knows.
func (s *Store) WatchesOf(ctx context.Context, id feeds.ArticleID) (all []query.Expr, err error) {
	const listing = `SELECT w.id, w.query FROM watch_articles x JOIN watches w ON w.id = x.watch
		WHERE x.article = ? AND w.name <> '' ORDER BY w.id`
	err = s.read(ctx, func(c *conn) error {
		return c.each(listing, []any{id}, func(row *sqlite3.Stmt) error {
			w := storedWatch{Watch: feeds.Watch{ID: feeds.WatchID(row.ColumnInt64(0)), Query: row.ColumnText(1)}}
			all = append(all, s.watcher(w).expr)
			return nil
		})
	})
	return all, err
}
