package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"
)

// picture describes all files of a folder, to show that nothing was changed.
func picture(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %v", path[len(dir):], info.Mode())
		if info.Mode().IsRegular() && info.Mode().Perm()&0o400 != 0 && d.Name() != lockName {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, " %x", sha256.Sum256(data))
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// foreign makes a database with the header fields given.
func foreign(t *testing.T, path string, id, version int) {
	t.Helper()
	c, err := sqlite3.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Exec(fmt.Sprintf("CREATE TABLE t(x); PRAGMA application_id = %d; PRAGMA user_version = %d", id, version)); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// sentence is what the reader is told.
type sentence interface{ Sentence() string }

// S6: what is no store of ours is refused in a sentence and left as it is.
func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		want any
	}{
		"text":           {func(t *testing.T, p string) { os.WriteFile(p, []byte(strings.Repeat("notes ", 99)), 0o644) }, new(*NotOurs)},
		"short":          {func(t *testing.T, p string) { os.WriteFile(p, []byte("x"), 0o644) }, new(*NotOurs)},
		"empty":          {func(t *testing.T, p string) { os.WriteFile(p, nil, 0o644) }, new(*Damaged)},
		"zeros":          {func(t *testing.T, p string) { os.WriteFile(p, make([]byte, 8192), 0o644) }, new(*Damaged)},
		"other database": {func(t *testing.T, p string) { foreign(t, p, 0, 0) }, new(*NotOurs)},
		"newer":          {func(t *testing.T, p string) { foreign(t, p, applicationID, schemaVersion+1) }, new(*Newer)},
		"folder":         {func(t *testing.T, p string) { os.Mkdir(p, 0o700) }, new(*NotOurs)},
		"link":           {func(t *testing.T, p string) { os.Symlink("/dev/null", p) }, new(*NotOurs)},
		"fifo":           {func(t *testing.T, p string) { mkfifo(p) }, new(*NotOurs)},
		"journal only":   {func(t *testing.T, p string) { os.WriteFile(p+"-wal", []byte("frames"), 0o600) }, new(*Orphan)},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			c.make(t, path)
			for _, lock := range []string{lockName, presenceName} {
				os.WriteFile(filepath.Join(dir, lock), nil, 0o600)
			}
			before := picture(t, dir)
			s, err := Open(ctx, dir, Options{Catalog: small})
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			if !errors.As(err, c.want) {
				t.Errorf("%T: %v", err, err)
			}
			if s, ok := err.(sentence); !ok || !strings.HasSuffix(s.Sentence(), ".") || !strings.Contains(s.Sentence(), fileName) {
				t.Errorf("no sentence: %v", err)
			}
			if after := picture(t, dir); after != before {
				t.Errorf("before\n%safter\n%s", before, after)
			}
		})
	}
}

// TestOpenDamaged overwrites the first pages but one of a real store.
func TestOpenDamaged(t *testing.T) {
	s, _ := openTest(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteAt([]byte(strings.Repeat("damage", 5000)), pageSize)
	f.Close()
	s, err = Open(ctx, s.dir, Options{Catalog: small})
	if err == nil { // it shows when the schema is read
		_, err = s.Overview(ctx)
		s.Close()
	}
	if d := (*Damaged)(nil); !errors.As(err, &d) {
		t.Errorf("%T %v", err, err)
	}
}

func TestOpenReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("the superuser may write everything: only the option is tested")
	}
	dir := t.TempDir()
	if _, err := Open(ctx, dir, Options{ReadOnly: true, Catalog: small}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("news", 3, t0)...))
	r, err := Open(ctx, dir, Options{ReadOnly: true, Catalog: small})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if rows, err := r.List(ctx, Scope{}, Window{}); len(rows) != 3 || err != nil {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if rows := find(t, r, "report"); len(rows) != 3 {
		t.Errorf("found %d", len(rows))
	}
	var ro *ReadOnly
	if _, err := r.Mark(ctx, Read, 1); !errors.As(err, &ro) {
		t.Errorf("mark: %v", err)
	}
	if _, err := r.Claim(ctx); !errors.As(err, &ro) {
		t.Errorf("claim: %v", err)
	}
}

// TestNoPlace opens stores where there can be none.
func TestNoPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "deeper")} {
		_, err := Open(ctx, dir, Options{Catalog: small})
		if none := (*NoPlace)(nil); !errors.As(err, &none) {
			t.Errorf("%s: %T %v", dir, err, err)
		}
	}
	if kept, err := os.ReadFile(file); string(kept) != "x" || err != nil {
		t.Errorf("the file is %q, %v", kept, err)
	}
}

// TestClassify names the causes that a test cannot make.
func TestClassify(t *testing.T) {
	disk := &fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}
	if ro := (*ReadOnly)(nil); !errors.As(classify("x", disk), &ro) {
		t.Errorf("a disk that is mounted read-only: %T", classify("x", disk))
	}
}

// K5: nobody else can read what we write.
func TestFileModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes mean little there")
	}
	old := umask(0)
	defer umask(old)
	dir := filepath.Join(t.TempDir(), "share", "sitrep")
	s := openAt(t, dir, &clock{t0})
	cl, err := s.Claim(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cl.Report(progress(1))
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("news", 3, t0)...))
	find(t, s, "report")
	files := 0
	err = filepath.WalkDir(filepath.Dir(dir), func(path string, d fs.DirEntry, failure error) error {
		if failure != nil {
			return failure
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(fileMode)
		if d.IsDir() {
			want = dirMode
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return nil
	})
	if err != nil || files < 8 { // two folders; store, journal, index, two locks, progress
		t.Errorf("%d files, %v", files, err)
	}
	if err := cl.Release(); err != nil {
		t.Error(err)
	}
}

// C2: TestCreateTogether opens an absent store five times at once.
func TestCreateTogether(t *testing.T) {
	for range 10 {
		dir := filepath.Join(t.TempDir(), "sitrep")
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Go(func() {
				s, err := Open(ctx, dir, Options{Catalog: small})
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				if err := s.SetSetting(ctx, fmt.Sprint("k", i), "v"); err != nil {
					t.Errorf("write: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		wg.Wait()
		s := openAt(t, dir, &clock{t0})
		if n := one(t, s, "SELECT count(*) FROM settings WHERE key LIKE 'k%'"); n != 5 {
			t.Errorf("%d settings", n)
		}
	}
}

// TestCreationKilled finds what a maker left that was killed half-way.
func TestCreationKilled(t *testing.T) {
	dir := t.TempDir()
	for _, suffix := range []string{".new", ".new-wal", ".new-shm"} {
		os.WriteFile(filepath.Join(dir, fileName+suffix), []byte("half"), 0o600)
	}
	s := openAt(t, dir, &clock{t0})
	addFeed(t, s, "news")
	verified(t, s)
}

func TestClosed(t *testing.T) {
	s, _ := openTest(t)
	addFeed(t, s, "news")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	if _, err := s.Overview(ctx); err == nil {
		t.Error("read after close")
	}
	if _, err := s.Mark(ctx, Read, 1); err == nil {
		t.Error("write after close")
	}
}

func TestCancelled(t *testing.T) {
	s, _ := openTest(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Overview(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("overview: %v", err)
	}
	if _, err := s.Mark(gone, Read, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("mark: %v", err)
	}
	if err := s.SetSetting(ctx, "k", "v"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
