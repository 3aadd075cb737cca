package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"sitrep/store/vault"
)

// keySuffix is what the key file of a database file is called: beside the store,
// and beside each of its copies.
const keySuffix = ".key"

// magic begins every database that is not encrypted (SQLite's file format, 1.3.1).
const magic = "SQLite format 3\x00"

// Key opens an encrypted store. One Key may be used by several stores at once.
type Key struct {
	vault *vault.Key
	file  *vault.File // from which it came
	pages []byte      // the key of Adiantum; ciphers in use share it
	vfs   string      // the name of the file system that encrypts with it
	users atomic.Int32
}

// newKey registers the file system that encrypts with the key, over another one
// whose name is base, "" for the usual one.
func newKey(f *vault.File, k *vault.Key, base string) *Key {
	out := &Key{vault: k, file: f, pages: k.Derive("pages")}
	out.vfs = registerSealed(base, out.pages)
	return out
}

// through returns the name of the file system that encrypts with the key, "" for
// the usual one of no key.
func (k *Key) through() string {
	if k == nil {
		return ""
	}
	return k.vfs
}

// InKeyring returns under which name the system's keyring holds the pass phrase,
// "" when it does not.
func (k *Key) InKeyring() string {
	if k == nil || !k.file.Keyring {
		return ""
	}
	return k.file.ID
}

// Erase forgets the key. Every store that was opened with it must be closed: what
// a store wrote afterwards could never be read.
func (k *Key) Erase() error {
	if k == nil {
		return nil
	}
	if k.users.Load() > 0 {
		return errors.New("erase key: a store that needs it is open")
	}
	unregisterSealed(k.vfs)
	clear(k.pages)
	k.vault.Erase()
	return nil
}

// KeyFile is what is known of the key file of a store without opening it.
type KeyFile struct {
	Path      string
	Memory    int64 // bytes that a guess at the pass phrase takes
	Passes    int   // over that memory
	InKeyring bool  // see KeyringName
}

// Encrypted reports whether the store is.
func (s *Store) Encrypted() bool { return s.key != nil }

// Key returns the key of an encrypted store, nil of a plain one. It is the store's
// until that is closed.
func (s *Store) Key() *Key { return s.key }

// KeyFile returns the zero value for a plain store.
func (s *Store) KeyFile() KeyFile {
	if s.key == nil {
		return KeyFile{}
	}
	f := s.key.file
	return KeyFile{s.path + keySuffix, int64(f.Cost.Memory) << 10, int(f.Cost.Passes), f.Keyring}
}

// hold and release count the open stores.
func (k *Key) hold() {
	if k != nil {
		k.users.Add(1)
	}
}

func (k *Key) release() {
	if k != nil {
		k.users.Add(-1)
	}
}

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

// accompany puts the key file of a copy beside it, so that its pass phrase is all
// that the copy needs.
func (k *Key) accompany(file string) error {
	if k == nil {
		return nil
	}
	return writeKeyFile(file, k.file)
}

// SetPassphrase gives the key another pass phrase, in dir and in the copies of the
// store's own folder that the same key opens. Not a byte of the store is written.
// inKeyring is kept with it, for KeyringName. It returns the copies that keep the
// old pass phrase because their key file could not be read or written.
func (k *Key) SetPassphrase(dir string, passphrase []byte, inKeyring bool) (old []string, err error) {
	f, err := k.vault.Wrapped(passphrase, k.file.Cost)
	if err != nil {
		return nil, err
	}
	f.Keyring = inKeyring
	if err := writeKeyFile(filepath.Join(dir, fileName), f); err != nil {
		return nil, err
	}
	k.file = f
	copies, err := Backups(dir)
	for _, c := range copies {
		had, e := readKeyFile(c.Path)
		var missing *KeyMissing
		switch {
		case errors.As(e, &missing):
		case e != nil:
			old = append(old, c.Path)
		case had.ID == f.ID:
			if writeKeyFile(c.Path, f) != nil {
				old = append(old, c.Path)
			}
		}
	}
	return old, err
}

// SealNote encrypts what is kept beside the store; with no key it returns it as it
// is.
func (k *Key) SealNote(plain []byte) ([]byte, error) {
	if k == nil {
		return plain, nil
	}
	return k.vault.Seal("note", plain)
}

// OpenNote is the inverse of SealNote.
func (k *Key) OpenNote(b []byte) ([]byte, error) {
	if k == nil {
		return b, nil
	}
	return k.vault.Open("note", b)
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
