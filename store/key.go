package store

import (
	"errors"
	"sync/atomic"

	"sitrep/store/vault"
)

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

// Encrypted reports whether the store is.
func (s *Store) Encrypted() bool { return s.key != nil }

// Key returns the key of an encrypted store, nil of a plain one. It is the store's
// until that is closed.
func (s *Store) Key() *Key { return s.key }

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
