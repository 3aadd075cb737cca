// Package widget has the small parts of a screen that know nothing about news.
package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// Input is one line of text being typed. The zero Input is empty.
type Input struct {
	runes  []rune
	cursor int // before runes[cursor]
}

// maxInput bounds what a paste can put into a line, in runes.
const maxInput = 4096

// String returns the text.
func (in *Input) String() string { return string(in.runes) }

// Set replaces the text and puts the cursor behind it.
func (in *Input) Set(s string) {
	in.runes, in.cursor = nil, 0
	in.Insert(s)
}

// Insert puts s before the cursor; line breaks become spaces and control
// characters are left out.
func (in *Input) Insert(s string) {
	add := []rune(safe.New(s).String())
	add = add[:min(len(add), max(0, maxInput-len(in.runes)))]
	in.runes = append(in.runes[:in.cursor:in.cursor], append(add, in.runes[in.cursor:]...)...)
	in.cursor += len(add)
}

// Key does what an editing key asks and reports whether it was one. Keys are
// named as Bubble Tea names them.
func (in *Input) Key(k string) bool {
	switch k {
	case "left", "ctrl+b":
		in.cursor = in.graphemeStart()
	case "right", "ctrl+f":
		in.cursor = in.graphemeEnd()
	case "home", "ctrl+a":
		in.cursor = 0
	case "end", "ctrl+e":
		in.cursor = len(in.runes)
	case "alt+left", "ctrl+left", "alt+b":
		in.cursor = in.wordStart()
	case "alt+right", "ctrl+right", "alt+f":
		in.cursor = in.wordEnd()
	case "backspace", "ctrl+h":
		in.erase(in.eraseStart(), in.cursor)
	case "delete", "ctrl+d":
		in.erase(in.cursor, in.graphemeEnd())
	case "ctrl+w", "alt+backspace":
		in.erase(in.wordStart(), in.cursor)
	case "ctrl+u":
		in.erase(0, in.cursor)
	case "ctrl+k":
		in.erase(in.cursor, len(in.runes))
	default:
		return false
	}
	return true
}

// graphemeEnd is where the character at the cursor ends, with the marks and
// joined characters that belong to it.
func (in *Input) graphemeEnd() int {
	if in.cursor == len(in.runes) {
		return in.cursor
	}
	first, _ := ansi.FirstGraphemeCluster(string(in.runes[in.cursor:]), ansi.GraphemeWidth)
	return in.cursor + utf8.RuneCountInString(first)
}

// graphemeStart is where the character before the cursor begins.
func (in *Input) graphemeStart() int {
	start, rest := 0, string(in.runes[:in.cursor])
	for rest != "" {
		first, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		if rest = rest[len(first):]; rest != "" {
			start += utf8.RuneCountInString(first)
		}
	}
	return start
}

// eraseStart is where erasing back begins: at a vowel sign, accent or non-joiner,
// which was typed by itself, else at the whole character.
func (in *Input) eraseStart() int {
	start := in.graphemeStart()
	if last := in.cursor - 1; last > start && unicode.In(in.runes[last], unicode.Mn, unicode.Cf) && unicode.IsLetter(in.runes[start]) {
		return last
	}
	return start
}

func (in *Input) erase(from, to int) {
	in.runes = append(in.runes[:from:from], in.runes[to:]...)
	in.cursor = from
}

