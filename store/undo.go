package store

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// Undo takes back the last act that was not taken back yet: exactly the articles
// that it changed. It returns ErrNothing when there is none.
func (s *Store) Undo(ctx context.Context) (Undone, error) {
	return s.redoing(ctx, "SELECT max(step) FROM mark_log WHERE undone = 0", 1)
}

// Redo does the act again that was taken back last, until another act is done.
// It returns ErrNothing when there is none.
func (s *Store) Redo(ctx context.Context) (Undone, error) {
	return s.redoing(ctx, "SELECT min(step) FROM mark_log WHERE undone = 1", 0)
}

// redoing turns the step that which selects into the state undone.
func (s *Store) redoing(ctx context.Context, which string, undone int) (u Undone, err error) {
	err = s.write(ctx, kept, func(c *conn) error {
		step, _, err := c.number(which)
		if err != nil {
			return err
		}
		if step == 0 {
			return ErrNothing
		}
		parts, err := readStep(c, step)
		if err != nil {
			return err
		}
		m := marker{c: c, counters: deltas{}, now: unix(s.now())}
		for _, p := range parts {
			u.Act = p.act
			n, err := p.turn(&m, undone == 1)
			if err != nil {
				return err
			}
			u.N += n
		}
		if err := m.counters.apply(c); err != nil {
			return err
		}
		return c.exec("UPDATE mark_log SET undone = ? WHERE step = ?", undone, step)
	})
	return u, err
}

// logged is a row of the mark log.
type logged struct {
	act      Act
	articles []byte
}

func readStep(c *conn, step int64) (parts []logged, err error) {
	err = c.each("SELECT act, articles FROM mark_log WHERE step = ?", []any{step}, func(s *sqlite3.Stmt) error {
		parts = append(parts, logged{Act(s.ColumnText(0)), s.ColumnBlob(1, nil)})
		return nil
	})
	return parts, err
}

// turn takes a part back, or does it again.
func (l logged) turn(m *marker, back bool) (n int, err error) {
	err = unpackMarks(l.articles, func(id feeds.ArticleID, before marks) error {
		old, ok, err := readMarks(m.c, id)
		if err != nil || !ok {
			return err
		}
		changed := old.after(l.act)
		if back {
			changed = old.back(l.act, before)
		}
		if changed == old {
			return nil
		}
		n++
		return m.set(id, old, changed)
	})
	return n, err
}

// back is how the marks were before the act; other marks stay as they are now.
func (m marks) back(act Act, before marks) marks {
	switch act {
	case Read:
		m.read, m.updated = before.read, before.updated
	case Unread:
		m.read = true
	case Star:
		m.starred = false
	case Unstar:
		m.starred = true
	}
	return m
}
