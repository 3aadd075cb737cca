package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Copy is what is known of a copy of a store.
type Copy struct {
	Path     string
	Size     int64 // bytes
	Articles int
	Taken    time.Time // when the file was last changed
}

// BadCopy is a copy that does not hold what a store should.
type BadCopy struct {
	Path string
	Why  string
}

func (e *BadCopy) Error() string { return fmt.Sprintf("check copy %s: %s", e.Path, e.Why) }

// Sentence tells the reader.
func (e *BadCopy) Sentence() string {
	return fmt.Sprintf("The copy %s is not sound (%s), and was not used. The store is as it was.", e.Path, e.Why)
}

// backupFolder in the store's folder holds the copies that nobody named.
const backupFolder = "backups"

// BackupName returns the usual place of a copy that is made now.
func (s *Store) BackupName(now time.Time) string {
	return filepath.Join(s.dir, backupFolder, "sitrep-"+now.UTC().Format("20060102-150405")+".db")
}

// Backup writes a copy of the store as of one moment, while others read and
// write. It is opened, checked and counted before it gets its name; a file that
// exists is refused with fs.ErrExist. When ctx ends, nothing is left.
func (s *Store) Backup(ctx context.Context, file string) (out Copy, err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return out, fmt.Errorf("back up store: %w", err)
	}
	if filepath.Dir(file) == filepath.Join(s.dir, backupFolder) {
		if err := os.MkdirAll(filepath.Dir(file), dirMode); err != nil {
			return out, classify(file, err)
		}
	}
	if exists(file) || exists(file+keySuffix) {
		return out, fmt.Errorf("back up store to %s: %w", file, fs.ErrExist)
	}
	temp := file + ".part"
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_RDWR, fileMode)
	if err != nil {
		return out, fmt.Errorf("back up store: %w", err)
	}
	f.Close()
	defer removeDatabase(temp)
	if err := s.copyTo(ctx, temp, s.key); err != nil {
		return out, err
	}
	if err := s.accompany(file); err != nil {
		return out, fmt.Errorf("back up store: %w", err)
	}
	if err := moveNew(temp, file); err != nil {
		if s.key != nil {
			os.Remove(file + keySuffix)
		}
		return out, fmt.Errorf("back up store: %w", err)
	}
	return describe(file, s.key)
}

// copyTo fills the empty file with a copy, encrypted with the key unless that is
// nil, and holds it to the store's arrivals before and after, which only grow.
func (s *Store) copyTo(ctx context.Context, temp string, k *Key) error {
	before, err := s.Arrival(ctx)
	if err != nil {
		return err
	}
	if err := s.vacuumInto(ctx, temp, k); err != nil {
		return err
	}
	after, err := s.Arrival(ctx)
	if err != nil {
		return err
	}
	var last int64
	err = examine(ctx, temp, k, func(c *conn) (err error) {
		last, err = lastArrival(c)
		return err
	})
	if err != nil {
		return err
	}
	if last < before || last > after {
		return &BadCopy{temp, fmt.Sprintf("%d articles had arrived, the store had %d to %d", last, before, after)}
	}
	return syncFile(temp)
}

func (s *Store) vacuumInto(ctx context.Context, temp string, k *Key) (err error) {
	c, err := s.connect(author)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.SetInterrupt(ctx)
	return s.explain(ctx, copyInto(c, temp, k))
}

// copyInto copies what a connection sees into an empty file, encrypted with the
// key unless that is nil.
func copyInto(c *conn, to string, k *Key) error {
	return c.exec("VACUUM INTO ?", address(cmp.Or(k.through(), usualVFS), to))
}

// usualVFS is the name of the file system that does not encrypt, to be named where
// it is not the one in use.
const usualVFS = "os"

