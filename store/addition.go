package store

import (
	"math"
	"slices"
	"strings"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// add adds to or those spellings, and forms of them, that the archive has.
func (x *expander) add(or *query.Or, in query.Field, spellings []string, excluded bool) error {
	a := newAddition(or, in)
	if !excluded {
		a.also = &x.also
	}
	most := 0 // articles with one spelling
	for _, s := range spellings {
		n, err := x.articlesWith(spelling.Fold(s))
		if err != nil {
			return err
		}
		most = max(most, n)
		if n > 0 || x.counted.behind() {
			a.spelling(s)
		}
	}
	for _, s := range spellings[:min(len(spellings), maxInflected)] {
		for _, form := range spelling.Clitics(spelling.Fold(s)) {
			// A form that is commoner than the name is another word.
			if n, err := x.articlesWith(form); err != nil {
				return err
			} else if (n > 0 && n <= most || x.counted.behind()) && !spelling.IsStopword(form) {
				a.spelling(form)
			}
		}
	}
	return nil
}

// addition is what comes to a word.
type addition struct {
	or    *query.Or
	in    query.Field
	seen  map[string]bool // folded
	added int
	also  *[]string // what came, for people; nil when nobody asks
}

func newAddition(or *query.Or, in query.Field) *addition {
	a := &addition{or: or, in: in, seen: map[string]bool{}}
	for _, e := range *or {
		a.seen[wholeText(e)] = true
	}
	return a
}

func (a *addition) spelling(s string) {
	folded := spelling.Fold(s)
	words := strings.Fields(folded)
	if a.added == maxExpansion || a.seen[folded] || len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return a.seen[w] }) {
		return // what finds Sadr finds al-Sadr
	}
	a.seen[folded] = true
	a.added++
	switch {
	case len(words) > 1:
		*a.or = append(*a.or, query.Phrase{Text: s, In: a.in})
	case spelling.IsStopword(folded):
		// A name that folds to a word of most texts (علي, على) must have its letters.
		*a.or = append(*a.or, query.Word{Text: s, In: a.in, Exact: true})
		if p := persian(s); p != s {
			*a.or = append(*a.or, query.Word{Text: p, In: a.in, Exact: true})
		}
	default:
		*a.or = append(*a.or, query.Word{Text: s, In: a.in})
	}
	if s == folded {
		s = spelling.Display(s)
	}
	if a.also != nil && !slices.Contains(*a.also, s) {
		*a.also = append(*a.also, s)
	}
}

// persian writes an Arabic word with the letters that Persian and Kurdish have
// for yeh and kaf.
func persian(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "ي", "ی"), "ك", "ک")
}

// articlesWith returns how many articles hold the rarest of the folded words, so
// that no more can hold them all.
func (x *expander) articlesWith(folded string) (int, error) {
	return rarest(x.c, folded, math.MaxInt)
}
