package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"sitrep/feeds"
)

// The columns of the search index, in its order.
const (
	columnBody = iota
	columnTitle
	columnAuthor
	indexColumns
)

// postings collects where each word of some articles stands. Words are found by
// one pass over folded text; what is kept of an occurrence is a number, and the
// occurrences are put in the order of words at the end, so that nothing is
// allocated for a word but its first mention.
type postings struct {
	rows  []feeds.ArticleID // of the articles, ascending
	sizes [][indexColumns]int

	slots []uint32 // hash table of words: number + 1, 0 for an empty slot
	words []postingWord
	text  []byte // of all words

	found []occurrence
}

// postingWord is a word met.
type postingWord struct {
	hash       uint32
	start, end uint32 // in postings.text
	count      uint32 // occurrences
	articles   uint32 // that hold it
	last       uint32 // of these, its number in rows + 1
}

// occurrence is where a word stands. Occurrences of one word are met in the
// order of place.
type occurrence struct {
	word  uint32
	place place
}

// place is an article's number in rows, a column and a position in it.
type place uint64

func placeOf(row, column, position int) place {
	return place(row)<<40 | place(column)<<32 | place(position)
}

func (p place) row() int      { return int(p >> 40) }
func (p place) column() int   { return int(p >> 32 & 0xff) }
func (p place) position() int { return int(p & 0xffff_ffff) }

// token tells the bytes that words are made of, and their lower case, as the
// tokenizer "ascii" of FTS5 sees them; 0 separates words.
var token = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 0x80:
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		}
	}
	return t
}()

// maxToken is where FTS5 cuts words (FTS5_MAX_TOKEN_SIZE).
const maxToken = 32768

func (p *postings) reset() {
	p.rows, p.sizes = p.rows[:0], p.sizes[:0]
	clear(p.slots)
	p.words, p.text, p.found = p.words[:0], p.text[:0], p.found[:0]
}

// add takes an article's folded columns. Articles come in ascending order.
func (p *postings) add(id feeds.ArticleID, body, title, author []byte) {
	row := len(p.rows)
	p.rows = append(p.rows, id)
	p.sizes = append(p.sizes, [indexColumns]int{
		columnBody:   p.column(row, columnBody, body),
		columnTitle:  p.column(row, columnTitle, title),
		columnAuthor: p.column(row, columnAuthor, author),
	})
}

// column takes one column and returns its number of words. The hash is FNV-1a.
func (p *postings) column(row, column int, text []byte) (n int) {
	for i := 0; i < len(text); {
		start, hash := i, uint32(2166136261)
		for i < len(text) && token[text[i]] != 0 {
			hash = (hash ^ uint32(token[text[i]])) * 16777619
			i++
		}
		if i > start {
			w := p.word(text[start:i], hash)
			p.words[w].met(row)
			p.found = append(p.found, occurrence{w, placeOf(row, column, n)})
			n++
		}
		i++
	}
	return n
}

// met counts an occurrence.
func (w *postingWord) met(row int) {
	w.count++
	if w.last != uint32(row+1) {
		w.last = uint32(row + 1)
		w.articles++
	}
}

// word returns the number of a word.
func (p *postings) word(w []byte, hash uint32) uint32 {
	if len(p.words)*2 >= len(p.slots) {
		p.grow()
	}
	w = w[:min(len(w), maxToken)]
	mask := uint32(len(p.slots) - 1)
	i := hash & mask
	for ; p.slots[i] != 0; i = (i + 1) & mask {
		known := &p.words[p.slots[i]-1]
		if known.hash == hash && same(p.text[known.start:known.end], w) {
			return p.slots[i] - 1
		}
	}
	start := uint32(len(p.text))
	for _, c := range w {
		p.text = append(p.text, token[c])
	}
	p.words = append(p.words, postingWord{hash: hash, start: start, end: uint32(len(p.text))})
	p.slots[i] = uint32(len(p.words))
	return p.slots[i] - 1
}

// find returns the number of a folded word that is known.
func (p *postings) find(w string) (uint32, bool) {
	hash := uint32(2166136261)
	for i := range len(w) {
		hash = (hash ^ uint32(w[i])) * 16777619
	}
	mask := uint32(len(p.slots) - 1)
	for i := hash & mask; len(p.slots) > 0 && p.slots[i] != 0; i = (i + 1) & mask {
		if n := p.slots[i] - 1; p.words[n].hash == hash && string(p.bytes(n)) == w {
			return n, true
		}
	}
	return 0, false
}

// same compares a known word with one that may have capitals.
func same(known, w []byte) bool {
	if len(known) != len(w) {
		return false
	}
	for i, c := range w {
		if known[i] != token[c] {
			return false
		}
	}
	return true
}

// grow doubles the hash table.
func (p *postings) grow() {
	p.slots = make([]uint32, max(1<<12, 2*len(p.slots)))
	mask := uint32(len(p.slots) - 1)
	for n, w := range p.words {
		i := w.hash & mask
		for p.slots[i] != 0 {
			i = (i + 1) & mask
		}
		p.slots[i] = uint32(n + 1)
	}
}

// sorted calls f for each word in byte order with its places.
func (p *postings) sorted(f func(word []byte, places []place) error) error {
	order := make([]sortKey, len(p.words))
	starts := make([]uint32, len(p.words))
	sum := uint32(0)
	for i := range order {
		order[i] = p.sortKey(uint32(i))
		starts[i] = sum
		sum += p.words[i].count
	}
	places := make([]place, len(p.found))
	next := slices.Clone(starts)
	for _, o := range p.found {
		places[next[o.word]] = o.place
		next[o.word]++
	}
	slices.SortFunc(order, func(a, b sortKey) int {
		if c := cmp.Compare(a.start, b.start); c != 0 {
			return c
		}
		return bytes.Compare(p.bytes(a.word), p.bytes(b.word))
	})
	for _, k := range order {
		w := k.word
		if err := f(p.bytes(w), places[starts[w]:next[w]]); err != nil {
			return err
		}
	}
	return nil
}

// sortKey is a word and its first bytes as a number of the same order: most
// comparisons need no more.
type sortKey struct {
	start uint64
	word  uint32
}

func (p *postings) sortKey(word uint32) sortKey {
	var start [8]byte
	copy(start[:], p.bytes(word))
	return sortKey{binary.BigEndian.Uint64(start[:]), word}
}

func (p *postings) bytes(word uint32) []byte {
	return p.text[p.words[word].start:p.words[word].end]
}
