package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/document"
)

// What belongs together and was torn apart, in a store from which rows are
// missing. Everything that can be found out from other rows is; the rest is
// filled with what does least harm. Nothing that was read comes back unread.

// lostFeed is a feed of which only the articles are left: never asked, under an
// address that cannot exist (RFC 2606).
const lostFeed = `INSERT INTO feeds(id, url, title, disabled, edited)
	SELECT DISTINCT feed, 'https://feed-' || feed || '.invalid/', 'Lost feed ' || feed, 1, 1
	FROM (SELECT feed FROM articles UNION SELECT feed FROM sightings) WHERE feed NOT IN (SELECT id FROM feeds)`

// lonePages are full texts and wanted pages of which neither the article's text nor
// its status is left: no number of arrival that is given anew may find them.
var lonePages = [...]string{
	"DELETE FROM fulltexts WHERE arrival NOT IN (SELECT arrival FROM texts) AND arrival NOT IN (SELECT arrival FROM statuses)",
	"DELETE FROM pages WHERE arrival NOT IN (SELECT arrival FROM texts) AND arrival NOT IN (SELECT arrival FROM statuses)",
}

// mendTexts joins articles and texts that the lost row of a status joined: the
// same hash of title and text is in the text and in the sighting.
const mendTexts = `INSERT OR IGNORE INTO statuses(article, arrival, arrived, changed, read, starred, updated, backlog)
	SELECT x.article, min(t.arrival), t.first_seen, 0, NOT max(x.unread), 0, 0, 0
	FROM sightings x JOIN texts t ON t.content = x.content
	WHERE x.first = 1 AND x.article IN (SELECT id FROM articles) AND x.article NOT IN (SELECT article FROM statuses)
		AND t.arrival NOT IN (SELECT arrival FROM statuses)
	GROUP BY x.article`

// mendStatuses gives the remaining articles without a status one, and a number
// of arrival behind all others. What is known unread stays so.
const mendStatuses = `INSERT INTO statuses(article, arrival, arrived, changed, read, starred, updated, backlog)
	SELECT id, (SELECT max(n) FROM (SELECT coalesce(max(arrival), 0) AS n FROM statuses UNION SELECT coalesce(max(arrival), 0) FROM texts))
			+ row_number() OVER (ORDER BY id), at, 0,
		NOT EXISTS(SELECT 1 FROM sightings x WHERE x.article = a.id AND x.unread = 1), 0, 0, 1
	FROM articles a WHERE id NOT IN (SELECT article FROM statuses)`

// emptyTexts are for articles whose text is lost: title, date and link are left.
const emptyTexts = `INSERT INTO texts(arrival, revision, content, guid, base, authors, image, comments, enclosures,
		published, updated, zone, first_seen, html)
	SELECT s.arrival, 1, 0, '', '', '', '', '', '', CASE WHEN a.flags & 1 THEN 0 ELSE a.at END, 0, 0, s.arrived, ''
	FROM articles a JOIN statuses s ON s.article = a.id WHERE s.arrival NOT IN (SELECT arrival FROM texts)`

// mendLists puts lists in order: sightings, memberships, marks in them. The
// content 0 makes the feed's next answer bring the text again.
var mendLists = [...]string{
	"DELETE FROM sightings WHERE article NOT IN (SELECT id FROM articles)",
	`INSERT OR IGNORE INTO sightings(feed, article, unread, first, content)
		SELECT a.feed, a.id, s.read = 0, 1, t.content
		FROM articles a JOIN statuses s ON s.article = a.id JOIN texts t ON t.arrival = s.arrival`,
	"UPDATE sightings SET first = NOT first WHERE first <> (feed = (SELECT feed FROM articles WHERE id = article))",
	`UPDATE sightings SET content = 0 WHERE first = 1 AND article IN (
		SELECT s.article FROM statuses s JOIN texts t ON t.arrival = s.arrival WHERE t.content = 0)`,
	"DELETE FROM briefing_articles WHERE article NOT IN (SELECT id FROM articles) OR briefing NOT IN (SELECT num FROM briefings)",
	`INSERT OR IGNORE INTO briefing_articles(briefing, article, unread, rule_version, terms)
		SELECT y.briefing, x.article, x.unread, 0, '' FROM subscriptions y JOIN sightings x ON x.feed = y.feed
		WHERE y.own = 1 AND y.removed = 0 AND y.briefing IN (SELECT num FROM briefings)`,
	"DELETE FROM fulltexts WHERE arrival NOT IN (SELECT arrival FROM texts)",
	"DELETE FROM pages WHERE arrival NOT IN (SELECT arrival FROM texts) OR due > 0 AND arrival IN (SELECT arrival FROM fulltexts)",
	// Flag 8 is flagFullText.
	`UPDATE articles SET flags = (flags & ~8) | CASE WHEN id IN (
		SELECT s.article FROM statuses s JOIN fulltexts x ON x.arrival = s.arrival) THEN 8 ELSE 0 END`,
	"DELETE FROM article_keys WHERE article <> 0 AND article NOT IN (SELECT article FROM statuses)",
	"UPDATE statuses SET updated = 0 WHERE updated = 1 AND backlog = 1",
	"UPDATE statuses SET read = 1, starred = 0, updated = 0 WHERE (read = 0 OR starred = 1 OR updated = 1) AND article NOT IN (SELECT id FROM articles)",
	`UPDATE sightings SET unread = NOT unread WHERE unread = (SELECT read FROM statuses s WHERE s.article = sightings.article)`,
	"DELETE FROM watch_articles WHERE article NOT IN (SELECT id FROM articles) OR watch NOT IN (SELECT id FROM watches)",
	"UPDATE watches SET pending = 9223372036854775807", // everything
	`UPDATE watch_articles SET unread = NOT unread WHERE unread = (SELECT read FROM statuses s WHERE s.article = watch_articles.article)`,
	`UPDATE briefing_articles SET unread = NOT unread WHERE unread = (SELECT read FROM statuses s WHERE s.article = briefing_articles.article)`,
}

