package spelling

import (
	_ "embed" // letters.csv
	"strconv"
	"strings"
	"sync"
)

// lettersCSV says how likely letters of Arabic or Hebrew script stand for
// letters of the Latin one in the spellings of one name: script, Latin letters,
// the others, cost. A cost is -10 ln p, p being the share of all pairs of
// letters. TestLearn writes it, from name pairs mined from Wikidata (Merhav and
// Ash, Design Challenges in Named Entity Transliteration, COLING 2018, CC0);
// the other half of the pairs judges it in TestNames.
//
//go:embed letters.csv
var lettersCSV string

const (
	maxLetters = 2 // written for each other at once, in either script
	maxCost    = 120
)

// Costs of what letters.csv does not know, found on the development half.
const (
	costLost     = 100 // a Latin letter that is not written
	costWeak     = 35  // a weak letter that nothing stands for
	costInserted = 75  // any other
	costReplaced = 130 // a letter for another that never stands for it
)

// writing is one way to write some Latin letters in another script.
type writing struct {
	letters [maxLetters]rune
	n       int // how many letters these are
	cost    int
	classes string // of Skeleton
}

// alphabet holds the ways to write one or two Latin letters.
type alphabet map[string][]writing

// alphabets returns what letters.csv says, by script.
var alphabets = sync.OnceValue(func() map[Script]alphabet {
	out := map[Script]alphabet{Arabic: {}, Hebrew: {}}
	for line := range strings.Lines(lettersCSV) {
		f := strings.Split(strings.TrimSpace(line), ",")
		script := Arabic
		if f[0] == "Hebr" {
			script = Hebrew
		}
		cost, _ := strconv.Atoi(f[3]) // TestLetters holds the file to its form
		w := writing{cost: cost}
		for _, r := range f[2] {
			w.letters[w.n] = r
			w.n++
			w.classes += semiticClasses[r]
		}
		out[script][f[1]] = append(out[script][f[1]], w)
	}
	return out
})

// bounded prepares a folded Latin word for an alphabet: doubled consonants are
// one, ^ and $ stand at its ends. It is false for a word with other signs.
func bounded(word string) (string, bool) {
	b := make([]byte, 0, maxName+2)
	b = append(b, '^')
	for i := range len(word) {
		c := word[i]
		if c < 'a' || c > 'z' {
			return "", false
		}
		if c != b[len(b)-1] || isVowel(c) || c == 'h' { // Mash-hadani
			b = append(b, c)
		}
	}
	return string(append(b, '$')), len(word) <= maxName
}

// romanised compares one Latin word with words of one other script.
type romanised struct {
	word string
	at   [][]step // ways to write what starts at each letter
	rest []int    // cost of the likeliest writing of what follows each letter
	cost []int    // scratch
}

// step writes the letters up to the place to.
type step struct {
	to int
	*writing
}

// romanise prepares a Latin word, false if it is none.
func romanise(word string, script Script) (*romanised, bool) {
	w, ok := bounded(word)
	if !ok {
		return nil, false
	}
	r := &romanised{word: w, at: make([][]step, len(w))}
	a := alphabets()[script]
	for i := range w {
		for k := i + 1; k <= min(len(w), i+maxLetters); k++ {
			ways := a[w[i:k]]
			for n := range ways {
				r.at[i] = append(r.at[i], step{k, &ways[n]})
			}
		}
	}
	r.rest = r.cheapest()
	return r, true
}

// cheapest returns, for each place in the word, the cost of the likeliest writing
// of the letters from there on.
func (r *romanised) cheapest() []int {
	rest := make([]int, len(r.word)+1)
	for i := len(r.word) - 1; i >= 0; i-- {
		rest[i] = rest[i+1] + costLost
		for _, s := range r.at[i] {
			rest[i] = min(rest[i], rest[s.to]+s.cost)
		}
	}
	return rest
}

// foreign are Persian and Kurdish letters, which the lists do not have, as Arabic
// names write their sounds.
var foreign = map[rune]rune{'\u067e': '\u0628', '\u06af': '\u063a', '\u0698': '\u062c'} // peh, gaf, jeh

// distance is by how much other is a less likely writing of the word than the
// likeliest one; limit or more when it is not below limit.
func (r *romanised) distance(other string, limit int) int {
	var buf [maxName]rune
	t := buf[:0]
	for _, c := range other {
		if len(t) == maxName {
			return limit
		}
		if a, ok := foreign[c]; ok {
			c = a
		}
		t = append(t, c)
	}
	limit += r.rest[0]
	width := len(t) + 1
	size := (len(r.word) + 1) * width
	if cap(r.cost) < size {
		r.cost = make([]int, size)
	}
	r.cost = r.cost[:size]
	for i := range r.cost {
		r.cost[i] = limit
	}
	r.cost[0] = 0
	for i := range len(r.word) + 1 {
		r.row(i, width, t, limit)
	}
	return r.cost[size-1] - r.rest[0]
}

// row goes on from every place that the first i letters of the word reach and
// that can still end below limit.
func (r *romanised) row(i, width int, t []rune, limit int) {
	for j := range width {
		c := r.cost[i*width+j]
		if c+r.rest[i] >= limit {
			continue
		}
		if j < len(t) {
			more := costInserted
			if semiticClasses[t[j]] == "" {
				more = costWeak
			}
			lower(&r.cost[i*width+j+1], c+more)
		}
		if i == len(r.word) {
			continue
		}
		lower(&r.cost[(i+1)*width+j], c+costLost)
		if j < len(t) {
			lower(&r.cost[(i+1)*width+j+1], c+costReplaced)
		}
		for _, s := range r.at[i] {
			if j+s.n <= len(t) && (s.n < 1 || s.letters[0] == t[j]) && (s.n < 2 || s.letters[1] == t[j+1]) {
				lower(&r.cost[s.to*width+j+s.n], c+s.cost)
			}
		}
	}
}

func lower(p *int, n int) {
	if n < *p {
		*p = n
	}
}

// Prepare reads the tables of this package, which the first use would do.
func Prepare() {
	alphabets()
	stops()
}
