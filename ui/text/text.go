// Package text turns safe text into terminal cells: width, cutting, wrapping,
// the order of mixed scripts (UAX #9) and alignment. It is the only place where
// text stands in visual order, and it never sees colours or keys: styles are
// opaque numbers that travel with their characters.
//
// The renderer measures by grapheme or by character, depending on what the
// terminal answers, and the two differ on emoji sequences, conjuncts and vowel
// signs. So whatever leaves this package is put such that both give the same.
package text

import (
	"strings"
	"unicode/utf8"

	"sitrep/feeds/safe"
)

// Dir is the direction of a paragraph.
type Dir int

// Directions. Auto takes that of the first strong character, left to right if
// there is none (UAX #9, P2 and P3).
const (
	Auto Dir = iota
	LTR
	RTL
)

// Mode says who puts right-to-left text in visual order.
type Mode int

// Modes. In Terminal mode text stays in logical order and every right-to-left
// field is isolated; in Off mode it is logical and starts at the left.
const (
	App Mode = iota
	Terminal
	Off
)

// Setter sets text for one kind of terminal. The zero value orders text
// itself; the package's functions are its methods.
type Setter struct {
	Bidi  Mode
	ASCII bool // mark a cut with dots in place of the ellipsis
}

// Run is a stretch of text with one style.
type Run struct {
	Text  safe.Text
	Style int
}

// Segment is a stretch of a line in visual order, ready to be printed. Padding
// has style 0.
type Segment struct {
	Text  string
	Style int
}

// Width returns the number of cells that Fit takes for all of s.
func Width(s safe.Text) int { return Setter{}.Width(s) }

// Line returns s in exactly width cells: cut with an ellipsis where it is too
// long, in visual order, padded with spaces, at the right edge if its
// paragraph runs from right to left.
func Line(s safe.Text, width int, dir Dir) string { return Setter{}.Line(s, width, dir) }

// Fit cuts and orders s like Line but does not pad it. It returns the text and
// its width, at most width cells.
func Fit(s safe.Text, width int) (string, int) { return Setter{}.Fit(s, width) }

// LineRuns is Line for styled runs.
func LineRuns(runs []Run, width int, dir Dir) []Segment { return Setter{}.LineRuns(runs, width, dir) }

// Wrap breaks runs into lines of at most width cells, each in visual order and
// neither padded nor aligned. Levels are those of the whole paragraph.
func Wrap(runs []Run, width int, dir Dir) [][]Segment { return Setter{}.Wrap(runs, width, dir) }

// Direction returns LTR or RTL after the first strong character of s.
func Direction(s safe.Text) Dir { return DirectionRuns(Run{Text: s}) }

// Direction is the package function Direction with s's settings: LTR where nobody
// orders text.
func (s Setter) Direction(t safe.Text) Dir { return s.direction([]Run{{Text: t}}, Auto) }

// DirectionRuns is Direction for a paragraph of runs.
func DirectionRuns(runs ...Run) Dir {
	depth := 0
	for _, run := range runs {
		if d := strongDir(run.Text.String(), &depth); d != Auto {
			return d
		}
	}
	return LTR
}

// Width returns the number of cells that Fit takes for all of t.
func (s Setter) Width(t safe.Text) int {
	str := t.String()
	if isASCII(str) {
		return len(str)
	}
	width := 0
	for len(str) > 0 {
		_, w, n := next(str)
		width += w
		str = str[n:]
	}
	return width
}

// Line is the package function Line with s's settings.
func (s Setter) Line(t safe.Text, width int, dir Dir) string {
	if width <= 0 {
		return ""
	}
	line, w, d := s.set(t, width, dir)
	if w == width {
		return line
	}
	if d == RTL {
		return pad(width-w) + line
	}
	return line + pad(width-w)
}

// Fit is the package function Fit with s's settings.
func (s Setter) Fit(t safe.Text, width int) (string, int) {
	if width <= 0 {
		return "", 0
	}
	line, w, _ := s.set(t, width, Auto)
	return line, w
}

// set cuts and orders t and says which direction it turned out to have.
func (s Setter) set(t safe.Text, width int, dir Dir) (string, int, Dir) {
	str := t.String()
	if s.Bidi == Off || dir != RTL && !needsBidi(str) {
		line, w := s.plain(str, width)
		return line, w, LTR
	}
	if dir == Auto {
		dir = Direction(t)
	}
	c := s.compose()
	defer c.release()
	if !c.add(str, 0, width) {
		c.cut(width)
	}
	c.order(dir)
	var b strings.Builder
	b.Grow(min(len(str), 8*width) + 16)
	w := c.print(&b, 0, len(c.cells), nil)
	return b.String(), w, dir
}

// plain cuts text whose order needs no care.
func (s Setter) plain(str string, width int) (string, int) {
	if len(str) <= width && isASCII(str) {
		return str, len(str)
	}
	mark := s.ellipsis(width)
	room := width - utf8.RuneCountInString(mark)
	var b strings.Builder
	b.Grow(min(len(str), 4*width) + len(mark))
	w, keep, keepWidth := 0, 0, 0 // keep: what stays if the rest must be cut
	for len(str) > 0 {
		text, cw, n := next(str)
		str = str[n:]
		if cw == 0 {
			if r, _ := utf8.DecodeRuneInString(text); w > 0 && text != "" && !steers(r) {
				b.WriteString(text + separator)
			}
			continue
		}
		if w+cw > width {
			kept := strings.TrimRight(b.String()[:keep], " ")
			return kept + mark, keepWidth - (keep - len(kept)) + width - room
		}
		b.WriteString(text)
		w += cw
		if w <= room {
			keep, keepWidth = b.Len(), w
		}
	}
	return b.String(), w
}

// ellipsis returns the sign for cut text, at most width cells.
func (s Setter) ellipsis(width int) string {
	if s.ASCII {
		return "..."[:min(3, width)]
	}
	return "…"
}

const blank = "                                                                                "

// pad returns n spaces, without allocating up to a common width.
func pad(n int) string {
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
