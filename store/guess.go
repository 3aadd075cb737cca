package store

import (
	"strings"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// Bounds of the search for spellings of a name, which all searches share the
// time of.
const (
	minName    = 3     // letters; shorter words are like too many others
	maxAlike   = 12    // spellings in one script
	maxBucket  = 400   // words looked at under one skeleton
	maxBuckets = 2_000 // under all skeletons of one script
	maxOwn     = 8     // spellings in a name's own script
	witnesses  = 12    // articles that show whether a word is a name
	ofOneFeed  = 4     // at most: a shop writes Price in every article
	maxAsked   = 200   // articles, to find so many feeds
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
	name := spelling.Joined(folded)
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
	if own == spelling.Other || utf8.RuneCountInString(name) < minName {
		return found, nil
	}
	if is, err := x.isName(name, own); err != nil || !is {
		return found, err
	}
	for _, to := range [...]spelling.Script{spelling.Arabic, spelling.Hebrew, spelling.Latin} {
		spellings, err := x.spellings(name, own, to, known)
		if err != nil {
			return nil, err
		}
		found = append(found, spellings...)
	}
	return found, nil
}

// spellings returns the words of one script that are taken for the name.
func (x *expander) spellings(name string, own, to spelling.Script, known bool) (found []string, err error) {
	alike, err := x.alike(name, to)
	if err != nil {
		return nil, err
	}
	limit := maxAlike
	if to == own {
		limit = maxOwn
	}
	share := -1.0 // of the articles in its script, worked out when it is needed
	for _, a := range spelling.Nearest(name, alike, limit) {
		if known && a.Doubtful {
			continue
		}
		if share < 0 {
			if share, err = x.share(name, own); err != nil {
				return nil, err
			}
		}
		if is, err := x.isSpelling(a, to, share); err != nil {
			return nil, err
		} else if is {
			found = append(found, a.Word)
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
// the archive does not have may be one. German writes every noun so, and many
// headlines every word: they tell nothing.
func (x *expander) isName(word string, script spelling.Script) (bool, error) {
	if spelling.IsStopword(word) {
		return false, nil
	}
	if script != spelling.Latin {
		n, share, err := x.common(word, script)
		return n <= fewArticles || share <= commonShare, err
	}
	const newest = `SELECT a.feed, a.title, t.html, ` + fullHTML + ` FROM search x CROSS JOIN statuses s ON s.article = x.rowid
		CROSS JOIN articles a ON a.id = x.rowid CROSS JOIN texts t ON t.arrival = s.arrival
		WHERE x.search MATCH ? AND a.lang <> 'de' ORDER BY x.rowid DESC LIMIT ?`
	var inText, inTitles capitals
	var text []byte
	seen, heard := 0, map[int64]int{}
	err := x.c.each(newest, []any{matchWords(word, query.Any, false), maxAsked}, func(s *sqlite3.Stmt) error {
		if heard[s.ColumnInt64(0)]++; heard[s.ColumnInt64(0)] > ofOneFeed {
			return nil
		}
		text = appendBody(text[:0], s.ColumnText(2), s.ColumnText(3))
		inText.count(string(text), word)
		inTitles.count(s.ColumnText(1), word)
		if seen++; seen == witnesses {
			return errStop
		}
		return nil
	})
	if inText == (capitals{}) {
		return inTitles.name(), err
	}
	return inText.name(), err
}

// capitals is how often a word stands with a capital letter and without one.
type capitals struct{ upper, lower int }

func (n *capitals) count(text, word string) {
	upper, lower := spelling.Capitals(text, word)
	n.upper, n.lower = n.upper+upper, n.lower+lower
}

// name reports whether the word is a name: "party" is not made one by a few Partys.
func (n capitals) name() bool { return n.lower*3 <= n.upper }

// isSpelling reports whether a word of the archive that is like a name, which a
// share of the articles in its own script hold, is taken for it. Any other word
// would bring many articles that nobody asked for. So a doubtful one must be
// known to be rare, as names are, which a small archive cannot tell; and one that
// is far commoner in its script than the name in its own must be the likeliest
// spelling.
func (x *expander) isSpelling(a spelling.Alike, script spelling.Script, share float64) (bool, error) {
	is, err := x.isName(a.Word, script)
	if err != nil || !is || script == spelling.Latin && !a.Doubtful {
		return is, err
	}
	n, here, err := x.common(a.Word, script)
	switch {
	case err != nil:
		return false, err
	case a.Doubtful:
		return here*rareOneOf <= 1, nil
	case n > fewArticles && here > commonName && here > farCommoner*share:
		return a.Distance <= likeliest, nil
	}
	return true, nil
}

// What makes a word common, by the articles in its script that hold it.
const (
	fewArticles = 20 // say nothing about how common a word is
	commonShare = 0.1
	commonName  = 0.01
	farCommoner = 10
	rareOneOf   = 5_000
	likeliest   = 20 // distance of spellings that hardly can be another word
)

// share returns which part of the articles in its script hold the word.
func (x *expander) share(word string, script spelling.Script) (float64, error) {
	_, share, err := x.common(word, script)
	return share, err
}

// common returns how many articles hold a word, and which part these are of those
// in its script.
func (x *expander) common(word string, script spelling.Script) (n int, share float64, err error) {
	if n, err = x.articles(word); err != nil || n == 0 {
		return 0, 0, err
	}
	all, err := x.size(script)
	return n, float64(n) / float64(max(all, n)), err
}

// articles returns how many articles hold a word.
func (x *expander) articles(word string) (int, error) {
	n, _, err := x.c.number("SELECT articles FROM words WHERE word = ?", word)
	return int(n), err
}

// size returns about how many articles are in a script, Latin being all.
func (x *expander) size(script spelling.Script) (n int, err error) {
	if n, known := x.sizes[script]; known {
		return n, nil
	}
	if script == spelling.Latin {
		all, err := counter(x.c, ofAll, 0)
		n = all.Total
		if err != nil {
			return 0, err
		}
	}
	for _, w := range spelling.Commonest(script) {
		k, err := x.articles(w)
		if err != nil {
			return 0, err
		}
		n = max(n, k)
	}
	if x.sizes == nil {
		x.sizes = map[spelling.Script]int{}
	}
	x.sizes[script] = n
	return n, nil
}
