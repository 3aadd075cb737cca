package store

// skipsFrom is how many leaves without a word of their own a doclist covers before
// FTS5 keeps an index of it (FTS5_MIN_DLIDX_SIZE).
const skipsFrom = 4

// skips is the index of one long doclist: the first article on each leaf that it
// goes on to, so that a search for articles which have another, rarer word too
// passes over whole leaves. FTS5 calls it a doclist index; its format:
//
//	varint 0, varint number of the first such leaf, varint first rowid on it, and
//	for each leaf after it a varint delta, or a zero when no article begins there
//
// A doclist whose index fills more than one block gets none, which costs time only.
type skips struct {
	word   int // the leaf that the word stands on
	block  []byte
	before uint64
	leaves int // without a word of their own
	long   bool
}

// begin starts the doclist of a word on a leaf.
func (s *skips) begin(leaf int) { s.word = leaf }

// row notes the first article that begins on a leaf.
func (s *skips) row(leaf int, row uint64) {
	if len(s.block) >= leafSize {
		s.long = true
	}
	if s.long {
		return
	}
	if len(s.block) == 0 {
		s.block = appendVarint(appendVarint(append(s.block, 0), uint64(leaf)), row)
	} else {
		s.block = appendVarint(s.block, row-s.before)
	}
	s.before = row
}

// leaf notes the end of a leaf without a word, on which perhaps no article began.
func (s *skips) leaf(rowless bool) {
	if rowless && len(s.block) > 0 {
		s.block = append(s.block, 0)
	}
	s.leaves++
}

// end returns the index, nil when the doclist is too short for one, and forgets it.
func (s *skips) end() (block []byte) {
	if s.leaves >= skipsFrom && len(s.block) > 0 && !s.long {
		block = s.block
	}
	s.block, s.leaves, s.long = s.block[:0], 0, false
	return block
}
