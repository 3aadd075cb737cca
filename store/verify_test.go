package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3"
	"pgregory.net/rapid"

	"sitrep/feeds"
)

// never are questions whose answer is no row in a sound store.
var never = []string{
	"SELECT id FROM articles WHERE feed NOT IN (SELECT id FROM feeds)",
	"SELECT id FROM articles WHERE id NOT IN (SELECT article FROM statuses)",
	"SELECT article FROM statuses WHERE arrival NOT IN (SELECT arrival FROM texts)",
	"SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM sightings x WHERE x.feed = a.feed AND x.article = a.id AND x.first = 1)",
	"SELECT article FROM sightings x WHERE first = 1 AND feed <> (SELECT feed FROM articles a WHERE a.id = x.article)",
	"SELECT article FROM sightings WHERE article NOT IN (SELECT id FROM articles)",
	"SELECT article FROM briefing_articles WHERE article NOT IN (SELECT id FROM articles)",
	"SELECT article FROM article_keys WHERE article <> 0 AND article NOT IN (SELECT article FROM statuses)",
	"SELECT x.article FROM sightings x JOIN statuses s ON s.article = x.article WHERE x.unread = s.read",
	"SELECT x.article FROM briefing_articles x JOIN statuses s ON s.article = x.article WHERE x.unread = s.read",
	"SELECT id FROM search_docsize WHERE id NOT IN (SELECT id FROM articles)",
	"SELECT id FROM articles WHERE id NOT IN (SELECT id FROM search_docsize)",
	"SELECT article FROM statuses WHERE updated = 1 AND backlog = 1",
	// Counters: what is kept but not so, and what is so but not kept.
	"SELECT kind, id, total, unread, fresh FROM counters WHERE (total, unread, fresh) <> (0, 0, 0) EXCEPT SELECT * FROM counted",
	"SELECT * FROM counted WHERE (total, unread, fresh) <> (0, 0, 0) EXCEPT SELECT kind, id, total, unread, fresh FROM counters",
}

const counted = `CREATE TEMP TABLE counted AS
	WITH marks AS (SELECT article, read = 0 AS unread, arrival > (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM settings WHERE key = '.visit-arrival')
		AND backlog = 0 AS fresh FROM statuses)
	SELECT 0 AS kind, 0 AS id, count(*) AS total, coalesce(sum(unread), 0) AS unread, coalesce(sum(fresh), 0) AS fresh FROM marks
	UNION ALL SELECT 1, x.briefing, count(*), sum(m.unread), sum(m.fresh) FROM briefing_articles x JOIN marks m USING(article) GROUP BY x.briefing
	UNION ALL SELECT 2, x.feed, count(*), sum(m.unread), sum(m.fresh) FROM sightings x JOIN marks m USING(article) GROUP BY x.feed`

// verify holds a store to everything that is always true of it.
func verify(t rapid.TB, dir string) {
	t.Helper()
	c, err := connect(dir+"/"+fileName, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if ok, _, err := c.text("PRAGMA quick_check"); ok != "ok" || err != nil {
		t.Fatalf("quick_check: %s %v", ok, err)
	}
	if err := c.Exec(counted); err != nil {
		t.Fatal(err)
	}
	for _, q := range never {
		if err := c.each(q, nil, func(s *sqlite3.Stmt) error {
			t.Errorf("%s\n\tgives %v %v %v %v %v", q, s.ColumnText(0), s.ColumnText(1), s.ColumnText(2), s.ColumnText(3), s.ColumnText(4))
			return errStop
		}); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := c.Exec("INSERT INTO search(search) VALUES('integrity-check')"); err != nil {
		t.Errorf("search index: %v", err)
	}
	verifyWords(t, c)
}

// verifyWords compares the search index and the words table with the words of
// the stored texts.
func verifyWords(t rapid.TB, c *conn) {
	t.Helper()
	at, err := readPosition(c)
	if err != nil {
		t.Fatal(err)
	}
	inIndex, inTable := map[string]int{}, map[string]int{}
	err = c.each("SELECT article, arrival FROM statuses", nil, func(s *sqlite3.Stmt) error {
		columns, _, err := foldStored(c, feeds.ArticleID(s.ColumnInt64(0)))
		seen := map[string]bool{}
		for w := range wordsOf(columns) {
			if !seen[string(w)] {
				seen[string(w)] = true
				inIndex[string(w)]++
				if n := s.ColumnInt64(1); n <= at.upTo || n <= at.to && string(w) <= at.word {
					inTable[string(w)]++
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	read := func(s *sqlite3.Stmt) error {
		got[s.ColumnText(0)] = s.ColumnInt(1)
		return nil
	}
	if err := c.each("SELECT word, articles FROM words", nil, read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inTable, got); diff != "" {
		t.Errorf("words table (- in texts, + in table): %.1500s", diff)
	}
	got = map[string]int{}
	if err := c.Exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'search', 'row')"); err != nil {
		t.Fatal(err)
	}
	if err := c.each("SELECT term, doc FROM temp.vocabulary WHERE length(CAST(term AS BLOB)) <= 64", nil, read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inIndex, got); diff != "" {
		t.Errorf("search index (- in texts, + in index): %.1500s", diff)
	}
}

// verified closes the store and verifies it.
func verified(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	verify(t, s.dir)
}

// one reads a number from the store.
func one(t testing.TB, s *Store, sql string, args ...any) (n int64) {
	t.Helper()
	err := s.read(ctx, func(c *conn) (err error) {
		n, _, err = c.number(sql, args...)
		return err
	})
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", sql, err))
	}
	return n
}
