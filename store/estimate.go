package store

import (
	"strings"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

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
