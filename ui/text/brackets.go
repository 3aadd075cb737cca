package text

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxOpenBrackets is the depth at which BD16 gives up.
const maxOpenBrackets = 63

// bracketPair and openBracket hold positions in the current sequence.
type bracketPair struct{ open, shut int32 }

type openBracket struct {
	pair rune
	at   int32
}

// resolveBrackets applies N0: a pair of brackets takes one direction, that of
// the embedding if such text stands inside, else that of its context.
func (r *resolver) resolveBrackets(sos bidi.Class, bracket func(int) (rune, bool)) {
	r.findPairs(bracket)
	if len(r.pairs) == 0 {
		return
	}
	embedding := direction(r.levels[r.seq[0]])
	for _, p := range r.pairs {
		switch inside := r.inside(p, embedding); {
		case inside == bidi.ON:
		case inside != embedding && r.context(p.open, sos) == inside:
			r.setBracket(p, inside)
		default:
			r.setBracket(p, embedding)
		}
	}
}

// inside returns the direction of the text between two brackets: that of the
// embedding if any of it has that, ON if there is nothing strong.
func (r *resolver) inside(p bracketPair, embedding bidi.Class) bidi.Class {
	found := bidi.ON
	for _, i := range r.seq[p.open+1 : p.shut] {
		switch s := strength(r.now[i]); s {
		case embedding:
			return s
		case bidi.ON:
		default:
			found = s
		}
	}
	return found
}

// context returns the direction that stands before position k.
func (r *resolver) context(k int32, sos bidi.Class) bidi.Class {
	for k--; k >= 0; k-- {
		if s := strength(r.now[r.seq[k]]); s != bidi.ON {
			return s
		}
	}
	return sos
}

// setBracket sets both brackets and the marks that stand on them.
func (r *resolver) setBracket(p bracketPair, c bidi.Class) {
	for _, k := range [...]int32{p.open, p.shut} {
		r.now[r.seq[k]] = c
		for k++; int(k) < len(r.seq) && r.classes[r.seq[k]] == bidi.NSM; k++ {
			r.now[r.seq[k]] = c
		}
	}
}

// findPairs collects the bracket pairs of the current sequence in the order
// of their opening (BD16).
func (r *resolver) findPairs(bracket func(int) (rune, bool)) {
	r.pairs, r.opening = r.pairs[:0], r.opening[:0]
	for k, i := range r.seq {
		if r.now[i] != bidi.ON {
			continue
		}
		pair, opens := bracket(int(i))
		switch {
		case pair == 0:
		case opens:
			if len(r.opening) == maxOpenBrackets {
				r.pairs = r.pairs[:0]
				return
			}
			r.opening = append(r.opening, openBracket{pair, int32(k)})
		default:
			for o := len(r.opening) - 1; o >= 0; o-- {
				if r.opening[o].pair == pair {
					r.pairs = append(r.pairs, bracketPair{r.opening[o].at, int32(k)})
					r.opening = r.opening[:o]
					break
				}
			}
		}
	}
	slices.SortFunc(r.pairs, func(a, b bracketPair) int { return int(a.open - b.open) })
}
