package store

import (
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// expandPrefix keeps a prefix that the words table cannot speak for: it begins
// no word, or the table is behind the articles.
func expandPrefix(c *conn, e query.Word, behind bool) (query.Expr, error) {
	folded := spelling.Fold(e.Text)
	before, last := "", folded
	if i := strings.LastIndexByte(folded, ' '); i >= 0 {
		before, last = folded[:i+1], folded[i+1:]
	}
	if behind || last == "" {
		return e, nil
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
	return simplest(or), nil
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

// reckoning says how far the words table has come: it holds the words of the
// articles up to one arrival, of the last.
type reckoning struct{ upTo, last int64 }

// behind reports whether articles have arrived whose words are not counted.
func (n reckoning) behind() bool { return n.upTo < n.last }

func wordsCounted(c *conn) (n reckoning, err error) {
	if n.upTo, err = numberSetting(c, keyWordsUpTo); err != nil {
		return n, err
	}
	n.last, err = lastArrival(c)
	return n, err
}
