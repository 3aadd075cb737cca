package store

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
)

// go test ./store -run TestSalvage -damages 500 -v
var damages = flag.Int("damages", 20, "how many damaged stores TestSalvage salvages")

// TestSalvage overwrites 4 kB somewhere in a store and saves the rest (S7).
func TestSalvage(t *testing.T) {
	const n = 300
	base := t.TempDir()
	library(t, base, n)
	whole, err := os.ReadFile(filepath.Join(base, fileName))
	if err != nil {
		t.Fatal(err)
	}
	worst := n
	for seed := range *damages {
		r := rand.New(rand.NewPCG(7, uint64(seed)))
		dir := copyOf(t, base)
		path := filepath.Join(dir, fileName)
		at := r.Int64N(int64(len(whole) - pageSize))
		damage(t, r, path, at, 4096)
		before, _ := os.ReadFile(path)
		out, err := Repair(ctx, dir, options, nil)
		if err != nil {
			t.Errorf("seed %d, byte %d: %v", seed, at, err)
			continue
		}
		verify(t, dir)
		kept, err := countedArticles(path, nil)
		if err != nil || kept < n*95/100 {
			t.Errorf("seed %d, byte %d: %d articles of %d left, %v; %v", seed, at, kept, n, err, out.Found)
		}
		worst = min(worst, kept)
		if out.Salvaged != nil {
			if aside, err := os.ReadFile(out.Salvaged.Aside); !bytes.Equal(aside, before) {
				t.Errorf("seed %d: the damaged store was changed: %v", seed, err)
			}
		}
		os.RemoveAll(dir)
	}
	t.Logf("store of %d kB; the worst of %d damages left %d articles of %d", len(whole)>>10, *damages, worst, n)
}

// TestSalvagePages damages the pages that all others depend on, one by one, and
// holds the marks to what they were.
func TestSalvagePages(t *testing.T) {
	const n = 300
	base := t.TempDir()
	library(t, base, n)
	roots := map[string]int64{"first page": 1}
	s := openAt(t, base, &clock{t0})
	for _, name := range []string{"articles", "texts", "statuses", "sightings", "statuses_arrival", "feeds", "subscriptions", "search_data"} {
		roots[name] = one(t, s, "SELECT rootpage FROM sqlite_schema WHERE name = ?", name)
	}
	read := one(t, s, "SELECT count(*) FROM statuses WHERE read = 1")
	subscriptions := one(t, s, "SELECT count(*) FROM subscriptions WHERE own = 1")
	s.Close()
	r := rand.New(rand.NewPCG(1, 2))
	for name, page := range roots {
		t.Run(name, func(t *testing.T) {
			dir := copyOf(t, base)
			path := filepath.Join(dir, fileName)
			damage(t, r, path, (page-1)*pageSize, pageSize)
			out, err := Repair(ctx, dir, options, nil)
			if err != nil || out.Salvaged == nil || out.Salvaged.Articles != n {
				t.Fatalf("%+v %v", out.Salvaged, err)
			}
			verify(t, dir)
			s := openAt(t, dir, &clock{t0})
			if got := one(t, s, "SELECT count(*) FROM subscriptions WHERE own = 1"); got != subscriptions {
				t.Errorf("%d subscriptions of %d", got, subscriptions)
			}
			stillRead := one(t, s, "SELECT count(*) FROM statuses WHERE read = 1")
			starred := one(t, s, "SELECT count(*) FROM statuses WHERE starred = 1")
			if stillRead != read || starred != n/50 {
				t.Errorf("%d of %d read, %d starred", stillRead, read, starred)
			}
			if n := checkWatches(t, s); n != 1 {
				t.Errorf("%d watches of 1", n)
			}
			if n := one(t, s, "SELECT count(*) FROM feeds WHERE url LIKE '%.invalid/'"); n > 0 {
				t.Errorf("%d lost feeds", n)
			}
		})
	}
}

