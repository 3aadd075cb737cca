package spelling

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is what a character does to the word being folded.
type class uint8

const (
	letter     class = iota
	dropped          // leaves no trace: marks, tatweel, invisible characters
	separator        // ends the word
	apostrophe       // joins or ends, see splitsAt
	gershayim        // a quotation mark: joins between Hebrew letters
	single           // a word by itself: Han, Kana, Thai, ...
	jamo             // a part of a Hangul syllable
	complex          // decomposes into something else than a few letters
)

// rune writes any character, by way of its compatibility decomposition.
func (f *folder) rune(r rune, start, end int) {
	if c := classOf(r); c == apostrophe || c == dropped {
		f.part(r, c, start, end)
		return
	}
	d := decomposition(r)
	f.lo, f.hi = start, end
	if len(d) == 0 {
		f.part(r, classOf(r), start, end)
		return
	}
	// Words inside one character (½ is 1 2) come from all of it.
	from, to := start, start
	for len(d) > 0 {
		q, n := utf8.DecodeRune(d)
		f.part(q, classOf(q), from, to)
		d = d[n:]
		from, to = end, start
	}
	if len(f.dst) == f.word {
		f.src = end
	}
}

// decomposition returns the compatibility decomposition of r, empty if it has none.
func decomposition(r rune) []byte {
	var buf [utf8.UTFMax]byte
	return norm.NFKD.Properties(utf8.AppendRune(buf[:0], r)).Decomposition()
}

// part writes one character that decomposes no further. If it separates, the
// word before it ends at start in the source and the next one begins at end.
func (f *folder) part(r rune, c class, start, end int) {
	switch c {
	case letter:
		f.dst = appendLetter(f.dst, r)
	case separator:
		f.space(start, end)
	case apostrophe, gershayim:
		f.sign(c, start, end)
	case single:
		f.space(start, f.lo)
		f.src = f.lo
		f.dst = appendLetter(f.dst, r)
		f.space(f.hi, end)
	case jamo:
		f.dst = appendJamo(f.dst, max(f.word, f.join), r) // not over an open sign
	}
}

// firstSpaceless is the first character of a script written without spaces: Thai.
const firstSpaceless = 0x0E00

// classOf says what a character does; one that decomposes is judged by its parts.
func classOf(r rune) class {
	switch r {
	case '\'', '`', 'ˈ', '´', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', '‘', '’', '‛', '′', '՚', '׳', 'Ꞌ', 'ꞌ':
		return apostrophe
	case '"', '“', '”', '„', '‟', '״', '″':
		return gershayim
	case 0x0640, 0x0674, 0x06E5, 0x06E6: // tatweel, high hamza, small waw and yeh
		return dropped
	case 0x30FC, 0x3006: // Kana length mark, closing mark
		return single
	}
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r),
		unicode.Is(unicode.Mc, r) && combining(r):
		return dropped
	case r >= 0x1100 && r <= 0x11FF:
		return jamo
	case r >= firstSpaceless && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && !unicode.In(r, unicode.N, unicode.P, unicode.S):
		return single
	case unicode.In(r, unicode.L, unicode.N, unicode.Mc):
		return letter
	}
	return separator
}

// Alone reports whether the character is a word by itself, since its script is
// written without spaces.
func Alone(r rune) bool { return classOf(r) == single }

// combining reports whether r has a combining class, which means that
// normalisation may move it.
func combining(r rune) bool {
	var buf [utf8.UTFMax]byte
	return norm.NFKD.Properties(utf8.AppendRune(buf[:0], r)).CCC() != 0
}

// appendLetter appends the fold of a letter or digit that has no decomposition.
func appendLetter(dst []byte, r rune) []byte {
	if unicode.Is(unicode.Nd, r) {
		return append(dst, '0'+digit(r))
	}
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		return append(dst, byte(r))
	}
	if s, ok := unified(r); ok {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, r)
}

// digit returns the value of a decimal digit of any script. Unicode keeps the
// ten digits of a script together and in order.
func digit(r rune) byte {
	for _, g := range unicode.Nd.R16 {
		if rune(g.Lo) <= r && r <= rune(g.Hi) {
			return byte((r - rune(g.Lo)) % 10)
		}
	}
	for _, g := range unicode.Nd.R32 {
		if rune(g.Lo) <= r && r <= rune(g.Hi) {
			return byte((r - rune(g.Lo)) % 10)
		}
	}
	return 0
}

// unified returns the spelling that stands for all forms of a lower-case letter.
func unified(r rune) (string, bool) {
	switch r {
	// Arabic script. Forms with hamza or madda above have lost it already.
	case 'ٱ', 'ٲ', 'ٳ':
		return "ا", true
	case 'ى', 'ی', 'ې', 'ۍ', 'ێ', 'ے', 'ۑ':
		return "ي", true
	case 'ک', 'ڪ':
		return "ك", true
	case 'ة', 'ۃ', 'ە', 'ہ', 'ھ', 'ۂ':
		return "ه", true
	case 'ۆ', 'ۇ', 'ۈ', 'ۉ', 'ۊ', 'ۋ':
		return "و", true
	case 'ڕ':
		return "ر", true
	case 'ڵ':
		return "ل", true
	case 'ڤ':
		return "ف", true
	case 'ګ':
		return "گ", true
	// Hebrew final letters.
	case 'ך':
		return "כ", true
	case 'ם':
		return "מ", true
	case 'ן':
		return "נ", true
	case 'ף':
		return "פ", true
	case 'ץ':
		return "צ", true
	// Latin and Greek.
	case 'ı':
		return "i", true
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'þ':
		return "th", true
	case 'ħ':
		return "h", true
	case 'ŧ':
		return "t", true
	case 'ŋ':
		return "n", true
	case 'ə', 'ǝ':
		return "e", true
	case 'ς':
		return "σ", true
	}
	return "", false
}

// Hangul syllables are composed from their parts (The Unicode Standard, 3.12).
const (
	jamoL, jamoV, jamoT, syllable = 0x1100, 0x1161, 0x11A7, 0xAC00
	leads, vowels, trails         = 19, 21, 28
	syllables                     = leads * vowels * trails
)

// appendJamo appends a part of a Hangul syllable to the word dst[word:],
// composing it with the part before.
func appendJamo(dst []byte, word int, r rune) []byte {
	last, n := utf8.DecodeLastRune(dst[word:])
	switch {
	case n == 0:
	case last >= jamoL && last < jamoL+leads && r >= jamoV && r < jamoV+vowels:
		s := syllable + ((last-jamoL)*vowels+(r-jamoV))*trails
		return utf8.AppendRune(dst[:len(dst)-n], s)
	case last >= syllable && last < syllable+syllables && (last-syllable)%trails == 0 && r > jamoT && r < jamoT+trails:
		return utf8.AppendRune(dst[:len(dst)-n], last+(r-jamoT))
	}
	return utf8.AppendRune(dst, r)
}
