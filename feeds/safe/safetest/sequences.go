package safetest

import "strings"

// Sequences returns the kinds of escape sequences and controls in what was sent
// to a terminal, each with the first of its kind: "CSI ?h" for \x1b[?25h, "OSC 0"
// for a title. A sequence that an emulator would still be waiting for the end of
// is a kind of its own, "open".
func Sequences(out string) map[string]string {
	kinds := map[string]string{}
	note := func(kind, s string) {
		if _, seen := kinds[kind]; !seen {
			kinds[kind] = s
		}
	}
	for len(out) > 0 {
		n := 1
		switch c := out[0]; {
		case c == 0x1b:
			var kind string
			kind, n = sequence(out)
			note(kind, out[:n])
		case c == '\n' || c == '\r':
		case c < ' ' || c == 0x7f:
			note("control "+string('@'+rune(c&0x1f)), out[:1])
		case c == 0xc2 && len(out) > 1 && out[1] >= 0x80 && out[1] < 0xa0: // C1 as UTF-8
			note("C1", out[:2])
			n = 2
		}
		out = out[n:]
	}
	return kinds
}

// sequence names the escape sequence that s begins with, and its length
// (ECMA-48, 5.4 and 5.6).
func sequence(s string) (kind string, n int) {
	if len(s) < 2 {
		return "open", len(s)
	}
	switch s[1] {
	case '[':
		i := 2
		for i < len(s) && s[i] >= 0x20 && s[i] < 0x40 {
			i++
		}
		if i == len(s) {
			return "open", i
		}
		signs := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == ';' || r == ':' {
				return -1
			}
			return r
		}, s[2:i])
		return "CSI " + signs + s[i:i+1], i + 1
	case ']', 'P', '_', '^', 'X':
		return control(s)
	}
	i := 1
	for i < len(s)-1 && s[i] >= 0x20 && s[i] < 0x30 {
		i++
	}
	return "ESC " + s[1:i+1], i + 1
}

// control names a control string, which ends with ST or, for OSC, BEL.
func control(s string) (kind string, n int) {
	name := map[byte]string{']': "OSC ", 'P': "DCS ", '_': "APC ", '^': "PM ", 'X': "SOS "}[s[1]]
	end, after := strings.Index(s[2:], "\x1b\\"), 2
	if bell := strings.IndexByte(s[2:], '\a'); s[1] == ']' && bell >= 0 && (end < 0 || bell < end) {
		end, after = bell, 1
	}
	if end < 0 {
		return "open", len(s)
	}
	number, _, _ := strings.Cut(s[2:2+end], ";")
	return name + number, 2 + end + after
}
