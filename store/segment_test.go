package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
)

// indexTables are what FTS5 keeps of an index, but for its configuration and
// its list of segments.
func indexTables(t testing.TB, c *conn, table string) (rows []string) {
	t.Helper()
	for _, q := range []string{
		"SELECT 'data', id, block, 0 FROM %s_data WHERE id <> 10 ORDER BY id",
		"SELECT 'idx', segid, term, pgno FROM %s_idx ORDER BY segid, term",
		"SELECT 'size', id, sz, origin FROM %s_docsize ORDER BY id",
	} {
		err := c.each(fmt.Sprintf(q, table), nil, func(s *sqlite3.Stmt) error {
			rows = append(rows, fmt.Sprintf("%s %x %d %x", s.ColumnText(0), s.ColumnInt64(1), s.ColumnInt64(3), s.ColumnBlob(2, nil)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

// makeTexts makes articles whose words fill leaves in all the ways there are:
// long words, words that stand often, doclists over several leaves.
func makeTexts(r *rand.Rand, n int) (out [][indexColumns][]byte) {
	word := func() string {
		switch k := r.IntN(100); {
		case k < 20:
			return "the"
		case k < 60:
			return fmt.Sprintf("w%d", r.IntN(40))
		case k < 62:
			return strings.Repeat("long", r.IntN(60))
		case k < 80:
			return fmt.Sprintf("كلمة%d", r.IntN(300))
		}
		return fmt.Sprintf("%x", r.IntN(20_000))
	}
	column := func(words int) []byte {
		var b []byte
		for range words {
			b = append(append(b, word()...), ' ')
		}
		return bytes.TrimSpace(b)
	}
	for range n {
		size := r.IntN(300)
		if r.IntN(40) == 0 {
			size = 5000
		}
		out = append(out, [indexColumns][]byte{column(size), column(r.IntN(12)), column(r.IntN(3))})
	}
	return out
}

// TestSegmentIsAsFTS5WritesIt indexes the same articles by FTS5 and by this
// package: every byte must be the same.
func TestSegmentIsAsFTS5WritesIt(t *testing.T) {
	s, _ := openTest(t)
	err := s.withWriter(ctx, func(c *conn) error {
		err := c.Exec(`CREATE VIRTUAL TABLE twin USING fts5(body, title, author, content='', contentless_delete=1, tokenize='ascii');
			INSERT INTO twin(twin, rank) VALUES('pgsz', 4050); INSERT INTO twin(twin, rank) VALUES('hashsize', 16777216);
			INSERT INTO twin(twin, rank) VALUES('automerge', 0)`)
		if err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(1, 1))
		id := feeds.FirstID(t0)
		for batch := range 12 {
			s.postings.reset()
			err := inTransaction(c, func() error {
				for _, a := range makeTexts(r, 1+r.IntN(60)) {
					id += feeds.ArticleID(1 + r.IntN(9000))
					s.postings.add(id, a[columnBody], a[columnTitle], a[columnAuthor])
					if err := c.exec("INSERT INTO twin(rowid, body, title, author) VALUES(?, ?, ?, ?)", id, rawText(a[0]), rawText(a[1]), rawText(a[2])); err != nil {
						return err
					}
				}
				return (&indexWriter{postings: &s.postings}).write(c)
			})
			if err != nil {
				return err
			}
			if diff := cmp.Diff(indexTables(t, c, "twin"), indexTables(t, c, "search")); diff != "" {
				t.Fatalf("batch %d (- FTS5, + ours): %.2000s", batch, diff)
			}
		}
		return c.Exec("INSERT INTO search(search) VALUES('integrity-check')")
	})
	if err != nil {
		t.Fatal(err)
	}
}
