package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sitrep/ui/text"

	"github.com/charmbracelet/x/ansi"
)

func TestEditing(t *testing.T) {
	for _, c := range []struct {
		name, keys, want string
	}{
		{"types", "abc", "abc"},
		{"inserts in the middle", "ac <left> b", "abc"},
		{"erases back", "abcd <backspace>", "abc"},
		{"erases a word", "one_two <ctrl+w>", "one_"},
		{"erases all before", "abc <left> <ctrl+u>", "c"},
		{"erases all behind", "abc <home> <right> <ctrl+k>", "a"},
		{"arabic", "صاروخ <backspace>", "صارو"},
		{"word by word", "one_two <alt+left> x", "one_xtwo"},
	} {
		var in Input
		for _, k := range strings.Fields(c.keys) {
			if name, ok := strings.CutPrefix(k, "<"); ok {
				if !in.Key(strings.TrimSuffix(name, ">")) {
					t.Fatalf("%s: %s is no editing key", c.name, k)
				}
				continue
			}
			in.Insert(strings.ReplaceAll(k, "_", " "))
		}
		if want := strings.ReplaceAll(c.want, "_", " "); in.String() != want {
			t.Errorf("%s: %q, want %q", c.name, in.String(), want)
		}
	}
}

func TestPasteLosesControls(t *testing.T) {
	var in Input
	in.Insert("a\x1b[31mb\r\nc\u009bd\xff")
	if s := in.String(); strings.ContainsAny(s, "\x1b\r\n\u009b") || !utf8.ValidString(s) {
		t.Errorf("pasted %q", s)
	}
}

// TestWordsKeepTheirOrder: words of different scripts stand as typed.
func TestWordsKeepTheirOrder(t *testing.T) {
	var in Input
	in.Set("feed:السومرية صاروخ x")
	line, column := in.View(40, text.Setter{})
	if i, j := strings.Index(line, "feed"), strings.Index(line, "x"); i != 0 || j < i {
		t.Errorf("words changed places: %q", line)
	}
	if column != 21 {
		t.Errorf("the cursor stands at %d, want 21, in %q", column, line)
	}
}

// TestALineThatBeginsInArabicRunsToTheLeft: its words follow each other as an
// Arabic reader reads them, each kept in one piece.
func TestALineThatBeginsInArabicRunsToTheLeft(t *testing.T) {
	var in Input
	in.Set("وزارة النفط feed:bbc")
	for set, want := range map[text.Setter]string{
		{}:                    "feed:bbc طفنلا ةرازو",
		{Bidi: text.Terminal}: "\u2067\u2067وزارة\u2069 \u2067النفط\u2069 feed:bbc\u2069",
		{Bidi: text.Off}:      "وزارة النفط feed:bbc",
	} {
		if line, _ := in.View(21, set); line != want+" " {
			t.Errorf("mode %d: %q, want %q", set.Bidi, line, want)
		}
	}
	if line, column := in.View(10, text.Setter{}); line != "feed:bbc ط" || column != 8 {
		t.Errorf("cut: %q with the caret at %d", line, column)
	}
}

// TestCaretStandsWhereTheNextLetterGoes: where sitrep orders text, the caret is
// behind the letter typed last, which for Arabic is to its left; where the
// terminal does, columns are logical.
func TestCaretStandsWhereTheNextLetterGoes(t *testing.T) {
	for _, c := range []struct {
		name, typed   string
		lefts         int
		app, terminal int
	}{
		{"latin", "abc", 0, 3, 3},
		{"arabic", "x صاروخ", 0, 2, 7},
		{"first letter of arabic", "صاروخ", 5, 5, 0},
		{"inside arabic", "صاروخ", 3, 3, 2},
		{"arabic behind a field", "feed:صاروخ", 0, 5, 10},
		{"inside the field's name", "feed:صاروخ", 7, 3, 3},
		{"a number in arabic", "صاروخ12", 0, 2, 7},
		{"behind a space", "صاروخ ", 0, 0, 6},
		{"second word of arabic", "صاروخ في", 0, 0, 8},
		{"first word of arabic", "صاروخ في", 4, 4, 4},
		{"latin in arabic", "صاروخ BP", 0, 2, 8},
		{"field in arabic", "صاروخ feed:x", 1, 5, 11},
		{"vowel signs", "مَهَ", 0, 0, 2},
		{"wide", "日本", 1, 2, 2},
	} {
		var in Input
		in.Set(c.typed)
		for range c.lefts {
			in.Key("left")
		}
		for set, want := range map[text.Setter]int{{}: c.app, {Bidi: text.Terminal}: c.terminal, {Bidi: text.Off}: c.terminal} {
			if line, column := in.View(30, set); column != want {
				t.Errorf("%s, mode %d: the caret stands at %d, want %d, in %q", c.name, set.Bidi, column, want, line)
			}
		}
	}
}

// TestCharactersAreEditedWhole: an emoji of several code points is one character,
// a vowel sign goes alone.
func TestCharactersAreEditedWhole(t *testing.T) {
	for _, c := range []struct{ name, typed, key, want string }{
		{"family", "a👨\u200d👩\u200d👧", "backspace", "a"},
		{"flag", "a🇮🇶", "backspace", "a"},
		{"vowel sign", "مَ", "backspace", "م"},
		{"accent", "e\u0301", "backspace", "e"},
		{"jamo", "\u1100\u1161", "backspace", ""},
		{"non-joiner", "می\u200c", "backspace", "می"},
	} {
		var in Input
		in.Set(c.typed)
		if in.Key(c.key); in.String() != c.want {
			t.Errorf("%s: %q, want %q", c.name, in.String(), c.want)
		}
	}
	var in Input
	in.Set("👨\u200d👩b")
	in.Key("home")
	in.Key("delete")
	if in.String() != "b" {
		t.Errorf("delete left %q", in.String())
	}
}

// TestViewIsExact: whatever is typed, the line is as wide as asked and the
// cursor within it.
func TestViewIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in Input
		in.Set(rapid.StringOf(rapid.RuneFrom([]rune("ab: אבגشسيب日本é́ 👍🏽\u200c\u200fֶ"))).Draw(t, "text"))
		for range rapid.IntRange(0, 5).Draw(t, "lefts") {
			in.Key("left")
		}
		width := rapid.IntRange(1, 30).Draw(t, "width")
		line, column := in.View(width, text.Setter{Bidi: text.Mode(rapid.IntRange(0, 2).Draw(t, "mode"))})
		if opens, shuts := strings.Count(line, "\u2066")+strings.Count(line, "\u2067"), strings.Count(line, "\u2069"); opens != shuts {
			t.Fatalf("%d isolates opened, %d closed in %q", opens, shuts, line)
		}
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("%q in %d cells is %d wide: %q", in.String(), width, w, line)
		}
		if column < 0 || column >= width {
			t.Fatalf("cursor %d outside of %d cells", column, width)
		}
	})
}
