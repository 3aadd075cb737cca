package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"
)

// errUnknown is something in a segment that only FTS5 understands.
var errUnknown = errors.New("merge search index: unknown form of segment")

// segmentReader reads a segment word by word; segment.go has the format.
type segmentReader struct {
	c       *conn
	segment segment
	removed map[uint64]bool // articles that are in the segment no longer

	leaf     uint64
	block    []byte // of the leaf, without its footer
	words    []int  // where the words of the leaf begin that were not read yet
	firstRow int    // where the first row begins that belongs to a word of an earlier leaf, 0 for none
	fresh    bool   // no word of the leaf was read yet
	pos      int    // in block

	word []byte // with its prefix; nil at the end
}

// newSegmentReader reads the first word.
func newSegmentReader(c *conn, g segment) (*segmentReader, error) {
	r := &segmentReader{c: c, segment: g, leaf: g.first - 1}
	if err := r.tombstones(); err != nil {
		return nil, err
	}
	return r, r.next()
}

// tombstones reads the hash tables of removed articles.
func (r *segmentReader) tombstones() error {
	if r.segment.tombstonePages == 0 {
		return nil
	}
	r.removed = map[uint64]bool{}
	id := r.segment.id
	return r.c.each("SELECT block FROM search_data WHERE id >= ? AND id < ?", []any{tombstoneRow(id, 0), tombstoneRow(id, r.segment.tombstonePages)}, func(s *sqlite3.Stmt) error {
		b := s.ColumnRawBlob(0)
		if len(b) < 8 || b[0] != 4 && b[0] != 8 {
			return errUnknown
		}
		size := int(b[0])
		for b = b[8:]; len(b) >= size; b = b[size:] {
			row := uint64(binary.BigEndian.Uint32(b))
			if size == 8 {
				row = binary.BigEndian.Uint64(b)
			}
			r.removed[row] = true // an empty slot is 0, which is no article
		}
		return nil
	})
}

// load reads the next leaf, false when there is none.
func (r *segmentReader) load() (bool, error) {
	if r.leaf == r.segment.last {
		return false, nil
	}
	r.leaf++
	block, ok, err := r.c.blob("SELECT block FROM search_data WHERE id = ?", leafRow(r.segment.id, r.leaf))
	if err != nil || !ok || len(block) < leafHeader {
		return false, cmp.Or(err, fmt.Errorf("leaf %d of segment %d: %w", r.leaf, r.segment.id, errUnknown))
	}
	footer := int(binary.BigEndian.Uint16(block[2:]))
	if footer < leafHeader || footer > len(block) {
		return false, errUnknown
	}
	r.words = r.words[:0]
	at := 0
	for rest := block[footer:]; len(rest) > 0; {
		n, size := varint(rest)
		if at += int(n); at < leafHeader || at >= footer {
			return false, errUnknown
		}
		r.words, rest = append(r.words, at), rest[size:]
	}
	r.block, r.pos, r.fresh = block[:footer], leafHeader, true
	r.firstRow = int(binary.BigEndian.Uint16(block))
	return true, nil
}

// next moves to the next word; the doclist of this one has been read.
func (r *segmentReader) next() error {
	for len(r.words) == 0 {
		if ok, err := r.load(); err != nil || !ok {
			r.word = nil
			return err
		}
	}
	r.pos, r.words = r.words[0], r.words[1:]
	shared := uint64(0)
	if !r.fresh {
		shared = r.number()
	}
	n := r.number()
	if shared > uint64(len(r.word)) || n == 0 || n > uint64(len(r.block)-r.pos) {
		return errUnknown
	}
	r.fresh = false
	r.word = append(r.word[:shared], r.block[r.pos:r.pos+int(n)]...)
	r.pos += int(n)
	return nil
}

// number reads a varint.
func (r *segmentReader) number() uint64 {
	n, size := varint(r.block[r.pos:])
	r.pos += size
	return n
}

// end is where the doclist ends on this leaf.
func (r *segmentReader) end() int {
	if len(r.words) > 0 {
		return r.words[0]
	}
	return len(r.block)
}

// doclist adds the articles of the current word to m.
func (r *segmentReader) doclist(m *merger) error {
	for row := uint64(0); ; {
		if more, err := r.rows(); err != nil || !more {
			return err
		}
		if r.pos == r.firstRow {
			row = 0 // written in full
		}
		row += r.number()
		twice := r.number()
		if twice&1 != 0 || r.pos > r.end() {
			return errUnknown // a mark of deletion, which this kind of table has not
		}
		start := len(m.lists)
		if err := r.positions(m, int(twice/2)); err != nil {
			return err
		}
		if r.removed[row] {
			m.lists = m.lists[:start]
		} else {
			m.entries = append(m.entries, posting{row, start, len(m.lists)})
		}
	}
}

// rows reports whether another row of the word follows, on this leaf or the next.
func (r *segmentReader) rows() (bool, error) {
	if r.pos < r.end() {
		return true, nil
	}
	if len(r.words) > 0 {
		return false, nil
	}
	if ok, err := r.load(); err != nil || !ok {
		return false, err
	}
	return r.firstRow != 0, nil
}

// positions copies n bytes of a poslist, which can go on over leaves.
func (r *segmentReader) positions(m *merger, n int) error {
	for n > 0 {
		k := min(n, r.end()-r.pos)
		if k == 0 {
			if len(r.words) > 0 {
				return errUnknown
			}
			if ok, err := r.load(); err != nil || !ok {
				return cmp.Or(err, errUnknown)
			}
			continue
		}
		m.lists = append(m.lists, r.block[r.pos:r.pos+k]...)
		r.pos, n = r.pos+k, n-k
	}
	return nil
}
