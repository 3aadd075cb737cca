package store

import (
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// certain replaces each name of a query that the catalogue knows by all of its
// spellings, and each Arabic or Hebrew word by its forms with particles. Unlike
// expand it asks the archive nothing, because what a watch finds depends on the
// article alone: so it guesses no names and leaves prefixes as they are.
func certain(g *spelling.Groups, e query.Expr) query.Expr {
	switch e := e.(type) {
	case query.And:
		return certainAll(g, e)
	case query.Or:
		var out query.Or
		for _, part := range e {
			out = append(out, alternatives(certain(g, part))...)
		}
		return out
	case query.Not:
		return query.Not{X: certain(g, e.X)}
	case query.Word:
		folded := spelling.Fold(e.Text)
		if e.Exact || e.Prefix || folded == "" {
			return e
		}
		others, _, _ := g.Spellings(folded)
		return withSpellings(query.Or{e}, e.In, append([]string{folded}, others...))
	}
	return e
}

// certainAll is certain for words that must all be there: some together are one
// name.
func certainAll(g *spelling.Groups, parts query.And) query.Expr {
	var out query.And
	for len(parts) > 0 {
		n, spellings := longestName(g, parts)
		if n == 0 {
			out = append(out, certain(g, parts[0]))
			parts = parts[1:]
			continue
		}
		first := parts[0].(query.Word)
		out = append(out, withSpellings(query.Or{query.And(append(query.And{}, parts[:n]...))}, first.In, spellings))
		parts = parts[n:]
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// withSpellings adds spellings and their forms to what stands for a name.
func withSpellings(or query.Or, in query.Field, spellings []string) query.Expr {
	a := newAddition(&or, in)
	for _, s := range spellings {
		a.spelling(s)
	}
	for _, s := range spellings[:min(len(spellings), maxInflected)] {
		for _, form := range spelling.Clitics(spelling.Fold(s)) {
			if !spelling.IsStopword(form) {
				a.spelling(form)
			}
		}
	}
	return simplest(or)
}

// certain is certain with the names of this store's catalogue, which is always
// readable when it is the one that is shipped.
func (s *Store) certain(e query.Expr) query.Expr {
	g, err := s.groups()
	if err != nil {
		return e
	}
	return certain(g, e)
}
