package safe

import "strings"

// Line makes the parts of one line safe, as New would make the whole: an
// isolate that one part opens may be closed by a later one. Shown alone, a part
// may therefore hold an opener or a closer without its other half; only all of
// them together are balanced.
func Line(parts []string) []Text {
	texts := make([]Text, len(parts))
	if !hasIsolates(parts) {
		for i, p := range parts {
			texts[i] = New(p)
		}
		return texts
	}
	var w writer
	for i, p := range parts {
		w.b.Reset()
		w.write(p)
		if i == len(parts)-1 {
			w.close()
		}
		texts[i] = Text{w.b.String()}
	}
	return texts
}

// hasIsolates looks for U+2066 to U+2069 by their bytes.
func hasIsolates(parts []string) bool {
	for _, p := range parts {
		for rest := p; ; {
			k := strings.Index(rest, "\xe2\x81")
			if k < 0 || k+2 >= len(rest) {
				break
			}
			if c := rest[k+2]; c >= 0xa6 && c <= 0xa9 {
				return true
			}
			rest = rest[k+2:]
		}
	}
	return false
}

// Slice returns the bytes from to to of t, which must be boundaries of
// characters. It is for giving parts of a line styles of their own, and like
// those of Line may be unbalanced by itself.
func (t Text) Slice(from, to int) Text { return Text{t.s[from:to]} }
