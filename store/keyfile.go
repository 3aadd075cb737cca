package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sitrep/store/vault"
)

// keySuffix is what the key file of a database file is called: beside the store,
// and beside each of its copies.
const keySuffix = ".key"

// magic begins every database that is not encrypted (SQLite's file format, 1.3.1).
const magic = "SQLite format 3\x00"

// Exists reports whether there is a store in dir, or something in its place.
func Exists(dir string) bool { return exists(storeFile(dir)) }

// Encrypted reports whether the store in dir needs a Key, or, when there is none
// yet, will need one.
func Encrypted(dir string) (bool, error) {
	return encryptedFile(storeFile(dir))
}

// EncryptedFile is Encrypted for a copy of a store.
func EncryptedFile(file string) (bool, error) { return encryptedFile(file) }

func encryptedFile(path string) (bool, error) {
	head, err := beginning(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return exists(path + keySuffix), nil
	case err != nil, len(head) < len(magic), string(head) == magic:
		return false, nil // what is wrong, opening the store says better
	}
	_, err = readKeyFile(path)
	var missing *KeyMissing
	if errors.As(err, &missing) {
		return false, nil
	}
	return true, err
}

// beginning returns the first bytes of a file, as many as magic has if there are.
func beginning(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// storeFile is the file that is the store in dir once what was begun is ended,
// see replace.
func storeFile(dir string) string {
	ready := filepath.Join(dir, readyName)
	if swapBegun(dir) && exists(ready) {
		return ready
	}
	return filepath.Join(dir, fileName)
}

// Unlock opens the key of the store in dir with its pass phrase. The errors are
// WrongPassphrase, KeyDamaged and KeyMissing. No file of the store is opened, and
// nothing is written.
func Unlock(dir string, passphrase []byte) (*Key, error) {
	return UnlockFile(storeFile(dir), passphrase)
}

// UnlockFile is Unlock for a copy of a store.
func UnlockFile(file string, passphrase []byte) (*Key, error) {
	f, err := readKeyFile(file)
	if err != nil {
		return nil, err
	}
	k, err := f.Unwrap(passphrase)
	if errors.Is(err, vault.ErrPassphrase) {
		return nil, &WrongPassphrase{file}
	}
	if err != nil {
		return nil, err
	}
	return newKey(f, k, ""), nil
}

// KeyringName returns under which name the system's keyring holds the pass phrase
// of the store in dir, "" when its reader did not choose that.
func KeyringName(dir string) (string, error) {
	f, err := readKeyFile(storeFile(dir))
	if err != nil || !f.Keyring {
		return "", err
	}
	return f.ID, nil
}

// readKeyFile reads the key file of a database file. That of a store which is
// being put in its place may be the one of the place already.
func readKeyFile(path string) (*vault.File, error) {
	name := path + keySuffix
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && filepath.Base(path) == readyName {
		name = filepath.Join(filepath.Dir(path), fileName+keySuffix)
		b, err = os.ReadFile(name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &KeyMissing{path}
	case err != nil:
		return nil, fmt.Errorf("read key file: %w", err)
	}
	f, err := vault.Parse(b)
	if err != nil {
		return nil, &KeyDamaged{name, err}
	}
	return f, nil
}

// writeKeyFile replaces the key file of a database file as a whole. It is on disk
// when it returns.
func writeKeyFile(path string, f *vault.File) error {
	name := path + keySuffix
	if err := writeSynced(name+".new", f.Bytes()); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	return syncDir(filepath.Dir(name))
}

// accompany puts the key file of the store beside a copy of it, so that its pass
// phrase is all that the copy needs. It may be a newer one than that by which this
// process opened the store.
func (s *Store) accompany(file string) error {
	if s.key == nil {
		return nil
	}
	f := s.key.file
	if now, err := readKeyFile(s.path); err == nil && now.ID == f.ID {
		f = now
	}
	return writeKeyFile(file, f)
}

// SetPassphrase gives the key another pass phrase, in dir and in the copies of the
// store's own folder that the same key opens. Not a byte of the store is written.
// inKeyring is kept with it, for KeyringName. It returns the copies that keep the
// old pass phrase because their key file could not be read or written. A store that
// got another key meanwhile is left alone (OtherKey), one that is being replaced
// waited for (InUse).
func (k *Key) SetPassphrase(ctx context.Context, dir string, passphrase []byte, inKeyring bool) (old []string, err error) {
	f, err := k.vault.Wrapped(passphrase, k.file.Cost)
	if err != nil {
		return nil, err
	}
	f.Keyring = inKeyring
	present, _, err := attend(ctx, dir, false)
	if err != nil {
		return nil, err
	}
	defer present.Unlock()
	path := filepath.Join(dir, fileName)
	if now, err := readKeyFile(path); err != nil || now.ID != f.ID {
		return nil, cmp.Or(err, error(&OtherKey{path}))
	}
	if err := writeKeyFile(path, f); err != nil {
		return nil, err
	}
	k.file = f
	return rewrapCopies(dir, f)
}

// rewrapCopies puts a key file beside the copies of the same key.
func rewrapCopies(dir string, f *vault.File) (old []string, err error) {
	copies, err := Backups(dir)
	for _, c := range copies {
		had, e := readKeyFile(c.Path)
		var missing *KeyMissing
		if errors.As(e, &missing) || e == nil && had.ID != f.ID {
			continue
		}
		if e != nil || writeKeyFile(c.Path, f) != nil {
			old = append(old, c.Path)
		}
	}
	return old, err
}

// KeyFile is what is known of the key file of a store without opening it.
type KeyFile struct {
	Path      string
	Memory    int64 // bytes that a guess at the pass phrase takes
	Passes    int   // over that memory
	InKeyring bool  // see KeyringName
}

// KeyFile returns the zero value for a plain store.
func (s *Store) KeyFile() KeyFile {
	if s.key == nil {
		return KeyFile{}
	}
	f := s.key.file
	return KeyFile{s.path + keySuffix, int64(f.Cost.Memory) << 10, int(f.Cost.Passes), f.Keyring}
}

// looksRandom reports whether a page could be one of an encrypted store: of 4096
// random bytes, none of the 256 values is missing but once in 36,000 times.
func looksRandom(page []byte) bool {
	seen := [256]bool{}
	n := 0
	for _, b := range page {
		if !seen[b] {
			seen[b] = true
			n++
		}
	}
	return len(page) == pageSize && n == len(seen) && !bytes.Contains(page, make([]byte, 8))
}
