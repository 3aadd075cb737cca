package store

import (
	"context"
	"math/bits"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/spelling"
)

// Suggest returns the word of the archive that is spelled most like word, of
// equally near ones the commonest. It returns false when the archive has the
// word itself or none within two edits (one for short words).
func (s *Store) Suggest(ctx context.Context, word string) (near string, ok bool, err error) {
	n := nearness{want: []rune(spelling.Fold(word))}
	if len(n.want) == 0 || len(n.want) > maxWord {
		return "", false, nil
	}
	n.limit = 2
	if len(n.want) <= 4 {
		n.limit = 1
	}
	n.best = n.limit + 1
	n.letters = letters(n.want)
	err = s.find(ctx, func(c *conn) error {
		return c.each("SELECT word, articles FROM words", nil, func(st *sqlite3.Stmt) error {
			n.try(st.ColumnRawText(0), st)
			if n.best == 0 {
				return errStop
			}
			return nil
		})
	})
	if err != nil || n.best == 0 || n.best > n.limit {
		return "", false, err
	}
	return n.found, true, nil
}

// nearness looks for the nearest of many words.
type nearness struct {
	want    []rune
	letters uint64
	limit   int

	best     int // edits of the nearest so far
	articles int64
	found    string

	runes           []rune
	two, prev, next []int // rows of the table of distances
}

// try compares one more word. Words of another length or with other letters
// are put aside before the distance is worked out.
func (n *nearness) try(word []byte, st *sqlite3.Stmt) {
	if d := utf8.RuneCount(word) - len(n.want); d > n.limit || -d > n.limit {
		return
	}
	n.runes = n.runes[:0]
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		n.runes = append(n.runes, r)
		word = word[size:]
	}
	// One edit changes at most two letters of the set, one on each side.
	if bits.OnesCount64(letters(n.runes)^n.letters) > 2*n.limit {
		return
	}
	d := n.distance()
	if d > n.best || d > n.limit {
		return
	}
	if articles := st.ColumnInt64(1); d < n.best || articles > n.articles {
		n.best, n.articles, n.found = d, articles, string(n.runes)
	}
}

// letters is the set of the letters of a word, folded into 64 bits.
func letters(word []rune) (set uint64) {
	for _, r := range word {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour between want and runes (optimal string alignment).
func (n *nearness) distance() int {
	a, b := n.want, n.runes
	n.two, n.prev, n.next = sized(n.two, len(b)+1), sized(n.prev, len(b)+1), sized(n.next, len(b)+1)
	for j := range n.prev {
		n.prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		n.next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(n.prev[j]+1, n.next[j-1]+1, n.prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, n.two[j-2]+1)
			}
			n.next[j] = d
		}
		n.two, n.prev, n.next = n.prev, n.next, n.two
	}
	return n.prev[len(b)]
}

func sized(row []int, n int) []int {
	if cap(row) < n {
		return make([]int, n)
	}
	return row[:n]
}
