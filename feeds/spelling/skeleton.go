package spelling

import (
	"strings"
	"unicode/utf8"
)

// maxName is the longest folded word, in bytes, that is taken for a name.
const maxName = 64

// Skeleton reduces one folded word to the sounds that survive when a name is
// written in another script, so that most spellings of one name in Latin, Arabic
// (also Persian and Kurdish) and Hebrew letters give the same string: vowels, w,
// y and h are dropped, the rest falls into ten classes, an "a" keeps the place
// of a vowel letter at the start, and an article is dropped. It returns "" when
// nothing is left, and for words with digits or in other scripts.
//
// Equal skeletons are a hint, not a proof: for one name out of 18,000 in Arabic
// letters some twenty others share its skeleton (skeleton_test.go measures it).
func Skeleton(folded string) string {
	if folded == "" || len(folded) > maxName {
		return ""
	}
	var buf [maxName + 1]byte
	out, ok := sounds(buf[:0], folded)
	if !ok || len(out) == 0 {
		return ""
	}
	if rest := withoutArticle(folded); rest != "" {
		var short [maxName + 1]byte
		if name, _ := sounds(short[:0], rest); len(name) >= 2 {
			return mark(rest, name, !strings.HasPrefix(folded, "\u0627"))
		}
	}
	return mark(folded, out, false)
}

// mark prints a skeleton with the sign for a vowel letter at the start of word.
// After a Latin or Hebrew article the letter is often missing in other spellings.
func mark(word string, skeleton []byte, plain bool) string {
	if !plain && startsWithVowel(word) {
		return "a" + string(skeleton)
	}
	return string(skeleton)
}

// withoutArticle returns the word without an Arabic article, or what looks like
// one, in any of the scripts; "" if it has none.
func withoutArticle(word string) string {
	for _, a := range [...]string{"\u0627\u0644", "\u05d0\u05dc", "al", "el"} {
		if rest, ok := strings.CutPrefix(word, a); ok {
			return rest
		}
	}
	return ""
}

// startsWithVowel reports whether the word begins with a vowel, alef or ayin.
func startsWithVowel(word string) bool {
	switch r, _ := utf8.DecodeRuneInString(word); r {
	case 'a', 'e', 'i', 'o', 'u', '\u0627', '\u0639', '\u05d0', '\u05e2':
		return true
	}
	return false
}

// sounds appends the classes of the word's consonants. ok is false if it has
// letters of another script or digits.
func sounds(out []byte, word string) (_ []byte, ok bool) {
	for word != "" {
		var class string
		var n int
		if word[0] < utf8.RuneSelf {
			class, n = latin(word)
		} else {
			class, n = semitic(word)
		}
		if n == 0 {
			return nil, false
		}
		for i := range len(class) {
			out = sound(out, class[i])
		}
		word = word[n:]
	}
	if last := len(out) - 1; last >= 0 && out[last] == 'd' { // Ahmed, Ahmet
		out[last] = 't'
	}
	return out, true
}

// sound appends one class; doubled sounds are one, and ts is s.
func sound(out []byte, c byte) []byte {
	n := len(out)
	if n > 0 && c == 's' && out[n-1] == 't' {
		n--
		out = out[:n]
	}
	if n > 0 && out[n-1] == c {
		return out
	}
	return append(out, c)
}

// latinGroups are letters that are written together for one sound, the longer
// ones first.
var latinGroups = [...]struct{ letters, class string }{
	{"tsch", "s"}, {"sch", "s"}, {"tch", "s"},
	{"chr", "kr"}, {"chl", "kl"}, {"cht", "kt"}, {"chn", "kn"},
	{"dge", "g"}, {"dgi", "g"},
	{"ch", "s"}, {"sh", "s"}, {"cz", "s"}, {"sz", "s"}, {"zh", "s"}, {"ts", "s"}, {"tz", "s"},
	{"dh", "s"}, {"dj", "g"}, {"kh", "k"}, {"gh", "g"}, {"ph", "b"}, {"th", "t"}, {"ck", "k"},
	{"ce", "s"}, {"ci", "s"}, {"cy", "s"},
}

// latin returns the class of the sound that the word starts with, and how many
// bytes spell it; 0 for a digit.
func latin(word string) (class string, n int) {
	if word == "vic" { // the end of a Slavic name
		return "bs", 3
	}
	for _, g := range latinGroups {
		if g.letters[0] == word[0] && strings.HasPrefix(word, g.letters) {
			return g.class, len(g.letters)
		}
	}
	switch c := word[0]; c {
	case 'b', 'p', 'f', 'v':
		return "b", 1
	case 's', 'z':
		return "s", 1
	case 'j', 'g':
		return "g", 1
	case 'c', 'k', 'q':
		return "k", 1
	case 'x':
		return "ks", 1
	case 't', 'd', 'l', 'r', 'm', 'n':
		return word[:1], 1
	case 'a', 'e', 'i', 'o', 'u', 'w', 'y', 'h':
		return "", 1
	}
	return "", 0
}

// semitic is latin for Arabic and Hebrew letters.
func semitic(word string) (class string, n int) {
	for _, g := range [...]struct{ letters, class string }{
		{"\u062a\u0634", "s"}, {"\u05d8\u05e9", "s"}, // teh sheen, tet shin: ch
		{"\u062f\u062c", "g"}, {"\u05d3\u05d2", "g"}, {"\u05d3\u05d6", "g"}, // dal jeem, dalet gimel, dalet zayin: j
	} {
		if strings.HasPrefix(word, g.letters) {
			return g.class, len(g.letters)
		}
	}
	r, n := utf8.DecodeRuneInString(word)
	class, ok := semiticClasses[r]
	if !ok {
		return "", 0
	}
	return class, n
}

// semiticClasses are the folded letters of Arabic, Persian, Kurdish and Hebrew.
var semiticClasses = map[rune]string{
	'\u0628': "b", '\u067e': "b", '\u0641': "b", // beh, peh, feh
	'\u062a': "t", '\u0637': "t", '\u062b': "t", // teh, tah, theh
	'\u062f': "d", '\u0636': "d", // dal, dad
	'\u0633': "s", '\u0635': "s", '\u0632': "s", '\u0630': "s", '\u0638': "s", // seen, sad, zain, thal, zah
	'\u0634': "s", '\u0698': "s", // sheen, jeh
	'\u062c': "g", '\u0686': "s", '\u063a': "g", '\u06af': "g", // jeem, tcheh, ghain, gaf
	'\u0643': "k", '\u0642': "k", '\u062e': "k", // kaf, qaf, khah
	'\u0644': "l", '\u0631': "r", '\u0645': "m", '\u0646': "n", // lam, reh, meem, noon
	'\u0627': "", '\u0648': "", '\u064a': "", '\u0639': "", '\u0621': "", '\u0647': "", '\u062d': "", // weak, heh, hah

	'\u05d1': "b", '\u05e4': "b", // bet, pe
	'\u05ea': "t", '\u05d8': "t", '\u05d3': "d", // tav, tet, dalet
	'\u05e1': "s", '\u05e9': "s", '\u05d6': "s", '\u05e6': "s", // samekh, shin, zayin, tsadi
	'\u05d2': "g", '\u05db': "k", '\u05e7': "k", // gimel, kaf, qof
	'\u05dc': "l", '\u05e8': "r", '\u05de': "m", '\u05e0': "n", // lamed, resh, mem, nun
	'\u05d0': "", '\u05d5': "", '\u05d9': "", '\u05e2': "", '\u05d4': "", '\u05d7': "", // weak, he, het
}
