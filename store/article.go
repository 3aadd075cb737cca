package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// Article returns an article with its newest text, what the reader did with it
// and why it is in which briefing. It returns ErrNotFound when there is none.
func (s *Store) Article(ctx context.Context, id feeds.ArticleID) (a feeds.Article, st feeds.Status, in []Routed, err error) {
	err = s.snapshot(ctx, func(c *conn) error {
		if a, st, err = articleOf(c, id); err != nil {
			return err
		}
		in, err = routed(c, id)
		return err
	})
	return a, st, in, err
}

func articleOf(c *conn, id feeds.ArticleID) (a feeds.Article, st feeds.Status, err error) {
	found := false
	err = c.each(oneArticle, []any{id}, func(row *sqlite3.Stmt) error {
		found = true
		a, st, err = scanArticle(row)
		return err
	})
	if err == nil && !found {
		err = fmt.Errorf("read article %v: %w", id, ErrNotFound)
	}
	return a, st, err
}

const oneArticle = `SELECT a.id, a.story_id, a.feed, a.source, f.source, f.title, a.link, a.title, a.lang, a.tags,
		t.guid, t.html, t.base, t.authors, t.image, t.comments, t.enclosures, t.published, t.updated, t.zone, t.first_seen,
		s.read, s.starred, s.updated, s.arrived, s.changed
	FROM articles a JOIN statuses s ON s.article = a.id JOIN texts t ON t.arrival = s.arrival JOIN feeds f ON f.id = a.feed
	WHERE a.id = ?`

// scanArticle reads oneArticle.
func scanArticle(s *sqlite3.Stmt) (a feeds.Article, st feeds.Status, err error) {
	a = feeds.Article{
		ID:        feeds.ArticleID(s.ColumnInt64(0)),
		Story:     feeds.StoryID(s.ColumnInt64(1)),
		Feed:      feeds.FeedID(s.ColumnInt64(2)),
		Source:    cmp.Or(s.ColumnText(3), s.ColumnText(4), s.ColumnText(5)),
		Link:      s.ColumnText(6),
		Title:     s.ColumnText(7),
		Lang:      s.ColumnText(8),
		GUID:      s.ColumnText(10),
		HTML:      s.ColumnText(11),
		Base:      s.ColumnText(12),
		Image:     s.ColumnText(14),
		Comments:  s.ColumnText(15),
		Published: fromUnix(s.ColumnInt64(17)),
		Updated:   fromUnix(s.ColumnInt64(18)),
		Zone:      s.ColumnInt(19),
		FirstSeen: fromUnix(s.ColumnInt64(20)),
	}
	if tags := s.ColumnText(9); tags != "" {
		a.Tags = strings.Split(tags, "\n")
	}
	st = feeds.Status{
		Read:    s.ColumnBool(21),
		Starred: s.ColumnBool(22),
		Updated: s.ColumnBool(23),
		Arrived: fromUnix(s.ColumnInt64(24)),
		Changed: fromUnix(s.ColumnInt64(25)),
	}
	if a.Authors, err = decode[feeds.Author](s.ColumnText(13)); err != nil {
		return a, st, fmt.Errorf("read authors of %v: %w", a.ID, err)
	}
	if a.Enclosures, err = decode[feeds.Enclosure](s.ColumnText(16)); err != nil {
		return a, st, fmt.Errorf("read enclosures of %v: %w", a.ID, err)
	}
	return a, st, nil
}

// decode is the inverse of encode.
func decode[T any](text string) (list []T, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &list)
	return list, err
}

func routed(c *conn, id feeds.ArticleID) (in []Routed, err error) {
	const why = `SELECT b.id, x.terms FROM briefing_articles x JOIN briefings b ON b.num = x.briefing
		WHERE x.article = ? ORDER BY b.position, b.num`
	err = c.each(why, []any{id}, func(s *sqlite3.Stmt) error {
		r := Routed{Briefing: s.ColumnText(0)}
		if terms := s.ColumnText(1); terms != "" {
			r.Terms = strings.Split(terms, "\n")
		}
		in = append(in, r)
		return nil
	})
	return in, err
}

// Sightings returns the feeds that carried an article, the first one first.
func (s *Store) Sightings(ctx context.Context, id feeds.ArticleID) (seen []feeds.Feed, err error) {
	const carried = "SELECT " + feedColumns + `, 0 AS later FROM articles a JOIN feeds f ON f.id = a.feed WHERE a.id = ?1
		UNION ALL SELECT ` + feedColumns + `, 1 FROM sightings x JOIN feeds f ON f.id = x.feed
		WHERE x.article = ?1 AND x.first = 0 ORDER BY later, 1`
	err = s.read(ctx, func(c *conn) error {
		return c.each(carried, []any{id}, func(st *sqlite3.Stmt) error {
			seen = append(seen, scanFeed(st))
			return nil
		})
	})
	if err == nil && len(seen) == 0 {
		err = fmt.Errorf("read article %v: %w", id, ErrNotFound)
	}
	return seen, err
}

// Revisions returns the earlier texts of an article, the first one first; none
// when it never changed.
func (s *Store) Revisions(ctx context.Context, id feeds.ArticleID) (all []Revision, err error) {
	err = s.read(ctx, func(c *conn) error {
		all, err = revisionsOf(c, id)
		return err
	})
	return all, err
}

func revisionsOf(c *conn, id feeds.ArticleID) (all []Revision, err error) {
	const earlier = `SELECT revision, until, title, html, base, updated, content, authors FROM revisions
		WHERE article = ? ORDER BY revision`
	err = c.each(earlier, []any{id}, func(st *sqlite3.Stmt) error {
		r := Revision{
			Number: st.ColumnInt(0), Until: fromUnix(st.ColumnInt64(1)),
			Title: st.ColumnText(2), HTML: st.ColumnText(3), Base: st.ColumnText(4),
			Updated: fromUnix(st.ColumnInt64(5)), Content: st.ColumnInt64(6),
		}
		var err error
		if r.Authors, err = decode[feeds.Author](st.ColumnText(7)); err != nil {
			return fmt.Errorf("read revision %d of %v: %w", r.Number, id, err)
		}
		all = append(all, r)
		return nil
	})
	return all, err
}
