package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"sitrep/store/vault"
)

// Every open store holds a shared lock, so that what puts another file in the
// store's place, which takes the lock alone, knows that nobody has the old one
// open. The system gives a lock up when its owner ends, however it ends.
const presenceName = "sitrep.open"

// A process that looks whether it is alone holds the lock alone for a moment.
const (
	presenceTries = 40
	presencePause = 5 * time.Millisecond
)

// InUse is a store that cannot be opened, or replaced, because of another
// process: Replacing tells which of both.
type InUse struct {
	Path      string
	Replacing bool // the other process puts another file in the store's place
}

func (e *InUse) Error() string {
	if e.Replacing {
		return fmt.Sprintf("open store %s: it is being repaired or restored", e.Path)
	}
	return fmt.Sprintf("replace store %s: another process has it open", e.Path)
}

// Sentence tells the reader.
func (e *InUse) Sentence() string {
	if e.Replacing {
		return fmt.Sprintf("The store %s is being repaired or restored by another sitrep. Try again when that is done.", e.Path)
	}
	return fmt.Sprintf("The store %s is open in another sitrep. Close the reader, wait for a refresh to end, and try again; nothing was changed.", e.Path)
}

func presence(dir string) *flock.Flock {
	return flock.New(filepath.Join(dir, presenceName), flock.SetPermissions(fileMode))
}

// attend takes the shared lock and reports whether the store was left without
// being closed: nobody has it open, and its journal is still there. A store that
// is only read may do without the lock where it may not be made.
func attend(ctx context.Context, dir string, readOnly bool) (lock *flock.Flock, unclean bool, err error) {
	path := filepath.Join(dir, fileName)
	lock = presence(dir)
	if !readOnly {
		if unclean, err = leftOpen(path, lock); err != nil {
			return nil, false, classify(path, err)
		}
	}
	for try := range presenceTries {
		if try > 0 {
			select {
			case <-time.After(presencePause):
			case <-ctx.Done():
				return nil, false, ctx.Err()
			}
		}
		ok, err := lock.TryRLock()
		switch {
		case err != nil && readOnly:
			return nil, false, nil
		case err != nil:
			return nil, false, classify(path, fmt.Errorf("open store: %w", err))
		case ok:
			return lock, unclean, nil
		}
	}
	return nil, false, &InUse{path, true}
}

// leftOpen asks for the lock alone only when there is a journal, which the last
// one to close a store removes.
func leftOpen(path string, lock *flock.Flock) (bool, error) {
	info, err := os.Stat(path + "-wal")
	if err != nil || info.Size() == 0 {
		return false, nil
	}
	alone, err := lock.TryLock()
	if err != nil || !alone {
		return false, err
	}
	return true, lock.Unlock()
}

// alone takes the lock that nobody else may hold, or returns InUse.
func alone(ctx context.Context, dir string) (*flock.Flock, error) {
	path := filepath.Join(dir, fileName)
	lock := presence(dir)
	limited, stop := context.WithTimeout(ctx, presenceTries*presencePause)
	defer stop()
	switch _, err := lock.TryLockContext(limited, presencePause); {
	case err == nil:
		return lock, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &InUse{Path: path}
	default:
		return nil, classify(path, fmt.Errorf("replace store: %w", err))
	}
}

// Where another file takes the store's place, the steps are written down first,
// so that whoever opens the store after a process was killed half-way ends them.
const (
	swapName  = "sitrep.db.swap"  // holds the name that the old store gets
	readyName = "sitrep.db.ready" // the new store, whole; its key file beside it if it is another one
)

// keyChange is what becomes of the key file when another file takes the store's
// place: nothing, or there is another one, or none.
type keyChange struct {
	file *vault.File
	none bool
}

// replace puts the file fresh in the store's place and keeps the old store, with
// its journal and what was its key file, under the name kept. The caller holds the
// lock alone.
func replace(dir, fresh, kept string, change keyChange) error {
	ready := filepath.Join(dir, readyName)
	if err := os.Remove(ready + keySuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // one that was left would be taken
	}
	if change.file != nil {
		if err := writeKeyFile(ready, change.file); err != nil {
			return err
		}
	}
	if err := os.Rename(fresh, ready); err != nil {
		return err
	}
	if change.none {
		kept += keyless
	}
	note := filepath.Join(dir, swapName)
	if err := writeSynced(note+".new", []byte(kept)); err != nil {
		return err
	}
	if err := os.Rename(note+".new", note); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	return finishSwap(dir)
}

// swapBegun reports whether replace has begun, and was not seen to end.
func swapBegun(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, swapName))
	return err == nil
}

// finishSwap does what is left of replace; every step may be the first.
func finishSwap(dir string) error {
	note, ready, path := filepath.Join(dir, swapName), filepath.Join(dir, readyName), filepath.Join(dir, fileName)
	name, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Lstat(ready); err == nil {
		base, none := strings.CutSuffix(string(name), keyless)
		kept := filepath.Join(dir, filepath.Base(base))
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := moveAside(path+suffix, kept+suffix); err != nil {
				return err
			}
		}
		if err := swapKey(ready, path, kept, none); err != nil {
			return err
		}
		if err := os.Rename(ready, path); err != nil {
			return err
		}
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	return os.Remove(note)
}

// keyless ends the name in the note when the new store needs no key.
const keyless = "\nplain"

// swapKey gives the new store its key file, and the old one its own, if they are
// not the same.
func swapKey(ready, path, kept string, none bool) error {
	another := exists(ready + keySuffix)
	if !another && !none {
		return nil
	}
	if err := moveAside(path+keySuffix, kept+keySuffix); err != nil || none {
		return err
	}
	return os.Rename(ready+keySuffix, path+keySuffix)
}

// moveAside renames a file that may be gone already, over nothing.
func moveAside(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		if _, err := os.Lstat(from); err == nil {
			return fmt.Errorf("set %s aside: %s exists", from, to)
		}
		return nil
	}
	if err := os.Rename(from, to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// asideName names an old store after why and when it was set aside.
func asideName(why string, now time.Time) string {
	return fmt.Sprintf("%s.%s-%s", fileName, why, now.UTC().Format("20060102-150405"))
}

// writeSynced writes a small file that is on disk when it returns.
func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
