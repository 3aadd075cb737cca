// Package vault keeps the key of an encrypted store in a small file that only a
// pass phrase opens: the key is made at random, and wrapped by one that Argon2id
// (RFC 9106) makes of the pass phrase. Another pass phrase wraps the same key
// anew, and without the file nothing that was encrypted with the key can be read
// again. The package never touches a disk or a database.
package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

var (
	// ErrPassphrase is a pass phrase that is not the one of the file, which is whole.
	ErrPassphrase = errors.New("open vault: wrong pass phrase")
	// ErrDamaged is a file that is not as it was written.
	ErrDamaged = errors.New("read vault: damaged")
	// ErrNewer is a file of a form that is not known here.
	ErrNewer = errors.New("read vault: made by a newer version")
)

const (
	keySize  = 32 // bytes
	saltSize = 16 // RFC 9106, 3.1
)

// Cost is what one guess at a pass phrase costs, in the terms of Argon2id.
type Cost struct {
	Passes  uint32 `json:"passes"`
	Memory  uint32 `json:"memory"` // KiB
	Threads uint8  `json:"threads"`
}

// Usual is the second choice of RFC 9106, 4: a fifth of a second, with memory that
// any machine has.
func Usual() Cost { return Cost{Passes: 3, Memory: 64 << 10, Threads: 4} }

// bearable keeps a file that was tampered with from using up the machine.
func (c Cost) bearable() bool {
	return c.Passes >= 1 && c.Passes <= 64 && c.Threads >= 1 && c.Memory >= 8 && c.Memory <= 2<<20
}

// head is what of a file is bound to the wrapped key: none of it can be changed
// without the pass phrase.
type head struct {
	Version int    `json:"version"`
	ID      string `json:"id"` // of the key, at random; tells whose file this is
	KDF     string `json:"kdf"`
	Cost    Cost   `json:"cost"`
	Salt    []byte `json:"salt"`
	Wrap    string `json:"wrap"`
}

const (
	version  = 1
	kdfName  = "argon2id"
	wrapName = "xchacha20-poly1305"
)

// File is the content of a key file.
type File struct {
	What string `json:"what"`
	head
	Nonce []byte `json:"nonce"`
	Key   []byte `json:"key"` // wrapped
	// Keyring says that the pass phrase is kept in the system's keyring under ID.
	Keyring bool   `json:"keyring,omitempty"`
	Sum     string `json:"sum"` // SHA-256 of all else, which tells damage from a wrong pass phrase
}

// what tells somebody who finds the file what to do with it.
const what = "The key of an encrypted sitrep store, wrapped by a pass phrase. Without this file the store cannot be read: keep it beside the store."

// Key encrypts what a store keeps. It must not be copied.
type Key struct {
	id     string
	secret [keySize]byte
}

// New makes a key at random, and its file.
func New(passphrase []byte, cost Cost) (*File, *Key, error) {
	k := &Key{id: rand.Text()}
	rand.Read(k.secret[:])
	f, err := k.Wrapped(passphrase, cost)
	return f, k, err
}

// Wrapped returns a file that the pass phrase opens.
func (k *Key) Wrapped(passphrase []byte, cost Cost) (*File, error) {
	f := &File{What: what, head: head{Version: version, ID: k.id, KDF: kdfName, Cost: cost, Salt: random(saltSize), Wrap: wrapName}}
	f.Nonce = random(chacha20poly1305.NonceSizeX)
	wrapping := f.derive(passphrase)
	defer clear(wrapping)
	aead, err := chacha20poly1305.NewX(wrapping)
	if err != nil {
		return nil, fmt.Errorf("wrap key: %w", err)
	}
	f.Key = aead.Seal(nil, f.Nonce, k.secret[:], f.bound())
	return f, nil
}

// Unwrap returns the key, or ErrPassphrase. It takes as long as the file's cost
// says.
func (f *File) Unwrap(passphrase []byte) (*Key, error) {
	wrapping := f.derive(passphrase)
	defer clear(wrapping)
	aead, err := chacha20poly1305.NewX(wrapping)
	if err != nil {
		return nil, fmt.Errorf("open vault: %w", err)
	}
	plain, err := aead.Open(nil, f.Nonce, f.Key, f.bound())
	if err != nil {
		return nil, ErrPassphrase
	}
	defer clear(plain)
	k := &Key{id: f.ID}
	copy(k.secret[:], plain)
	return k, nil
}

// derive makes the wrapping key. The pass phrase is normalised to NFC (RFC 8265,
// 4.2), because keyboards compose accents differently.
func (f *File) derive(passphrase []byte) []byte {
	composed := norm.NFC.Append(make([]byte, 0, 2*len(passphrase)), passphrase...)
	defer clear(composed)
	return argon2.IDKey(composed, f.Salt, f.Cost.Passes, f.Cost.Memory, f.Cost.Threads, keySize)
}

// bound returns the bytes that the wrapped key is bound to.
func (f *File) bound() []byte {
	b, _ := json.Marshal(f.head) // strings, numbers and bytes always marshal
	return b
}

// Bytes returns the file as it is written.
func (f *File) Bytes() []byte {
	whole := *f
	whole.Sum = f.sum()
	b, _ := json.MarshalIndent(whole, "", "  ") // as in bound
	return append(b, '\n')
}

func (f *File) sum() string {
	bare := *f
	bare.Sum = ""
	b, _ := json.Marshal(bare) // as in bound
	digest := sha256.Sum256(b)
	return hex.EncodeToString(digest[:])
}

// Parse reads what Bytes returned. Errors are ErrDamaged and ErrNewer.
func Parse(b []byte) (*File, error) {
	f := &File{}
	if json.Unmarshal(b, f) != nil || f.Version < 1 {
		return nil, ErrDamaged
	}
	if f.Version > version {
		return nil, ErrNewer
	}
	sound := f.Sum == f.sum() && f.KDF == kdfName && f.Wrap == wrapName && f.Cost.bearable() &&
		len(f.Salt) == saltSize && len(f.Nonce) == chacha20poly1305.NonceSizeX && len(f.Key) == keySize+chacha20poly1305.Overhead
	if !sound {
		return nil, ErrDamaged
	}
	return f, nil
}

// ID tells keys apart; it says nothing about the key.
func (k *Key) ID() string { return k.id }

// Derive returns a key of 32 bytes for one use, which its name tells from others
// (HKDF, RFC 5869).
func (k *Key) Derive(use string) []byte {
	b, err := hkdf.Expand(sha256.New, k.secret[:], "sitrep "+use, keySize)
	if err != nil {
		panic(err) // only for longer keys
	}
	return b
}

// Seal encrypts a short note.
func (k *Key) Seal(use string, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k.Derive(use))
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", use, err)
	}
	nonce := random(aead.NonceSize())
	return aead.Seal(nonce, nonce, plain, nil), nil
}

// Open decrypts what Seal returned; the error is ErrDamaged.
func (k *Key) Open(use string, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(k.Derive(use))
	if err != nil || len(sealed) < aead.NonceSize() {
		return nil, ErrDamaged
	}
	n := aead.NonceSize()
	plain, err := aead.Open(nil, sealed[:n], sealed[n:], nil)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// Same reports whether both are the same key.
func (k *Key) Same(other *Key) bool { return bytes.Equal(k.secret[:], other.secret[:]) }

// Erase forgets the key, as far as the language allows: what was copied while it
// was used may stay in memory until that is used again.
func (k *Key) Erase() { clear(k.secret[:]) }

// String keeps the key out of messages.
func (k *Key) String() string { return "key " + k.id }

// GoString is String for %#v.
func (k *Key) GoString() string { return k.String() }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
