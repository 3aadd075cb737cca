package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks a cell shows: more are an attack on the
// lines above and below, or on the terminal.
const maxMarks = 8

const (
	softHyphen = 0xad
	zeroSpace  = 0x200b // a break opportunity that nobody sees
	joiner     = 0x200d
	separator  = "\u200b"
)

// next takes the first cell from s, which is not empty: what to print, its
// width (0 to 2), and how many bytes of s it stands for. Characters that only
// steer order or breaks are cells of width 0.
func next(s string) (text string, width, n int) {
	r, n := rune(s[0]), 1
	if r >= utf8.RuneSelf {
		r, n = utf8.DecodeRuneInString(s)
	}
	width = simpleWidth(r)
	if width == 0 {
		return cluster(s)
	}
	marks, end := 0, n
	for {
		if end == len(s) || s[end] < utf8.RuneSelf {
			return s[:n], width, end
		}
		r, size := utf8.DecodeRuneInString(s[end:])
		switch {
		case isSimpleMark(r):
			end += size
			if marks++; marks <= maxMarks {
				n = end
			}
		case simpleWidth(r) > 0:
			return s[:n], width, end
		default:
			return cluster(s)
		}
	}
}

// cluster is next for what is not simple: it asks the renderer's own tables
// where the grapheme ends, and rewrites it until its width is the same by
// grapheme and by character.
func cluster(s string) (text string, width, n int) {
	whole := ansi.GraphemeWidth
	text, width = ansi.FirstGraphemeCluster(s, whole)
	n = len(text)
	r, size := utf8.DecodeRuneInString(text)
	if size == n {
		return single(text, r, width)
	}
	text = tidy(text, r)
	width = whole.StringWidth(text)
	if width > 0 && width == ansi.StringWidthWc(text) {
		return guard(text), width, n
	}
	return split(s, n)
}

// single is cluster for one character alone.
func single(s string, r rune, width int) (string, int, int) {
	switch {
	case isRegional(r): // half a flag
		return letter(s), 1, len(s)
	case ansi.StringWidthWc(s) == 0:
		return orphan(s), 0, len(s)
	}
	if !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C) && (r < 0x1f000 || r > 0x1faff) {
		return "\ufffd", 1, len(s) // unassigned: terminals differ on its width
	}
	return guard(s), width, len(s)
}

// tidy rewrites a grapheme that starts with r: emoji lose their variation
// selectors, skin tones and what is joined to them, Hangul letters are
// composed, marks are capped. Joiners go away: some terminals put whatever
// follows one into the same cell.
func tidy(s string, r rune) string {
	pictures := r == 0xa9 || r == 0xae || r >= 0x203c && r <= 0x3299 || r >= 0x1f000 && r <= 0x1faff
	if r >= 0x1100 && r <= 0x11ff || r >= 0xac00 && r <= 0xd7a3 {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	marks := 0
	for i, c := range s {
		switch {
		case i == 0 || !unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
			if i > 0 && c >= 0x1f3fb && c <= 0x1f3ff { // skin tones
				continue
			}
			b.WriteRune(c)
		case c == joiner && pictures:
			return b.String()
		case c == joiner || c >= 0xfe00 && c <= 0xfe0f || marks == maxMarks:
		default:
			marks++
			b.WriteRune(c)
		}
	}
	return b.String()
}

// split takes from the grapheme s[:n], on whose width the measures disagree,
// the first character that has a width, with its marks. What follows becomes a
// cell of its own, as it is in terminals that know no graphemes.
func split(s string, n int) (text string, width, used int) {
	end, marks, from := 0, 0, 0
	for i, r := range s[:n] {
		w := ansi.StringWidthWc(string(r))
		if w > 0 && width > 0 {
			return guard(letter(s[from:end])), width, i
		}
		switch {
		case w > 0:
			width, end = w, i+utf8.RuneLen(r)
		case width == 0:
			from = i + utf8.RuneLen(r)
		case r >= 0xfe00 && r <= 0xfe0f || r == joiner || marks == maxMarks:
		case end == i:
			marks++
			end = i + utf8.RuneLen(r)
		}
	}
	if width == 0 {
		return orphan(s[:n]), 0, n
	}
	return guard(letter(s[from:end])), width, n
}

// orphan returns what is shown of text without a base and without width: what
// steers order, and marks, which join the cell before if there is one.
func orphan(s string) string {
	if r, size := utf8.DecodeRuneInString(s); steers(r) && size == len(s) {
		return s
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		mark := unicode.In(r, unicode.Mn, unicode.Me) && (r < 0xfe00 || r > 0xfe0f) && ansi.StringWidth(string(r)) == 0
		if mark && marks < maxMarks {
			b.WriteRune(r)
			marks++
		}
	}
	return b.String()
}

func isRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// letter replaces half a flag at the start of s, on whose width the measures
// disagree, by the letter that it stands for.
func letter(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if !isRegional(r) {
		return s
	}
	return string('A'+r-0x1f1e6) + s[size:]
}

// guard puts an invisible separator between s and its neighbours where they
// would become one grapheme: before a mark or vowel without a base, behind
// the first letter of a Hangul syllable and behind what makes conjuncts.
func guard(s string) string {
	if joins("\uac00", s) && !joins("a", s) {
		return "\ufffd" // a vowel of Hangul alone, whose width terminals differ on
	}
	if joins("a", s) {
		s = separator + s
	}
	if joins(s, "\uac00") || joins(s, "\u0915") {
		s += separator
	}
	return s
}

// joins reports whether the end of a and the start of b are one grapheme.
func joins(a, b string) bool {
	first, _ := ansi.FirstGraphemeCluster(a+b, ansi.GraphemeWidth)
	return len(first) > len(a)
}

// steers reports whether r has neither glyph nor width, so that only the order
// of text or its breaks depend on it.
func steers(r rune) bool {
	return r == softHyphen || r == zeroSpace || r == 0x200e || r == 0x200f || r == 0x61c || r >= 0x2060 && r <= 0x206f
}
