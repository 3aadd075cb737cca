package store

import (
	"encoding/binary"

	"sitrep/feeds"
)

// The search index is FTS5's, and FTS5 searches and merges it. But a batch of
// new articles is written by this file: FTS5 collects a transaction's words in
// a hash table and writes it as one segment at the commit, and doing the same
// in Go takes a fifth of the time and gives the words table its counts for
// nothing. The format is described at the head of ext/fts5/fts5_index.c; a test
// holds that both ways give the same bytes, and that FTS5 finds nothing wrong.
// One rule comes of it: the writing connection never searches, because FTS5 keeps
// the list of segments that it read until another connection changes something.
// After it has written itself it reads the list again.
//
// A segment is a list of leaves: words in byte order, each with its doclist.
//
//	leaf     first rowid offset (2 bytes), footer offset (2 bytes), entries, footer
//	entry    varint bytes shared with the word before (not for a leaf's first word),
//	         varint more bytes, these bytes, doclist
//	doclist  varint first rowid, poslist, then varint delta, poslist, ...
//	poslist  varint twice its size, positions as varints of delta + 2,
//	         0x01 and a varint before those of a column other than the first
//	footer   varint offsets of the words in the leaf, each less the one before
//
// A doclist goes on in the next leaves, whose first rowid is then written in
// full. Varints are SQLite's: big-endian, seven bits a byte.

const (
	leafSize   = 4050 // the option pgsz of FTS5
	mainPrefix = '0'  // before each word: the index of whole words
	leafHeader = 4
)

// segmentStore is where a segment is written.
type segmentStore interface {
	leaf(number int, block []byte) error
	// branch stores the shortest word that leads to a leaf, and whether the last
	// doclist that begins there has an index.
	branch(leaf int, shortest []byte, skips bool) error
	skips(leaf int, block []byte) error
}

// segmentWriter writes one segment, leaf by leaf.
type segmentWriter struct {
	to     segmentStore
	number int // of the leaf being filled, 1 for the first

	buf    []byte
	footer []byte
	offset int // of the word written last
	word   []byte

	wordless, rowless bool // nothing of the kind on this leaf yet

	skips    skips
	branchTo int // leaf whose branch is not stored yet, 0 for none
	split    []byte
	prefixed []byte
	scratch  []byte
}

func newSegmentWriter(to segmentStore) *segmentWriter {
	w := &segmentWriter{to: to, number: 1, branchTo: 1}
	w.empty()
	return w
}

// empty starts a leaf.
func (w *segmentWriter) empty() {
	w.buf = append(w.buf[:0], make([]byte, leafHeader)...)
	w.footer = w.footer[:0]
	w.offset = 0
	w.wordless, w.rowless = true, true
}

// used is the size of the leaf so far.
func (w *segmentWriter) used() int { return len(w.buf) + len(w.footer) }

// append adds a word with the places where it stands; words come in byte order.
func (w *segmentWriter) append(word []byte, rows []feeds.ArticleID, places []place) error {
	w.prefixed = append(append(w.prefixed[:0], mainPrefix), word...)
	w.scratch = appendDoclist(w.scratch[:0], rows, places)
	return w.add(w.prefixed, w.scratch)
}

// add is append for a word with its prefix and a doclist.
func (w *segmentWriter) add(word, doclist []byte) error {
	if err := w.addWord(word); err != nil {
		return err
	}
	if w.used()+len(doclist)+1 <= leafSize {
		w.buf = append(w.buf, doclist...)
		return nil
	}
	return w.spread(doclist)
}

