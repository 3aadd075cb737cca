package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/ncruces/go-sqlite3"
)

// The files in the store's folder. SQLite adds sitrep.db-wal and -shm.
const (
	fileName     = "sitrep.db"
	lockName     = "sitrep.lock"  // held while the store is made or migrated
	claimName    = "refresh.lock" // held by the one bulk writer
	progressName = "refresh.json" // what it reports

	dirMode  = 0o700
	fileMode = 0o600
)

// lockRetry is how often a busy creation lock is tried again.
const lockRetry = 5 * time.Millisecond

// state is what stands at the store's place.
type state int

const (
	absent state = iota
	usable       // ours and of our schema
	older        // ours, to be migrated
)

// ensure makes the store in dir when it is absent and migrates an older one.
// Both happen under a lock among all processes, and what stands there is looked
// at again once the lock is held, so that any number of them may start at once.
func ensure(ctx context.Context, dir string, k *Key, readOnly bool) error {
	path := filepath.Join(dir, fileName)
	st, err := inspect(path, k)
	swapping := swapBegun(dir)
	if !swapping && (err != nil || st == usable) {
		return err
	}
	if readOnly {
		switch {
		case swapping:
			return &ReadOnly{path, errors.New("a repair that was ended half-way must be finished first")}
		case st == absent:
			return fmt.Errorf("open store %s: %w", path, fs.ErrNotExist)
		}
		return &ReadOnly{path, errors.New("an older store must be migrated first")}
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(fileMode))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return classify(path, err)
	}
	defer lock.Unlock()
	if err := finishSwap(dir); err != nil {
		return classify(path, err)
	}
	switch st, err = inspect(path, k); {
	case err != nil:
		return err
	case st == absent:
		return create(path, k)
	case st == older:
		return upgrade(path, k)
	}
	return nil
}

// create builds the store beside its place and moves it there whole: a store
// that exists is complete, whenever its maker is killed.
func create(path string, k *Key) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if _, err := os.Lstat(path + suffix); err == nil {
			return &Orphan{path + suffix}
		}
	}
	temp := path + ".new"
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(temp + suffix) // left by a maker that was killed; we hold the lock
	}
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_RDWR, fileMode)
	if err != nil {
		return classify(path, err)
	}
	f.Close()
	if err := build(temp, k); err != nil {
		return classify(path, err)
	}
	if err := os.Rename(temp, path); err != nil {
		return classify(path, err)
	}
	return syncDir(filepath.Dir(path))
}