// examine checks a copy, which nobody else has open, as it is checked before it
// is trusted: by SQLite, and by its own counters. f may look at it, too.
func examine(ctx context.Context, path string, k *Key, f func(c *conn) error) (err error) {
	if st, err := inspect(path, k); err != nil || st != usable {
		return errors.Join(err, badUnless(err != nil, path, "it is of an older version"))
	}
	c, err := connect(path, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return &BadCopy{path, err.Error()}
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.SetInterrupt(ctx)
	err = func() error {
		if err := c.Exec("PRAGMA journal_mode = WAL"); err != nil {
			return err
		}
		if text, _, err := c.text("PRAGMA quick_check(1)"); err != nil || text != "ok" {
			return errors.Join(err, badUnless(err != nil, path, plain(text)))
		}
		if err := countAgain(c); err != nil {
			return err
		}
		if what, err := brokenRule(c, counterRules[:]); err != nil || what != "" {
			return errors.Join(err, badUnless(err != nil, path, "its counters do not count its articles"))
		}
		return f(c)
	}()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return &BadCopy{path, err.Error()}
	}
	return classify(path, err)
}

// badUnless returns why a copy is bad, unless another error says so.
func badUnless(other bool, path, why string) error {
	if other {
		return nil
	}
	return &BadCopy{path, why}
}

// describe returns what is shown of a sound copy.
func describe(path string, k *Key) (out Copy, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return out, err
	}
	out = Copy{Path: path, Size: info.Size(), Taken: info.ModTime()}
	n, err := countedArticles(path, k)
	out.Articles = n
	return out, err
}

// countedArticles reads how many articles a closed store holds.
func countedArticles(path string, k *Key) (n int, err error) {
	c, err := connect(path, k, sqlite3.OPEN_READWRITE, reader)
	if err != nil {
		return 0, classify(path, err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	all, err := counter(c, ofAll, 0)
	return all.Total, err
}

// Backups returns the copies in the store's own folder, the newest first, without
// looking into them.
func Backups(dir string) (all []Copy, err error) {
	folder := filepath.Join(dir, backupFolder)
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !isBackupName(e.Name()) {
			continue
		}
		all = append(all, Copy{Path: filepath.Join(folder, e.Name()), Size: info.Size(), Taken: info.ModTime()})
	}
	slices.SortFunc(all, func(a, b Copy) int { return strings.Compare(b.Path, a.Path) })
	return all, nil
}

func isBackupName(name string) bool {
	stamp, ok := strings.CutPrefix(strings.TrimSuffix(name, ".db"), "sitrep-")
	_, err := time.Parse("20060102-150405", stamp)
	return ok && err == nil && strings.HasSuffix(name, ".db")
}

// PruneBackups removes all but the newest keep copies of the store's own folder,
// and returns how many it removed. Files of other names are left alone.
func PruneBackups(dir string, keep int) (removed int, err error) {
	all, err := Backups(dir)
	if err != nil || keep < 1 || len(all) <= keep {
		return 0, err
	}
	for _, old := range all[keep:] {
		if err := os.Remove(old.Path); err != nil {
			return removed, fmt.Errorf("remove old backup: %w", err)
		}
		if err := os.Remove(old.Path + keySuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("remove old backup: %w", err)
		}
		removed++
	}
	return removed, nil
}

// removeDatabase removes a file of ours that SQLite had open, with its journals.
func removeDatabase(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(path + suffix)
	}
}

// moveNew gives a file a name that nobody has.
func moveNew(from, to string) error {
	switch err := os.Link(from, to); {
	case err == nil:
		err = os.Remove(from)
		return errors.Join(err, syncDir(filepath.Dir(to)))
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// A file system without links.
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("rename %s: %w", to, fs.ErrExist)
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// copyFile copies a file into a new one that only this user may read. It looks
// at ctx every few megabytes.
func copyFile(ctx context.Context, from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	for {
		switch _, err := io.CopyN(out, in, 8<<20); {
		case errors.Is(err, io.EOF):
			return out.Sync()
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
}
