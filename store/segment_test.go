package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

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
				n := 1 + r.IntN(60)
				if batch == 5 { // "the" goes over many leaves, and has an index
					n = 1500
				}
				for _, a := range makeTexts(r, n) {
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
		if n, _, err := c.number("SELECT count(*) FROM search_idx WHERE pgno & 1"); n == 0 || err != nil {
			t.Errorf("%d indexes of doclists, %v", n, err)
		}
		return c.Exec("INSERT INTO search(search) VALUES('integrity-check')")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMergeKeepsEverything merges segments some of whose articles were replaced
// since: FTS5 must find the same as before.
func TestMergeKeepsEverything(t *testing.T) {
	s, _ := openTest(t)
	err := s.withWriter(ctx, func(c *conn) error {
		r := rand.New(rand.NewPCG(2, 1))
		var ids []feeds.ArticleID
		for range 3 * fanIn {
			// Of all dates: segments overlap, as articles arrive.
			rows := make([]feeds.ArticleID, 1+r.IntN(60))
			for i := range rows {
				rows[i] = feeds.FirstID(t0.Add(-time.Duration(r.IntN(1_000_000))*time.Minute)) + feeds.ArticleID(len(ids)%4096)
				ids = append(ids, rows[i])
			}
			slices.Sort(rows)
			s.postings.reset()
			for i, a := range makeTexts(r, len(rows)) {
				s.postings.add(rows[i], a[columnBody], a[columnTitle], a[columnAuthor])
			}
			if err := inTransaction(c, func() error { return (&indexWriter{postings: &s.postings}).write(c) }); err != nil {
				return err
			}
		}
		for i, a := range makeTexts(r, 40) { // replaced by FTS5, which leaves tombstones
			id := ids[i*len(ids)/40]
			err := inTransaction(c, func() error {
				if err := c.exec("DELETE FROM search WHERE rowid = ?", id); err != nil || i%3 == 0 {
					return err
				}
				return c.exec("INSERT INTO search(rowid, body, title, author) VALUES(?, ?, ?, ?)", id, rawText(a[0]), rawText(a[1]), rawText(a[2]))
			})
			if err != nil {
				return err
			}
		}
		before := instances(t, s)
		for merged := true; merged; {
			var err error
			if merged, err = s.mergeFirst(c); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(before, instances(t, s)); diff != "" {
			t.Fatalf("(- before, + after): %.2000s", diff)
		}
		st, err := readStructure(c)
		if err != nil || len(st.levels[0].segments) >= fanIn || len(st.levels[1].segments) != 2 {
			t.Fatalf("%+v %v", st, err)
		}
		var live []int64
		for _, l := range st.levels {
			for _, g := range l.segments {
				live = append(live, int64(g.id))
			}
		}
		for i, g := range st.levels[1].segments {
			n, _, err := c.number("SELECT count(*) FROM search_idx WHERE segid = ? AND pgno & 1", int64(g.id))
			if err != nil || g.tombstonePages != 0 || i == 0 && n == 0 {
				t.Errorf("%+v: %d indexes of doclists, %v", g, n, err)
			}
		}
		const old = "SELECT count(*) FROM search_data WHERE id > 10 AND (id >> 37) & 65535 NOT IN "
		if n, _, err := c.number(old + numbers(live)); n != 0 || err != nil {
			t.Errorf("%d blocks of old segments, %v", n, err)
		}
		return c.Exec("INSERT INTO search(search) VALUES('integrity-check')")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// instances lists every occurrence of every word in the index.
func instances(t testing.TB, s *Store) (all []string) {
	t.Helper()
	c, err := connect(s.path, s.key, sqlite3.OPEN_READWRITE, reader)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Exec("CREATE VIRTUAL TABLE temp.instances USING fts5vocab('main', 'search', 'instance')"); err != nil {
		t.Fatal(err)
	}
	err = c.each("SELECT term, doc, col, offset FROM temp.instances", nil, func(s *sqlite3.Stmt) error {
		all = append(all, fmt.Sprintf("%.20s %d %s %d", s.ColumnText(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnInt(3)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
