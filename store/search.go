package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

const (
	// snippetRunes is the length of a snippet: two lines of a wide list.
	snippetRunes = 200
	// relevant is how many of the newest hits sort:relevance ranks: scoring
	// costs about 2 µs a hit, and older ones are rarely what is meant.
	relevant = 1000
)

// Search returns a window of the articles that match, newest first unless the
// query says otherwise, each with a snippet. Only the newest thousand are ranked
// by relevance. A search that ctx ends gives ctx's error.
func (s *Store) Search(ctx context.Context, q query.Query, w Window) ([]Row, error) {
	return s.search(ctx, q, w, false)
}

// SearchListed is Search without the spellings of names that are guessed. It
// answers sooner: see Spellings.
func (s *Store) SearchListed(ctx context.Context, q query.Query, w Window) ([]Row, error) {
	return s.search(ctx, q, w, true)
}

func (s *Store) search(ctx context.Context, q query.Query, w Window, listed bool) (rows []Row, err error) {
	err = s.find(ctx, func(c *conn) error {
		sel, err := selectScope(c, Scope{Filter: q.Expr, Sort: q.Sort, Listed: listed})
		if err != nil {
			return err
		}
		w.Limit = cmp.Or(max(w.Limit, 0), defaultLimit)
		if q.Sort == query.Relevance && sel.text {
			rows, err = sel.ranked(c, w)
		} else {
			rows, err = sel.rows(c, w)
		}
		if err != nil {
			return err
		}
		return snippets(c, rows, append(query.Words(q.Expr), sel.also...))
	})
	return rows, err
}

// Warm makes ready what the first search would wait for: a connection, and the
// tables of names.
func (s *Store) Warm(ctx context.Context) error {
	return s.find(ctx, func(c *conn) error {
		_, err := c.groups()
		spelling.Prepare()
		return err
	})
}

// Count returns how many articles match, which can take much longer than to
// find the first of them.
func (s *Store) Count(ctx context.Context, q query.Query) (int, error) {
	return s.ScopeCount(ctx, Scope{Filter: q.Expr})
}

// snippets fills in what each row says around the words, from the original text
// that holds them: the feed's, else the page's.
func snippets(c *conn, rows []Row, words []string) error {
	var text []byte
	for i := range rows {
		r := &rows[i]
		for _, sql := range [...]string{"SELECT html FROM texts WHERE arrival = ?", "SELECT html FROM fulltexts WHERE arrival = ?"} {
			html, _, err := c.text(sql, r.Arrival)
			if err != nil {
				return err
			}
			text = document.AppendText(text[:0], html)
			if snippet, marks := query.Snippet(string(text), words, snippetRunes); r.Snippet == "" || len(marks) > 0 {
				r.Snippet, r.Marks = snippet, marks
			}
			if len(r.Marks) > 0 || !r.FullText {
				break
			}
		}
	}
	return nil
}

// ranked returns a window of the newest hits in the order of bm25; of equals
// the newest first.
func (sel *selection) ranked(c *conn, w Window) ([]Row, error) {
	ids, err := sel.ranking(c)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, id := range cut(ids, w) {
		r, ok, err := row(c, id)
		if err != nil {
			return nil, err
		}
		if ok {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// ranking returns the newest hits, the best first.
func (sel *selection) ranking(c *conn) (ids []feeds.ArticleID, err error) {
	newest, err := sel.ids(c, relevant)
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	sql, args := sel.sql(sel.id, "", all(sel.id+" >= ?", newest[len(newest)-1]), " ORDER BY x.rank, "+sel.id+" DESC")
	c.exprs = sel.exprs
	err = c.each(sql, args, func(s *sqlite3.Stmt) error {
		ids = append(ids, feeds.ArticleID(s.ColumnInt64(0)))
		return nil
	})
	return ids, err
}

// cut returns the window of a list that is at hand.
func cut(ids []feeds.ArticleID, w Window) []feeds.ArticleID {
	at := slices.Index(ids, w.From)
	switch {
	case w.Backward && at < 0:
		return ids[max(0, len(ids)-w.Limit):]
	case w.Backward:
		return ids[max(0, at-w.Limit):at]
	}
	return ids[at+1 : min(len(ids), at+1+w.Limit)]
}
