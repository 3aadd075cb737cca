package routing

import (
	"bytes"
	"unicode/utf8"
)

// hit is a place in the text where the strings of a group occur, with all that
// is written together with them.
type hit struct {
	group    int32
	from, to int32 // whole words: byte offsets in the title or summary
	summary  bool
	ending   bool // with letters after the string
}

// covers reports whether h spans all of other.
func (h hit) covers(other hit) bool {
	return h.summary == other.summary && h.from <= other.from && h.to >= other.to
}

// before reports whether h is the better reading of what it and other cover:
// the longer one, or the one without an ending.
func (h hit) before(other hit) bool {
	if a, b := h.to-h.from, other.to-other.from; a != b {
		return a > b
	}
	return !h.ending && other.ending
}

// scan adds the hits of one language in text, by where their word begins.
//
// It starts a walk through the trie at every word and, where a language writes
// small words together with the next one, behind those. There are no failure
// links as in Aho and Corasick (1975): a term begins with a word, so that a
// failed walk never has to go on from the middle of one. Their automaton took
// 1.9 µs for 300 characters against 2.3 here, knowing no prefixes or endings,
// and 7 MB instead of 0.4.
func (d *decision) scan(in entry, text []byte, summary bool) {
	for from := 0; from < len(text); {
		to := wordEnd(text, from)
		w := walk{Router: d.Router, lang: in.lang, text: text, hit: hit{from: int32(from), summary: summary}}
		if in.lang.starts == nil {
			d.hits = w.from(in.state, from, from, d.hits)
		} else {
			d.starts = in.lang.starts(text[from:to], d.starts[:0])
			for _, at := range d.starts {
				if at > 0 {
					w.least = from + at + shortest
				}
				d.hits = w.from(in.state, from+at, from+at, d.hits)
			}
		}
		from = to + 1
	}
}

func wordEnd(text []byte, from int) int {
	if n := bytes.IndexByte(text[from:], ' '); n >= 0 {
		return from + n
	}
	return len(text)
}

// walk follows the text through the trie from one place.
type walk struct {
	*Router
	lang *language
	text []byte
	hit  hit // from and summary are set
	// least is where a term may end at the earliest: one behind a prefix must
	// not be so short that any word could be taken apart like that.
	least int
}

// shortest is three letters of a script with two bytes each.
const shortest = 6

// from goes on at text[at:] from the state; the word that at lies in began at word.
func (w *walk) from(state int32, word, at int, hits []hit) []hit {
	for {
		if out := w.trie.cells[state].out; out != 0 {
			if to, ok := w.ends(word, at); ok {
				w.hit.group, w.hit.to, w.hit.ending = out-1, int32(to), to > at
				hits = append(hits, w.hit)
			}
		}
		if at == len(w.text) {
			return hits
		}
		c := w.text[at]
		if state = w.trie.step(state, c); state == free {
			return hits
		}
		at++
		if c == ' ' {
			word = at
			if n := len(w.lang.article); n > 0 && bytes.HasPrefix(w.text[at:], []byte(w.lang.article)) {
				hits = w.from(state, at+n, at+n, hits)
			}
		}
	}
}

// ends reports whether a term may end at text[at:], whose last word's stem
// began at word, and where that word ends.
func (w *walk) ends(word, at int) (int, bool) {
	if at < w.least {
		return 0, false
	}
	if at == len(w.text) || w.text[at] == ' ' {
		return at, true
	}
	if w.lang.ending == nil || at-word < w.lang.stem {
		return 0, false
	}
	to := wordEnd(w.text, at)
	return to, w.lang.ending(w.text[at:to])
}

// script is a family of letters.
type script uint8

const (
	latin script = iota
	arabic
	hebrew
	other
)

// scriptOf returns the script that most words of the folded text begin with.
func scriptOf(text []byte) script {
	var n [other + 1]int
	for i := 0; i < len(text); i = wordEnd(text, i) + 1 {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 0xC3 && c <= 0xCA:
			n[latin]++
		case c >= 0xD8 && c <= 0xDB:
			n[arabic]++
		case c == 0xD7:
			n[hebrew]++
		case c >= utf8.RuneSelf:
			n[other]++
		}
	}
	best := latin
	for s := range n {
		if n[s] > n[best] {
			best = script(s)
		}
	}
	return best
}