// TestSalvageHeader reads a store whose beginning is gone, and one that was
// copied before.
func TestSalvageHeader(t *testing.T) {
	base := t.TempDir()
	library(t, base, 400)
	s := openAt(t, base, &clock{t0})
	saved, err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	for name, from := range map[string]string{"made": filepath.Join(base, fileName), "copied": saved.Path} {
		dir := t.TempDir()
		path := filepath.Join(dir, fileName)
		if err := copyFile(ctx, from, path); err != nil {
			t.Fatal(err)
		}
		f, _ := os.OpenFile(path, os.O_RDWR, 0)
		f.Write(make([]byte, pageSize))
		f.Close()
		_, err := Open(ctx, dir, options)
		var d *Damaged
		if !errors.As(err, &d) || !strings.Contains(d.Sentence(), "sitrep repair") {
			t.Errorf("%s: %v", name, err)
		}
		out, err := Repair(ctx, dir, options, nil)
		if err != nil || out.Salvaged == nil || out.Salvaged.Articles != 400 {
			t.Errorf("%s: %+v %v", name, out.Salvaged, err)
		}
		verify(t, dir)
	}
}

// TestSalvageRefuses leaves alone what holds nothing of ours, and what others use.
func TestSalvageRefuses(t *testing.T) {
	for i, content := range [][]byte{nil, make([]byte, 8192), []byte(strings.Repeat("notes ", 999))} {
		dir := t.TempDir()
		path := filepath.Join(dir, fileName)
		os.WriteFile(path, content, 0o600)
		if out, err := Repair(ctx, dir, options, nil); err == nil {
			t.Errorf("%d: %+v", i, out)
		}
		if left, _ := os.ReadFile(path); !bytes.Equal(left, content) {
			t.Errorf("%d was changed", i)
		}
	}
	dir := t.TempDir()
	library(t, dir, 100)
	s := openAt(t, dir, &clock{t0})
	root := one(t, s, "SELECT rootpage FROM sqlite_schema WHERE name = 'texts'")
	damage(t, rand.New(rand.NewPCG(1, 1)), s.path, (root-1)*pageSize, pageSize)
	if _, err := Repair(ctx, dir, options, nil); !errors.As(err, new(*InUse)) {
		t.Errorf("while it is open: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, fmt.Sprint(fileName, ".*"))); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// TestTablesOfSchema holds the list of what is saved to the schema: a new column
// that it lacked would be lost.
func TestTablesOfSchema(t *testing.T) {
	s, _ := openTest(t)
	made := map[string]bool{"counters": true, "words": true, "watch_articles": true, "chrome": true}
	want := map[string]table{}
	err := s.read(ctx, func(c *conn) error {
		return c.each(`SELECT m.name, i.name, i.type, m.sql LIKE '%WITHOUT ROWID%', i.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) i
			WHERE m.type = 'table' ORDER BY m.rowid, i.cid`, nil, func(row *sqlite3.Stmt) error {
			name := row.ColumnText(0)
			if made[name] || isSearchTable(name) {
				return nil
			}
			w := want[name]
			w.name = name
			if w.columns != "" {
				w.columns += ", "
			}
			w.columns += row.ColumnText(1)
			switch {
			case row.ColumnBool(3):
			case row.ColumnBool(4):
				w.kinds += string(isNull)
			default:
				w.kinds += row.ColumnText(2)[:1]
			}
			want[name] = w
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[string]string{}
	for _, got := range tables {
		w := want[got.name]
		delete(want, got.name)
		if got.columns != w.columns || got.kinds != w.kinds {
			t.Errorf("%+v\nschema: %+v", got, w)
		}
		if other := shapes[got.kinds]; other != "" && got.kinds != "" {
			t.Errorf("%s and %s cannot be told apart", other, got.name)
		}
		shapes[got.kinds] = got.name
	}
	for name := range want {
		t.Errorf("%s would be lost", name)
	}
}
