package store

import "github.com/ncruces/go-sqlite3"

// counterKind says what a counter counts.
type counterKind int

const (
	ofAll      counterKind = iota // id 0
	ofBriefing                    // id briefings.num
	ofFeed                        // id feeds.id
	ofWatch                       // id watches.id
)

type counterKey struct {
	kind counterKind
	id   int64
}

// deltas collects what a transaction changes in the counters, so that each of
// them is written once.
type deltas map[counterKey]Counts

func (d deltas) add(kind counterKind, id int64, c Counts) {
	k := counterKey{kind, id}
	sum := d[k]
	sum.Total += c.Total
	sum.Unread += c.Unread
	sum.New += c.New
	d[k] = sum
}

// apply writes the changes, in the transaction that caused them.
func (d deltas) apply(c *conn) error {
	for k, n := range d {
		if n == (Counts{}) {
			continue
		}
		err := c.exec(`INSERT INTO counters(kind, id, total, unread, fresh) VALUES(?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET total = total + excluded.total,
				unread = unread + excluded.unread, fresh = fresh + excluded.fresh`,
			int(k.kind), k.id, n.Total, n.Unread, n.New)
		if err != nil {
			return err
		}
	}
	return nil
}

// counters reads all of them: one for each feed, briefing and watch.
func counters(c *conn) (map[counterKey]Counts, error) {
	all := map[counterKey]Counts{}
	err := c.each("SELECT kind, id, total, unread, fresh FROM counters", nil, func(s *sqlite3.Stmt) error {
		all[counterKey{counterKind(s.ColumnInt(0)), s.ColumnInt64(1)}] =
			Counts{Total: s.ColumnInt(2), Unread: s.ColumnInt(3), New: s.ColumnInt(4)}
		return nil
	})
	return all, err
}

// counter reads one.
func counter(c *conn, kind counterKind, id int64) (n Counts, err error) {
	err = c.each("SELECT total, unread, fresh FROM counters WHERE kind = ? AND id = ?", []any{int(kind), id}, func(s *sqlite3.Stmt) error {
		n = Counts{Total: s.ColumnInt(0), Unread: s.ColumnInt(1), New: s.ColumnInt(2)}
		return errStop
	})
	return n, err
}
