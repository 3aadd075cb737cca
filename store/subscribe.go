package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
)

// Subscribe subscribes a briefing with its own feeds and, of the general feeds
// that its rules pick articles from, those with the given catalogue ids instead
// of any chosen before; nil leaves that choice alone. What the store holds of
// its own feeds is in the briefing at once.
func (s *Store) Subscribe(ctx context.Context, briefing string, general []string) error {
	cat, err := s.shipped()
	if err != nil {
		return err
	}
	return s.write(ctx, kept, func(c *conn) error {
		if err := requireBriefing(c, cat, briefing); err != nil {
			return fmt.Errorf("subscribe %s: %w", briefing, err)
		}
		num, err := subscribed(c, briefing)
		if err != nil {
			return err
		}
		if err := ownFeeds(c, cat, briefing, num); err != nil || general == nil {
			return err
		}
		return chooseGeneral(c, cat, num, general)
	})
}

// subscribed makes sure that a briefing is subscribed, at the end of its group,
// and returns its number.
func subscribed(c *conn, briefing string) (int64, error) {
	num, err := briefingNum(c, briefing)
	if err != nil {
		return 0, err
	}
	return num, c.exec(`UPDATE briefings SET position = (SELECT max(position) + 1 FROM briefings)
		WHERE num = ? AND position = 0`, num)
}

// ownFeeds subscribes the catalogue's own feeds of a briefing, but for those that
// the reader removed.
func ownFeeds(c *conn, cat *catalog.Catalog, briefing string, num int64) error {
	for _, f := range cat.Own(briefing) {
		id, err := catalogFeed(c, f)
		if err != nil {
			return err
		}
		before := c.TotalChanges()
		err = c.exec("INSERT INTO subscriptions(briefing, feed, own) VALUES(?, ?, 1) ON CONFLICT DO UPDATE SET own = 1 WHERE own = 0", num, id)
		if err != nil {
			return err
		}
		if c.TotalChanges() > before {
			if err := takeIn(c, num, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// chooseGeneral replaces the general feeds of a briefing.
func chooseGeneral(c *conn, cat *catalog.Catalog, num int64, general []string) error {
	if err := c.exec("DELETE FROM subscriptions WHERE briefing = ? AND own = 0", num); err != nil {
		return err
	}
	for _, name := range general {
		f, ok := cat.Feed(name)
		if !ok {
			return fmt.Errorf("subscribe feed %s: %w", name, ErrNotFound)
		}
		id, err := catalogFeed(c, f)
		if err != nil {
			return err
		}
		err = c.exec("INSERT INTO subscriptions(briefing, feed, own) VALUES(?, ?, 0) ON CONFLICT DO NOTHING", num, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// takeIn puts the stored articles of a feed into a briefing that owns it.
func takeIn(c *conn, num int64, feed feeds.FeedID) error {
	err := c.exec(`INSERT INTO briefing_articles(briefing, article, unread, rule_version, terms)
		SELECT ?, article, unread, 0, '' FROM sightings WHERE feed = ? ON CONFLICT DO NOTHING`, num, feed)
	if err != nil {
		return err
	}
	if err := watchAgain(c, "briefing"); err != nil {
		return err
	}
	return recountBriefing(c, num)
}

// recountBriefing sets the counter of a briefing from its list.
func recountBriefing(c *conn, num int64) error {
	end, err := numberSetting(c, keyVisitEnd)
	if err != nil {
		return err
	}
	return c.exec(`INSERT INTO counters(kind, id, total, unread, fresh) VALUES(?1, ?2,
			(SELECT count(*) FROM briefing_articles WHERE briefing = ?2),
			(SELECT count(*) FROM briefing_articles WHERE briefing = ?2 AND unread = 1),
			(SELECT count(*) FROM statuses s WHERE s.arrival > ?3 AND s.backlog = 0 AND EXISTS(
				SELECT 1 FROM briefing_articles y WHERE y.briefing = ?2 AND y.article = s.article)))
		ON CONFLICT DO UPDATE SET total = excluded.total, unread = excluded.unread, fresh = excluded.fresh`,
		int(ofBriefing), num, end)
}

// Unsubscribe takes a briefing off the screen and stops asking the feeds that no
// other one needs. Nothing is removed: Subscribe brings it back as it was.
func (s *Store) Unsubscribe(ctx context.Context, briefing string) error {
	return s.write(ctx, kept, func(c *conn) error {
		before := c.TotalChanges()
		if err := c.exec("UPDATE briefings SET position = 0 WHERE id = ? AND position > 0", briefing); err != nil {
			return err
		}
		if c.TotalChanges() == before {
			return fmt.Errorf("unsubscribe %s: %w", briefing, ErrNotFound)
		}
		return nil
	})
}

// AddBriefing keeps a briefing of the reader's own, or their version of one in
// the catalogue, and subscribes it.
func (s *Store) AddBriefing(ctx context.Context, b feeds.Briefing) error {
	if b.ID == "" {
		return errors.New("add briefing: it has no id")
	}
	own, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("add briefing %s: %w", b.ID, err)
	}
	return s.write(ctx, kept, func(c *conn) error {
		num, err := subscribed(c, b.ID)
		if err != nil {
			return err
		}
		return c.exec("UPDATE briefings SET own = ? WHERE num = ?", string(own), num)
	})
}

// RemoveBriefing forgets a briefing of the reader's own, and which feeds were in
// it; the articles stay. A changed one of the catalogue becomes the catalogue's
// again.
func (s *Store) RemoveBriefing(ctx context.Context, id string) error {
	cat, err := s.shipped()
	if err != nil {
		return err
	}
	_, shipped := cat.Briefing(id)
	return s.write(ctx, kept, func(c *conn) error {
		num, ok, err := c.number("SELECT num FROM briefings WHERE id = ? AND own <> ''", id)
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("remove briefing %s: %w", id, ErrNotFound)
		}
		if shipped {
			return c.exec("UPDATE briefings SET own = '' WHERE num = ?", num)
		}
		if err := c.exec("DELETE FROM subscriptions WHERE briefing = ?", num); err != nil {
			return err
		}
		return c.exec("UPDATE briefings SET own = '', position = 0 WHERE num = ?", num)
	})
}

// requireBriefing returns ErrNotFound for an id that neither the catalogue nor
// the reader has.
func requireBriefing(c *conn, cat *catalog.Catalog, id string) error {
	known, err := briefings(c, cat)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(known, func(b storedBriefing) bool { return b.ID == id }) {
		return ErrNotFound
	}
	return nil
}
