package store

import (
	"context"
	"fmt"
	"math"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// Watches keep what their queries find, as briefings keep theirs: the list of a
// watch is stored and its counter is kept. New and changed articles are looked
// at when they are saved (watching.go); what was stored before is looked at in
// short steps, the newest first (fill.go). At the end of that a watch holds
// exactly what its query finds as a search, prefixes being taken in full.

// everything is watches.pending when no stored article has been looked at.
const everything = feeds.ArticleID(math.MaxInt64)

// Taken is a name that another watch has.
type Taken struct{ Name string }

func (e *Taken) Error() string { return fmt.Sprintf("name watch: %q is taken", e.Name) }

// Sentence tells the reader.
func (e *Taken) Sentence() string {
	return fmt.Sprintf("There is a watch %q already; give this one another name.", e.Name)
}

// Watches returns the watches in the order in which they were made.
func (s *Store) Watches(ctx context.Context) (all []feeds.Watch, err error) {
	err = s.read(ctx, func(c *conn) error {
		stored, err := watches(c)
		for _, w := range stored {
			all = append(all, w.Watch)
		}
		return err
	})
	return all, err
}

// AddWatch keeps a new watch and returns it as it is kept. Its name must not be
// another's (Taken); an error of its query is a *query.SyntaxError. It counts what
// comes from now on; FillWatches looks at what is stored.
func (s *Store) AddWatch(ctx context.Context, w feeds.Watch) (feeds.Watch, error) {
	r, err := s.ready(&w)
	if err != nil {
		return w, err
	}
	err = s.write(ctx, kept, func(c *conn) error {
		if err := freeName(c, w); err != nil {
			return err
		}
		w.Made = fromUnix(unix(s.now()))
		err := c.exec("INSERT INTO watches(name, query, made, meaning, pending) VALUES(?, ?, ?, ?, ?)",
			w.Name, w.Query, w.Made, r.meaning(), everything)
		w.ID = feeds.WatchID(c.LastInsertRowID())
		return err
	})
	return w, err
}

// ChangeWatch gives a watch another name, another query or both; see AddWatch.
// After another query FillWatches looks at everything again, and until then what
// the old one found may still be listed.
func (s *Store) ChangeWatch(ctx context.Context, w feeds.Watch) error {
	r, err := s.ready(&w)
	if err != nil {
		return err
	}
	return s.write(ctx, kept, func(c *conn) error {
		if err := freeName(c, w); err != nil {
			return err
		}
		before := c.TotalChanges()
		err := c.exec(`UPDATE watches SET name = ?1, pending = CASE WHEN query = ?2 THEN pending ELSE ?3 END, query = ?2, meaning = ?4
			WHERE id = ?5 AND name <> ''`, w.Name, w.Query, everything, r.meaning(), w.ID)
		if err == nil && c.TotalChanges() == before {
			return fmt.Errorf("change watch %d: %w", w.ID, ErrNotFound)
		}
		return err
	})
}

// RemoveWatch forgets a watch; the articles that it listed stay in the store.
func (s *Store) RemoveWatch(ctx context.Context, id feeds.WatchID) error {
	err := s.write(ctx, kept, func(c *conn) error {
		before := c.TotalChanges()
		if err := c.exec("UPDATE watches SET name = '' WHERE id = ? AND name <> ''", id); err != nil {
			return err
		}
		if c.TotalChanges() == before {
			return fmt.Errorf("remove watch %d: %w", id, ErrNotFound)
		}
		return nil
	})
	for more := err == nil; more && err == nil; {
		err = s.write(ctx, fetchable, func(c *conn) error {
			more, err = sweep(c, id)
			return err
		})
	}
	return err
}

// ready checks a watch that is to be kept and brings it into its form.
func (s *Store) ready(w *feeds.Watch) (watcher, error) {
	name, err := feeds.WatchName(w.Name)
	if err != nil {
		return watcher{}, err
	}
	e, err := query.ParseStanding(w.Query, s.standing())
	if err != nil {
		return watcher{}, err
	}
	w.Name, w.Query = name, e.String()
	return newWatcher(w.ID, s.certain(e)), nil
}

// standing are the options by which queries of watches are read.
func (s *Store) standing() query.Options { return query.Options{Now: s.now(), Location: s.zone} }

// freeName returns Taken when another watch has the name, in whatever spelling.
func freeName(c *conn, w feeds.Watch) error {
	all, err := watches(c)
	if err != nil {
		return err
	}
	folded := spelling.Fold(w.Name)
	for _, other := range all {
		if other.ID != w.ID && (other.Name == w.Name || folded != "" && spelling.Fold(other.Name) == folded) {
			return &Taken{other.Name}
		}
	}
	return nil
}

// storedWatch is a watch and how far its list is made.
type storedWatch struct {
	feeds.Watch
	meaning int64
	pending feeds.ArticleID
}

// watches reads those that were not removed.
func watches(c *conn) (all []storedWatch, err error) {
	err = c.each("SELECT id, name, query, made, meaning, pending FROM watches WHERE name <> '' ORDER BY id", nil, func(st *sqlite3.Stmt) error {
		all = append(all, storedWatch{
			feeds.Watch{ID: feeds.WatchID(st.ColumnInt64(0)), Name: st.ColumnText(1), Query: st.ColumnText(2), Made: fromUnix(st.ColumnInt64(3))},
			st.ColumnInt64(4), feeds.ArticleID(st.ColumnInt64(5)),
		})
		return nil
	})
	return all, err
}

// watchStates reads the watches with their counters.
func (s *Store) watchStates(c *conn, counts map[counterKey]Counts) ([]WatchState, error) {
	all, err := watches(c)
	if err != nil {
		return nil, err
	}
	out := make([]WatchState, len(all))
	for i, w := range all {
		out[i] = WatchState{w.Watch, counts[counterKey{ofWatch, int64(w.ID)}], s.unfilled(w)}
	}
	return out, nil
}
