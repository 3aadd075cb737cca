package store

import (
	"context"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/fulltext"
)

// wantedFor is how long the page of an unread article is wanted because of a
// setting: what nobody has opened by then is not fetched for anybody.
const wantedFor = 7 * 24 * time.Hour

// WantPage notes that the reader wants the page of an article with the next
// refresh; it survives power loss. It changes nothing for one whose full text is
// stored. It returns ErrNotFound when there is no such article.
func (s *Store) WantPage(ctx context.Context, id feeds.ArticleID) error {
	return s.write(ctx, kept, func(c *conn) error {
		arrival, ok, err := c.number("SELECT s.arrival FROM statuses s JOIN articles a ON a.id = s.article WHERE s.article = ?", id)
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("want page of %v: %w", id, ErrNotFound)
		}
		return wantPage(c, arrival, true, s.now())
	})
}

// wantPage puts a page into the queue. One that the reader asks for is asked
// again although it gave nothing before; a setting does not bring it back.
func wantPage(c *conn, arrival int64, asked bool, now time.Time) error {
	conflict := "NOTHING"
	if asked {
		conflict = "UPDATE SET asked = 1, since = excluded.since, due = excluded.due, tries = 0"
	}
	return c.exec(`INSERT INTO pages(arrival, asked, since, due, tries, reason) SELECT ?1, ?2, ?3, ?3, 0, ''
		WHERE ?1 NOT IN (SELECT arrival FROM fulltexts) ON CONFLICT DO `+conflict, arrival, asked, now)
}

// wantPage puts the page of a new article into the queue when its feed or one of
// its briefings asks for that.
func (v *saver) wantPage(ch *change) error {
	wanted := false
	for _, from := range append([]*change{ch}, ch.joins...) {
		wanted = wanted || from.feed.fullText
		for _, m := range from.entry.Briefings {
			wanted = wanted || v.reading[m.Briefing]
		}
	}
	if !wanted || ch.status.read || ch.entry.Article.Link == "" {
		return nil
	}
	return wantPage(v.c, ch.status.arrival, false, v.now)
}

// fullBriefings are the subscribed ones whose new articles' pages are wanted.
func fullBriefings(c *conn) (map[string]bool, error) {
	out := map[string]bool{}
	err := c.each("SELECT id FROM briefings WHERE fulltext = 1 AND position > 0", nil, func(s *sqlite3.Stmt) error {
		out[s.ColumnText(0)] = true
		return nil
	})
	return out, err
}

// pageJob is what fulltext.Job needs, of articles a, statuses s, texts t, feeds f.
const pageJob = `a.id, a.link, a.title, CASE WHEN a.lang <> '' THEN a.lang ELSE f.lang END, t.html, f.url, f.private, f.access`

const pageJobTables = `JOIN articles a ON a.id = s.article JOIN texts t ON t.arrival = s.arrival JOIN feeds f ON f.id = a.feed`

func scanJob(s *sqlite3.Stmt) (j fulltext.Job, err error) {
	j = fulltext.Job{
		Article: feeds.ArticleID(s.ColumnInt64(0)), Link: s.ColumnText(1), Title: s.ColumnText(2), Lang: s.ColumnText(3),
		Length: fulltext.Length(string(document.AppendText(nil, s.ColumnText(4)))),
		Feed:   s.ColumnText(5), AllowPrivate: s.ColumnBool(6),
	}
	j.Access, err = parseAccess(s.ColumnText(7))
	return j, err
}

// PageJob returns what is needed to get the page of an article, ErrNotFound when
// there is no such article.
func (s *Store) PageJob(ctx context.Context, id feeds.ArticleID) (j fulltext.Job, err error) {
	found := false
	err = s.read(ctx, func(c *conn) error {
		return c.each("SELECT "+pageJob+" FROM statuses s "+pageJobTables+" WHERE s.article = ?", []any{id}, func(st *sqlite3.Stmt) error {
			found = true
			j, err = scanJob(st)
			return err
		})
	})
	if err == nil && !found {
		err = fmt.Errorf("get page of %v: %w", id, ErrNotFound)
	}
	return j, err
}

// isWanted says whether the page p of an article a with the status s will be asked
// for: one that a setting asked for is wanted while its article is unread and its
// feed is subscribed. Its argument is when wantedFor began.
const isWanted = "p.due > 0 AND (p.asked = 1 OR s.read = 0 AND p.since > ?1 AND a.feed IN (SELECT x.feed FROM " + inForce + "))"

