package extract

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// chromeEntry is the size of a paragraph in the encoded form, in bytes: its hash,
// its last page's headline's and the number of pages.
const chromeEntry = 8 + 8 + 1

// errChrome is the error of UnmarshalBinary.
var errChrome = errors.New("read chrome: not in the form that MarshalBinary writes")

// MarshalBinary encodes what was learnt, for UnmarshalBinary; equal knowledge
// gives equal bytes, about 70 kB at most. When half of the room is used,
// paragraphs that stood on one page only are left out: most are articles', and
// what repeats comes again.
func (c *Chrome) MarshalBinary() ([]byte, error) {
	sparse := len(c.seen) > maxChrome/2
	out := make([]byte, 0, chromeEntry*len(c.seen))
	for _, key := range slices.Sorted(maps.Keys(c.seen)) {
		s := c.seen[key]
		if sparse && s.pages < 2 {
			continue
		}
		out = binary.BigEndian.AppendUint64(out, key)
		out = binary.BigEndian.AppendUint64(out, s.title)
		out = append(out, byte(min(s.pages, math.MaxUint8)))
	}
	return out, nil
}

// Settle forgets the paragraphs that have not proved to repeat, so that what
// stands on a page now and then never adds up to what stands on all of them.
func (c *Chrome) Settle() {
	maps.DeleteFunc(c.seen, func(_ uint64, s standing) bool { return s.pages < repeatedOn })
}

// UnmarshalBinary replaces what is known by what MarshalBinary encoded.
func (c *Chrome) UnmarshalBinary(data []byte) error {
	if len(data)%chromeEntry != 0 || len(data) > chromeEntry*maxChrome {
		return errChrome
	}
	c.seen = make(map[uint64]standing, len(data)/chromeEntry)
	for ; len(data) > 0; data = data[chromeEntry:] {
		c.seen[binary.BigEndian.Uint64(data)] = standing{title: binary.BigEndian.Uint64(data[8:]), pages: int(data[16])}
	}
	return nil
}
