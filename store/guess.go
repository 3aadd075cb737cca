package store

import (
	"strings"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// Bounds of the search for spellings of a name, which all searches share the
// time of.
const (
	maxAlike   = 24    // spellings in one script
	maxBucket  = 400   // words looked at under one skeleton
	maxBuckets = 2_000 // under all skeletons of one script
	maxOwn     = 8     // spellings in a name's own script
	witnesses  = 6     // articles that show whether a word is a name
)

// particles stand before a name in Latin letters and are often left out.
var particles = map[string]bool{
	"al": true, "el": true, "an": true, "ar": true, "as": true, "ad": true, "at": true, "az": true,
	"ash": true, "es": true, "ed": true, "er": true, "ez": true, "ul": true, "ha": true, "א": true, "אל": true,
}

// guess returns words of the archive that can be spellings of the name, if it
// is one; of a name that the catalogue knows only those without doubt. A name
// behind an article stands for itself, too.
func (x *expander) guess(folded string, known bool) (found []string, err error) {
	name := folded
	if article, rest, ok := strings.Cut(folded, " "); ok && particles[article] && !strings.Contains(rest, " ") {
		name = rest
		found = append(found, rest)
		others, open, ok := x.groups.Spellings(rest)
		known = known || ok
		if found = append(found, others...); ok && !open {
			return found, nil
		}
	}
	own := spelling.ScriptOf(name)
	if own == spelling.Other {
		return found, nil
	}
	if is, err := x.isName(name, own); err != nil || !is {
		return found, err
	}
	for _, to := range [...]spelling.Script{spelling.Arabic, spelling.Hebrew, spelling.Latin} {
		alike, err := x.alike(name, to)
		if err != nil {
			return nil, err
		}
		limit := maxAlike
		if to == own {
			limit = maxOwn
		}
		for _, a := range spelling.Nearest(name, alike, limit) {
			if known && a.Doubtful {
				break
			}
			if is, err := x.isSpelling(a, to); err != nil {
				return nil, err
			} else if is {
				found = append(found, a.Word)
			}
		}
	}
	return found, nil
}

// alike returns the words of a script that have a skeleton of the name, the
// likeliest skeletons first.
func (x *expander) alike(name string, to spelling.Script) (words []string, err error) {
	// The table is clustered by word, so that the index holds skeleton and word:
	// nothing else is read.
	const bucket = "SELECT word FROM words WHERE skeleton = ? AND skeleton <> '' AND word >= ? AND word < ? LIMIT ?"
	first, end := to.Range()
	for _, skeleton := range spelling.Readings(name, to) {
		limit := min(maxBucket, maxBuckets-len(words))
		if limit <= 0 {
			break
		}
		err = x.c.each(bucket, []any{skeleton, first, end, limit}, func(s *sqlite3.Stmt) error {
			words = append(words, s.ColumnText(0))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return words, nil
}

// isName reports whether the word can be a name: in Latin letters one that the
// newest articles write with a capital, in others one that is not common. What
// the archive does not have may be one.
func (x *expander) isName(word string, script spelling.Script) (bool, error) {
	if script != spelling.Latin {
		common, err := x.common(word, commonWord)
		return !common, err
	}
	const newest = `SELECT a.title, t.html FROM search x CROSS JOIN statuses s ON s.article = x.rowid
		CROSS JOIN articles a ON a.id = x.rowid CROSS JOIN texts t ON t.arrival = s.arrival
		WHERE x.search MATCH ? ORDER BY x.rowid DESC LIMIT ?`
	upper, lower := 0, 0
	var text []byte
	err := x.c.each(newest, []any{matchWords(word, query.Any, false), witnesses}, func(s *sqlite3.Stmt) error {
		text = append(text[:0], s.ColumnRawText(0)...)
		text = document.AppendText(append(text, '\n'), s.ColumnText(1))
		u, l := spelling.Capitals(string(text), word)
		upper, lower = upper+u, lower+l
		return nil
	})
	return lower*3 <= upper, err // "party" is not made a name by one Party's headlines
}

// isSpelling reports whether a word of the archive that is like a name is taken
// for it. A doubtful one must be known to be rare, since names are, and any other
// word would bring many articles that nobody asked for; a small archive cannot
// tell.
func (x *expander) isSpelling(a spelling.Alike, script spelling.Script) (bool, error) {
	if a.Doubtful {
		if common, err := x.common(a.Word, commonDoubt); err != nil || common {
			return false, err
		}
	}
	return x.isName(a.Word, script)
}

// frequency is what makes a word common: more than so many articles and more
// than one of so many.
type frequency struct{ least, oneOf int }

var (
	commonWord  = frequency{20, 100}
	commonDoubt = frequency{0, 5_000}
)

func (x *expander) common(word string, f frequency) (bool, error) {
	n, _, err := x.c.number("SELECT articles FROM words WHERE word = ?", word)
	if err != nil || int(n) <= f.least {
		return false, err
	}
	all, err := counter(x.c, ofAll, 0)
	return int(n)*f.oneOf > all.Total, err
}
