package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sitrep/feeds/refresh"
)

// TestBackup copies a store while another process fills it (S8).
func TestBackup(t *testing.T) {
	s, _ := openTest(t)
	other := openAt(t, s.dir, &clock{t0})
	f := addFeed(t, other, "news")
	save(t, other, answer(f, t0, numbered("start", 200, t0)...))
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			items := numbered(fmt.Sprint("round", i), 20, t0)
			if _, err := other.Save(ctx, refresh.Batch{Now: t0, Outcomes: []refresh.Outcome{answer(f, t0, items...)}}); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 3 {
		out, err := s.Backup(ctx, s.BackupName(t0.Add(time.Duration(i)*time.Second)))
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(out.Path)
		if err != nil || info.Mode().Perm() != fileMode || out.Size != info.Size() || out.Articles < 200 || out.Articles%20 != 0 {
			t.Errorf("%+v %v %v", out, info.Mode(), err)
		}
		dir := t.TempDir()
		if err := copyFile(ctx, out.Path, filepath.Join(dir, fileName)); err != nil {
			t.Fatal(err)
		}
		verify(t, dir)
	}
	close(stop)
	wg.Wait()
	if n, err := PruneBackups(s.dir, 2); n != 1 || err != nil {
		t.Errorf("pruned %d, %v", n, err)
	}
	all, err := Backups(s.dir)
	if err != nil || len(all) != 2 || !strings.HasSuffix(all[0].Path, "060002.db") {
		t.Errorf("%+v %v", all, err)
	}
	entries, _ := os.ReadDir(filepath.Join(s.dir, backupFolder))
	if len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestBackupRefuses(t *testing.T) {
	s, _ := openTest(t)
	addFeed(t, s, "news")
	there := filepath.Join(t.TempDir(), "there")
	os.WriteFile(there, []byte("mine"), 0o600)
	if _, err := s.Backup(ctx, there); !errors.Is(err, fs.ErrExist) {
		t.Errorf("existing file: %v", err)
	}
	if b, _ := os.ReadFile(there); string(b) != "mine" {
		t.Errorf("it holds %q", b)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	free := filepath.Join(t.TempDir(), "free")
	if _, err := s.Backup(gone, free); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := filepath.Glob(free + "*"); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestRestore(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("old", 7, t0)...))
	saved, err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, answer(f, t0, numbered("new", 5, t0)...))
	if _, err := Restore(ctx, s.dir, saved.Path, nil, t0); !errors.As(err, new(*InUse)) {
		t.Errorf("while it is open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.db")
	b, _ := os.ReadFile(saved.Path)
	copy(b[3*pageSize:], strings.Repeat("damage", 3000))
	os.WriteFile(bad, b, 0o600)
	before := picture(t, s.dir)
	for _, file := range []string{bad, filepath.Join(s.dir, "absent"), os.Args[0]} {
		if _, err := Restore(ctx, s.dir, file, nil, t0); err == nil {
			t.Errorf("restored %s", file)
		}
	}
	if after := picture(t, s.dir); after != before {
		t.Errorf("before\n%safter\n%s", before, after)
	}
	out, err := Restore(ctx, s.dir, saved.Path, nil, t0)
	if err != nil || out.Articles != 7 {
		t.Fatalf("%+v %v", out, err)
	}
	if n, err := countedArticles(out.Aside, nil); n != 12 || err != nil {
		t.Errorf("set aside: %d %v", n, err)
	}
	verify(t, s.dir)
}

// TestSwapKilled ends a replacement that was killed after each of its steps.
func TestSwapKilled(t *testing.T) {
	s, _ := openTest(t)
	addFeed(t, s, "news")
	fresh, err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	for steps := range 5 {
		dir := t.TempDir()
		path := filepath.Join(dir, fileName)
		os.WriteFile(path, []byte("the old one"), 0o600)
		os.WriteFile(path+"-wal", []byte("its journal"), 0o600)
		todo := []func() error{
			func() error { return copyFile(ctx, fresh.Path, filepath.Join(dir, readyName)) },
			func() error { return writeSynced(filepath.Join(dir, swapName), []byte(fileName+".old")) },
			func() error { return os.Rename(path, path+".old") },
			func() error { return os.Rename(path+"-wal", path+".old-wal") },
			func() error { return os.Rename(filepath.Join(dir, readyName), path) },
		}
		for _, step := range todo[:steps+1] {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(ctx, dir, Options{Catalog: small})
		if steps == 0 {
			if !errors.As(err, new(*NotOurs)) {
				t.Errorf("before it began: %v", err)
			}
			continue
		}
		if err != nil {
			t.Errorf("after %d steps: %v", steps, err)
			continue
		}
		if over, err := s.Overview(ctx); len(over.Feeds) != 1 || err != nil {
			t.Errorf("after %d steps: %+v %v", steps, over, err)
		}
		s.Close()
		old, _ := os.ReadFile(path + ".old")
		journal, _ := os.ReadFile(path + ".old-wal")
		if string(old) != "the old one" || string(journal) != "its journal" || swapBegun(dir) {
			t.Errorf("after %d steps: %q %q", steps, old, journal)
		}
	}
}
