package store

import (
	"bytes"
	"iter"
	"math/bits"
	"strings"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// New articles are many and watches match few of them. Which articles hold a word
// is known when they are saved (postings), so that a query of words is decided by
// sets of articles, for all articles and watches in one pass over the words; the
// rest of a query has to look only at what these sets leave.

// sieve finds which of the articles in postings can match queries.
type sieve struct {
	p    *postings
	sets map[atom]rowSet
}

// atom is what a query looks for in a column: folded words side by side.
type atom struct {
	words  string
	prefix bool // the last word may go on
	in     query.Field
}

// newSieve collects where the words of the watches' queries stand.
func newSieve(p *postings, ws []watcher) *sieve {
	x := &sieve{p: p, sets: map[atom]rowSet{}}
	for _, w := range ws {
		for leaf := range query.Leaves(w.expr) {
			for _, a := range atoms(leaf) {
				x.sets[a] = x.none()
			}
		}
	}
	starts := x.starts()
	asked := make([]bool, len(starts)) // small enough to stay at hand
	for n := range starts {
		asked[n] = len(starts[n]) > 0
	}
	for i, o := range p.found {
		if !asked[o.word] {
			continue
		}
		for _, s := range starts[o.word] {
			if s.column != anyColumn && s.column != o.place.column() {
				continue
			}
			if p.follow(i, s.rest) && p.begins(i+1+len(s.rest), o.place, s.prefix) {
				s.rows.add(o.place.row())
			}
		}
	}
	return x
}

// atoms returns what a part of a query looks for, nothing when it is not of text.
func atoms(leaf query.Expr) (out []atom) {
	add := func(text string, in query.Field, prefix bool) {
		if words := spelling.Fold(text); words != "" {
			out = append(out, atom{words, prefix, in})
		}
	}
	switch x := leaf.(type) {
	case query.Word:
		add(x.Text, x.In, x.Prefix)
	case query.Phrase:
		add(x.Text, x.In, false)
	case query.Near:
		for _, w := range x.Words {
			add(w, x.In, false)
		}
	}
	return out
}

// start is an atom that can begin at a word of the postings.
type start struct {
	column int      // anyColumn for all
	rest   []uint32 // the words that have to follow
	prefix string   // what the word after those begins with, "" for any or none
	rows   rowSet
}

const anyColumn = -1

// starts returns for each word of the postings which atoms can begin there.
func (x *sieve) starts() [][]start {
	out := make([][]start, len(x.p.words))
	var prefixes [256][]atom // those of one word that may go on, by its first byte
	for a, rows := range x.sets {
		words := strings.Fields(a.words)
		if a.prefix && len(words) == 1 {
			prefixes[a.words[0]] = append(prefixes[a.words[0]], a)
			continue
		}
		s := start{column: columnOf(a.in), rows: rows}
		if a.prefix {
			s.prefix, words = words[len(words)-1], words[:len(words)-1]
		}
		if numbers, ok := x.p.numbers(words); ok {
			s.rest = numbers[1:]
			out[numbers[0]] = append(out[numbers[0]], s)
		}
	}
	for n := range x.p.words {
		word := x.p.bytes(uint32(n))
		for _, a := range prefixes[word[0]] {
			if bytes.HasPrefix(word, []byte(a.words)) {
				out[n] = append(out[n], start{column: columnOf(a.in), rows: x.sets[a]})
			}
		}
	}
	return out
}

func columnOf(in query.Field) int {
	switch in {
	case query.Title:
		return columnTitle
	case query.Body:
		return columnBody
	case query.Author:
		return columnAuthor
	}
	return anyColumn
}

// numbers returns the numbers of folded words, false when one of them is in no
// article.
func (p *postings) numbers(words []string) ([]uint32, bool) {
	out := make([]uint32, len(words))
	for i, w := range words {
		n, ok := p.find(w)
		if !ok {
			return nil, false
		}
		out[i] = n
	}
	return out, true
}

// follow reports whether the words stand after occurrence i, side by side: the
// occurrences of a column are found in the order of the text.
func (p *postings) follow(i int, words []uint32) bool {
	if i+len(words) >= len(p.found) {
		return false
	}
	for k, w := range words {
		if next := p.found[i+1+k]; next.word != w || !p.found[i].place.beside(next.place) {
			return false
		}
	}
	return true
}

// begins reports whether occurrence i is in the same column as the place at and
// begins with the prefix, if there is one.
func (p *postings) begins(i int, at place, prefix string) bool {
	if prefix == "" {
		return true
	}
	return i < len(p.found) && at.beside(p.found[i].place) && bytes.HasPrefix(p.bytes(p.found[i].word), []byte(prefix))
}

// beside reports whether two places are in one column of one article.
func (p place) beside(q place) bool { return p>>32 == q>>32 }

// rows returns the articles that can match e. certain says that they all do.
func (x *sieve) rows(e query.Expr) (rows rowSet, certain bool) {
	switch e := e.(type) {
	case query.All:
		return x.every(), true
	case query.And:
		rows, certain = x.every(), true
		for _, part := range e {
			more, sure := x.rows(part)
			rows, certain = rows.and(more), certain && sure
		}
		return rows, certain
	case query.Or:
		rows, certain = x.none(), true
		for _, part := range e {
			more, sure := x.rows(part)
			rows, certain = rows.or(more), certain && sure
		}
		return rows, certain
	case query.Not:
		if rows, certain = x.rows(e.X); certain {
			return x.every().without(rows), true
		}
		return x.every(), false
	}
	return x.leaf(e)
}

// leaf is rows for a part that has no parts. What stands near each other is at
// least all there.
func (x *sieve) leaf(e query.Expr) (rows rowSet, certain bool) {
	rows = x.every()
	words := atoms(e)
	for _, a := range words {
		rows = rows.and(x.sets[a])
	}
	switch e := e.(type) {
	case query.Word:
		return rows, !e.Exact
	case query.Phrase:
		return rows, !e.Exact
	case query.Near:
		return rows, len(words) < 2
	}
	return rows, false
}

func (x *sieve) none() rowSet { return make(rowSet, (len(x.p.rows)+63)/64) }

func (x *sieve) every() rowSet {
	out := x.none()
	for i := range out {
		out[i] = ^uint64(0)
	}
	if over := len(x.p.rows) % 64; over > 0 {
		out[len(out)-1] = 1<<over - 1
	}
	return out
}

// rowSet is a set of rows of postings, a bit each.
type rowSet []uint64

func (r rowSet) add(row int) { r[row/64] |= 1 << (row % 64) }

// and, or and without change r, and return it.
func (r rowSet) and(other rowSet) rowSet {
	for i := range r {
		r[i] &= other[i]
	}
	return r
}

func (r rowSet) or(other rowSet) rowSet {
	for i := range r {
		r[i] |= other[i]
	}
	return r
}

func (r rowSet) without(other rowSet) rowSet {
	for i := range r {
		r[i] &^= other[i]
	}
	return r
}

// all gives the rows in ascending order.
func (r rowSet) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range r {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
