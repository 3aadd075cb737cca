package store

import (
	"context"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// How much one step of FillWatches looks at and changes: about 50 ms.
const (
	lookedAtOnce = 20_000 // articles that a search walks over
	filledAtOnce = 1_000  // rows of a list
)

// FillWatches brings the lists of watches up to what is stored, after one was
// made or changed: the newest articles first, in short transactions until the
// time is used up, never less than one. It reports whether there is more. It goes
// on where it or another process was stopped, and costs nothing when all is done.
func (s *Store) FillWatches(ctx context.Context, budget time.Duration) (more bool, err error) {
	for end := time.Now().Add(budget); ; {
		more, err = s.fillMore(ctx)
		if err != nil || !more || time.Now().After(end) {
			return more, err
		}
	}
}

// fillMore does the next step and reports whether there was one.
func (s *Store) fillMore(ctx context.Context) (bool, error) {
	var removed int64
	var next *storedWatch
	rebuild := int64(0)
	err := s.read(ctx, func(c *conn) (err error) {
		if removed, _, err = c.number("SELECT id FROM watches WHERE name = ''"); err != nil {
			return err
		}
		if rebuild, err = numberSetting(c, keyRebuild); err != nil {
			return err
		}
		all, err := watches(c)
		if i := slices.IndexFunc(all, s.unfilled); i >= 0 {
			next = &all[i]
		}
		return err
	})
	switch {
	case err != nil:
		return false, err
	case removed > 0:
		return true, s.write(ctx, fetchable, func(c *conn) error {
			_, err := sweep(c, feeds.WatchID(removed))
			return err
		})
	case next == nil || rebuild > 0: // a search that misses articles would take them out
		return false, nil
	}
	// The search is made by another connection, since this one must not search
	// (segment.go), while nobody else can write: both see the same articles.
	return true, s.find(ctx, func(searching *conn) error {
		return s.write(ctx, fetchable, func(c *conn) error { return s.fill(searching, c, next.ID) })
	})
}

// unfilled reports whether stored articles are still to be looked at for a watch.
func (s *Store) unfilled(w storedWatch) bool {
	return w.pending > 0 || w.meaning != s.watcher(w).meaning()
}

// sweep takes the next articles out of the list of a watch that was removed, and
// reports whether there are more. At the end the watch itself goes.
func sweep(c *conn, id feeds.WatchID) (more bool, err error) {
	l, err := newWatchLists(c)
	if err != nil {
		return false, err
	}
	have, err := members(c, id, 0, everything)
	if err != nil {
		return false, err
	}
	for _, a := range have {
		if err := l.change(id, a, false); err != nil {
			return false, err
		}
	}
	if err := l.counters.apply(c); err != nil || len(have) == filledAtOnce {
		return true, err
	}
	if err := c.exec("DELETE FROM counters WHERE kind = ? AND id = ?", int(ofWatch), id); err != nil {
		return false, err
	}
	return false, c.exec("DELETE FROM watches WHERE id = ? AND name = ''", id)
}

func newWatchLists(c *conn) (*watchLists, error) {
	end, err := numberSetting(c, keyVisitEnd)
	return &watchLists{c: c, counters: deltas{}, visitEnd: end}, err
}

// change is put for an article whose status is not at hand.
func (l *watchLists) change(watch feeds.WatchID, id feeds.ArticleID, in bool) error {
	st, err := readArrived(l.c, id)
	if err != nil {
		return err
	}
	return l.put(watch, id, st, in)
}

// fill looks at the next stored articles for a watch.
func (s *Store) fill(searching, c *conn, id feeds.WatchID) error {
	all, err := watches(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(w storedWatch) bool { return w.ID == id })
	rebuild, err := numberSetting(c, keyRebuild)
	if err != nil || i < 0 || !s.unfilled(all[i]) || rebuild > 0 {
		return err // another process was here meanwhile
	}
	w, below := s.watcher(all[i]), all[i].pending
	if all[i].meaning != w.meaning() {
		below = everything
	}
	from, _, err := c.number("SELECT id FROM articles WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?", below, lookedAtOnce-1)
	if err != nil {
		return err
	}
	from, err = s.compare(searching, c, w, feeds.ArticleID(from), below)
	if err != nil {
		return err
	}
	return c.exec("UPDATE watches SET pending = ?, meaning = ? WHERE id = ?", from, w.meaning(), id)
}

// compare makes the list of a watch hold what its query finds of the articles
// from up to below, or of as many of the newest of them as one step may change;
// it returns where it stopped.
func (s *Store) compare(searching, c *conn, w watcher, from, below feeds.ArticleID) (int64, error) {
	want, err := found(searching, w.expr, from, below)
	if err != nil {
		return 0, err
	}
	have, err := members(c, w.id, from, below)
	if err != nil {
		return 0, err
	}
	for _, ids := range [][]feeds.ArticleID{want, have} {
		if len(ids) == filledAtOnce {
			from = max(from, ids[len(ids)-1])
		}
	}
	l, err := newWatchLists(c)
	if err != nil {
		return 0, err
	}
	in := make(map[feeds.ArticleID]bool, len(want))
	for _, a := range want {
		if in[a] = true; a < from {
			continue
		}
		if err := l.change(w.id, a, true); err != nil {
			return 0, err
		}
	}
	for _, a := range have {
		if a < from || in[a] {
			continue
		}
		if err := l.change(w.id, a, false); err != nil {
			return 0, err
		}
	}
	return int64(from), l.counters.apply(c)
}

// found returns the newest articles from up to below that a query finds, at most
// filledAtOnce. Prefixes are taken in full, as they are when articles are saved.
func found(c *conn, e query.Expr, from, below feeds.ArticleID) (ids []feeds.ArticleID, err error) {
	sel, err := selectFiltered(c, Scope{}, e)
	if err != nil {
		return nil, err
	}
	sel.bare = false
	sel.where = append(sel.where, all(sel.id+" >= ?", from), all(sel.id+" < ?", below))
	return sel.ids(c, filledAtOnce)
}

// members returns the newest articles from up to below of a watch's list, at most
// filledAtOnce.
func members(c *conn, id feeds.WatchID, from, below feeds.ArticleID) (ids []feeds.ArticleID, err error) {
	err = c.each("SELECT article FROM watch_articles WHERE watch = ? AND article >= ? AND article < ? ORDER BY article DESC LIMIT ?",
		[]any{id, from, below, filledAtOnce}, func(s *sqlite3.Stmt) error {
			ids = append(ids, feeds.ArticleID(s.ColumnInt64(0)))
			return nil
		})
	return ids, err
}
