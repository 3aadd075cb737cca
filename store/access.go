package store

import (
	"context"
	"encoding/json"
	"fmt"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// Access returns what the reader set for asking a feed.
func (s *Store) Access(ctx context.Context, id feeds.FeedID) (a feeds.Access, err error) {
	err = s.read(ctx, func(c *conn) error {
		text, ok, err := c.text("SELECT access FROM feeds WHERE id = ?", id)
		if err == nil && !ok {
			err = fmt.Errorf("read access of feed %d: %w", id, ErrNotFound)
		}
		if err != nil {
			return err
		}
		a, err = parseAccess(text)
		return err
	})
	return a, err
}

// SetAccess replaces what the reader set for asking a feed. The next request is
// made without validators: another reader may be served another feed.
func (s *Store) SetAccess(ctx context.Context, id feeds.FeedID, a feeds.Access) error {
	text := ""
	if !a.IsZero() {
		b, err := json.Marshal(a)
		if err != nil {
			return fmt.Errorf("keep access of feed %d: %w", id, err)
		}
		text = string(b)
	}
	return s.write(ctx, kept, func(c *conn) error {
		before := c.TotalChanges()
		if err := c.exec("UPDATE feeds SET access = ? WHERE id = ?", text, id); err != nil {
			return err
		}
		if c.TotalChanges() == before {
			return fmt.Errorf("keep access of feed %d: %w", id, ErrNotFound)
		}
		return c.exec("UPDATE fetches SET etag = '', last_modified = '', body_hash = 0, next_due = 0 WHERE feed = ?", id)
	})
}

func parseAccess(text string) (a feeds.Access, err error) {
	if text == "" {
		return a, nil
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return a, fmt.Errorf("read access of a feed: %w", err)
	}
	return a, nil
}

// place stores where a feed is to be asked from now on, and that it is on the
// public internet.
func (v *saver) place(o *refresh.Outcome) error {
	if o.Address != "" {
		err := v.c.exec(`UPDATE OR IGNORE feeds SET url = ?1, private = 0, edited = 1,
				publisher = CASE WHEN publisher LIKE 'source:%' THEN publisher ELSE ?2 END WHERE id = ?3`,
			o.Address, publisher(feeds.Feed{URL: o.Address}), o.Feed)
		if err != nil {
			return err
		}
	}
	if !o.Public {
		return nil
	}
	return v.c.exec("UPDATE feeds SET private = 0 WHERE id = ? AND private = 1", o.Feed)
}