func (w *segmentWriter) addWord(word []byte) error {
	if w.used()+len(word)+2 >= leafSize && len(w.buf) > leafHeader {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.footer = appendVarint(w.footer, uint64(len(w.buf)-w.offset))
	w.offset = len(w.buf)
	shared := 0
	for shared < len(w.word) && shared < len(word) && w.word[shared] == word[shared] {
		shared++
	}
	if w.wordless {
		if w.number > 1 {
			if err := w.flushBranch(); err != nil {
				return err
			}
			w.branchTo, w.split = w.number, append(w.split[:0], word[:shared+1]...)
		}
		shared = 0
	} else {
		w.buf = appendVarint(w.buf, uint64(shared))
	}
	w.buf = appendVarint(w.buf, uint64(len(word)-shared))
	w.buf = append(w.buf, word[shared:]...)
	w.word = append(w.word[:0], word...)
	w.wordless, w.rowless = false, false
	w.skips.begin(w.number)
	return nil
}

// spread writes a doclist that does not fit on the leaf.
func (w *segmentWriter) spread(doclist []byte) error {
	row, before := uint64(0), uint64(0)
	for len(doclist) > 0 {
		delta, n := varint(doclist)
		doclist = doclist[n:]
		row += delta
		if w.rowless {
			binary.BigEndian.PutUint16(w.buf, uint16(len(w.buf)))
			w.buf = appendVarint(w.buf, row)
			w.rowless = false
			w.skips.row(w.number, row)
		} else {
			w.buf = appendVarint(w.buf, row-before)
		}
		before = row
		twice, n := varint(doclist)
		n += int(twice / 2)
		if err := w.poslist(doclist[:n]); err != nil {
			return err
		}
		doclist = doclist[n:]
	}
	return nil
}

// poslist writes a poslist, over several leaves if need be, cut between numbers.
func (w *segmentWriter) poslist(list []byte) error {
	if w.used()+len(list) <= leafSize {
		w.buf = append(w.buf, list...)
		return nil
	}
	for {
		n := len(list)
		if space := leafSize - w.used(); n > space {
			n = wholeNumbers(list, space)
		}
		w.buf = append(w.buf, list[:n]...)
		list = list[n:]
		if w.used() >= leafSize {
			if err := w.flush(); err != nil {
				return err
			}
		}
		if len(list) == 0 {
			return nil
		}
	}
}

// wholeNumbers returns the length of the varints that fit, at least of one.
func wholeNumbers(list []byte, space int) int {
	_, size := varint(list)
	for size < space {
		_, n := varint(list[size:])
		if size+n > space {
			break
		}
		size += n
	}
	return size
}

// flush stores the leaf and starts the next.
func (w *segmentWriter) flush() error {
	binary.BigEndian.PutUint16(w.buf[2:], uint16(len(w.buf)))
	w.buf = append(w.buf, w.footer...)
	if w.wordless {
		w.skips.leaf(w.rowless)
	}
	if err := w.to.leaf(w.number, w.buf); err != nil {
		return err
	}
	w.number++
	w.empty()
	return nil
}

func (w *segmentWriter) flushBranch() error {
	if w.branchTo == 0 {
		return nil
	}
	block := w.skips.end()
	if block != nil {
		if err := w.to.skips(w.skips.word, block); err != nil {
			return err
		}
	}
	err := w.to.branch(w.branchTo, w.split, block != nil)
	w.branchTo = 0
	return err
}

// finish stores the rest and returns the number of leaves, 0 if there was no
// word.
func (w *segmentWriter) finish() (leaves int, err error) {
	if len(w.buf) > leafHeader {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	if w.number == 1 {
		return 0, nil
	}
	return w.number - 1, w.flushBranch()
}

// appendDoclist packs the places of one word.
func appendDoclist(dst []byte, rows []feeds.ArticleID, places []place) []byte {
	before := feeds.ArticleID(0)
	for len(places) > 0 {
		n, size := 0, 0
		for row := places[0].row(); n < len(places) && places[n].row() == row; n++ {
		}
		id := rows[places[0].row()]
		dst = appendVarint(dst, uint64(id-before))
		before = id
		start := len(dst)
		dst = appendPositions(append(dst, 0), places[:n]) // most sizes take one byte
		if size = 2 * (len(dst) - start - 1); size > 0x7f {
			var head [9]byte
			h := appendVarint(head[:0], uint64(size))
			dst = append(dst, h[1:]...)
			copy(dst[start+len(h):], dst[start+1:])
			copy(dst[start:], h)
		} else {
			dst[start] = byte(size)
		}
		places = places[n:]
	}
	return dst
}

// appendPositions packs the places of one word in one article.
func appendPositions(dst []byte, places []place) []byte {
	column, before := 0, 0
	for _, p := range places {
		if c := p.column(); c != column {
			dst = appendVarint(append(dst, 1), uint64(c))
			column, before = c, 0
		}
		dst = appendVarint(dst, uint64(p.position()-before+2))
		before = p.position()
	}
	return dst
}

// appendVarint appends a number as SQLite writes it (its file format, 1.6).
// Nothing here takes more than eight bytes.
func appendVarint(dst []byte, n uint64) []byte {
	switch {
	case n < 1<<7:
		return append(dst, byte(n))
	case n < 1<<14:
		return append(dst, byte(n>>7)|0x80, byte(n&0x7f))
	}
	size := 3
	for n>>(7*size) != 0 {
		size++
	}
	for i := size - 1; i > 0; i-- {
		dst = append(dst, byte(n>>(7*i))|0x80)
	}
	return append(dst, byte(n&0x7f))
}

// varint reads a number and its size, 0 and the length of b if it is cut off.
func varint(b []byte) (n uint64, size int) {
	for i, c := range b {
		if i == 8 {
			return n<<8 | uint64(c), 9
		}
		n = n<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return n, i + 1
		}
	}
	return 0, len(b)
}