func (in *Input) wordStart() int {
	i := in.cursor
	for i > 0 && unicode.IsSpace(in.runes[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(in.runes[i-1]) {
		i--
	}
	return i
}

func (in *Input) wordEnd() int {
	i := in.cursor
	for i < len(in.runes) && unicode.IsSpace(in.runes[i]) {
		i++
	}
	for i < len(in.runes) && !unicode.IsSpace(in.runes[i]) {
		i++
	}
	return i
}

// token is a word with the spaces behind it: words keep the order in which they
// were typed, whatever their script, so that "feed:x y" never turns round.
type token struct {
	start int
	word  string
	space int
}

func (in *Input) tokens() []token {
	var out []token
	for i := 0; i < len(in.runes); {
		t := token{start: i}
		for i < len(in.runes) && in.runes[i] != ' ' {
			i++
		}
		t.word = string(in.runes[t.start:i])
		for i < len(in.runes) && in.runes[i] == ' ' {
			t.space++
			i++
		}
		out = append(out, t)
	}
	return out
}

// View draws the line in width cells and returns the column before which the
// caret stands. What does not fit is cut at the left, so that the caret stays
// in sight.
func (in *Input) View(width int, set text.Setter) (line string, column int) {
	if set.Bidi == text.App {
		return in.window(width, set)
	}
	// In logical order a part of the line can be drawn alone, which leaves no
	// isolate half open.
	cells := func(r []rune) int { return (&Input{runes: r}).cells(set) }
	before, behind := in.runes[:in.cursor], in.runes[in.cursor:]
	for over := cells(before) - width + 1; over > 0; over = cells(before) - width + 1 {
		before = before[(over+1)/2:] // no character takes more than two cells
	}
	for over := cells(before) + cells(behind) - width; over > 0 && len(behind) > 0; over = cells(before) + cells(behind) - width {
		behind = behind[:len(behind)-min(len(behind), (over+1)/2)]
	}
	part := Input{runes: slices.Concat(before, behind), cursor: len(before)}
	return part.window(width, set)
}

// cells is how wide the words are that draw sets, with the spaces between: a mark
// behind a space stands by itself there.
func (in *Input) cells(set text.Setter) (n int) {
	for _, t := range in.tokens() {
		n += set.Width(safe.New(t.word)) + t.space
	}
	return n
}

// window is View for a line that may be cut between any two columns.
func (in *Input) window(width int, set text.Setter) (line string, column int) {
	line, at := in.draw(set)
	if set.Direction(safe.New(in.String())) == text.RTL {
		line, at = in.drawFromRight(set)
	}
	hidden := max(0, at-width+1)
	line = ansi.Truncate(ansi.TruncateLeft(line, hidden, ""), width, "")
	return line + strings.Repeat(" ", max(0, width-ansi.StringWidth(line))), clamp(at-hidden, 0, width-1)
}

// draw sets the words from left to right and finds the caret.
func (in *Input) draw(set text.Setter) (line string, at int) {
	var b strings.Builder
	total := 0
	for _, t := range in.tokens() {
		drawn, w := set.Fit(safe.New(t.word), maxInput*2)
		if n := in.cursor - t.start; n >= 0 {
			at = total + in.within(t, n, w, set)
		}
		b.WriteString(drawn + strings.Repeat(" ", t.space))
		total += w + t.space
	}
	return b.String(), at
}

// within is the column of the caret behind the first n characters of a word of w
// cells and the spaces that follow it.
func (in *Input) within(t token, n, w int, set text.Setter) int {
	if letters := utf8.RuneCountInString(t.word); n > letters {
		return w + min(t.space, n-letters)
	}
	return set.Caret(safe.New(t.word), n)
}

// drawFromRight is draw for a line that begins with a word of a right-to-left
// script: its words follow each other to the left, whatever their own scripts.
func (in *Input) drawFromRight(set text.Setter) (line string, at int) {
	if set.Bidi == text.Terminal {
		const rli, pdi = "\u2067", "\u2069" // columns stay logical (UAX #9, 2.5)
		line, at = in.draw(set)
		return rli + line + pdi, at
	}
	left := in.cells(set) // where the word last set begins
	at = left
	for _, t := range in.tokens() {
		drawn, w := set.Fit(safe.New(t.word), maxInput*2)
		left -= w
		switch n := in.cursor - t.start; {
		case n > utf8.RuneCountInString(t.word):
			at = left - (in.within(t, n, w, set) - w)
		case n >= 0:
			at = left + set.Caret(safe.New(t.word), n)
		}
		line = strings.Repeat(" ", t.space) + drawn + line
		left -= t.space
	}
	return line, at
}

func clamp(v, lo, hi int) int { return max(lo, min(v, hi)) }
