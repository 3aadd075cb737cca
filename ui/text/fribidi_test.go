package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sitrep/feeds/safe"
)

// reference reads lines "logical => visual" of another implementation's tests.
func reference(t *testing.T, name string, decode func([]byte) string) (cases [][2]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpus", "unicode", name))
	if err != nil {
		t.Skipf("no reference texts beside the checkout: %v", err)
	}
	for line := range strings.Lines(decode(b)) {
		logical, visual, ok := strings.Cut(strings.TrimRight(line, "\n"), "=> ")
		if ok {
			cases = append(cases, [2]string{strings.TrimRight(logical, " "), visual})
		}
	}
	if len(cases) < 10 {
		t.Errorf("%s has only %d lines", name, len(cases))
	}
	return cases
}

// TestHebrewAsFribidiOrdersIt: mixed Hebrew, Latin, numbers and signs stand in
// the order that GNU FriBidi gives them.
func TestHebrewAsFribidiOrdersIt(t *testing.T) {
	decode := func(b []byte) string { // ISO 8859-8
		var s strings.Builder
		for _, c := range b {
			switch {
			case c >= 0xe0 && c <= 0xfa:
				s.WriteRune(rune(c) - 0xe0 + 'א')
			case c == 0xfd || c == 0xfe:
				s.WriteRune(rune(c) - 0xfd + 0x200e)
			default:
				s.WriteRune(rune(c))
			}
		}
		return s.String()
	}
	for _, c := range reference(t, "test_ISO8859-8_hebrew.reference", decode) {
		got, _ := Fit(safe.New(c[0]), 80)
		if want := strings.TrimSpace(c[1]); strings.TrimSpace(got) != want {
			t.Errorf("%q is drawn as %q, want %q", c[0], strings.TrimSpace(got), want)
		}
	}
}

// TestPersianAsFribidiOrdersIt: the same for a poem of Hafez. The reference has
// its letters joined, which is the terminal's part here.
func TestPersianAsFribidiOrdersIt(t *testing.T) {
	unjoined := strings.NewReplacer("\ufefb", "ال", "\ufefc", "ال", "\u200c", "", "\u200b", "")
	plain := func(s string) string { return norm.NFKC.String(unjoined.Replace(s)) }
	for _, c := range reference(t, "test_UTF-8_persian.reference", func(b []byte) string { return string(b) }) {
		got, _ := Fit(safe.New(c[0]), 120)
		if want := plain(strings.TrimSpace(c[1])); plain(got) != want {
			t.Errorf("%q is drawn as %q, want %q", c[0], plain(got), want)
		}
	}
}
