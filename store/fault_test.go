package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// acts is what a process had acknowledged.
type acts struct {
	saved  int
	marked []feeds.ArticleID
	purged int
}

// morning refreshes, marks, purges and tidies, until an error ends it.
func morning(s *Store, f feeds.FeedID) (done acts, err error) {
	cl, err := s.Claim(ctx)
	if err != nil {
		return done, err
	}
	items := numbered("morning", 40, t0)
	for i := range 2 {
		piece := items[20*i : 20*i+20]
		if _, err := s.Save(ctx, refresh.Batch{Now: t0, Outcomes: []refresh.Outcome{answer(f, t0, piece...)}}); err != nil {
			return done, errors.Join(err, cl.Release())
		}
		done.saved += len(piece)
	}
	if err := cl.Release(); err != nil {
		return done, err
	}
	rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 4})
	if err != nil {
		return done, err
	}
	for _, r := range rows {
		if _, err := s.Mark(ctx, Read, r.ID); err != nil {
			return done, err
		}
		done.marked = append(done.marked, r.ID)
	}
	what, err := s.Purgeable(ctx, Purge{Keep: 60})
	if err != nil {
		return done, err
	}
	if done.purged, err = s.Purge(ctx, what.IDs, false, nil); err != nil {
		return done, err
	}
	return done, s.EndVisit(ctx, t0)
}

// beforehand is the store that faults are tried on: 100 articles in it.
func beforehand(t *testing.T) (dir string, f feeds.FeedID) {
	t.Helper()
	dir = t.TempDir()
	library(t, dir, 100)
	s := openAt(t, dir, &clock{t0})
	f = addFeed(t, s, "morning")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, f
}

// held opens a store as the next process does and holds it to what was
// acknowledged and to all that is always true.
func held(t *testing.T, dir string, done acts) {
	t.Helper()
	heldSealed(t, dir, nil, done)
}

// heldSealed is held for an encrypted store.
func heldSealed(t *testing.T, dir string, k *Key, done acts) {
	t.Helper()
	s := openSealed(t, dir, k)
	if n := one(t, s, "SELECT count(*) FROM articles WHERE feed = (SELECT max(id) FROM feeds)"); int(n) < done.saved {
		t.Errorf("%d articles, %d were acknowledged", n, done.saved)
	}
	for _, id := range done.marked {
		if n := one(t, s, "SELECT read FROM statuses WHERE article = ?", id); n != 1 {
			t.Errorf("the mark of %v is lost", id)
		}
	}
	if err := s.tidyAll(ctx); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	verifySealed(t, dir, k)
}

// steps calls f with the number of writes that work, until f reports that none
// failed: a few numbers, or all of them with -long.
//
//	go test ./store -run 'TestKilledAtWrite|TestFullDisk|TestDiskFails' -long
func steps(t *testing.T, few int, f func(good int) (complete bool)) {
	t.Helper()
	step := 1
	for good := 0; ; good += step {
		if f(good) {
			t.Logf("%d writes, one in %d tried", good, step)
			return
		}
		if !*longTests {
			step = few
		}
	}
}

// TestKilledAtWrite ends a process at each of its writes (S1).
func TestKilledAtWrite(t *testing.T) {
	base, f := beforehand(t)
	d := newDisk(t)
	steps(t, 19, func(good int) bool {
		dir := copyOf(t, base)
		s, err := Open(ctx, dir, Options{Catalog: small, Now: options.Now, vfs: t.Name()})
		if err != nil {
			t.Fatal(err)
		}
		d.fail(good, sqlite3.IOERR_WRITE, true)
		done, err := morning(s, f)
		complete := !d.failed() && err == nil
		s.Close()
		d.heal()
		held(t, dir, done)
		return complete
	})
}

