// Package safe holds Text, the one form in which foreign strings reach a
// screen, a pipe, a log, a notification or a file name. Its constructor New
// makes a string harmless to a terminal and keeps every visible character of
// it; Address does so for an address, and shows a host that imitates another by
// its true name. It never interprets escape sequences: it removes the bytes that
// would start one, so that nothing behind is swallowed.
package safe

import (
	"strings"
	"unicode/utf8"
)

// Text is one line of foreign text without anything that a terminal would
// obey. Its zero value is the empty text.
type Text struct{ s string }

// New makes s safe and a single line:
//
//   - line ends, tabs and U+2028, U+2029 become a space, a run of them one;
//   - C0, DEL and C1 controls, the bidi embeddings and overrides U+202A to
//     U+202E, the deprecated formats U+206A to U+206F, tags, byte order marks
//     and interlinear annotation go away;
//   - invalid UTF-8 and noncharacters become U+FFFD;
//   - isolates are closed, stray closers go away, and those nested deeper than
//     maxIsolates too (UAX #9 stops at 125 levels in all).
//
// Joiners and the marks LRM, RLM and ALM stay: Persian needs the first, and
// the others only lend a direction to their neighbours. A string that is fine
// already is returned without a copy.
func New(s string) Text {
	i := clean(s)
	if i == len(s) {
		return Text{s}
	}
	return Text{rewrite(s, i)}
}

// String returns the text.
func (t Text) String() string { return t.s }

// IsEmpty reports whether the text has no characters.
func (t Text) IsEmpty() bool { return t.s == "" }

// Join puts sep between parts; sep is made safe first.
func Join(sep string, parts ...Text) Text {
	between := New(sep).s
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(p.s)
	}
	return Text{b.String()}
}

// maxIsolates bounds the nesting of isolates. No text nests so deep, and a
// million of them would cost a million closers.
const maxIsolates = 60

const (
	isolateFirst = 0x2066 // LRI; RLI and FSI follow
	isolateLast  = 0x2068
	isolateClose = 0x2069 // PDI
)

// clean returns the length of the prefix that can stay as it is. Isolates end
// it, because they may want a closer.
func clean(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			return i
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r >= isolateFirst && r <= isolateClose || classify(r) != keep {
			return i
		}
		i += n
	}
	return len(s)
}

func rewrite(s string, from int) string {
	var w writer
	w.b.Grow(len(s) + 8)
	w.b.WriteString(s[:from])
	w.write(s[from:])
	w.close()
	return w.b.String()
}

// writer makes the parts of a line safe one after another.
type writer struct {
	b             strings.Builder
	open, tooDeep int
	spaced        bool // the last thing written stands for a line end or tab
}

func (w *writer) write(s string) {
	for _, r := range s {
		switch k := classify(r); {
		case k == separate:
			if !w.spaced {
				w.b.WriteByte(' ')
			}
			w.spaced = true
			continue
		case k == remove:
			continue
		case k == replace:
			r = utf8.RuneError
		case r >= isolateFirst && r <= isolateLast:
			if w.open == maxIsolates {
				w.tooDeep++
				continue
			}
			w.open++
		case r == isolateClose:
			if w.tooDeep > 0 {
				w.tooDeep--
				continue
			}
			if w.open == 0 {
				continue
			}
			w.open--
		}
		w.spaced = false
		w.b.WriteRune(r)
	}
}

// close closes the isolates that are open.
func (w *writer) close() {
	for ; w.open > 0; w.open-- {
		w.b.WriteRune(isolateClose)
	}
}

type verdict uint8

const (
	keep verdict = iota
	separate
	remove
	replace
)

// classify says what becomes of a rune, isolates excepted.
func classify(r rune) verdict {
	switch {
	case r >= ' ' && r < 0x7f:
		return keep
	case r >= '\t' && r <= '\r', r == 0x85, r == 0x2028, r == 0x2029:
		return separate
	case r < 0xa0:
		return remove
	case r < 0x202a:
		return keep
	case r <= 0x202e, r >= 0x206a && r <= 0x206f:
		return remove
	case r < 0xfdd0:
		return keep
	case r <= 0xfdef, r&0xfffe == 0xfffe:
		return replace
	case r == 0xfeff, r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return remove
	}
	return keep
}
