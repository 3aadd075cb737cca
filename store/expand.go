package store

import (
	"context"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// maxExpansion is how many words a prefix stands for: the commonest ones.
const maxExpansion = 64

// Expand replaces every prefix that is looked for by the commonest words of the
// archive that begin with it, which is what Search, List and Count look for. An
// excluded prefix stays as it is and excludes all of its words.
func (s *Store) Expand(ctx context.Context, e query.Expr) (out query.Expr, err error) {
	err = s.find(ctx, func(c *conn) error {
		out, err = expand(c, e)
		return err
	})
	return out, err
}

func expand(c *conn, e query.Expr) (query.Expr, error) {
	switch e := e.(type) {
	case query.And:
		parts, err := expandAll(c, e)
		return query.And(parts), err
	case query.Or:
		parts, err := expandAll(c, e)
		return query.Or(parts), err
	case query.Word:
		if e.Prefix && !e.Exact {
			return expandPrefix(c, e)
		}
	}
	return e, nil
}

func expandAll(c *conn, parts []query.Expr) ([]query.Expr, error) {
	out := make([]query.Expr, len(parts))
	for i, x := range parts {
		var err error
		if out[i], err = expand(c, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// expandPrefix keeps a prefix that the words table cannot speak for: it begins
// no word, or articles have come that are not counted in it yet.
func expandPrefix(c *conn, e query.Word) (query.Expr, error) {
	folded := spelling.Fold(e.Text)
	before, last := "", folded
	if i := strings.LastIndexByte(folded, ' '); i >= 0 {
		before, last = folded[:i+1], folded[i+1:]
	}
	behind, err := wordsBehind(c)
	if err != nil || behind || last == "" {
		return e, err
	}
	words, err := wordsFrom(c, last, maxExpansion)
	if err != nil || len(words) == 0 {
		return e, err
	}
	or := make(query.Or, len(words))
	for i, w := range words {
		if before == "" {
			or[i] = query.Word{Text: w, In: e.In}
		} else {
			or[i] = query.Phrase{Text: before + w, In: e.In}
		}
	}
	if len(or) == 1 {
		return or[0], nil
	}
	return or, nil
}

// wordsFrom returns the commonest words with the prefix, the commonest first.
func wordsFrom(c *conn, prefix string, limit int) (words []string, err error) {
	const commonest = "SELECT word FROM words WHERE word >= ? AND word < ? ORDER BY articles DESC, word LIMIT ?"
	err = c.each(commonest, []any{prefix, prefix + "\xff", limit}, func(s *sqlite3.Stmt) error {
		words = append(words, s.ColumnText(0))
		return nil
	})
	return words, err
}

// wordsBehind reports whether articles have arrived whose words are not counted.
func wordsBehind(c *conn) (bool, error) {
	upTo, err := numberSetting(c, keyWordsUpTo)
	if err != nil {
		return false, err
	}
	last, err := lastArrival(c)
	return upTo < last, err
}

// estimate guesses, from above, how many articles the text parts of e leave: a
// walk over the hits is about that long.
func estimate(c *conn, e query.Expr) (int, error) {
	const many = 1 << 40
	switch e := e.(type) {
	case query.And:
		least := many
		for _, x := range e {
			n, err := estimate(c, x)
			if err != nil {
				return 0, err
			}
			least = min(least, n)
		}
		return least, nil
	case query.Or:
		sum := 0
		for _, x := range e {
			n, err := estimate(c, x)
			if err != nil {
				return 0, err
			}
			sum = min(many, sum+n)
		}
		return sum, nil
	case query.Word:
		if e.Prefix {
			return 0, nil // to ask about articles one by one would be far too slow
		}
		return rarest(c, e.Text, many)
	case query.Phrase:
		return rarest(c, e.Text, many)
	case query.Near:
		return rarest(c, strings.Join(e.Words, " "), many)
	}
	return many, nil
}

// rarest returns how many articles hold the rarest of the words.
func rarest(c *conn, text string, many int) (int, error) {
	least := many
	for word := range strings.FieldsSeq(spelling.Fold(text)) {
		n, _, err := c.number("SELECT articles FROM words WHERE word = ?", word)
		if err != nil {
			return 0, err
		}
		least = min(least, int(n))
	}
	return least, nil
}
