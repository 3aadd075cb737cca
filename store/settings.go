package store

import (
	"context"
	"strconv"
	"time"
)

// Keys of the settings table that the store itself keeps begin with a dot; no
// caller's key does.
const (
	keyVisit     = ".visit"         // end of the last visit, UTC seconds
	keyVisitEnd  = ".visit-arrival" // highest arrival number then
	keyWordsUpTo = ".words-arrival" // words are counted up to this arrival number
	keyWordsPart = ".words-part"    // and of the next articles up to a word; see position
	keyWordsEdit = ".words-edits"   // how often words of articles changed that were not counted yet
	keyFold      = ".fold-version"  // spelling.FoldVersion of the search index
	keyCheck     = ".check"         // when the file was checked last, UTC seconds
	keyProblem   = ".check-problem" // what was wrong then
	keyRebuild   = ".rebuild"       // articles before this one may be missing in the search index
	keyRouted    = ".routed"        // by which rules articles are routed, and down to which one
)

// Setting returns what was last set under the key, "" when nothing was. A key
// that begins with a dot is the store's own.
func (s *Store) Setting(ctx context.Context, key string) (value string, err error) {
	err = s.read(ctx, func(c *conn) error {
		value, err = setting(c, key)
		return err
	})
	return value, err
}

// SetSetting keeps a value under a key; it survives power loss.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	return s.write(ctx, kept, func(c *conn) error { return setSetting(c, key, value) })
}

func setting(c *conn, key string) (string, error) {
	value, _, err := c.text("SELECT value FROM settings WHERE key = ?", key)
	return value, err
}

func setSetting(c *conn, key, value string) error {
	return c.exec("INSERT INTO settings(key, value) VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value)
}

// numberSetting returns 0 for what was never set.
func numberSetting(c *conn, key string) (int64, error) {
	text, err := setting(c, key)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

func setNumber(c *conn, key string, n int64) error {
	return setSetting(c, key, strconv.FormatInt(n, 10))
}

// EndVisit makes everything that has arrived so far old: New counts start again
// at 0.
func (s *Store) EndVisit(ctx context.Context, now time.Time) error {
	return s.write(ctx, kept, func(c *conn) error {
		last, err := lastArrival(c)
		if err != nil {
			return err
		}
		if err := setNumber(c, keyVisit, unix(now)); err != nil {
			return err
		}
		if err := setNumber(c, keyVisitEnd, last); err != nil {
			return err
		}
		return c.exec("UPDATE counters SET fresh = 0 WHERE fresh <> 0")
	})
}

// Arrival returns the highest arrival number so far, 0 in an empty store.
func (s *Store) Arrival(ctx context.Context) (n int64, err error) {
	err = s.read(ctx, func(c *conn) error {
		n, err = lastArrival(c)
		return err
	})
	return n, err
}

func lastArrival(c *conn) (int64, error) {
	n, _, err := c.number("SELECT max(arrival) FROM statuses")
	return n, err
}

// Version returns a number that is another one after any process, this one
// included, has changed the store. It means nothing across Open.
func (s *Store) Version(ctx context.Context) (n int64, err error) {
	err = s.read(ctx, func(c *conn) error {
		n, _, err = c.number("PRAGMA data_version")
		return err
	})
	return n, err
}
