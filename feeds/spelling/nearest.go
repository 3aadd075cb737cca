package spelling

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// bounds say how unlike a spelling may be, in the costs of letters.csv: all in
// all, and compared with the best one of its script.
type bounds struct{ worst, fromBest int }

// boundsOf returns the bounds for a name: the fewer consonants it has the more
// other words are like it. Chosen on the development half.
func boundsOf(name string) bounds {
	switch len(Skeleton(name)) {
	case 0:
		return bounds{}
	case 1:
		return bounds{110, 60}
	case 2:
		return bounds{130, 70}
	case 3:
		return bounds{140, 55}
	}
	return bounds{180, 70}
}

// ownBounds are for words of one script or of two that write few vowels: there,
// unlike words are other words.
func ownBounds(name string, across bool) bounds {
	switch n := len(Skeleton(name)); {
	case across:
		return bounds{60, 60}
	case n <= 1:
		return bounds{} // Ali, Eli
	case n == 2:
		return bounds{15, 15}
	case n == 3:
		return bounds{30, 30}
	}
	return bounds{45, 45}
}

// Alike is a word that can be a spelling of a name.
type Alike struct {
	Word     string
	Distance int  // 0 is the likeliest spelling of all
	Doubtful bool // as likely another word
}

// Nearest returns those of the words found, all of one script, that can be
// spellings of the name, the likeliest first, at most limit. All are folded.
func Nearest(name string, found []string, limit int) []Alike {
	if len(found) == 0 {
		return nil
	}
	distance, b := measure(name, ScriptOf(found[0]))
	best := b.worst
	near := make([]Alike, 0, len(found))
	for _, w := range found {
		if w == name {
			continue
		}
		d := distance(w, min(b.worst, best+b.fromBest)+1)
		best = min(best, d)
		near = append(near, Alike{Word: w, Distance: d})
	}
	slices.SortFunc(near, func(a, b Alike) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Word, b.Word))
	})
	end := slices.IndexFunc(near, func(a Alike) bool { return a.Distance > min(b.worst, best+b.fromBest) })
	if end < 0 {
		end = len(near)
	}
	near = near[:min(end, limit)]
	for i := range near {
		near[i].Doubtful = doubtful(name, near[i], best)
	}
	return near
}

// doubtful reports whether a word that is like a name is as likely another one,
// best being how near the nearest is: it is much less likely than the nearest,
// or unlike for a name of so few consonants, or lacks one of them.
func doubtful(name string, a Alike, best int) bool {
	sounds := len(Skeleton(name))
	if a.Distance > min(clearBound(sounds), best+clearFromBest) {
		return true
	}
	if sounds <= fewSounds && lacksSound(name, a.Word, sounds) {
		return true
	}
	return sounds < fewSounds && !beginAlike(name, a.Word)
}

const (
	clearFromBest = 40
	fewSounds     = 3
)

// clearBound returns the distance from which on a spelling is doubtful: up to it
// lie more than nine of ten true ones, with one wrong one among 18,000 names.
func clearBound(sounds int) int {
	switch sounds {
	case 0, 1:
		return 30
	case 2:
		return 50
	case 3:
		return 72
	}
	return 80
}

// lacksSound reports whether a word has fewer consonants than a name of so many,
// those not counted that may be weak letters.
func lacksSound(name, word string, sounds int) bool {
	for _, s := range either[ScriptOf(word)] {
		sounds -= strings.Count(name, s)
	}
	return len(Skeleton(word)) < sounds
}

// either are letters for sounds that another script writes with a consonant or
// a weak letter, as the name's language has it: Jan, Vera, Chaim.
var either = map[Script][]string{Arabic: {"j"}, Hebrew: {"j", "v", "ch", "kh"}}

// beginAlike reports whether both words begin with a consonant or both with a
// vowel or weak letter.
func beginAlike(a, b string) bool {
	a, b = WithoutArticle(a), WithoutArticle(b)
	for _, s := range either[ScriptOf(b)] {
		if strings.HasPrefix(a, s) {
			return true
		}
	}
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return (soundOf(x) == "") == (soundOf(y) == "")
}

