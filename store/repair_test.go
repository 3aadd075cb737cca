package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/query"
)

// library fills a store in dir with n articles of several feeds, half of them
// read and some starred, and closes it.
func library(t testing.TB, dir string, n int) {
	t.Helper()
	s := openAt(t, dir, &clock{t0})
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		name := fmt.Sprintf("outlet%d", i)
		f := addFeed(t, s, name)
		items := numbered(name, n/4, t0)
		for j := range items {
			items[j].html = fmt.Sprintf("<p>%s says in item %d: %s</p>", name, j, strings.Repeat("the ministry of oil said exports resume ", 10+j%40*j%7))
		}
		for len(items) > 0 {
			piece := items[:min(250, len(items))]
			items = items[len(piece):]
			save(t, s, answer(f, t0, piece...))
		}
	}
	addWatch(t, s, "Exports", "exports -outlet2")
	fillAll(t, s)
	rows, err := s.List(ctx, Scope{}, Window{Limit: n})
	if err != nil {
		t.Fatal(err)
	}
	var read, star []feeds.ArticleID
	for i, r := range rows {
		if i%2 == 0 {
			read = append(read, r.ID)
		}
		if i%50 == 0 {
			star = append(star, r.ID)
		}
	}
	for act, ids := range map[Act][]feeds.ArticleID{Read: read, Star: star} {
		if _, err := s.Mark(ctx, act, ids...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// copyOf copies a closed store into a new folder.
func copyOf(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := copyFile(ctx, filepath.Join(dir, fileName), filepath.Join(to, fileName)); err != nil {
		t.Fatal(err)
	}
	return to
}

// damage overwrites part of a file with noise.
func damage(t testing.TB, r *rand.Rand, path string, at int64, size int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	noise := make([]byte, size)
	for i := range noise {
		noise[i] = byte(r.UintN(256))
	}
	if _, err := f.WriteAt(noise, at); err != nil {
		t.Fatal(err)
	}
}

var options = Options{Catalog: small, Now: func() time.Time { return t0 }}

// TestRepairSound finds nothing and changes nothing.
func TestRepairSound(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 100)
	out, err := Repair(ctx, dir, options, nil)
	if err != nil || !out.Found.Sound() || out.Salvaged != nil {
		t.Errorf("%+v %v", out, err)
	}
	verify(t, dir)
}

// TestRepairInPlace breaks what can be made again.
func TestRepairInPlace(t *testing.T) {
	base := t.TempDir()
	library(t, base, 600)
	for name, c := range map[string]struct {
		breaking string
		found    func(Findings) bool
	}{
		"counters":             {"UPDATE counters SET unread = unread + 3 WHERE kind = 2", func(f Findings) bool { return f.Counters }},
		"marks":                {"UPDATE sightings SET unread = 1 WHERE article % 3 = 0", func(f Findings) bool { return f.Lists != "" }},
		"texts":                {"DELETE FROM texts WHERE arrival % 10 = 0", func(f Findings) bool { return f.Lists != "" }},
		"statuses":             {"DELETE FROM statuses WHERE arrival % 10 = 0", func(f Findings) bool { return f.Lists != "" }},
		"articles":             {"DELETE FROM articles WHERE id IN (SELECT article FROM statuses WHERE arrival % 10 = 0)", func(f Findings) bool { return f.Lists != "" }},
		"feeds":                {"DELETE FROM feeds WHERE id = (SELECT max(feed) FROM articles)", func(f Findings) bool { return f.Lists != "" }},
		"words":                {"DELETE FROM words WHERE word > 'm'", func(f Findings) bool { return f.Words }},
		"leaves":               {"UPDATE search_data SET block = zeroblob(40) WHERE id > 10", func(f Findings) bool { return f.Search != "" }},
		"segments":             {"UPDATE search_data SET block = x'00' WHERE id = 10", func(f Findings) bool { return f.Search != "" }},
		"branches":             {"DELETE FROM search_idx", func(f Findings) bool { return f.Search != "" }},
		"articles not indexed": {"DELETE FROM search WHERE rowid % 3 = 0", func(f Findings) bool { return f.Search != "" }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := copyOf(t, base)
			breakIn(t, dir, c.breaking)
			out, err := Repair(ctx, dir, options, nil)
			if err != nil || !c.found(out.Found) || out.Salvaged != nil || !out.Left.Sound() {
				t.Errorf("%+v %v", out, err)
			}
			verify(t, dir)
			if n, err := countedArticles(filepath.Join(dir, fileName), nil); n != 600 || err != nil {
				t.Errorf("%d articles, %v", n, err)
			}
		})
	}
}

// breakIn runs SQL behind the store's back.
func breakIn(t testing.TB, dir, sql string) {
	t.Helper()
	c, err := connect(filepath.Join(dir, fileName), nil, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Exec(sql), c.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestIndexDamaged reads and marks while nothing can be searched (S9).
func TestIndexDamaged(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 100)
	breakIn(t, dir, "UPDATE search_data SET block = zeroblob(40) WHERE id > 10")
	s := openAt(t, dir, &clock{t0})
	if _, err := s.Search(ctx, query.Read("ministry", query.Options{Now: t0}), Window{}); !errors.As(err, new(*IndexDamaged)) {
		t.Errorf("search: %v", err)
	}
	rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 5})
	if len(rows) != 5 || err != nil {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if _, _, _, err := s.Article(ctx, rows[0].ID); err != nil {
		t.Error(err)
	}
	if n, err := s.Mark(ctx, Read, rows[0].ID); n != 1 || err != nil {
		t.Errorf("mark: %d %v", n, err)
	}
	out, err := Repair(ctx, dir, options, nil) // while s is open
	if err != nil || out.Found.Search == "" || !out.Left.Sound() {
		t.Errorf("%+v %v", out, err)
	}
	if rows := find(t, s, "ministry"); len(rows) == 0 {
		t.Error("nothing found afterwards")
	}
}

// TestRebuildKilled gives a rebuild up after a few steps; the next process that
// has time ends it, and what comes in between is indexed once.
func TestRebuildKilled(t *testing.T) {
	dir := t.TempDir()
	library(t, dir, 1000)
	s := openAt(t, dir, &clock{t0})
	if err := s.withWriter(ctx, func(c *conn) error {
		if err := s.dropIndex(c); err != nil {
			return err
		}
		_, err := s.indexMore(ctx, c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, dir, &clock{t0})
	if f, err := s.Check(ctx); err != nil || f != (Findings{Begun: true}) {
		t.Errorf("half-way: %+v %v", f, err)
	}
	f := addFeed(t, s, "late")
	save(t, s, answer(f, t0, numbered("late", 20, t0)...))
	if err := s.tidyAll(ctx); err != nil {
		t.Fatal(err)
	}
	if n := one(t, s, "SELECT count(*) FROM search_docsize"); n != 1020 {
		t.Errorf("%d articles indexed", n)
	}
	verified(t, s)
}
