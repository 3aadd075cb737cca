package store

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"strings"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"
	"lukechampine.com/adiantum/hbsh"

	cipher "lukechampine.com/adiantum"
)

// An encrypted store is read and written through a file system of SQLite's (VFS)
// that encrypts with Adiantum, a cipher for disks: blocks of 4096 bytes, each of
// which is another one as soon as one bit in it is. For the file, that is the
// driver's own vfs/adiantum. For the journal it is not: its pages lie across the
// blocks, so that who appends to it writes the end of the last commit anew,
// while another process may be reading it. See units.go.

// sealedPrefix begins the names of the file systems that encrypt.
const sealedPrefix = "sealed-"

// registerSealed registers a file system that encrypts with the key, which it
// shares, and returns its name. The key is in no address and no statement.
func registerSealed(base string, key []byte) (name string) {
	name = sealedPrefix + rand.Text()
	under := vfs.Find(base)
	files := adiantum.Wrap(under, sealedCipher(key)).(vfs.VFSFilename)
	vfs.Register(name, &sealedVFS{files, under, key})
	return name
}

func unregisterSealed(name string) { vfs.Unregister(name) }

// isSealed reports whether a file system encrypts.
func isSealed(name string) bool { return strings.HasPrefix(name, sealedPrefix) }

// sealedCipher makes the ciphers of files.
type sealedCipher []byte

// KDF makes keys for temporary files; it is never given a secret.
func (sealedCipher) KDF(string) []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

// HBSH returns a cipher with the store's key for the empty key that address gives.
func (c sealedCipher) HBSH(key []byte) *hbsh.HBSH {
	switch len(key) {
	case 0:
		return cipher.New(c)
	case 32:
		return cipher.New(key)
	}
	return nil
}

// sealedVFS encrypts the journal otherwise than the other files.
type sealedVFS struct {
	vfs.VFSFilename
	under vfs.VFS
	key   []byte
}

// OpenFilename implements vfs.VFSFilename.
func (v *sealedVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if flags&vfs.OPEN_WAL == 0 {
		return v.VFSFilename.OpenFilename(name, flags)
	}
	f, flags, err := vfsutil.WrapOpenFilename(v.under, name, flags)
	if err != nil {
		return f, flags, err
	}
	return newSealedJournal(f, v.key), flags, nil
}

// blockTweak is what vfs/adiantum binds a block to: its place in the file.
func blockTweak(off int64) []byte {
	return binary.LittleEndian.AppendUint64(nil, uint64(off))
}

// decrypted reads an encrypted file in whole pages, as SQLite's file system does.
type decrypted struct {
	io.ReaderAt
	cipher *hbsh.HBSH
}

// decrypt returns the file as it is before encryption; with no key as it is.
func (k *Key) decrypt(f io.ReaderAt) io.ReaderAt {
	if k == nil {
		return f
	}
	return decrypted{f, cipher.New(k.pages)}
}

// ReadAt reads any part of the pages that are whole.
func (d decrypted) ReadAt(p []byte, off int64) (n int, err error) {
	page := make([]byte, pageSize)
	for n < len(p) {
		at := (off + int64(n)) / pageSize * pageSize
		if _, err := d.ReaderAt.ReadAt(page, at); err != nil {
			return n, err
		}
		plain := d.cipher.Decrypt(page, blockTweak(at))
		n += copy(p[n:], plain[off+int64(n)-at:])
	}
	return n, nil
}

// encryptPage encrypts a page, in place, for where it lies; with no key it leaves
// it as it is.
func (k *Key) encryptPage(page []byte, off int64) {
	if k != nil {
		cipher.New(k.pages).Encrypt(page, blockTweak(off))
	}
}
