package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3"
	"pgregory.net/rapid"

	"sitrep/feeds"
)

// S4: verify holds a store to everything that is always true of it.
func verify(t rapid.TB, dir string) {
	t.Helper()
	verifySealed(t, dir, nil)
}

// verifySealed is verify for an encrypted store.
func verifySealed(t rapid.TB, dir string, k *Key) {
	t.Helper()
	c, err := connect(dir+"/"+fileName, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if ok, _, err := c.text("PRAGMA quick_check"); ok != "ok" || err != nil {
		t.Fatalf("quick_check: %s %v", ok, err)
	}
	if err := countAgain(c); err != nil {
		t.Fatal(err)
	}
	for _, rules := range [][]string{listRules[:], indexRules[:], counterRules[:]} {
		if what, err := brokenRule(c, rules); what != "" || err != nil {
			t.Errorf("%s %v", what, err)
		}
	}
	if x, err := wordSums(ctx, c); x.texts != x.index || x.counted != x.table || err != nil {
		t.Errorf("words differ: %+v %v", x, err)
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
	err = c.each("SELECT article, arrival FROM statuses WHERE article IN (SELECT id FROM articles)", nil, func(s *sqlite3.Stmt) error {
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
	if err := c.Exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')"); err != nil {
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
