package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Left is a file that should be gone and is not.
type Left struct {
	Path string
	Err  error
}

func (e *Left) Error() string { return fmt.Sprintf("remove %s: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *Left) Unwrap() error { return e.Err }

// Sentence tells the reader.
func (e *Left) Sentence() string {
	return fmt.Sprintf("The new store is in its place, but the one of before, %s, could not be removed (%v). Remove it yourself.", e.Path, e.Err)
}

// Shred overwrites a database file and its journals once, and removes them. On a
// disk of flash memory, or a file system that keeps snapshots, the old blocks may
// stay all the same.
func Shred(path string) error {
	var errs []error
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		errs = append(errs, shredFile(path+suffix))
	}
	return errors.Join(append(errs, syncDir(filepath.Dir(path)))...)
}

// shredFile is Shred for one file, which need not be there. A file that cannot be
// overwritten is removed all the same.
func shredFile(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil
	}
	if info.Mode().IsRegular() {
		err = overwrite(path, info.Size())
	}
	if removed := os.Remove(path); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		return removed
	}
	return err
}

func overwrite(path string, size int64) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.CopyN(f, zeros{}, size); err != nil {
		return err
	}
	return f.Sync()
}

// zeros is an endless file of zeros.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// PlainCopies returns the databases and journals that are not encrypted in the
// folder of an encrypted store and in that of its copies: backups, stores that were
// set aside, and what a process that was killed left. The store itself is none.
func PlainCopies(dir string) (all []Copy, err error) {
	for _, folder := range []string{dir, filepath.Join(dir, backupFolder)} {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look for plain copies: %w", err)
		}
		for _, e := range entries {
			path := filepath.Join(folder, e.Name())
			info, err := e.Info()
			if err == nil && info.Mode().IsRegular() && isPlain(path) {
				all = append(all, Copy{Path: path, Size: info.Size(), Taken: info.ModTime()})
			}
		}
	}
	return all, nil
}

// The beginnings of SQLite's journals (its file format, 3 and 4.1).
var journalMagics = [][]byte{{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}, {0x37, 0x7f, 0x06, 0x82}, {0x37, 0x7f, 0x06, 0x83}}

// isPlain reports whether a file is a database or a journal that anybody can read.
func isPlain(path string) bool {
	head, err := beginning(path)
	if err != nil {
		return false
	}
	for _, m := range append(journalMagics, []byte(magic)) {
		if bytes.HasPrefix(head, m) {
			return true
		}
	}
	return false
}