// TestKilledAtWriteSealed is TestKilledAtWrite with an encrypted store, of which
// half-written blocks could not be read.
func TestKilledAtWriteSealed(t *testing.T) {
	base, f := beforehand(t)
	made, _, err := Encrypt(ctx, base, options, sealing, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Erase()
	d := newDisk(t)
	k := newKey(made.file, made.vault, t.Name())
	defer k.Erase()
	steps(t, 43, func(good int) bool {
		dir := copyOf(t, base)
		s, err := Open(ctx, dir, Options{Catalog: small, Now: options.Now, Key: k})
		if err != nil {
			t.Fatal(err)
		}
		d.fail(good, sqlite3.IOERR_WRITE, true)
		done, err := morning(s, f)
		complete := !d.failed() && err == nil
		s.Close()
		d.heal()
		heldSealed(t, dir, k, done)
		return complete
	})
}

// TestFullDisk fills the disk at each write and makes room again (S2).
func TestFullDisk(t *testing.T) {
	base, f := beforehand(t)
	d := newDisk(t)
	steps(t, 29, func(good int) bool {
		return recovers(t, d, copyOf(t, base), f, good, sqlite3.FULL, new(*Full))
	})
}

// TestDiskFails lets each write fail as a broken disk does, for good (S3).
func TestDiskFails(t *testing.T) {
	base, f := beforehand(t)
	d := newDisk(t)
	steps(t, 31, func(good int) bool {
		return recovers(t, d, copyOf(t, base), f, good, sqlite3.IOERR_WRITE, new(*DiskFailed))
	})
}

// recovers works on a disk that fails, reads on, and works on when it no longer
// does. It reports whether nothing failed.
func recovers(t *testing.T, d *disk, dir string, f feeds.FeedID, good int, fault error, want any) bool {
	t.Helper()
	s, err := Open(ctx, dir, Options{Catalog: small, Now: options.Now, vfs: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	d.fail(good, fault, false)
	done, err := morning(s, f)
	if !d.failed() {
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		held(t, dir, done)
		return true
	}
	if err != nil { // else only what can be done later failed
		if said, ok := err.(sentence); !errors.As(err, want) || ok && said.Sentence() == "" {
			t.Errorf("after %d writes: %T %v", good, err, err)
		}
	}
	if tries := d.tries; tries > 100 {
		t.Errorf("after %d writes: tried %d times", good, tries)
	}
	if rows, err := s.List(ctx, Scope{}, Window{Limit: 50}); len(rows) != 50 || err != nil {
		t.Errorf("after %d writes: reading gives %d rows, %v", good, len(rows), err)
	}
	d.heal()
	again, err := morning(s, f)
	if err != nil {
		t.Errorf("after %d writes: with the disk in order: %v", good, err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("after %d writes: close: %v", good, err)
	}
	again.marked = append(again.marked, done.marked...)
	again.saved = max(done.saved, again.saved)
	held(t, dir, again)
	return false
}

// TestHostileTriggers opens a store into which somebody put code (S13).
func TestHostileTriggers(t *testing.T) {
	dir, _ := beforehand(t)
	breakIn(t, dir, `CREATE TRIGGER evil AFTER UPDATE ON statuses BEGIN DELETE FROM articles; END;
		CREATE TRIGGER worse AFTER INSERT ON mark_log BEGIN UPDATE statuses SET starred = 1; END;
		CREATE VIEW sneaky AS SELECT count(*) FROM articles;`)
	s := openAt(t, dir, &clock{t0})
	rows, err := s.List(ctx, Scope{UnreadOnly: true}, Window{Limit: 1})
	if err != nil || len(rows) != 1 {
		t.Fatal(err)
	}
	starred := one(t, s, "SELECT count(*) FROM statuses WHERE starred = 1")
	if _, err := s.Mark(ctx, Read, rows[0].ID); err != nil {
		t.Fatal(err)
	}
	if n, stars := one(t, s, "SELECT count(*) FROM articles"), one(t, s, "SELECT count(*) FROM statuses WHERE starred = 1"); n != 100 || stars != starred {
		t.Errorf("%d articles, %d starred", n, stars)
	}
	if _, err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy.db")); err != nil {
		t.Error(err)
	}
	verified(t, s)
	out, err := Repair(ctx, dir, options, nil)
	if err != nil || !out.Found.Sound() {
		t.Error(fmt.Sprint(out.Found.Sentences()), err)
	}
}
