package spelling

import (
	"strings"
	"unicode/utf8"
)

// maxName is the longest folded word, in bytes, that is taken for a name.
const maxName = 64

// Skeleton reduces one folded word to the sounds that survive when a name is
// written in another script: vowels, w, y, h and their like are dropped, the
// rest falls into twelve classes, and an article is dropped. It returns "" when
// nothing is left, and for words with digits or in other scripts.
//
// Where a letter can be read in several ways, a word has the skeleton of one of
// them; Readings gives all that are likely, to look for. The idea is that of
// Soundex (Russell, US patent 1261167) for several scripts at once.
func Skeleton(folded string) string {
	if folded == "" || len(folded) > maxName {
		return ""
	}
	var buf [2 * maxName]byte
	if rest := WithoutArticle(folded); rest != folded {
		if name, _ := sounds(buf[:0], rest); len(name) >= 2 {
			return string(name)
		}
	}
	out, ok := sounds(buf[:0], folded)
	if !ok {
		return ""
	}
	return string(out)
}

// WithoutArticle returns a folded word without the Arabic article, or what looks
// like one, in any of the scripts; the word itself if it has none or is little
// more.
func WithoutArticle(word string) string {
	for _, a := range [...]string{"\u0627\u0644", "\u05d0\u05dc", "al", "el"} {
		if rest, ok := strings.CutPrefix(word, a); ok && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return word
}

// sounds appends the classes of the word's consonants. ok is false if it has
// letters of another script or digits.
func sounds(out []byte, word string) (_ []byte, ok bool) {
	for word != "" {
		var class string
		var n int
		if word[0] < utf8.RuneSelf {
			class, n = latin(word)
			for n > 0 && strings.HasPrefix(word[n:], word[:n]) && class != "" { // doubled
				word = word[n:]
			}
		} else {
			class, n = semitic(word)
		}
		if n == 0 {
			return nil, false
		}
		out = append(out, class...)
		word = word[n:]
	}
	if last := len(out) - 1; last >= 0 && out[last] == 'd' { // Ahmed, Ahmet
		out[last] = 't'
	}
	return out, true
}

// latinGroups are letters that are written together for one sound, the longer
// ones first.
var latinGroups = [...]struct{ letters, class string }{
	{"tsch", "s"}, {"sch", "s"}, {"tch", "s"},
	{"chr", "kr"}, {"chl", "kl"}, {"cht", "kt"}, {"chn", "kn"},
	{"dge", "g"}, {"dgi", "g"},
	{"ch", "s"}, {"sh", "s"}, {"cz", "s"}, {"sz", "s"}, {"zh", "z"}, {"ts", "s"}, {"tz", "s"},
	{"dh", "z"}, {"dj", "g"}, {"kh", "k"}, {"gh", "g"}, {"ph", "f"}, {"th", "t"}, {"ck", "k"},
	{"ce", "s"}, {"ci", "s"}, {"cy", "s"},
}

// latin returns the class of the sound that the word starts with, and how many
// bytes spell it; 0 for a digit.
func latin(word string) (class string, n int) {
	if word == "vic" { // the end of a Slavic name
		return "fs", 3
	}
	for _, g := range latinGroups {
		if g.letters[0] == word[0] && strings.HasPrefix(word, g.letters) {
			return g.class, len(g.letters)
		}
	}
	switch c := word[0]; c {
	case 'b', 'p':
		return "b", 1
	case 'f', 'v':
		return "f", 1
	case 'j', 'g':
		return "g", 1
	case 'c', 'k', 'q':
		return "k", 1
	case 'x':
		return "ks", 1
	case 't', 'd', 's', 'z', 'l', 'r', 'm', 'n':
		return word[:1], 1
	case 'a', 'e', 'i', 'o', 'u', 'w', 'y', 'h':
		return "", 1
	}
	return "", 0
}

// semitic is latin for Arabic and Hebrew letters.
func semitic(word string) (class string, n int) {
	r, n := utf8.DecodeRuneInString(word)
	class, ok := semiticClasses[r]
	if !ok {
		return "", 0
	}
	return class, n
}

// semiticClasses are the folded letters of Arabic, Persian, Kurdish and Hebrew.
var semiticClasses = map[rune]string{
	'\u0628': "b", '\u067e': "b", '\u0641': "f", // beh, peh, feh
	'\u062a': "t", '\u0637': "t", '\u062b': "t", // teh, tah, theh
	'\u062f': "d", '\u0636': "d", // dal, dad
	'\u0633': "s", '\u0635': "s", '\u0634': "s", '\u0686': "s", // seen, sad, sheen, tcheh
	'\u0632': "z", '\u0630': "z", '\u0638': "z", '\u0698': "z", // zain, thal, zah, jeh
	'\u062c': "g", '\u063a': "g", '\u06af': "g", // jeem, ghain, gaf
	'\u0643': "k", '\u0642': "k", '\u062e': "k", // kaf, qaf, khah
	'\u0644': "l", '\u0631': "r", '\u0645': "m", '\u0646': "n", // lam, reh, meem, noon
	'\u0627': "", '\u0648': "", '\u064a': "", '\u0639': "", '\u0621': "", '\u0647': "", '\u062d': "", // weak, heh, hah

	'\u05d1': "b", '\u05e4': "f", // bet, pe
	'\u05ea': "t", '\u05d8': "t", '\u05d3': "d", // tav, tet, dalet
	'\u05e1': "s", '\u05e9': "s", '\u05e6': "s", '\u05d6': "z", // samekh, shin, tsadi, zayin
	'\u05d2': "g", '\u05db': "k", '\u05e7': "k", // gimel, kaf, qof
	'\u05dc': "l", '\u05e8': "r", '\u05de': "m", '\u05e0': "n", // lamed, resh, mem, nun
	'\u05d0': "", '\u05d5': "", '\u05d9': "", '\u05e2': "", '\u05d4': "", '\u05d7': "", // weak, he, het
}
