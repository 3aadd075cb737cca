package spelling

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Script is one of the scripts that names are compared across.
type Script uint8

// The scripts, Persian and Kurdish being Arabic. Words of no such script, or
// with digits, are Other.
const (
	Other Script = iota
	Latin
	Arabic
	Hebrew
)

// ScriptOf returns the script of a folded word.
func ScriptOf(word string) (s Script) {
	for _, r := range word {
		t := Other
		switch {
		case r >= 'a' && r <= 'z':
			t = Latin
		case r >= 0x0600 && r < 0x0780:
			t = Arabic
		case isHebrew(r):
			t = Hebrew
		}
		if _, known := semiticClasses[r]; t == Other || s != Other && s != t || t != Latin && !known {
			return Other
		}
		s = t
	}
	return s
}

// Range returns two strings between which all folded words of the script lie,
// and few others.
func (s Script) Range() (from, to string) {
	switch s {
	case Latin:
		return "a", "{"
	case Hebrew:
		return "\u05d0", "\u05eb"
	case Arabic:
		return "\u0600", "\u0780"
	}
	return "", ""
}

// Joined returns a folded name that an apostrophe cuts after a letter or two
// (d'Abano, O'Neal, Fu'ad) as the one word that other scripts write; any other
// text as it is.
func Joined(folded string) string {
	first, _, cut := strings.Cut(folded, " ")
	if !cut || len(first) > 2 || ScriptOf(first) != Latin {
		return folded
	}
	return strings.ReplaceAll(folded, " ", "")
}

// maxReadings is how many skeletons a name is looked for under. More find
// hardly any more names of the development half.
const maxReadings = 40

// Readings returns the skeletons that spellings of the folded word can have in
// another script or its own, the likeliest first: those to ask a table of
// skeletons for. None lacks more than one of the sounds of the likeliest.
func Readings(word string, to Script) []string {
	from := ScriptOf(word)
	var out []string
	switch {
	case from == Other || len(word) > maxName:
		return nil
	case from == Latin && to != Latin:
		out = written(word, to)
	default:
		out = heard(word, from)
	}
	if len(out) == 0 {
		return nil
	}
	seen, likeliest := map[string]bool{}, len(out[0])
	return slices.DeleteFunc(out, func(k string) bool {
		drop := seen[k] || k == "" || len(k) < likeliest-1
		seen[k] = true
		return drop
	})
}

// reading is a skeleton, or its beginning, and what it costs.
type reading struct {
	classes string
	cost    int
}

// beam is the readings of the beginning of a word.
type beam map[string]int

func (b beam) add(classes string, cost int) {
	if old, ok := b[classes]; !ok || cost < old {
		b[classes] = cost
	}
}

// best returns the n cheapest readings, the cheapest first.
func (b beam) best(n int) []reading {
	out := make([]reading, 0, len(b))
	for k, c := range b {
		out = append(out, reading{k, c})
	}
	slices.SortFunc(out, func(a, b reading) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.classes, b.classes))
	})
	return out[:min(n, len(out))]
}

// written returns the skeletons of the likeliest writings of a Latin word.
func written(word string, to Script) (out []string) {
	r, ok := romanise(word, to)
	if !ok {
		return nil
	}
	beams := make([]beam, len(r.word)+1)
	for i := range beams {
		beams[i] = beam{}
	}
	beams[0].add("", 0)
	for i := range r.word {
		for _, b := range beams[i].best(2 * maxReadings) {
			beams[i+1].add(b.classes, b.cost+costLost)
			for _, s := range r.at[i] {
				beams[s.to].add(b.classes+s.classes, b.cost+s.cost)
			}
		}
	}
	for _, b := range beams[len(r.word)].best(maxReadings) {
		out = append(out, final(b.classes))
		if isVowel(word[0]) && b.classes != "" && b.classes[0] == 'l' && len(b.classes) > 2 {
			out = append(out, final(b.classes[1:])) // what Skeleton takes for an article
		}
	}
	return out
}

// heard returns the skeletons of a word as other letters can spell its sounds.
func heard(word string, from Script) (out []string) {
	now := beam{}
	now.add("", 0)
	for rest := WithoutArticle(word); rest != ""; {
		class, n := "", 0
		var others string
		if from == Latin {
			class, n = latin(rest)
			for strings.HasPrefix(rest[n:], rest[:n]) && class != "" {
				rest = rest[n:]
			}
			others = sameSound[rest[:n]]
		} else {
			class, n = semitic(rest)
			r, _ := utf8.DecodeRuneInString(rest)
			others = sameLetter[r]
		}
		next := beam{}
		for _, b := range now.best(maxReadings) {
			next.add(b.classes+class, b.cost)
			for i := range others {
				next.add(strings.TrimSuffix(b.classes+others[i:i+1], "-"), b.cost+1)
			}
		}
		now, rest = next, rest[n:]
	}
	for _, b := range now.best(maxReadings / 2) {
		out = append(out, final(b.classes))
	}
	return out
}

// sameSound are the other classes of Latin letters, - being none; the class of
// c is that of Turkish, too.
var sameSound = map[string]string{
	"dh": "d", "th": "s", "z": "d", "d": "z", "c": "gs", "ch": "k", "g": "k", "q": "g", "gh": "k",
	"kh": "-", "x": "k", "v": "b-", "f": "b", "b": "f", "p": "f", "j": "s-", "w": "f", "h": "k", "s": "z", "ts": "z",
}

// sameLetter are the classes of Latin letters that are written for one of
// another script, besides its own.
var sameLetter = map[rune]string{
	'\u0638': "d", '\u0630': "d", '\u0636': "z", '\u062b': "s", // zah, thal, dad, theh
	'\u0628': "f", '\u0641': "b-", '\u067e': "f", '\u0648': "f", '\u062e': "-", // beh, feh, peh, waw, khah
	'\u063a': "k", '\u062c': "sk", '\u0642': "g", '\u0633': "z", '\u0632': "s", // ghain, jeem, qaf, seen, zain
	'\u062f': "t", '\u062a': "d", '\u062d': "k", '\u0647': "k", // dal, teh, hah, heh

	'\u05d1': "f", '\u05e4': "b", '\u05d5': "f", '\u05e6': "z", '\u05d7': "k", // bet, pe, vav, tsadi, het
	'\u05d6': "sg", '\u05d2': "s", '\u05db': "s", '\u05e1': "z", '\u05ea': "s", '\u05e9': "z",
}

// final ends a skeleton as Skeleton does.
func final(classes string) string {
	if short, ok := strings.CutSuffix(classes, "d"); ok {
		return short + "t"
	}
	return classes
}
