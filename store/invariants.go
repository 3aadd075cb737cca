package store

import (
	"context"
	"hash/maphash"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// What is always true of a sound store. Rules are questions whose answer is no
// row then; the rest of what is kept twice is compared by sums.

// listRules are about rows of one table that need rows of another.
var listRules = [...]string{
	"SELECT id FROM articles WHERE feed NOT IN (SELECT id FROM feeds)",
	"SELECT id FROM articles WHERE id NOT IN (SELECT article FROM statuses)",
	"SELECT id FROM articles a JOIN statuses s ON s.article = a.id WHERE s.arrival NOT IN (SELECT arrival FROM texts)",
	"SELECT arrival FROM texts WHERE arrival NOT IN (SELECT s.arrival FROM statuses s JOIN articles a ON a.id = s.article)",
	"SELECT arrival FROM fulltexts WHERE arrival NOT IN (SELECT arrival FROM texts)",
	"SELECT arrival FROM pages WHERE arrival NOT IN (SELECT arrival FROM texts)",
	"SELECT arrival FROM pages WHERE due > 0 AND arrival IN (SELECT arrival FROM fulltexts)",
	"SELECT id FROM articles a JOIN statuses s ON s.article = a.id WHERE (a.flags & 8 <> 0) <> (s.arrival IN (SELECT arrival FROM fulltexts))", // flagFullText
	"SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM sightings x WHERE x.feed = a.feed AND x.article = a.id AND x.first = 1)",
	"SELECT article FROM sightings x WHERE first = 1 AND feed <> (SELECT feed FROM articles a WHERE a.id = x.article)",
	"SELECT article FROM sightings WHERE article NOT IN (SELECT id FROM articles)",
	"SELECT article FROM briefing_articles WHERE article NOT IN (SELECT id FROM articles)",
	"SELECT article FROM watch_articles WHERE article NOT IN (SELECT id FROM articles)",
	"SELECT watch FROM watch_articles WHERE watch NOT IN (SELECT id FROM watches)",
	"SELECT article FROM article_keys WHERE article <> 0 AND article NOT IN (SELECT article FROM statuses)",
	"SELECT x.article FROM sightings x JOIN statuses s ON s.article = x.article WHERE x.unread = s.read",
	"SELECT x.article FROM briefing_articles x JOIN statuses s ON s.article = x.article WHERE x.unread = s.read",
	"SELECT x.article FROM watch_articles x JOIN statuses s ON s.article = x.article WHERE x.unread = s.read",
	"SELECT article FROM statuses WHERE updated = 1 AND backlog = 1",
	"SELECT article FROM statuses WHERE (read = 0 OR starred = 1 OR updated = 1) AND article NOT IN (SELECT id FROM articles)",
}

// indexRules hold between articles and the search index. Those that a rebuild
// has still to come to are not missing.
var indexRules = [...]string{
	"SELECT id FROM search_docsize WHERE id NOT IN (SELECT id FROM articles)",
	`SELECT id FROM articles WHERE id NOT IN (SELECT id FROM search_docsize)
		AND id >= coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = '` + keyRebuild + `'), 0)`,
}

// counterRules compare the counters with the table counted: what is kept but not
// so, and what is so but not kept.
var counterRules = [...]string{
	"SELECT kind, id, total, unread, fresh FROM counters WHERE (total, unread, fresh) <> (0, 0, 0) EXCEPT SELECT * FROM counted",
	"SELECT * FROM counted WHERE (total, unread, fresh) <> (0, 0, 0) EXCEPT SELECT kind, id, total, unread, fresh FROM counters",
}

// counted says what the counters should be.
const counted = `
	WITH marks AS (SELECT article, read = 0 AS unread, backlog = 0 AND
			arrival > (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM settings WHERE key = '` + keyVisitEnd + `') AS fresh
		FROM statuses WHERE article IN (SELECT id FROM articles))
	SELECT 0 AS kind, 0 AS id, count(*) AS total, coalesce(sum(unread), 0) AS unread, coalesce(sum(fresh), 0) AS fresh FROM marks
	UNION ALL SELECT 1, x.briefing, count(*), sum(m.unread), sum(m.fresh) FROM briefing_articles x JOIN marks m USING(article) GROUP BY x.briefing
	UNION ALL SELECT 2, x.feed, count(*), sum(m.unread), sum(m.fresh) FROM sightings x JOIN marks m USING(article) GROUP BY x.feed
	UNION ALL SELECT 3, x.watch, count(*), sum(m.unread), sum(m.fresh) FROM watch_articles x JOIN marks m USING(article) GROUP BY x.watch`

// countAgain makes the temporary table counted.
func countAgain(c *conn) error {
	return c.Exec("DROP TABLE IF EXISTS temp.counted; CREATE TEMP TABLE counted AS " + counted)
}

// broken returns the first of the rules that does not hold and a row that shows
// it, "" when all hold.
func brokenRule(c *conn, rules []string) (what string, err error) {
	for _, rule := range rules {
		err := c.each(rule, nil, func(s *sqlite3.Stmt) error {
			what = rule + ": "
			for i := range s.ColumnCount() {
				what += s.ColumnText(i) + " "
			}
			return errStop
		})
		if err != nil || what != "" {
			return what, err
		}
	}
	return "", nil
}

// sums compare large lists without keeping them: each pair of a word and an
// article that holds it adds the word's hash.
type sums struct {
	seed           maphash.Seed
	texts, index   uint64 // by the stored texts, and by the search index
	counted, table uint64 // by those texts that are counted, and by the words table
}

func (x *sums) of(word []byte, articles int64) uint64 {
	return maphash.Bytes(x.seed, word) * uint64(articles)
}

// wordSums reads all texts, the index and the words table.
func wordSums(ctx context.Context, c *conn) (x sums, err error) {
	x.seed = maphash.MakeSeed()
	if err := x.addTexts(ctx, c); err != nil {
		return x, err
	}
	if err := c.Exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')"); err != nil {
		return x, err
	}
	add := func(sum *uint64) func(s *sqlite3.Stmt) error {
		return func(s *sqlite3.Stmt) error {
			if w := s.ColumnRawText(0); len(w) <= maxWord {
				*sum += x.of(w, s.ColumnInt64(1))
			}
			return nil
		}
	}
	if err := c.each("SELECT term, doc FROM temp.vocabulary", nil, add(&x.index)); err != nil {
		return x, err
	}
	return x, c.each("SELECT word, articles FROM words", nil, add(&x.table))
}

