package spelling

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// splitsAt decides about an apostrophe or gershayim between head and tail, both
// folded: true makes two words of them, false one.
//
// An apostrophe stands for a sound in transliterated names (Sana'a, Kata'ib,
// Qur'an), which are also written without it: they become one word. It cuts off
// an ending in English (Iraq's) and Turkish (Irak'ın, Bağdat'ta), and an article
// in French and Italian (l'Irak, dell'Iraq): the name must be found alone.
// The lists below tell the cases apart; a vowel before and after it is always a
// name, since Turkish puts a consonant between. Gershayim mark a Hebrew
// abbreviation (צה"ל), unless the head is a prefix before a quoted
// name (ב"הארץ").
//
// Nothing is joined that would grow together into another letter, such as a
// Hangul syllable and the consonant below it (UAX #15).
func splitsAt(head, tail []byte, kind class) bool {
	if !norm.NFC.Properties(tail).BoundaryBefore() {
		return true
	}
	if kind == gershayim {
		return !startsHebrew(tail) || utf8.RuneCount(tail) > 1 && isHebrewPrefix(head)
	}
	if string(tail) == "s" {
		return true
	}
	if isVowel(tail[0]) && isVowel(head[len(head)-1]) {
		return string(head) == "qu"
	}
	if turkishEnding(tail) {
		return len(head) > 2 || !isVowel(head[len(head)-1]) // Sa'da is a name
	}
	return len(tail) > 1 && (isVowel(tail[0]) || tail[0] == 'h') && elided(head)
}

// turkishEnding reports whether the folded letters are an ending that Turkish
// puts after the apostrophe of a name.
func turkishEnding(tail []byte) bool {
	switch string(tail) {
	case "a", "e", "i", "u", "ya", "ye", "yi", "yu", "na", "ne", "ni", "nu", // dative, accusative
		"in", "un", "nin", "nun", "sinin", // genitive
		"da", "de", "ta", "te", "nda", "nde", // locative
		"dan", "den", "tan", "ten", "ndan", "nden", // ablative
		"la", "le", "yla", "yle", "ca", "ce", "nca", "nce", // with, by
		"ki", "daki", "deki", "taki", "teki", "ndaki", "ndeki", // being in
		"li", "lu", "lik", "luk", "si", "su", "sine", "sini",
		"lar", "ler", "lari", "leri", "larin", "lerin", "lara", "lere",
		"larda", "lerde", "lardan", "lerden",
		"dir", "dur", "tir", "tur", // is
		"inci", "uncu", "nci", "ncu": // ordinals
		return true
	}
	return false
}

// elided reports whether head is a French or Italian word that loses its vowel
// before another.
func elided(head []byte) bool {
	switch string(head) {
	case "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu",
		"un", "dell", "nell", "all", "sull", "dall", "quell", "quest":
		return true
	}
	return false
}

func isVowel(c byte) bool { return bytes.IndexByte([]byte("aeiou"), c) >= 0 }

func isHebrew(r rune) bool { return r >= 'א' && r <= 'ת' }

func startsHebrew(s []byte) bool {
	r, _ := utf8.DecodeRune(s)
	return isHebrew(r)
}

func endsHebrew(s []byte) bool {
	r, _ := utf8.DecodeLastRune(s)
	return isHebrew(r)
}

// isHebrewPrefix reports whether the word is made only of the letters that
// Hebrew writes together with the next word (and, the, in, to, from, that, as).
func isHebrewPrefix(head []byte) bool {
	for _, r := range string(head) {
		switch r {
		case 'מ', 'ש', 'ה', 'ו', 'כ', 'ל', 'ב':
		default:
			return false
		}
	}
	return true
}
