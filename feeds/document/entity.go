package document

import (
	"html"
	"unicode/utf8"
)

// entity decodes a character reference or copies the ampersand.
func (t *scanner) entity() {
	s := t.s[t.i:]
	end := 1
	for end < len(s) && end < 34 && (isLetter(s[end]) || s[end] >= '0' && s[end] <= '9' || s[end] == '#') {
		end++
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	r, known := reference(s[:end])
	switch {
	case end < 3:
		t.literal()
		return
	case !known:
		t.dst = append(t.dst, html.UnescapeString(s[:end])...)
	case r == ' ' || r == '\n' || r == '\t' || r == '\r':
		t.space()
	default:
		t.dst = utf8.AppendRune(t.dst, r)
	}
	t.i += end
}

// named are the references that make up nearly all of those with names in
// feeds; html.UnescapeString knows the others, but allocates.
var named = map[string]rune{
	"&amp;": '&', "&nbsp;": 0xa0, "&lt;": '<', "&gt;": '>', "&quot;": '"', "&rsquo;": 0x2019, "&lsquo;": 0x2018,
	"&rdquo;": 0x201d, "&ldquo;": 0x201c, "&mdash;": 0x2014, "&ndash;": 0x2013, "&hellip;": 0x2026, "&zwnj;": 0x200c,
	"&laquo;": 0xab, "&raquo;": 0xbb, "&bull;": 0x2022, "&middot;": 0xb7, "&apos;": '\'', "&rlm;": 0x200f, "&lrm;": 0x200e,
}

// reference decodes a character reference that is named or a number. Numbers
// that HTML gives another meaning than Unicode are left to html.UnescapeString.
func reference(s string) (rune, bool) {
	if r, ok := named[s]; ok {
		return r, true
	}
	if len(s) < 4 || s[1] != '#' || s[len(s)-1] != ';' {
		return 0, false
	}
	base, digits := rune(10), s[2:len(s)-1]
	if digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	n := rune(0)
	for _, c := range []byte(digits) {
		d := rune(c - '0')
		if c > '9' {
			d = rune(c|0x20) - 'a' + 10
		}
		if n = n*base + d; d < 0 || d >= base || n > utf8.MaxRune {
			return 0, false
		}
	}
	return n, len(digits) > 0 && n >= 0xa0 || n > 0 && n < 0x80
}
