package parse

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// clean returns b as valid UTF-8 without the characters that XML 1.0 section
// 2.2 forbids, and whether anything had to be repaired. Sound input comes back
// as it is, without a copy.
func clean(b []byte) (out []byte, repaired bool) { return cleanKnown(b, utf8.Valid(b)) }

// cleanKnown is clean for bytes of which it is known whether they are UTF-8.
func cleanKnown(b []byte, valid bool) (out []byte, repaired bool) {
	if valid && !hasForbidden(b) {
		return b, false
	}
	out = make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if c >= 0x20 || c == '\t' || c == '\n' || c == '\r' {
				out = append(out, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, "\uFFFD"...)
		case r == 0xFFFE || r == 0xFFFF:
		default:
			out = append(out, b[i:i+n]...)
		}
		i += n
	}
	return out, true
}

// hasForbidden reports control characters and non-characters in valid UTF-8.
func hasForbidden(b []byte) bool {
	return hasControls(b) || bytes.Contains(b, []byte("\uFFFE")) || bytes.Contains(b, []byte("\uFFFF"))
}

// hasControls looks for bytes below 0x20 other than tab, line feed and carriage
// return, eight at a time.
func hasControls(b []byte) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for len(b) >= 8 {
		v := binary.LittleEndian.Uint64(b)
		if (v-0x20*ones)&^v&highs != 0 && anyControl(b[:8]) {
			return true
		}
		b = b[8:]
	}
	return anyControl(b)
}

func anyControl(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return true
		}
	}
	return false
}
