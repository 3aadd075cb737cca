package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/ncruces/go-sqlite3"
)

// Restored is what took a store's place.
type Restored struct {
	Articles int
	Aside    string // where the store is that was there before, "" when there was none
}

// Restore puts a copy of the file in the place of the store in dir, after checking
// it, and keeps the store that was there under another name. Nobody may have the
// store open: it returns InUse then. An older copy is brought up to date, in the
// copy. The file itself is only read.
func Restore(ctx context.Context, dir, file string, now time.Time) (out Restored, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return out, fmt.Errorf("restore store: %w", err)
	}
	if st, err := inspect(file); err != nil || st == absent {
		return out, errors.Join(err, notThere(err, file))
	}
	lock, err := reserve(ctx, dir)
	if err != nil {
		return out, err
	}
	defer lock.Unlock()
	fresh := filepath.Join(dir, fileName+".restore")
	removeDatabase(fresh)
	defer removeDatabase(fresh)
	if err := takeCopy(ctx, file, fresh); err != nil {
		return out, fmt.Errorf("restore store: %w", err)
	}
	if st, err := inspect(fresh); err != nil {
		return out, err
	} else if st == older {
		if err := upgrade(fresh); err != nil {
			return out, err
		}
	}
	if err := examine(ctx, fresh, settle); err != nil {
		return out, reworded(err, file)
	}
	if out.Articles, err = countedArticles(fresh); err != nil {
		return out, err
	}
	out.Aside, err = putInPlace(dir, fresh, "replaced", now)
	return out, err
}

// reworded names the reader's file in place of our copy of it.
func reworded(err error, file string) error {
	var bad *BadCopy
	if errors.As(err, &bad) {
		return &BadCopy{file, bad.Why}
	}
	return err
}

func notThere(err error, file string) error {
	if err != nil {
		return nil
	}
	return fmt.Errorf("restore store from %s: %w", file, fs.ErrNotExist)
}

// reserve makes the folder of a store if need be and takes the lock that nobody
// else may hold.
func reserve(ctx context.Context, dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, classify(filepath.Join(dir, fileName), err)
	}
	lock, err := alone(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := finishSwap(dir); err != nil {
		return nil, errors.Join(classify(filepath.Join(dir, fileName), err), lock.Unlock())
	}
	return lock, nil
}

// takeCopy copies a database file and the journal beside it.
func takeCopy(ctx context.Context, file, to string) error {
	if err := copyFile(ctx, file, to); err != nil {
		return err
	}
	if err := copyFile(ctx, file+"-wal", to+"-wal"); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// settle moves what the journal holds into the file.
func settle(c *conn) error {
	_, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}

// putInPlace makes fresh the store and returns where the old one is.
func putInPlace(dir, fresh, why string, now time.Time) (aside string, err error) {
	if err := syncFile(fresh); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fileName)
	_, missing := os.Lstat(path)
	name := asideName(why, now)
	for i := 2; exists(filepath.Join(dir, name)); i++ {
		name = fmt.Sprintf("%s-%d", asideName(why, now), i)
	}
	if err := replace(dir, fresh, name); err != nil {
		return "", classify(path, fmt.Errorf("put store in its place: %w", err))
	}
	os.Remove(filepath.Join(dir, uncleanName)) // it was said of the old one
	if missing != nil {
		return "", nil
	}
	return filepath.Join(dir, name), nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