// WantedPages implements fulltext.Archive.
func (s *Store) WantedPages(ctx context.Context, now time.Time, limit int) (jobs []fulltext.Job, err error) {
	const wanted = "SELECT " + pageJob + `, p.tries FROM pages p CROSS JOIN statuses s ON s.arrival = p.arrival ` + pageJobTables + `
		WHERE p.due <= ?2 AND ` + isWanted + ` ORDER BY p.asked DESC, p.arrival DESC LIMIT ?3`
	err = s.read(ctx, func(c *conn) error {
		return c.each(wanted, []any{now.Add(-wantedFor), now, limit}, func(st *sqlite3.Stmt) error {
			j, err := scanJob(st)
			j.Tries = st.ColumnInt(8)
			jobs = append(jobs, j)
			return err
		})
	})
	return jobs, err
}

// PageCounts returns how many full texts are stored and how many pages are wanted.
func (s *Store) PageCounts(ctx context.Context) (stored, wanted int, err error) {
	err = s.snapshot(ctx, func(c *conn) error {
		texts, _, err := c.number("SELECT count(*) FROM fulltexts")
		if err != nil {
			return err
		}
		const waiting = "SELECT count(*) FROM pages p JOIN statuses s ON s.arrival = p.arrival JOIN articles a ON a.id = s.article WHERE " + isWanted
		pages, _, err := c.number(waiting, s.now().Add(-wantedFor))
		stored, wanted = int(texts), int(pages)
		return err
	})
	return stored, wanted, err
}

// SaveVerdict implements fulltext.Archive. A page that the reader did not ask for
// and that nobody tried stays as it is in the queue.
func (s *Store) SaveVerdict(ctx context.Context, v fulltext.Verdict) error {
	return s.write(ctx, fetchable, func(c *conn) error {
		arrival, ok, err := c.number("SELECT s.arrival FROM statuses s JOIN articles a ON a.id = s.article WHERE s.article = ?", v.Article)
		if err != nil || !ok { // purged meanwhile
			return err
		}
		tried := 0
		if v.Tried {
			tried = 1
		}
		return c.exec(`INSERT INTO pages(arrival, asked, since, due, tries, reason) SELECT ?1, 1, ?2, ?3, ?4, ?5
			WHERE ?1 NOT IN (SELECT arrival FROM fulltexts)
			ON CONFLICT DO UPDATE SET due = excluded.due, tries = tries + excluded.tries, reason = excluded.reason`,
			arrival, v.At, v.Due, tried, v.Reason)
	})
}

// SetFeedFullText says whether the pages of a feed's new articles are fetched
// with each refresh. What is wanted for it stays wanted only while it is on.
func (s *Store) SetFeedFullText(ctx context.Context, id feeds.FeedID, on bool) error {
	return s.write(ctx, kept, func(c *conn) error {
		found, ok, err := c.number("UPDATE feeds SET fulltext = ? WHERE id = ? RETURNING id", on, id)
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("set feed %d: %w", id, ErrNotFound)
		}
		return dropUnasked(c, on, "SELECT article FROM sightings WHERE feed = ?", found)
	})
}

// SetBriefingFullText is SetFeedFullText for a briefing: all articles that are
// routed into it.
func (s *Store) SetBriefingFullText(ctx context.Context, id string, on bool) error {
	cat, err := s.shipped()
	if err != nil {
		return err
	}
	return s.write(ctx, kept, func(c *conn) error {
		if err := requireBriefing(c, cat, id); err != nil {
			return fmt.Errorf("set briefing %s: %w", id, err)
		}
		num, err := briefingNum(c, id)
		if err != nil {
			return err
		}
		if err := c.exec("UPDATE briefings SET fulltext = ? WHERE num = ?", on, num); err != nil {
			return err
		}
		return dropUnasked(c, on, "SELECT article FROM briefing_articles WHERE briefing = ?", num)
	})
}

// dropUnasked takes the pages of a list out of the queue that the reader did not
// ask for themselves, and that nothing else asks for.
func dropUnasked(c *conn, on bool, list string, id int64) error {
	if on {
		return nil
	}
	// The pages come first: there are few of them, also of a feed of many articles.
	return c.exec(`DELETE FROM pages WHERE arrival IN (SELECT p.arrival FROM pages p CROSS JOIN statuses s ON s.arrival = p.arrival
		WHERE p.asked = 0 AND s.article IN (`+list+`)
			AND NOT EXISTS (SELECT 1 FROM sightings x JOIN feeds f ON f.id = x.feed WHERE x.article = s.article AND f.fulltext = 1)
			AND NOT EXISTS (SELECT 1 FROM briefing_articles x JOIN briefings b ON b.num = x.briefing
				WHERE x.article = s.article AND b.fulltext = 1 AND b.position > 0))`, id)
}
