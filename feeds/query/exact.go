package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sitrep/feeds/spelling"
)

// Exactly reports whether want stands in the text letter by letter, as =want
// asks: same case, same marks, same signs, but for the Unicode form (both are
// brought to NFC) and the width of space. It must not be part of a longer word;
// with prefix it may go on.
func Exactly(text, want string, prefix bool) bool {
	text, want = plain(text), plain(want)
	if want == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(want)
	last, _ := utf8.DecodeLastRuneInString(want)
	for from := 0; ; {
		i := strings.Index(text[from:], want)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(want):])
		if !joined(before, first) && (prefix || !joined(last, after)) {
			return true
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		from = i + n
	}
}

// plain brings text to NFC with single spaces.
func plain(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// joined reports whether two neighbours belong to one word.
func joined(a, b rune) bool {
	return inWord(a) && inWord(b) && !spelling.Alone(a) && !spelling.Alone(b)
}

func inWord(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M) }
