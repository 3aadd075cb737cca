package store

import (
	"context"
	"slices"
	"strings"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

const (
	// maxExpansion is how many words a prefix stands for, the commonest ones,
	// and how many spellings a name.
	maxExpansion = 64
	// maxInflected is for how many spellings of a name the forms with particles
	// are looked up, the likeliest ones.
	maxInflected = 16
	// maxGuessed is for how many words of a query spellings are guessed: a pasted
	// page is no list of names.
	maxGuessed = 12
)

// Expand replaces the words of a query by all that they stand for, which is what
// Search, List and Count look for: a prefix by the commonest words of the
// archive that begin with it, a name by its spellings, an Arabic or Hebrew word
// by its forms with particles. Phrases and letter-exact words stand for
// themselves. An excluded word stands only for what is certain: not for
// spellings that are guessed; an excluded prefix excludes all of its words.
func (s *Store) Expand(ctx context.Context, e query.Expr) (out query.Expr, err error) {
	err = s.find(ctx, func(c *conn) error {
		x, err := expand(c, e, false)
		out = x.expr
		return err
	})
	return out, err
}

// Spellings returns what is looked for besides the words of the query as typed,
// as a reader would write it and the likeliest first: other spellings of names
// and forms with particles, but not the words that a prefix stands for. Guessed
// reports whether some are not of the catalogue: then Search finds what
// SearchListed does not.
func (s *Store) Spellings(ctx context.Context, e query.Expr) (also []string, guessed bool, err error) {
	err = s.find(ctx, func(c *conn) error {
		x, err := expand(c, e, false)
		also, guessed = x.also, x.guessed
		return err
	})
	return also, guessed, err
}

// expansion is a query whose words are replaced by all that they stand for.
type expansion struct {
	expr    query.Expr
	also    []string // see Spellings
	guessed bool     // some of them are guessed
}

// expander expands one query.
type expander struct {
	c       *conn
	counted reckoning
	groups  *spelling.Groups
	listed  bool                    // nothing is guessed
	sizes   map[spelling.Script]int // see size
	also    []string
	guesses int  // words that spellings were guessed for
	guessed bool // and some were found
}

// expand expands e, on request only by what the catalogue lists.
func expand(c *conn, e query.Expr, listed bool) (expansion, error) {
	if !expandable(e) {
		return expansion{expr: e}, nil
	}
	groups, err := c.groups()
	if err != nil {
		return expansion{}, err
	}
	counted, err := wordsCounted(c)
	if err != nil {
		return expansion{}, err
	}
	x := &expander{c: c, counted: counted, groups: groups, listed: listed}
	out, err := x.expr(e, false)
	return expansion{out, x.also, x.guessed}, err
}

// expandable reports whether e has a word that can stand for others.
func expandable(e query.Expr) bool {
	switch e := e.(type) {
	case query.And:
		return slices.ContainsFunc(e, expandable)
	case query.Or:
		return slices.ContainsFunc(e, expandable)
	case query.Not:
		return expandable(e.X)
	case query.Word:
		return !e.Exact
	}
	return false
}

// expr expands an expression; one that is excluded only by what is certain.
func (x *expander) expr(e query.Expr, excluded bool) (query.Expr, error) {
	switch e := e.(type) {
	case query.And:
		parts, err := x.conjunction(e, excluded)
		if len(parts) == 1 {
			return parts[0], err
		}
		return query.And(parts), err
	case query.Or:
		var out query.Or
		for _, part := range once(e) {
			y, err := x.expr(part, excluded)
			if err != nil {
				return nil, err
			}
			out = append(out, alternatives(y)...)
		}
		return out, nil
	case query.Not:
		y, err := x.expr(e.X, true)
		return query.Not{X: y}, err
	case query.Word:
		if !e.Exact {
			return x.word(e, excluded)
		}
	}
	return e, nil
}

// alternatives returns the parts of an Or, or e alone.
func alternatives(e query.Expr) query.Or {
	if or, ok := e.(query.Or); ok {
		return or
	}
	return query.Or{e}
}

// conjunction expands the parts of an And. Words side by side that are a name of
// the catalogue are expanded together.
func (x *expander) conjunction(parts query.And, excluded bool) (out []query.Expr, err error) {
	for parts = once(parts); len(parts) > 0; {
		n, e, err := x.name(parts, excluded)
		if err == nil && n == 0 {
			n = 1
			e, err = x.expr(parts[0], excluded)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		parts = parts[n:]
	}
	return out, nil
}

// name expands the longest name of several words that the parts begin with, and
// returns how many parts it takes, 0 if there is none.
func (x *expander) name(parts query.And, excluded bool) (int, query.Expr, error) {
	longest, spellings := longestName(x.groups, parts)
	if longest == 0 {
		return 0, nil, nil
	}
	typed := slices.Clone(parts[:longest])
	last := typed[longest-1].(query.Word)
	var err error
	if last.Prefix {
		if typed[longest-1], err = expandPrefix(x.c, last, x.counted.behind()); err != nil {
			return 0, nil, err
		}
	}
	or := query.Or{typed}
	err = x.add(&or, last.In, spellings, excluded)
	return longest, simplest(or), err
}

// once leaves out words that stood there before.
func once(parts []query.Expr) []query.Expr {
	seen := map[query.Word]bool{}
	return slices.DeleteFunc(slices.Clone(parts), func(e query.Expr) bool {
		w, ok := e.(query.Word)
		again := ok && seen[w]
		if ok {
			seen[w] = true
		}
		return again
	})
}

// longestName returns how many of the first parts are a name of several words that
// the catalogue knows, 0 for none, and its other spellings.
func longestName(g *spelling.Groups, parts query.And) (longest int, spellings []string) {
	folded := ""
	for i, part := range parts[:min(len(parts), g.Words())] {
		w, ok := part.(query.Word)
		if !ok || w.Exact || w.In != parts[0].(query.Word).In {
			break
		}
		folded = strings.TrimSpace(folded + " " + spelling.Fold(w.Text))
		if others, _, ok := g.Spellings(folded); ok && i > 0 {
			longest, spellings = i+1, others
		}
		if w.Prefix {
			break
		}
	}
	return longest, spellings
}

// word expands a word that is looked for.
func (x *expander) word(e query.Word, excluded bool) (query.Expr, error) {
	folded := spelling.Fold(e.Text)
	if folded == "" {
		return e, nil
	}
	or := query.Or{e}
	if e.Prefix && !excluded {
		y, err := expandPrefix(x.c, e, x.counted.behind())
		if err != nil {
			return nil, err
		}
		or = slices.Clone(alternatives(y))
	}
	others, open, known := x.groups.Spellings(folded)
	if (open || !known) && !excluded && !x.listed && x.guesses < maxGuessed && !begins(or, folded) {
		x.guesses++
		guessed, err := x.remembered(folded, known)
		if err != nil {
			return nil, err
		}
		x.guessed = x.guessed || len(guessed) > 0
		others = append(others, guessed...)
	}
	if err := x.add(&or, e.In, append([]string{folded}, others...), excluded); err != nil {
		return nil, err
	}
	return simplest(or), nil
}

// begins reports whether a folded word is only the beginning of the words that it
// was expanded to, as it is while a longer one is being typed: then it is no name.
func begins(or query.Or, folded string) bool {
	return !slices.ContainsFunc(or, func(e query.Expr) bool {
		w, ok := e.(query.Word)
		return ok && w.Prefix || wholeText(e) == folded
	})
}

// wholeText returns the folded words of a word or phrase that does not go on, ""
// for anything else.
func wholeText(e query.Expr) string {
	switch e := e.(type) {
	case query.Word:
		if !e.Prefix {
			return spelling.Fold(e.Text)
		}
	case query.Phrase:
		return spelling.Fold(e.Text)
	}
	return ""
}

func simplest(or query.Or) query.Expr {
	if len(or) == 1 {
		return or[0]
	}
	return or
}
