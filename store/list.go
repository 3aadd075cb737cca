package store

import (
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// defaultLimit is the size of a window that names none.
const defaultLimit = 100

// List returns a window of a scope. It costs what the window costs, not what
// the list is long.
func (s *Store) List(ctx context.Context, sc Scope, w Window) (rows []Row, err error) {
	lend := s.read
	if sc.Filter != nil {
		lend = s.find
	}
	err = lend(ctx, func(c *conn) error {
		rows, err = listRows(c, sc, w)
		return err
	})
	return rows, err
}

func listRows(c *conn, sc Scope, w Window) ([]Row, error) {
	sel, err := selectScope(c, sc)
	if err != nil {
		return nil, err
	}
	if w.Limit <= 0 {
		w.Limit = defaultLimit
	}
	rows, err := sel.rows(c, w)
	if err != nil || len(sc.Keep) == 0 || !sc.UnreadOnly {
		return rows, err
	}
	return keep(c, sc, w, rows)
}

// rows reads a window.
func (sel *selection) rows(c *conn, w Window) ([]Row, error) {
	last, tail, reverse := sel.window(w)
	sql, args := sel.sql(rowColumns, " CROSS JOIN feeds f ON f.id = a.feed", last, tail)
	rows := make([]Row, 0, min(w.Limit, defaultLimit))
	c.exprs = sel.exprs
	err := c.each(sql, append(args, w.Limit), func(s *sqlite3.Stmt) error {
		rows = append(rows, scanRow(s))
		return nil
	})
	if reverse {
		slices.Reverse(rows)
	}
	return rows, err
}

// keep adds the articles of sc.Keep that lie in the window: read since, but
// still in the list they were read in.
func keep(c *conn, sc Scope, w Window, rows []Row) ([]Row, error) {
	sc.UnreadOnly = false
	sel, err := selectScope(c, sc)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(sc.Keep))
	for i, id := range sc.Keep {
		ids[i] = int64(id)
	}
	sel.where = append(sel.where, all(sel.id+" IN "+numbers(ids)))
	if len(rows) == w.Limit { // not beyond what the window shows
		edge := rows[len(rows)-1].ID
		if w.Backward {
			edge = rows[0].ID
		}
		beyond := " >= ?"
		if sc.Sort == query.Oldest != w.Backward {
			beyond = " <= ?"
		}
		sel.where = append(sel.where, all(sel.id+beyond, edge))
	}
	more, err := sel.rows(c, w)
	if err != nil {
		return nil, err
	}
	rows = insertRows(rows, more, sel.oldest)
	if over := len(rows) - w.Limit; over > 0 && w.Backward {
		rows = rows[over:]
	} else if over > 0 {
		rows = rows[:w.Limit]
	}
	return rows, nil
}

// ScopeCount returns how many articles a scope holds. Without a filter it
// starts from the counters and takes off what arrived after the bound.
func (s *Store) ScopeCount(ctx context.Context, sc Scope) (n int, err error) {
	err = s.find(ctx, func(c *conn) error {
		sc, err := sc.spelledOut(c)
		if err != nil {
			return err
		}
		if sc.counted() {
			n, err = keptCount(c, sc)
			return err
		}
		sel, err := selectScope(c, sc)
		if err != nil {
			return err
		}
		n, err = sel.count(c)
		return err
	})
	return n, err
}

// spelledOut is the same scope without the parts of its filter that a scope can
// say itself, and so be counted already.
func (sc Scope) spelledOut(c *conn) (Scope, error) {
	var rest query.And
	k := &compiler{c: c}
	for _, x := range conjuncts(sc.Filter) {
		said, err := sc.say(k, x)
		if err != nil {
			return sc, err
		}
		if !said {
			rest = append(rest, x)
		}
	}
	switch len(rest) {
	case 0:
		sc.Filter = nil
	case 1:
		sc.Filter = rest[0]
	default:
		sc.Filter = rest
	}
	return sc, nil
}

// say makes the scope narrower by a part of a filter, if it can.
func (sc *Scope) say(k *compiler, x query.Expr) (bool, error) {
	switch x := x.(type) {
	case query.Is:
		if x.Flag == "unread" && len(sc.Keep) == 0 {
			sc.UnreadOnly = true
			return true, nil
		}
	case query.Attr:
		if x.Name == "briefing" && sc.Briefing == "" && sc.Feed == 0 && sc.Watch == 0 {
			nums, err := k.briefings(x)
			if err != nil || len(nums) != 1 {
				return false, err
			}
			id, ok, err := k.c.text("SELECT id FROM briefings WHERE num = ?", nums[0])
			sc.Briefing = id
			return ok, err
		}
	}
	return false, nil
}

// counted reports whether a counter holds the scope's size, but for what
// arrived later.
func (sc Scope) counted() bool {
	lists := 0
	for _, named := range [...]bool{sc.Briefing != "", sc.Feed != 0, sc.Watch != 0} {
		if named {
			lists++
		}
	}
	return sc.Filter == nil && !sc.Starred && sc.UpTo == 0 && lists <= 1
}

func keptCount(c *conn, sc Scope) (int, error) {
	kind, id, member := ofAll, int64(0), "EXISTS(SELECT 1 FROM articles y WHERE y.id = s.article)"
	switch {
	case sc.Briefing != "":
		num, ok, err := c.number("SELECT num FROM briefings WHERE id = ?", sc.Briefing)
		if err != nil || !ok {
			return 0, err
		}
		kind, id = ofBriefing, num
		member = "EXISTS(SELECT 1 FROM briefing_articles y WHERE y.briefing = ?2 AND y.article = s.article)"
	case sc.Feed != 0:
		kind, id = ofFeed, int64(sc.Feed)
		member = "EXISTS(SELECT 1 FROM sightings y WHERE y.feed = ?2 AND y.article = s.article)"
	case sc.Watch != 0:
		kind, id = ofWatch, int64(sc.Watch)
		member = "EXISTS(SELECT 1 FROM watch_articles y WHERE y.watch = ?2 AND y.article = s.article)"
	}
	counts, err := counter(c, kind, id)
	if err != nil {
		return 0, err
	}
	n, unread := counts.Total, ""
	if sc.UnreadOnly {
		n, unread = counts.Unread, " AND s.read = 0"
	}
	if sc.MaxArrival == 0 {
		return n, nil
	}
	later, _, err := c.number("SELECT count(*) FROM statuses s INDEXED BY statuses_arrival WHERE s.arrival > ?1 AND (?2 = ?2) AND "+member+unread, sc.MaxArrival, id)
	return n - int(later), err
}

// count walks the whole selection.
func (sel *selection) count(c *conn) (int, error) {
	sql, args := sel.sql("count(*)", "", clause{}, "")
	if sel.bare {
		sql, args = "SELECT count(*) FROM search x WHERE x.search MATCH ?", sel.where[0].args
	}
	c.exprs = sel.exprs
	n, _, err := c.number(sql, args...)
	return int(n), err
}

// ids returns the first articles of the selection.
func (sel *selection) ids(c *conn, limit int) (ids []feeds.ArticleID, err error) {
	_, tail, _ := sel.window(Window{})
	sql, args := sel.sql(sel.id, "", clause{}, tail)
	c.exprs = sel.exprs
	err = c.each(sql, append(args, limit), func(s *sqlite3.Stmt) error {
		ids = append(ids, feeds.ArticleID(s.ColumnInt64(0)))
		return nil
	})
	return ids, err
}
