package routing

import (
	"bytes"
	"slices"
)

// trie is a set of byte strings with a number each, as a double array (Aoe,
// 1989): the child of state s by byte c is the cell t = base[s]+c if check[t]
// is s. A step is one addition and one comparison, and the whole catalogue
// fits the second-level cache.
type trie struct{ cells []cell }

type cell struct {
	base  int32
	check int32
	out   int32 // number of the key that ends here, 0 if none
}

const (
	free = -1 // check of a cell that nobody uses
	root = 0  // the first state
)

// key is one string of the set; out is at least 1.
type key struct {
	text []byte
	out  int32
}

// step returns the state that byte c leads to from s, or free.
func (t *trie) step(s int32, c byte) int32 {
	next := t.cells[s].base + int32(c)
	if t.cells[next].check == s {
		return next
	}
	return free
}

// newTrie builds the set of the keys, whose texts must differ.
func newTrie(keys []key) *trie {
	slices.SortFunc(keys, func(a, b key) int { return bytes.Compare(a.text, b.text) })
	b := builder{cells: []cell{{check: root}}}
	b.add(root, keys, 0)
	// Any state may step by any byte without leaving the array.
	b.grow(len(b.cells) + 256)
	return &trie{b.cells}
}

type builder struct {
	cells           []cell
	single, several int // where to look for room for one label, for several
}

// add hangs the keys, which share their first depth bytes, below the state.
func (b *builder) add(state int32, keys []key, depth int) {
	if len(keys) > 0 && len(keys[0].text) == depth {
		b.cells[state].out = keys[0].out
		keys = keys[1:]
	}
	if len(keys) == 0 {
		b.cells[state].base = 0 // every step from here ends in a cell that others own
		return
	}
	var labels []byte
	for _, k := range keys {
		if c := k.text[depth]; len(labels) == 0 || labels[len(labels)-1] != c {
			labels = append(labels, c)
		}
	}
	base := b.place(labels)
	b.cells[state].base = base
	for _, c := range labels {
		b.cells[base+int32(c)].check = state
	}
	for len(keys) > 0 {
		c := keys[0].text[depth]
		n := 1
		for n < len(keys) && keys[n].text[depth] == c {
			n++
		}
		b.add(base+int32(c), keys[:n], depth+1)
		keys = keys[n:]
	}
}

// place finds a base at which the cells of all labels are free. Looking for
// room for several starts where the last search ended, which keeps building
// linear; the single labels, nearly all of them, fill the holes that leaves.
func (b *builder) place(labels []byte) int32 {
	from := &b.several
	if len(labels) == 1 {
		from = &b.single
	}
	for at := max(*from, 1+int(labels[0])); ; at++ {
		base := at - int(labels[0])
		b.grow(base + 256)
		if b.fits(base, labels) {
			if at > 1+int(labels[0]) {
				*from = at
			}
			return int32(base)
		}
	}
}

func (b *builder) fits(base int, labels []byte) bool {
	for _, c := range labels {
		if b.cells[base+int(c)].check != free {
			return false
		}
	}
	return true
}

func (b *builder) grow(n int) {
	for len(b.cells) < n {
		b.cells = append(b.cells, cell{check: free})
	}
}