// addTexts adds the words of the stored texts, those of articles that a rebuild
// has still to come to not to those of the index.
func (x *sums) addTexts(ctx context.Context, c *conn) error {
	at, err := readPosition(c)
	if err != nil {
		return err
	}
	indexed, err := numberSetting(c, keyRebuild)
	if err != nil {
		return err
	}
	var p postings
	const every = `SELECT s.article, s.arrival, a.title, t.html, ` + fullHTML + `, t.authors,
			s.article >= ? OR EXISTS(SELECT 1 FROM search_docsize d WHERE d.id = s.article)
		FROM statuses s CROSS JOIN articles a ON a.id = s.article CROSS JOIN texts t ON t.arrival = s.arrival`
	return c.each(every, []any{indexed}, func(s *sqlite3.Stmt) error {
		text, arrival := foldColumns(s, 2), s.ColumnInt64(1)
		p.reset()
		p.add(feeds.ArticleID(s.ColumnInt64(0)), text[columnBody], text[columnTitle], text[columnAuthor])
		for i := range p.words {
			w := p.bytes(uint32(i))
			if len(w) > maxWord {
				continue
			}
			sum := x.of(w, 1)
			if s.ColumnBool(6) {
				x.texts += sum
			}
			if arrival <= at.upTo || arrival <= at.to && string(w) <= at.word {
				x.counted += sum
			}
		}
		return ctx.Err()
	})
}
