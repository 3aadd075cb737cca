// Package widget has the small parts of a screen that know nothing about news.
package widget

import (
	"strings"
	"unicode"

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
		in.cursor = max(0, in.cursor-1)
	case "right", "ctrl+f":
		in.cursor = min(len(in.runes), in.cursor+1)
	case "home", "ctrl+a":
		in.cursor = 0
	case "end", "ctrl+e":
		in.cursor = len(in.runes)
	case "alt+left", "ctrl+left", "alt+b":
		in.cursor = in.wordStart()
	case "alt+right", "ctrl+right", "alt+f":
		in.cursor = in.wordEnd()
	case "backspace", "ctrl+h":
		in.erase(max(0, in.cursor-1), in.cursor)
	case "delete", "ctrl+d":
		in.erase(in.cursor, min(len(in.runes), in.cursor+1))
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

// View draws the line in width cells and returns the cursor's column. What
// does not fit is cut at the left, so that the cursor stays in sight.
func (in *Input) View(width int, set text.Setter) (line string, column int) {
	var b strings.Builder
	total, at := 0, 0
	for _, t := range in.tokens() {
		drawn, w := set.Fit(safe.New(t.word), maxInput*2)
		word := []rune(t.word)
		switch end := t.start + len(word); {
		case in.cursor > end:
			at = total + w + min(t.space, in.cursor-end)
		case in.cursor >= t.start:
			_, before := set.Fit(safe.New(string(word[:in.cursor-t.start])), maxInput*2)
			if text.Direction(safe.New(t.word)) == text.RTL {
				before = w - before
			}
			at = total + before
		}
		b.WriteString(drawn + strings.Repeat(" ", t.space))
		total += w + t.space
	}
	hidden := max(0, at-width+1)
	line = ansi.Truncate(ansi.TruncateLeft(b.String(), hidden, ""), width, "")
	return line + strings.Repeat(" ", max(0, width-ansi.StringWidth(line))), clamp(at-hidden, 0, width-1)
}

func clamp(v, lo, hi int) int { return max(lo, min(v, hi)) }
