package spelling

import (
	"slices"
	"unicode/utf8"
)

// FoldVersion changes whenever Fold gives another result for some text, so that
// an index built with an older one can be rebuilt.
const FoldVersion = 1

// Fold returns the words of s as they are compared: lower case without marks,
// one letter for all forms of a letter, ASCII digits, separated by single
// spaces, without a space at either end. Folding a folded text changes nothing.
//
//   - Compatibility forms are resolved (NFKC), marks (harakat, niqqud, accents),
//     tatweel and invisible characters (ZWNJ, soft hyphen, bidi marks) vanish.
//   - Arabic, Persian and Kurdish forms of alef, hamza, yeh, kaf, heh, teh
//     marbuta, waw, reh and lam become one each; so do Hebrew final letters.
//   - All of ı I İ i become i; ß æ œ ø ł and their like become ASCII.
//   - Characters of scripts written without spaces (Han, Kana, Thai, ...) become
//     one word each, so that they are found inside a sentence.
//   - Punctuation and symbols of every script become a space. The exceptions
//     are an apostrophe inside a word ("Kata'ib" is kataib, but "Iraq's" is
//     iraq s and "Bağdat'ta" is bagdat ta) and a Hebrew gershayim (צה"ל is one
//     word); see splitsAt.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(AppendFold(make([]byte, 0, len(s)+8), []byte(s)))
}

// AppendFold appends Fold(s) to dst and returns the extended buffer. It
// allocates only when dst is too small. What dst holds before is left alone and
// no space is put after it.
func AppendFold(dst, s []byte) []byte {
	f := folder{dst: dst, base: len(dst), word: len(dst), join: none}
	f.run(s)
	return f.dst
}

// isFolded reports whether s is plain lower-case ASCII words already.
func isFolded(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			space = false
		case c == ' ' && !space:
			space = true
		default:
			return false
		}
	}
	return !space || s == ""
}

// Span is a folded word: dst[From:To] came from s[Start:End].
type Span struct{ From, To, Start, End int }

// AppendSpans is AppendFold that also appends to spans where each folded word
// stands in dst and where it came from in s.
func AppendSpans(dst []byte, spans []Span, s []byte) ([]byte, []Span) {
	f := folder{dst: dst, base: len(dst), word: len(dst), join: none, spans: spans, spanning: true}
	f.run(s)
	return f.dst, f.spans
}

// none says that no joining sign is open in the current word.
const none = -1

// folder is the state of one fold. The word being written is dst[word:].
type folder struct {
	dst  []byte
	base int // length of dst at the start
	word int // where the current word starts in dst

	// A sign inside the word (apostrophe, gershayim) whose effect is decided
	// when the word ends: where the letters after it start in dst, or none.
	join     int
	joinKind class
	joinSrc  int // where the sign stands in the source
	joinEnd  int // where it ends

	spans    []Span
	spanning bool
	src      int // where the current word starts in the source
	lo, hi   int // the character being decomposed, in the source
}

func (f *folder) run(s []byte) {
	for i := 0; i < len(s); {
		// Runs of letters of one byte, then of two, are most of any text: keep
		// dst in a register for them.
		d := f.dst
		for i < len(s) {
			b := ascii[s[i]]
			if b == 0 {
				break
			}
			d = append(d, b)
			i++
		}
		for i+1 < len(s) && s[i]&0xE0 == 0xC0 && s[i+1]&0xC0 == 0x80 {
			e := &twoByte[int(s[i]&0x1F)<<6|int(s[i+1]&0x3F)]
			if e.class != letter || e.n != 2 {
				break
			}
			d = append(d, e.b[0], e.b[1])
			i += 2
		}
		f.dst = d
		if i < len(s) {
			i = f.step(s, i)
		}
	}
	f.space(len(s), len(s))
	if n := len(f.dst); n > f.base {
		f.dst = f.dst[:n-1] // the space after the last word
	}
}

// step writes the one character at s[i] and returns where the next one starts.
func (f *folder) step(s []byte, i int) int {
	switch c := s[i]; {
	case ascii[c] != 0: // after letters of two bytes
		f.dst = append(f.dst, ascii[c])
		return i + 1
	case c == '\'' || c == '`':
		f.sign(apostrophe, i, i+1)
		return i + 1
	case c == '"':
		f.sign(gershayim, i, i+1)
		return i + 1
	case c < utf8.RuneSelf:
		f.space(i, i+1)
		return i + 1
	case c&0xE0 == 0xC0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		f.entry(&twoByte[int(c&0x1F)<<6|int(s[i+1]&0x3F)], i, i+2)
		return i + 2
	}
	r, n := utf8.DecodeRune(s[i:])
	switch {
	case r >= firstGeneral && r < firstGeneral+rune(len(general)):
		f.entry(&general[r-firstGeneral], i, i+n)
	case r >= firstKana && r < firstKana+rune(len(kana)):
		f.entry(&kana[r-firstKana], i, i+n)
	case r >= 0x4E00 && r < 0xA000: // the common ideographs
		f.lo, f.hi = i, i+n
		f.part(r, single, i, i+n)
	case r >= syllable && r < syllable+syllables:
		f.dst = append(f.dst, s[i:i+n]...)
	default:
		f.rune(r, i, i+n)
	}
	return i + n
}

// entry writes one prepared character that stands at [start, end) in the source.
func (f *folder) entry(e *entry, start, end int) {
	switch e.class {
	case letter:
		f.dst = append(f.dst, e.b[:e.n]...)
	case dropped:
	case complex:
		f.rune(e.r, start, end)
	default:
		f.lo, f.hi = start, end
		f.part(e.r, e.class, start, end)
	}
}

// space ends the current word, if there is one, before a separator at
// [start, end) in the source.
func (f *folder) space(start, end int) {
	if len(f.dst) == f.word {
		f.src = end
		return
	}
	if f.join != none {
		start = f.settle(start)
	}
	f.closeWord(start)
	f.src = end
}

// closeWord writes the space after the current word, which ends at end in the source.
func (f *folder) closeWord(end int) {
	if f.spanning {
		f.spans = append(f.spans, Span{From: f.word, To: len(f.dst), Start: f.src, End: end})
	}
	f.dst = append(f.dst, ' ')
	f.word = len(f.dst)
}

// sign meets an apostrophe or quotation mark: inside a word it may join, else
// it separates.
func (f *folder) sign(kind class, start, end int) {
	switch {
	case len(f.dst) == f.word:
		f.src = end
		return
	case f.join == len(f.dst): // two signs in a row
		if kind == apostrophe && f.joinKind == apostrophe && endsHebrew(f.dst) {
			f.joinKind, f.joinEnd = gershayim, end
			return
		}
		f.space(start, end)
		return
	case f.join != none:
		f.settle(start)
	}
	if kind == gershayim && !endsHebrew(f.dst) {
		f.space(start, end)
		return
	}
	f.join, f.joinKind, f.joinSrc, f.joinEnd = len(f.dst), kind, start, end
}

// settle decides about the open sign now that the letters after it are known,
// and returns where the current word ends in the source: before the sign when
// nothing follows it, else at end.
func (f *folder) settle(end int) int {
	join := f.join
	f.join = none
	if join == len(f.dst) {
		return f.joinSrc
	}
	if !splitsAt(f.dst[f.word:join], f.dst[join:], f.joinKind) {
		return end
	}
	f.dst = slices.Insert(f.dst, join, ' ')
	if f.spanning {
		f.spans = append(f.spans, Span{From: f.word, To: join, Start: f.src, End: f.joinSrc})
	}
	f.word, f.src = join+1, f.joinEnd
	return end
}
