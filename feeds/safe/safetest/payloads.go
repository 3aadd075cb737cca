// Package safetest has what a terminal must never be sent: escape sequences to
// put into every foreign field, and checks of what came out at the other end.
// It belongs to tests and never to the program.
package safetest

import (
	"fmt"
	"strings"
)

// Payload is a piece of hostile text. It stands between two words, First and
// Last, which must both come out.
type Payload struct {
	Name string
	Text string
}

// First and Last are the words around a payload.
const (
	First = "qzFIRST"
	Last  = "LASTqz"
)

// Payloads are the escape sequences with a history in terminals, whole, cut off
// and in their 8-bit forms, and the characters that move what stands around them
// (case U1).
func Payloads() []Payload {
	var all []Payload
	add := func(name, s string) { all = append(all, Payload{name, First + s + Last}) }
	for _, n := range []string{"0", "1", "2", "4;1", "7", "8;;", "9", "10", "11", "12", "50", "52;c", "777;notify", "1337;File=", "133", "633"} {
		add("OSC "+n+" with BEL", "\x1b]"+n+";https://evil.example\a")
	}
	for _, n := range []string{"0", "8;;", "52;c"} {
		add("OSC "+n+" with ST", "\x1b]"+n+";cGF5bG9hZA==\x1b\\")
		add("OSC "+n+" left open", "\x1b]"+n+";cGF5bG9hZA==")
		add("8-bit OSC "+n, "\u009d"+n+";cGF5bG9hZA==\u009c")
	}
	for name, s := range map[string]string{"DCS": "\x1bP$q\"p\x1b\\", "tmux pass-through": "\x1bPtmux;\x1b\x1b]52;c;eA==\a\x1b\\",
		"sixel": "\x1bPq#0;2;0;0;0~~@@\x1b\\", "APC": "\x1b_Gf=24;AAAA\x1b\\", "PM": "\x1b^x\x1b\\", "SOS": "\x1bXx\x1b\\",
		"8-bit DCS": "\u0090q\u009c", "8-bit APC": "\u009fx\u009c", "8-bit PM": "\u009ex\u009c", "8-bit SOS": "\u0098x\u009c"} {
		add(name, s)
	}
	for _, s := range []string{"6n", "21t", "5n", "c", ">c", "2J", "3J", "1;1H", "?1049l", "?1049h", "?25l", "?2004l", "?1000h",
		"31m", "8m", "4i", "5i", "20h", "8h", "!p", "99999X", "99999b"} {
		add("CSI "+s, "\x1b["+s)
	}
	add("8-bit CSI", "\u009b2J")
	add("CSI as a byte", "\x9b2J")
	add("CSI left open", "\x1b[")
	for name, s := range map[string]string{"reset": "\x1bc", "charset": "\x1b(0", "lone escape": "\x1b", "save": "\x1b7", "reverse index": "\x1bM",
		"carriage return": "\r", "backspaces": "\b\b\b", "shift out": "\x0e", "shift in": "\x0f", "bell": "\a", "delete": "\x7f", "form feed": "\f",
		"vertical tab": "\v", "nul": "\x00", "newline": "\n", "enquiry": "\x05", "cancel": "\x18", "substitute": "\x1a",
		"override": "\u202egnp.exe", "embedding": "\u202b", "open isolate": "\u2067", "stray closer": "\u2069\u2069",
		"line separator": "\u2028", "paragraph separator": "\u2029", "next line": "\u0085",
		"tags": "\U000e0001\U000e0041\U000e007f", "invalid": "\xff\xfe\xc0\x80", "surrogate": "\xed\xa0\x80"} {
		add(name, s)
	}
	return all
}

// All is every payload in one line of text.
func All() string {
	var b strings.Builder
	for _, p := range Payloads() {
		b.WriteString(p.Text + " ")
	}
	return b.String()
}

// Check returns an error if s, which may be many lines, holds anything that a
// terminal obeys or that moves what stands around it. Colours (SGR) are allowed
// when styled says so, isolates if each is closed on its line.
func Check(s string, styled bool) error {
	for n, line := range strings.Split(s, "\n") {
		if err := checkLine(line, styled); err != nil {
			return fmt.Errorf("line %d: %w in %q", n+1, err, line)
		}
	}
	return nil
}

func checkLine(line string, styled bool) error {
	open := 0
	for i, r := range line {
		switch {
		case r == 0x1b && styled && isColour(line[i:]):
		case r < ' ' && r != '\t', r >= 0x7f && r < 0xa0:
			return fmt.Errorf("a control %U", r)
		case r >= 0x202a && r <= 0x202e, r == 0x2028, r == 0x2029, r >= 0x206a && r <= 0x206f:
			return fmt.Errorf("%U", r)
		case r >= 0xe0000 && r <= 0xe007f:
			return fmt.Errorf("a tag %U", r)
		case r >= 0x2066 && r <= 0x2068:
			open++
		case r == 0x2069:
			if open--; open < 0 {
				return fmt.Errorf("an isolate closed that is not open")
			}
		}
	}
	if open != 0 {
		return fmt.Errorf("%d isolates left open", open)
	}
	if strings.ToValidUTF8(line, "") != line {
		return fmt.Errorf("invalid UTF-8")
	}
	return nil
}

// isColour reports whether s begins with a whole SGR sequence.
func isColour(s string) bool {
	rest, ok := strings.CutPrefix(s, "\x1b[")
	if !ok {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(rest, "0123456789;:"), "m")
}
