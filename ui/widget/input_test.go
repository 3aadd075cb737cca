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

func TestCursorOfARightToLeftWordIsAtItsLeft(t *testing.T) {
	var in Input
	in.Set("x صاروخ")
	if _, column := in.View(40, text.Setter{}); column != 2 {
		t.Errorf("the cursor stands at %d, want 2", column)
	}
}

// TestViewIsExact: whatever is typed, the line is as wide as asked and the
// cursor within it.
func TestViewIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in Input
		in.Set(rapid.StringOf(rapid.RuneFrom([]rune("ab: אבגشسيب日本é́ 👍🏽"))).Draw(t, "text"))
		for range rapid.IntRange(0, 5).Draw(t, "lefts") {
			in.Key("left")
		}
		width := rapid.IntRange(1, 30).Draw(t, "width")
		line, column := in.View(width, text.Setter{})
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("%q in %d cells is %d wide: %q", in.String(), width, w, line)
		}
		if column < 0 || column >= width {
			t.Fatalf("cursor %d outside of %d cells", column, width)
		}
	})
}
