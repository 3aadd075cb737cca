package spelling

import (
	"slices"
	"strings"

	"sitrep/feeds/catalog"
)

// Groups finds all spellings of the names that the catalogue knows.
type Groups struct {
	groups [][]string       // as written
	open   []bool           // may have spellings that the group lacks
	names  map[string][]int // by folded spelling
	words  int              // of the longest name
}

// New makes the catalogue's groups ready. Particles (al-, bin) are left out:
// alone they are no names.
func New(groups []catalog.Group) *Groups {
	g := &Groups{names: map[string][]int{}}
	for _, from := range groups {
		if from.Kind == "particle" {
			continue
		}
		var spellings []string
		for _, n := range from.Names {
			folded := Fold(n.Text)
			if folded == "" || slices.ContainsFunc(spellings, func(s string) bool { return Fold(s) == folded }) {
				continue
			}
			spellings = append(spellings, n.Text)
			g.names[folded] = append(g.names[folded], len(g.groups))
			g.words = max(g.words, strings.Count(folded, " ")+1)
		}
		g.groups = append(g.groups, spellings)
		g.open = append(g.open, from.Kind == "name-part")
	}
	return g
}

// Words returns how many words the longest name has.
func (g *Groups) Words() int { return g.words }

// Spellings returns the other spellings, as written, of a folded name that is in
// the catalogue. Open says that there may be more: a part of a person's name is
// spelled in more ways than a list holds.
func (g *Groups) Spellings(folded string) (others []string, open, ok bool) {
	for _, n := range g.names[folded] {
		ok = true
		open = open || g.open[n]
		for _, s := range g.groups[n] {
			if f := Fold(s); f != folded && !slices.ContainsFunc(others, func(o string) bool { return Fold(o) == f }) {
				others = append(others, s)
			}
		}
	}
	return others, open, ok
}
