package query

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"sitrep/feeds/spelling"
)

// Marker finds in texts what a query looks for. It is made once and reads each
// text once, however many words it knows. A nil Marker finds nothing; one may be
// used by several goroutines.
type Marker struct {
	whole  map[string][]target // by their first word, which is a whole one
	begins []target            // of one word that may go on
}

// target is a word or phrase that is looked for.
type target struct {
	words  [][]byte // folded
	prefix bool     // the last word may go on
	exact  string   // the letters must be these, "" for any that fold to the words
	number int      // of the word among all that are looked for
}

// NewMarker makes a marker of all words and phrases that the expressions look
// for in a text; none that they exclude.
func NewMarker(all ...Expr) *Marker {
	m := &Marker{whole: map[string][]target{}}
	n := 0
	add := func(text string, prefix, exact bool) {
		t := target{prefix: prefix, number: n}
		if exact {
			t.exact = text
		}
		m.add(text, t)
		n++
	}
	for _, e := range all {
		walk(e, func(x Expr) {
			switch x := x.(type) {
			case Word:
				add(x.Text, x.Prefix, x.Exact)
			case Phrase:
				add(x.Text, false, x.Exact)
			case Near:
				for _, w := range x.Words {
					add(w, false, false)
				}
			}
		})
	}
	return m
}

// wordMarker is a marker of words as Words gives them: one that may go on ends
// in a star.
func wordMarker(words []string) *Marker {
	m := &Marker{whole: map[string][]target{}}
	for n, w := range words {
		m.add(w, target{prefix: strings.HasSuffix(w, "*"), number: n})
	}
	return m
}

func (m *Marker) add(text string, t target) {
	folded := spelling.Fold(text)
	if folded == "" {
		return
	}
	for w := range strings.SplitSeq(folded, " ") {
		t.words = append(t.words, []byte(w))
	}
	if len(t.words) == 1 && t.prefix {
		m.begins = append(m.begins, t)
		return
	}
	first := string(t.words[0])
	m.whole[first] = append(m.whole[first], t)
}

// Empty reports whether there is nothing to look for.
func (m *Marker) Empty() bool { return m == nil || len(m.whole)+len(m.begins) == 0 }

// Marks returns where the words stand in the text: byte ranges of the original,
// in order, none overlapping. See Marks.
func (m *Marker) Marks(text string) [][2]int {
	var out [][2]int
	for _, h := range m.hits(text) {
		if n := len(out); n > 0 && h.start <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], h.end)
			continue
		}
		out = append(out, [2]int{h.start, h.end})
	}
	return out
}

// hit is a place in the original text where the word with that number stands.
type hit struct{ start, end, word int }

// hits returns all places where words stand, by their start.
func (m *Marker) hits(text string) []hit {
	if m.Empty() || text == "" {
		return nil
	}
	folded, spans := spelling.AppendSpans(make([]byte, 0, len(text)+16), make([]spelling.Span, 0, len(text)/5+8), []byte(text))
	var out []hit
	found := func(t target, i int) {
		if j := i + len(t.words) - 1; t.standsAt(folded, spans, i) {
			h := hit{spans[i].Start, spans[j].End, t.number}
			if t.exact == "" || Exactly(text[h.start:h.end], t.exact, t.prefix) {
				out = append(out, h)
			}
		}
	}
	for i, s := range spans {
		for _, t := range m.whole[string(folded[s.From:s.To])] {
			found(t, i)
		}
		for _, t := range m.begins {
			found(t, i)
		}
	}
	slices.SortFunc(out, func(a, b hit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	return out
}

// standsAt reports whether the words stand side by side from span i on.
func (t target) standsAt(folded []byte, spans []spelling.Span, i int) bool {
	last := len(t.words) - 1
	if i+last >= len(spans) {
		return false
	}
	for k, want := range t.words {
		have := folded[spans[i+k].From:spans[i+k].To]
		if k == last && t.prefix {
			return bytes.HasPrefix(have, want)
		}
		if !bytes.Equal(have, want) {
			return false
		}
	}
	return true
}

// Attached returns the forms that the Arabic and Hebrew words of e take behind
// their particles. A search in the archive looks only for forms that it holds and
// that are rarer than the word; a single text is short enough to look for all.
func Attached(e Expr) (forms []Expr) {
	walk(e, func(x Expr) {
		w, ok := x.(Word)
		if !ok || w.Exact {
			return
		}
		for _, f := range spelling.Clitics(spelling.Fold(w.Text)) {
			if !spelling.IsStopword(f) {
				forms = append(forms, Word{Text: f, Prefix: w.Prefix})
			}
		}
	})
	return forms
}