// measure returns how the name is compared with words of a script, and within
// which bounds they can be the name.
func measure(name string, with Script) (distance func(word string, limit int) int, b bounds) {
	switch from := ScriptOf(name); {
	case from == Latin && with != Latin:
		r, ok := romanise(name, with)
		if !ok {
			break
		}
		return func(w string, limit int) int {
			d := r.distance(w, limit)
			if rest := WithoutArticle(w); rest != w {
				d = min(d, r.distance(rest, limit)+articleCost)
			}
			return d
		}, boundsOf(name)
	case from != Latin && with == Latin:
		rest := WithoutArticle(name)
		return func(w string, limit int) int {
			r, ok := romanise(w, from)
			if !ok {
				return limit
			}
			d := r.distance(name, limit)
			if rest != name {
				d = min(d, r.distance(rest, limit)+articleCost)
			}
			return d
		}, boundsOf(name)
	default:
		bare := heardAs(WithoutArticle(name))
		return func(w string, limit int) int { return edits(bare, heardAs(WithoutArticle(w))) }, ownBounds(name, from != with)
	}
	return func(string, int) int { return 1 }, bounds{}
}

// articleCost is what an article more or less costs.
const articleCost = 10

// heardAs writes the sounds of Latin letters in one way where names from other
// scripts come in two; words of other scripts stay as they are.
func heardAs(word string) string { return sameHeard.Replace(word) }

var sameHeard = strings.NewReplacer("dh", "z", "ph", "f", "dj", "j", "ou", "u", "oo", "u", "ee", "i")

// edits is the distance between two words of one script, or of an Arabic and a
// Hebrew one: letters of one class cost little to exchange, vowels and weak
// letters little to write or leave out, but for the last one.
func edits(a, b string) int {
	s, t := []rune(squeeze(a)), []rune(squeeze(b))
	across := ScriptOf(a) != ScriptOf(b)
	write := func(word []rune, i int) int {
		n := writeCost(word[i])
		if i == len(word)-1 && !across {
			n += costEnd
		}
		return n
	}
	row := make([]int, len(t)+1)
	for j := range t {
		row[j+1] = row[j] + write(t, j)
	}
	for i := range s {
		corner := row[0]
		row[0] += write(s, i)
		for j := range t {
			up := row[j+1]
			row[j+1] = min(corner+exchangeCost(s[i], t[j], across), up+write(s, i), row[j]+write(t, j))
			corner = up
		}
	}
	return row[len(t)]
}

// costEnd is what a letter more or less at the end costs besides: it makes
// another word (Kadhim, Kadhimi) more often than one inside does.
const costEnd = 30

// squeeze makes doubled letters one.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	last := rune(-1)
	for _, r := range s {
		if r != last {
			out = utf8.AppendRune(out, r)
		}
		last = r
	}
	return string(out)
}

func writeCost(r rune) int {
	switch {
	case r == 'h':
		return 15
	case soundOf(r) != "":
		return 100
	case r < utf8.RuneSelf:
		return 40
	}
	return 25
}

func exchangeCost(a, b rune, across bool) int {
	x, y := soundOf(a), soundOf(b)
	switch {
	case a == b || across && x == y && x != "":
		return 0
	case x == "d" && y == "z" || x == "z" && y == "d":
		return 30
	case x != y:
		return 100
	case x != "":
		return 15
	case across || areLike(a, b):
		return 10
	}
	return 25
}

// areLike reports whether two Latin vowels are often written for each other.
func areLike(a, b rune) bool {
	for _, set := range [...]string{"eiy", "ouw", "ae"} {
		if strings.ContainsRune(set, a) && strings.ContainsRune(set, b) {
			return true
		}
	}
	return false
}

// soundOf is the class of a single letter.
func soundOf(r rune) string {
	if r < utf8.RuneSelf {
		class, _ := latin(string(r))
		return class
	}
	return semiticClasses[r]
}
