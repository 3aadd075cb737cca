package document

import "strings"

// Start reads about the first n bytes of markup, for a first screen of what is
// too long to be read at once. What it returns is what Parse begins with, except
// where the rest of markup changes what its start means, as when a table turns
// out to be wider. It reports whether that is all of markup.
func Start(markup, base string, n int) (d *Document, all bool) {
	if len(markup) <= n {
		return Parse(markup, base), true
	}
	d = Parse(markup[:cutAt(markup, n)], base)
	d.Blocks = withoutLast(d.Blocks)
	return d, false
}

// cutAt returns where to cut markup before n: in front of a tag, or else behind a
// space, or in front of a character.
func cutAt(markup string, n int) int {
	if at := strings.LastIndexByte(markup[:n], '<'); at > n/2 {
		return at
	}
	if at := strings.LastIndexByte(markup[:n], ' '); at > n/2 {
		return at
	}
	for n > 0 && markup[n]&0xc0 == 0x80 {
		n--
	}
	return n
}

// withoutLast returns blocks without the one that the cut fell into, or with
// what is whole of it if there is no other.
func withoutLast(blocks []Block) []Block {
	if len(blocks) > 1 {
		return blocks[:len(blocks)-1]
	}
	if len(blocks) == 1 && len(blocks[0].Blocks) > 0 {
		blocks[0].Blocks = withoutLast(blocks[0].Blocks)
	}
	return blocks
}
