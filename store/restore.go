package store

import (
	"cmp"
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
//
// k is the key of the file if that is encrypted, which it then is in its new place,
// too. A plain file that takes the place of an encrypted store is encrypted with k,
// the store's key; plain articles are not put there.
func Restore(ctx context.Context, dir, file string, k *Key, now time.Time) (out Restored, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return out, fmt.Errorf("restore store: %w", err)
	}
	of := k
	if clearFile(file) {
		of = nil
	}
	if st, err := inspect(file, of); err != nil || st == absent {
		return out, errors.Join(err, notThere(err, file))
	}
	if sealed, err := Encrypted(dir); k == nil && (sealed || err != nil) {
		return out, cmp.Or(err, error(&Sealed{filepath.Join(dir, fileName)}))
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
	if err := bringUp(ctx, fresh, of, k); err != nil {
		return out, reworded(err, file)
	}
	if out.Articles, err = countedArticles(fresh, k); err != nil {
		return out, err
	}
	out.Aside, err = putInPlace(dir, fresh, "replaced", keyOf(dir, k), now)
	return out, err
}

// keyOf returns what becomes of the key file of dir when a file of this key is put
// there: that of the same key stays, because its pass phrase may be a newer one.
func keyOf(dir string, k *Key) keyChange {
	if k == nil {
		return keyChange{}
	}
	if had, err := readKeyFile(filepath.Join(dir, fileName)); err == nil && had.ID == k.file.ID {
		return keyChange{}
	}
	return keyChange{file: k.file}
}

// rekey makes a closed database one of another key, nil for a plain one, and checks
// what came of it.
func rekey(ctx context.Context, path string, from, to *Key) (err error) {
	temp := path + ".rekey"
	removeDatabase(temp)
	defer removeDatabase(temp)
	if err := func() (err error) {
		c, err := connect(path, from, sqlite3.OPEN_READWRITE, author)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.Close()) }()
		c.SetInterrupt(ctx)
		return copyInto(c, temp, to)
	}(); err != nil {
		return err
	}
	if err := examine(ctx, temp, to, settle); err != nil {
		return err
	}
	removeDatabase(path)
	return os.Rename(temp, path)
}

// clearFile reports whether a file is a database that is not encrypted.
func clearFile(path string) bool {
	head, err := beginning(path)
	return err == nil && string(head) == magic
}

// bringUp checks a copy, which may be an older store, and gives it its key.
func bringUp(ctx context.Context, fresh string, of, k *Key) error {
	st, err := inspect(fresh, of)
	if err == nil && st == older {
		err = upgrade(fresh, of)
	}
	if err == nil {
		err = examine(ctx, fresh, of, settle)
	}
	if err == nil && of != k {
		err = rekey(ctx, fresh, of, k)
	}
	return err
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
	if err := refuseRemote(dir); err != nil {
		return nil, err
	}
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
func putInPlace(dir, fresh, why string, change keyChange, now time.Time) (aside string, err error) {
	if err := syncFile(fresh); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fileName)
	_, missing := os.Lstat(path)
	name := asideName(why, now)
	for i := 2; exists(filepath.Join(dir, name)); i++ {
		name = fmt.Sprintf("%s-%d", asideName(why, now), i)
	}
	if err := replace(dir, fresh, name, change); err != nil {
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
