package query

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"sitrep/feeds/spelling"
)

// Marks returns where the words stand in the text: byte ranges of the original,
// in order, none overlapping. Words are compared folded, phrases word by word; a
// star at the end of one lets its last word go on, and all of that word is marked.
func Marks(text string, words []string) [][2]int {
	var out [][2]int
	for _, h := range hits(text, words) {
		if n := len(out); n > 0 && h.start <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], h.end)
			continue
		}
		out = append(out, [2]int{h.start, h.end})
	}
	return out
}

// hit is a place in the original text where words[word] stands.
type hit struct{ start, end, word int }

// hits returns all places where words stand, by their start.
func hits(text string, words []string) []hit {
	if len(words) == 0 || text == "" {
		return nil
	}
	folded, spans := spelling.AppendSpans(make([]byte, 0, len(text)+16), make([]spelling.Span, 0, len(text)/5+8), []byte(text))
	var out []hit
	for n, w := range words {
		prefix := strings.HasSuffix(w, "*")
		want := []byte(spelling.Fold(w))
		if len(want) == 0 {
			continue
		}
		size := bytes.Count(want, []byte{' '})
		for i := find(folded, want, 0, prefix); i >= 0; i = find(folded, want, i+1, prefix) {
			first, _ := slices.BinarySearchFunc(spans, i, func(s spelling.Span, at int) int { return cmp.Compare(s.From, at) })
			out = append(out, hit{spans[first].Start, spans[first+size].End, n})
		}
	}
	slices.SortFunc(out, func(a, b hit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	return out
}
