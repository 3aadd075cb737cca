package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
)

// AddFeed subscribes a feed that the reader named, into the given briefings as
// their own, or into none: then only All shows it. added is false when it was
// subscribed there before. Titles and the like that are empty are filled in by
// what the feed says of itself.
func (s *Store) AddFeed(ctx context.Context, f feeds.Feed, briefings []string) (id feeds.FeedID, added bool, err error) {
	out, err := s.AddFeeds(ctx, []Addition{{Feed: f, Briefings: briefings}})
	if err != nil {
		return 0, false, err
	}
	return out[0].ID, out[0].New, nil
}

// AddFeeds is AddFeed for many, all or nothing.
func (s *Store) AddFeeds(ctx context.Context, all []Addition) (out []Added, err error) {
	cat, err := s.shipped()
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, kept, func(c *conn) error {
		out = make([]Added, len(all))
		for i, a := range all {
			if out[i], err = addOne(c, cat, a); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func addOne(c *conn, cat *catalog.Catalog, a Addition) (out Added, err error) {
	if a.URL == "" {
		return out, errors.New("add feed: it has no address")
	}
	if out.ID, err = typedFeed(c, cat, a.Feed, !a.Found); err != nil {
		return out, err
	}
	if len(a.Attributes) > 0 {
		if err := keepOutline(c, out.ID, a.Attributes); err != nil {
			return out, err
		}
	}
	if len(a.Briefings) == 0 {
		out.New, err = addToAll(c, out.ID)
		return out, err
	}
	for _, b := range a.Briefings {
		if err := requireBriefing(c, cat, b); err != nil {
			return out, fmt.Errorf("add feed to %s: %w", b, err)
		}
		isNew, err := addTo(c, b, out.ID)
		if err != nil {
			return out, err
		}
		out.New = out.New || isNew
	}
	return out, nil
}

// addToAll subscribes a feed for All alone unless a briefing has it.
func addToAll(c *conn, id feeds.FeedID) (bool, error) {
	_, ok, err := c.number("SELECT 1 FROM "+inForce+" WHERE x.feed = ?", id)
	if err != nil || ok {
		return false, err
	}
	return true, c.exec(`INSERT INTO subscriptions(briefing, feed, own) VALUES(0, ?, 0)
		ON CONFLICT DO UPDATE SET removed = 0`, id)
}

// addTo makes a feed a briefing's own.
func addTo(c *conn, briefing string, id feeds.FeedID) (bool, error) {
	num, err := subscribed(c, briefing)
	if err != nil {
		return false, err
	}
	before := c.TotalChanges()
	err = c.exec(`INSERT INTO subscriptions(briefing, feed, own) VALUES(?, ?, 1)
		ON CONFLICT DO UPDATE SET own = 1, removed = 0 WHERE own = 0 OR removed = 1`, num, id)
	if err != nil || c.TotalChanges() == before {
		return false, err
	}
	return true, takeIn(c, num, id)
}

// RemoveFeed stops asking and listing a feed, in all briefings. Its articles
// stay, and AddFeed finds its history again.
func (s *Store) RemoveFeed(ctx context.Context, id feeds.FeedID) error {
	return s.write(ctx, kept, func(c *conn) error {
		before := c.TotalChanges()
		if err := c.exec("UPDATE subscriptions SET removed = 1 WHERE feed = ? AND removed = 0", id); err != nil {
			return err
		}
		if c.TotalChanges() == before {
			return fmt.Errorf("remove feed %d: %w", id, ErrNotFound)
		}
		return nil
	})
}

// UpdateFeed changes what the reader may change of a feed: address, title,
// source, language, paywall and whether it is switched off.
func (s *Store) UpdateFeed(ctx context.Context, f feeds.Feed) error {
	return s.write(ctx, kept, func(c *conn) error {
		before := c.TotalChanges()
		err := c.exec(`UPDATE feeds SET edited = edited OR url <> ?1 OR title <> ?2 OR source <> ?3 OR lang <> ?4 OR paywall <> ?5,
				url = ?1, title = ?2, source = ?3, lang = ?4, paywall = ?5, disabled = ?6, publisher = ?7 WHERE id = ?8`,
			f.URL, f.Title, f.Source, f.Lang, f.Paywall, f.Disabled, publisher(f), f.ID)
		if errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) {
			return fmt.Errorf("change feed %d: another feed has the address %s", f.ID, f.URL)
		}
		if err != nil {
			return err
		}
		if c.TotalChanges() == before {
			return fmt.Errorf("change feed %d: %w", f.ID, ErrNotFound)
		}
		return watchAgain(c, "feed", "source")
	})
}

// typedFeed returns the row of an address that the reader named. It may lie on
// the local network when they typed it, and not when a page or a program did.
func typedFeed(c *conn, cat *catalog.Catalog, f feeds.Feed, typed bool) (feeds.FeedID, error) {
	for _, shipped := range cat.Feeds {
		if shipped.URL == f.URL {
			id, err := catalogFeed(c, shipped)
			if err != nil {
				return 0, err
			}
			return id, c.exec("UPDATE feeds SET disabled = 0 WHERE id = ?", id)
		}
	}
	f.Catalog = ""
	id, ok, err := c.number("SELECT id FROM feeds WHERE url = ?", f.URL)
	if err != nil {
		return 0, err
	}
	if ok {
		return feeds.FeedID(id), c.exec("UPDATE feeds SET private = private OR ?, disabled = 0 WHERE id = ?", typed, id)
	}
	return insertFeed(c, f, "", typed)
}

// catalogFeed returns the row of a feed of the catalogue, new or found by its id
// there or its address.
func catalogFeed(c *conn, f catalog.Feed) (feeds.FeedID, error) {
	id, ok, err := c.number("SELECT id FROM feeds WHERE catalog = ?", f.Catalog)
	if err != nil || ok {
		return feeds.FeedID(id), err
	}
	if id, ok, err = c.number("SELECT id FROM feeds WHERE url = ?", f.URL); err != nil {
		return 0, err
	}
	if ok {
		return feeds.FeedID(id), c.exec("UPDATE feeds SET catalog = ? WHERE id = ?", f.Catalog, id)
	}
	return insertFeed(c, f.Feed, f.Scope, false)
}

func insertFeed(c *conn, f feeds.Feed, country string, private bool) (feeds.FeedID, error) {
	err := c.exec(`INSERT INTO feeds(catalog, url, title, source, publisher, site, lang, country, paywall, disabled, private)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		f.Catalog, f.URL, f.Title, f.Source, publisher(f), f.Site, f.Lang, country, f.Paywall, f.Disabled, private)
	return feeds.FeedID(c.LastInsertRowID()), err
}

// sharedHosts serve the feeds of many publishers, who may not take over each
// other's articles.
var sharedHosts = map[string]bool{
	"feeds.feedburner.com": true, "feedproxy.google.com": true, "news.google.com": true, "rss.app": true,
	"rsshub.app": true, "fetchrss.com": true, "politepol.com": true, "feed43.com": true, "morss.it": true,
	"kill-the-newsletter.com": true, "medium.com": true, "www.youtube.com": true, "www.reddit.com": true, "openrss.org": true,
}

// publisher names who answers for a feed: the source that the catalogue gives, or
// the host that serves it. Feeds of one publisher share articles by their links.
func publisher(f feeds.Feed) string {
	if f.Catalog != "" && f.Source != "" {
		return "source:" + strings.ToLower(f.Source)
	}
	u, err := url.Parse(f.URL)
	if err != nil || u.Host == "" || sharedHosts[u.Hostname()] {
		return ""
	}
	return "host:" + strings.ToLower(u.Host)
}

// syncCatalog brings what the catalogue says of the feeds in the store, and the
// own feeds of subscribed briefings, up to its present state. It writes only
// when there is something to change.
func (s *Store) syncCatalog(ctx context.Context) error {
	cat, err := s.shipped()
	if err != nil {
		return err
	}
	var outdated []catalog.Feed
	var lacking []storedBriefing
	err = s.snapshot(ctx, func(c *conn) error {
		if outdated, err = outdatedFeeds(c, cat); err != nil {
			return err
		}
		lacking, err = lackingBriefings(c, cat)
		return err
	})
	if err != nil || len(outdated)+len(lacking) == 0 {
		return err
	}
	return s.write(ctx, kept, func(c *conn) error {
		for _, f := range outdated {
			err := c.exec(`UPDATE OR IGNORE feeds SET url = ?, title = ?, source = ?, publisher = ?, site = ?, lang = ?, country = ?, paywall = ?
				WHERE catalog = ?`, f.URL, f.Title, f.Source, publisher(f.Feed), f.Site, f.Lang, f.Scope, f.Paywall, f.Catalog)
			if err != nil {
				return err
			}
		}
		if len(outdated) > 0 {
			if err := watchAgain(c, "feed", "source", "country"); err != nil {
				return err
			}
		}
		for _, b := range lacking {
			if err := ownFeeds(c, cat, b.ID, b.num); err != nil {
				return err
			}
		}
		return nil
	})
}

func outdatedFeeds(c *conn, cat *catalog.Catalog) (out []catalog.Feed, err error) {
	err = c.each("SELECT "+feedColumns+", f.country FROM feeds f WHERE f.catalog <> '' AND f.edited = 0", nil, func(s *sqlite3.Stmt) error {
		have := scanFeed(s)
		want, ok := cat.Feed(have.Catalog)
		if !ok {
			return nil // it left the catalogue; the subscription stays
		}
		now := want.Feed
		now.ID, now.Disabled = have.ID, have.Disabled // the reader's choice
		if now != have || s.ColumnText(9) != want.Scope {
			out = append(out, want)
		}
		return nil
	})
	return out, err
}

func lackingBriefings(c *conn, cat *catalog.Catalog) (out []storedBriefing, err error) {
	known, err := briefings(c, cat)
	if err != nil {
		return nil, err
	}
	for _, b := range known {
		if b.position == 0 {
			continue
		}
		for _, f := range cat.Own(b.ID) {
			_, ok, err := c.number("SELECT 1 FROM subscriptions x JOIN feeds f ON f.id = x.feed WHERE x.briefing = ? AND f.catalog = ?", b.num, f.Catalog)
			if err != nil {
				return nil, err
			}
			if !ok {
				out = append(out, b)
				break
			}
		}
	}
	return out, nil
}
