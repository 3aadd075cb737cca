package text

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
)

// marked reads a line of Unicode's segmentation tests: characters with ÷ where
// the text may be cut and × where it may not. It returns the text and the offsets
// of the cuts inside of it.
func marked(t *testing.T, line string) (s string, cuts []int) {
	t.Helper()
	line, _, _ = strings.Cut(line, "#")
	for _, f := range strings.Fields(line) {
		switch f {
		case "÷":
			cuts = append(cuts, len(s))
		case "×":
		default:
			r, err := strconv.ParseInt(f, 16, 32)
			if err != nil {
				t.Fatalf("line %q: %v", line, err)
			}
			s += string(rune(r))
		}
	}
	if len(cuts) > 0 && cuts[0] == 0 {
		cuts = cuts[1:]
	}
	return s, cuts
}

// TestGraphemeBreakTest: no cell spans two graphemes of Unicode's own test, and
// what is drawn is as wide by grapheme as by character.
func TestGraphemeBreakTest(t *testing.T) {
	in := unicodeFile(t, "GraphemeBreakTest.txt.gz")
	lines, renderer := 0, 0
	for in.Scan() {
		s, cuts := marked(t, in.Text())
		if s == "" || strings.ContainsFunc(s, unicode.IsControl) {
			continue // safe text has no controls
		}
		lines++
		cells := map[int]bool{}
		for at := 0; at < len(s); {
			_, _, n := next(s[at:])
			at += n
			cells[at] = true
		}
		for _, cut := range cuts {
			if !cells[cut] {
				t.Errorf("%s: a cell goes over the cut at byte %d", in.Text(), cut)
			}
		}
		if sameCuts(s, cuts) {
			renderer++
		}
		for width := range 5 {
			checkWidth(t, Line(safe.New(s), width, Auto), width)
		}
	}
	if lines < 500 {
		t.Errorf("only %d lines were read", lines)
	}
	t.Logf("%d lines; the renderer cuts %d of them as Unicode 17 does", lines, renderer)
}

// sameCuts reports whether the renderer's graphemes end at cuts.
func sameCuts(s string, cuts []int) bool {
	at := 0
	for _, cut := range cuts {
		first, _ := ansi.FirstGraphemeCluster(s[at:], ansi.GraphemeWidth)
		if at += len(first); at != cut {
			return false
		}
	}
	return at == len(s)
}

// TestEmojiTest: every emoji of Unicode's list is one cell, one or two columns
// wide, and drawn so that both measures of the renderer agree.
func TestEmojiTest(t *testing.T) {
	in := unicodeFile(t, "emoji-test.txt.gz")
	n := 0
	for in.Scan() {
		points, status, ok := strings.Cut(in.Text(), ";")
		if !ok || strings.HasPrefix(in.Text(), "#") {
			continue
		}
		n++
		s, _ := marked(t, points)
		drawn, w := Fit(safe.New(s), 10)
		checkWidth(t, drawn, w)
		if _, _, used := next(s); used != len(s) {
			t.Errorf("%s is more than one cell", in.Text())
		}
		component := strings.HasPrefix(strings.TrimSpace(status), "component")
		if w < 1 || w > 2 || w == 1 && !component && !narrowEmoji(s) {
			t.Errorf("%s is %d columns wide, drawn as %q", in.Text(), w, drawn)
		}
		for width := range 4 {
			checkWidth(t, Line(safe.New("a"+s+"b"), width, Auto), width)
		}
	}
	if n < 3000 {
		t.Errorf("only %d emoji were read", n)
	}
	t.Logf("%d emoji", n)
}

// narrowEmoji reports whether an emoji begins with a character that is text by
// default, which takes one column without its selector: ❤, keycaps, ©.
func narrowEmoji(s string) bool {
	for _, r := range s {
		return ansi.StringWidthWc(string(r)) == 1
	}
	return false
}

// TestLineBreakTest: in text of the scripts that news here is written in, no line
// ends where UAX #14 forbids it.
func TestLineBreakTest(t *testing.T) {
	in := unicodeFile(t, "LineBreakTest.txt.gz")
	lines, found, possible, wrong := 0, 0, 0, 0
	for in.Scan() {
		s, cuts := marked(t, in.Text())
		if s == "" || strings.ContainsFunc(s, func(r rune) bool { return !isNews(r) }) || s == "— —" {
			continue
		}
		lines++
		may := map[int]bool{}
		for _, cut := range cuts {
			may[cut] = true
		}
		possible += len(cuts) - 1
		glyphs, ends := glyphsOf(s)
		for i := 1; i < len(glyphs); i++ {
			switch {
			case !mayBreak(glyphs, i):
			case may[ends[i-1]]:
				found++
			default:
				if wrong++; wrong < 80 {
					t.Errorf("a line may end behind byte %d of %q, not in %s", ends[i-1], s, in.Text())
				}
			}
		}
	}
	if lines < 1000 || found < possible*3/4 {
		t.Errorf("%d lines were read, and %d of %d places found", lines, found, possible)
	}
	t.Logf("%d lines, %d of %d places found, %d wrong", lines, found, possible, wrong)
}

// isNews reports whether text of news is full of characters like r. The wide
// space is not among them: it hangs over the end of a line as others do.
func isNews(r rune) bool {
	if r == 0x3000 || unicode.IsControl(r) || unicode.In(r, unicode.M, unicode.Cf) {
		return false
	}
	return unicode.In(r, unicode.Latin, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Greek, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r) && (r < 0x3000 || r >= 0x3001 && r <= 0x30ff)
}

// glyphsOf is what breaking sees of a text, with the offset behind each glyph.
func glyphsOf(s string) (glyphs []glyph, ends []int) {
	for at := 0; at < len(s); {
		text, w, n := next(s[at:])
		at += n
		if text != "" {
			r, _ := utf8.DecodeRuneInString(text)
			glyphs, ends = append(glyphs, makeGlyph(r, w, at-n)), append(ends, at)
		}
	}
	return glyphs, ends
}