// build fills an empty file with the schema. Closing the only connection moves
// everything out of the journal into the file.
func build(path string, k *Key) (err error) {
	c, err := connect(path, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.Exec(fmt.Sprintf("PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", pageSize)); err != nil {
		return err
	}
	if err := migrate(c, 0); err != nil {
		return err
	}
	_, _, err = c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}

// pageSize of new stores: two leaves of the search index fit one page, and a
// list of fifty rows reads two.
const pageSize = 4096

func upgrade(path string, k *Key) (err error) {
	c, err := connect(path, k, sqlite3.OPEN_READWRITE, author)
	if err != nil {
		return classify(path, err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.Exec("PRAGMA synchronous = FULL"); err != nil {
		return classify(path, err)
	}
	have, _, err := c.number("PRAGMA user_version")
	if err != nil {
		return classify(path, err)
	}
	return migrate(c, int(have))
}

// syncDir makes a rename survive a power loss, where folders can be synced.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}

// inspect reads the header of the file without SQLite, which could write while
// it looks.
func inspect(path string, k *Key) (state, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent, nil
	case err != nil:
		return absent, classify(path, err)
	case !info.Mode().IsRegular():
		return absent, &NotOurs{path, kindOf(info.Mode())}
	}
	f, err := os.Open(path)
	if err != nil {
		return absent, classify(path, err)
	}
	defer f.Close()
	var header [100]byte
	if n, err := io.ReadFull(f, header[:]); err != nil {
		if n == 0 {
			return absent, &Damaged{path, errors.New("the file is empty")}
		}
		return absent, &NotOurs{path, noDatabase}
	}
	clear := bytes.HasPrefix(header[:], []byte(magic))
	switch {
	case k != nil && clear:
		return absent, &Unsealed{path}
	case k != nil:
		return inspectSealed(path, f, info.Size(), k)
	case !clear:
		if sealed, err := encryptedFile(path); sealed || err != nil {
			return absent, cmp.Or(err, error(&Sealed{path}))
		}
	}
	st, err := judge(path, header[:])
	if isNoDatabase(err) {
		switch page := make([]byte, pageSize); {
		case madeOfPages(f, info.Size()):
			return absent, &Damaged{path, errors.New("its first page is overwritten")}
		case readPage(f, page) && looksRandom(page):
			return absent, &KeyMissing{path}
		}
	}
	return st, err
}

const noDatabase = "no database"

func isNoDatabase(err error) bool {
	var not *NotOurs
	return errors.As(err, &not) && not.What == noDatabase
}

func readPage(f io.ReaderAt, page []byte) bool {
	_, err := f.ReadAt(page, 0)
	return err == nil
}

// kindOf names what is no regular file.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	}
	return "no regular file"
}

// headerTries is how often the header of an encrypted store is read that makes no
// sense: while another process writes its page, half of it may be the old one.
const headerTries = 3

// inspectSealed is inspect for an encrypted file.
func inspectSealed(path string, f *os.File, size int64, k *Key) (st state, err error) {
	plain := k.decrypt(f)
	page := make([]byte, pageSize)
	for range headerTries {
		if !readPage(plain, page) {
			return absent, &Damaged{path, errors.New("its first page is cut off")}
		}
		if st, err = judge(path, page[:fileHeader]); err == nil {
			return st, nil
		}
		time.Sleep(lockRetry)
	}
	if !isNoDatabase(err) {
		return st, err
	}
	if madeOfPages(plain, size) {
		return absent, &Damaged{path, errors.New("its first page is overwritten")}
	}
	return absent, &OtherKey{path}
}

// judge reads the fields of the SQLite file header (its file format, 1.3).
func judge(path string, header []byte) (state, error) {
	if bytes.Count(header, []byte{0}) == len(header) {
		return absent, &Damaged{path, errors.New("its first page is blank")}
	}
	if !bytes.HasPrefix(header, []byte(magic)) {
		return absent, &NotOurs{path, noDatabase}
	}
	if binary.BigEndian.Uint32(header[68:]) != applicationID {
		return absent, &NotOurs{path, "a database of another program"}
	}
	switch version := int(binary.BigEndian.Uint32(header[60:])); {
	case version > schemaVersion:
		return absent, &Newer{path, version, schemaVersion}
	case version < schemaVersion:
		return older, nil
	}
	return usable, nil
}

// What the system says of a disk that is mounted read-only, and of a path that
// leads through a file.
const (
	errReadOnlyDisk = syscall.EROFS
	errNoFolder     = syscall.ENOTDIR
)

// classify turns what SQLite and the system say into the errors of this package.
func classify(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return &Locked{path, err}
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM), errors.Is(err, fs.ErrPermission),
		errors.Is(err, sqlite3.CANTOPEN), errors.Is(err, errReadOnlyDisk):
		return &ReadOnly{path, err}
	case errors.Is(err, sqlite3.CORRUPT_VTAB), errors.Is(err, errStructure):
		return &IndexDamaged{path, err}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoFolder):
		return &NoPlace{path, err}
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return &Damaged{path, err}
	case errors.Is(err, sqlite3.FULL), errors.Is(err, syscall.ENOSPC):
		return &Full{err}
	case errors.Is(err, sqlite3.IOERR), errors.Is(err, syscall.EIO):
		return &DiskFailed{err}
	}
	return err
}