// mend makes the rules about lists hold, in the caller's transaction.
func mend(c *conn) error {
	for _, sql := range [...]string{lostFeed, lonePages[0], lonePages[1], mendTexts} {
		if err := c.exec(sql); err != nil {
			return err
		}
	}
	if err := foundArticles(c); err != nil {
		return err
	}
	for _, sql := range [...]string{lostFeed, mendStatuses, emptyTexts} {
		if err := c.exec(sql); err != nil {
			return err
		}
	}
	for _, sql := range mendLists {
		if err := c.exec(sql); err != nil {
			return err
		}
	}
	return recountAll(c)
}

// recountAll makes all counters again.
func recountAll(c *conn) error {
	return c.Exec("DELETE FROM counters; INSERT INTO counters(kind, id, total, unread, fresh) " + counted)
}

// orphan is a text whose article is lost.
type orphan struct {
	arrival, seen, published int64
	html, guid               string
	article                  feeds.ArticleID // 0 when the status is lost, too
}

// foundArticles makes articles of texts that have none: the title is the
// beginning of the text.
func foundArticles(c *conn) error {
	var all []orphan
	const lone = `SELECT t.arrival, t.first_seen, t.published, t.html, t.guid, coalesce(s.article, 0)
		FROM texts t LEFT JOIN statuses s ON s.arrival = t.arrival LEFT JOIN articles a ON a.id = s.article WHERE a.id IS NULL`
	err := c.each(lone, nil, func(s *sqlite3.Stmt) error {
		all = append(all, orphan{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnInt64(2), s.ColumnText(3), s.ColumnText(4), feeds.ArticleID(s.ColumnInt64(5))})
		return nil
	})
	if err != nil {
		return err
	}
	for _, o := range all {
		if err := o.found(c); err != nil {
			return err
		}
	}
	return nil
}

func (o *orphan) found(c *conn) error {
	at, undated := feeds.Effective(fromUnix(o.published), fromUnix(o.seen))
	if o.article == 0 {
		id := feeds.FirstID(at)
		if last, ok, err := c.number("SELECT max(article) FROM statuses WHERE article BETWEEN ? AND ?", id, id|(1<<feeds.SequenceBits-1)); err != nil {
			return err
		} else if ok && last > 0 {
			id = feeds.ArticleID(last) + 1
		}
		o.article = id
		err := c.exec("INSERT INTO statuses(article, arrival, arrived, changed, read, starred, updated, backlog) VALUES(?, ?, ?, 0, 1, 0, 0, 1)", id, o.arrival, o.seen)
		if err != nil {
			return err
		}
	}
	feed, _, err := c.number(`SELECT feed FROM sightings WHERE article = ?1 AND first = 1 UNION ALL
		SELECT feed FROM article_keys WHERE article = ?1 LIMIT 1`, o.article)
	if err != nil {
		return err
	}
	flags := articleFlags(0)
	if undated {
		flags = flagUndated
	}
	return c.exec("INSERT INTO articles(id, story_id, feed, at, flags, lang, title, source, link, tags) VALUES(?1, ?1, ?, ?, ?, '', ?, '', ?, '')",
		o.article, feed, at, int64(flags), o.title(), o.link())
}

// titleSize is how much of a text stands in for a lost title, in bytes.
const titleSize = 90

func (o *orphan) title() string {
	text := strings.Join(strings.Fields(string(document.AppendText(nil, o.html))), " ")
	if len(text) <= titleSize {
		return text
	}
	end := titleSize
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimRight(text[:end], " ") + "…"
}

// link is the guid when that is an address.
func (o *orphan) link() string {
	if feeds.ValidAddress(o.guid) {
		return o.guid
	}
	return ""
}

// learnAgain adds the keys of all articles, as their own feed carries them. Those
// that lead somewhere stay.
func learnAgain(ctx context.Context, c *conn) error {
	const every = `SELECT a.id, a.feed, a.link, a.title, t.guid, t.published, t.html
		FROM articles a JOIN statuses s ON s.article = a.id JOIN texts t ON t.arrival = s.arrival`
	return c.each(every, nil, func(s *sqlite3.Stmt) error {
		a := feeds.Article{Link: s.ColumnText(2), Title: s.ColumnText(3), GUID: s.ColumnText(4), Published: fromUnix(s.ColumnInt64(5))}
		for _, k := range feeds.Keys(&a, document.AppendText(nil, s.ColumnText(6))) {
			err := c.exec("INSERT INTO article_keys(feed, kind, hash, article) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
				s.ColumnInt64(1), int(k.Kind), k.Hash, s.ColumnInt64(0))
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}
