package store

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/ncruces/go-sqlite3/vfs"
	"lukechampine.com/adiantum/hbsh"

	cipher "lukechampine.com/adiantum"
)

// SQLite's journal is a header of 32 bytes and frames of 24 bytes and a page
// (its file format, 4.1). Each of these is a unit that is encrypted by itself and
// lies where it would lie in the clear: a unit that was written is not written
// again when the next one is appended. In blocks of 4096 bytes, which vfs/adiantum
// makes of any file, the end of a commit shares its block with what follows it; a
// process that read it while another one appended got garbage in place of a page
// (once in two thousand reads, measured with one writer and two readers), and
// could have moved that into the file for good.
const (
	journalHeader = 32
	frameHeader   = 24
	frameSize     = frameHeader + pageSize
)

// sealedJournal is an encrypted journal that is open. Its size is that of the
// journal in the clear.
type sealedJournal struct {
	vfs.File
	cipher *hbsh.HBSH
	unit   [pageSize]byte
	tweak  [12]byte
}

func newSealedJournal(f vfs.File, key []byte) *sealedJournal {
	return &sealedJournal{File: f, cipher: cipher.New(key)}
}

// unitAt returns where the unit begins that holds an offset, and its size.
func unitAt(off int64) (start, size int64) {
	if off < journalHeader {
		return 0, journalHeader
	}
	in := (off - journalHeader) % frameSize
	if in < frameHeader {
		return off - in, frameHeader
	}
	return off - in + frameHeader, pageSize
}

// place binds a unit to its place, and to being one of a journal.
func (j *sealedJournal) place(off int64) []byte {
	copy(j.tweak[:], "wal\x00")
	binary.LittleEndian.PutUint64(j.tweak[4:], uint64(off))
	return j.tweak[:]
}

// read decrypts the unit that holds an offset. A unit that is not whole is the
// end of the file.
func (j *sealedJournal) read(start, size int64) ([]byte, error) {
	unit := j.unit[:size]
	n, err := j.File.ReadAt(unit, start)
	if int64(n) == size {
		return j.cipher.Decrypt(unit, j.place(start)), nil
	}
	if err == nil {
		err = io.EOF
	}
	return nil, err
}

// ReadAt implements io.ReaderAt.
func (j *sealedJournal) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		at := off + int64(n)
		start, size := unitAt(at)
		unit, err := j.read(start, size)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], unit[at-start:])
	}
	return n, nil
}

// WriteAt implements io.WriterAt. SQLite writes whole units; of others the rest is
// read before.
func (j *sealedJournal) WriteAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		at := off + int64(n)
		start, size := unitAt(at)
		unit := j.unit[:size]
		if at > start || int64(len(p)-n) < size {
			if _, err := j.read(start, size); errors.Is(err, io.EOF) {
				clear(unit)
			} else if err != nil {
				return n, err
			}
		}
		k := copy(unit[at-start:], p[n:])
		j.cipher.Encrypt(unit, j.place(start))
		if _, err := j.File.WriteAt(unit, start); err != nil {
			return n, err
		}
		n += k
	}
	return n, nil
}
