package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// Purging is the one act that removes articles, and the reader's alone. What they
// did with an article and what it is recognised by stay: one that a feed serves
// again is known, and does not come back.

// Purge says which articles are to be removed.
type Purge struct {
	Filter query.Expr // those that match; nil for all
	Keep   int        // of these the newest so many stay
	Unread bool       // unread ones go, too
}

// Purgeable is what a Purge would remove, and what it would spare.
type Purgeable struct {
	IDs     []feeds.ArticleID // newest first
	Starred int               // spared: starred ones never go
	Unread  int               // spared, unless Purge.Unread
}

// Purgeable returns which articles a purge would remove now.
func (s *Store) Purgeable(ctx context.Context, p Purge) (out Purgeable, err error) {
	err = s.find(ctx, func(c *conn) error {
		sel, err := selectScope(c, Scope{Filter: p.Filter})
		if err != nil {
			return err
		}
		sel.bare = false
		c.exprs = sel.exprs
		sql, args := sel.sql("a.id, s.read, s.starred", "", clause{}, " ORDER BY "+sel.id+" DESC")
		n := 0
		return c.each(sql, args, func(st *sqlite3.Stmt) error {
			n++
			switch {
			case n <= p.Keep:
			case st.ColumnBool(2):
				out.Starred++
			case !st.ColumnBool(1) && !p.Unread:
				out.Unread++
			default:
				out.IDs = append(out.IDs, feeds.ArticleID(st.ColumnInt64(0)))
			}
			return nil
		})
	})
	return out, err
}

// purgedAtOnce is how many articles one transaction removes: many share their
// words, which are taken off the table once for all of them.
const purgedAtOnce = 2000

// Purge removes articles, but for those that were starred meanwhile, or made
// unread unless unread ones may go. It takes short transactions: when ctx ends, n
// tells how many are gone. Nobody may refresh meanwhile (Busy). done, which may be
// nil, hears n after each of them.
func (s *Store) Purge(ctx context.Context, ids []feeds.ArticleID, unread bool, done func(n int)) (n int, err error) {
	claim, err := s.reserveWriting(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, claim.Release()) }()
	// Words that are not counted yet cannot be taken off.
	if err := errors.Join(s.withWriter(ctx, s.flushWords), s.tidyAll(ctx)); err != nil {
		return 0, err
	}
	for len(ids) > 0 {
		piece := ids[:min(len(ids), purgedAtOnce)]
		ids = ids[len(piece):]
		gone := 0
		err := s.write(ctx, kept, func(c *conn) error {
			p := &purger{c: c, counters: deltas{}, words: map[string]int{}, unread: unread}
			err := p.remove(piece)
			gone = p.gone
			return err
		})
		if err != nil {
			return n, err
		}
		n += gone
		if done != nil {
			done(n)
		}
	}
	return n, nil
}

// purger is one transaction of Purge.
type purger struct {
	c        *conn
	counters deltas
	words    map[string]int // how many articles fewer hold them
	unread   bool
	visitEnd int64
	counted  int64 // up to this arrival number words are in the table
	gone     int
}

func (p *purger) remove(ids []feeds.ArticleID) (err error) {
	if p.visitEnd, err = numberSetting(p.c, keyVisitEnd); err != nil {
		return err
	}
	if p.counted, err = numberSetting(p.c, keyWordsUpTo); err != nil {
		return err
	}
	for _, id := range ids {
		m, ok, err := readMarks(p.c, id)
		if err != nil {
			return err
		}
		if !ok || m.starred || !m.read && !p.unread {
			continue
		}
		if err := p.article(id); err != nil {
			return fmt.Errorf("remove article %v: %w", id, err)
		}
		p.gone++
	}
	for _, w := range slices.Sorted(maps.Keys(p.words)) { // the order that the table is in
		if err := countWord(p.c, w, -p.words[w]); err != nil {
			return err
		}
	}
	return p.counters.apply(p.c)
}

// article removes all of an article but its status and its keys.
func (p *purger) article(id feeds.ArticleID) error {
	st, err := readArrived(p.c, id)
	if err != nil {
		return err
	}
	text, _, err := foldStored(p.c, id)
	if err != nil {
		return err
	}
	if st.arrival <= p.counted {
		seen := map[string]bool{}
		for w := range wordsOf(text) {
			if !seen[string(w)] {
				seen[string(w)] = true
				p.words[string(w)]++
			}
		}
	}
	if err := p.unlist(id, st); err != nil {
		return err
	}
	for _, sql := range [...]string{
		"DELETE FROM search WHERE rowid = ?",
		"DELETE FROM fulltexts WHERE arrival = (SELECT arrival FROM statuses WHERE article = ?)",
		"DELETE FROM pages WHERE arrival = (SELECT arrival FROM statuses WHERE article = ?)",
		"DELETE FROM texts WHERE arrival = (SELECT arrival FROM statuses WHERE article = ?)",
		"DELETE FROM revisions WHERE article = ?",
		"DELETE FROM articles WHERE id = ?",
		"UPDATE statuses SET read = 1, updated = 0 WHERE article = ?",
	} {
		if err := p.c.exec(sql, id); err != nil {
			return err
		}
	}
	return nil
}

// unlist takes an article out of the lists that it is in, and off their counters.
func (p *purger) unlist(id feeds.ArticleID, st arrived) error {
	one := st.counts(p.visitEnd)
	less := Counts{Total: -one.Total, Unread: -one.Unread, New: -one.New}
	p.counters.add(ofAll, 0, less)
	lists, err := listsOf(p.c, id)
	if err != nil {
		return err
	}
	for _, l := range lists {
		p.counters.add(l.kind, l.id, less)
		sql := [...]string{
			ofFeed:     "DELETE FROM sightings WHERE feed = ? AND article = ?",
			ofBriefing: "DELETE FROM briefing_articles WHERE briefing = ? AND article = ?",
			ofWatch:    "DELETE FROM watch_articles WHERE watch = ? AND article = ?",
		}
		if err := p.c.exec(sql[l.kind], l.id, id); err != nil {
			return err
		}
	}
	return nil
}
