package document

import (
	"strconv"
	"strings"
)

// printable removes the control characters that HTML has no use for, and the
// text that would become one if somebody decoded it once more, as readers of
// feeds do: "&#27;" and "&amp;#27;", however often the ampersand is encoded.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if isControl(r) || r >= 0x202a && r <= 0x202e || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	if strings.Contains(s, "#") && strings.Contains(s, "&") {
		s = withoutReferences(s)
	}
	return s
}

// isControl reports whether r is a control character other than tab and line
// end. Those that HTML decodes as Windows-1252 count too: not all readers do.
func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0
}

// withoutReferences removes the texts that are references to controls. What is
// left may be one again, so it looks until nothing changes.
func withoutReferences(s string) string {
	for {
		var b strings.Builder
		kept := 0
		for i := 0; i < len(s); {
			if n := controlReference(s[i:]); n > 0 {
				b.WriteString(s[kept:i])
				i += n
				kept = i
				continue
			}
			i++
		}
		if kept == 0 {
			return s
		}
		b.WriteString(s[kept:])
		s = b.String()
	}
}

// controlReference returns the length of the reference to a control character
// that starts s, 0 if none does.
func controlReference(s string) int {
	if s[0] != '&' {
		return 0
	}
	i := 1
	for strings.HasPrefix(s[i:], "amp;") {
		i += len("amp;")
	}
	if i == len(s) || s[i] != '#' {
		return 0
	}
	i++
	base := 10
	if i < len(s) && s[i]|0x20 == 'x' {
		base = 16
		i++
	}
	from := i
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || base == 16 && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'f') {
		i++
	}
	n, err := strconv.ParseInt(s[from:i], base, 32)
	if err != nil || !isControl(rune(n)) && n != 0 {
		return 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	return i
}
