package parse

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf8"
)

// maxEntity is longer than the longest named character reference of HTML.
const maxEntity = 40

// appendDecoded appends src with its character references decoded once. Only
// references that end in a semicolon count, so that "?a=1&copy=2" stays; unknown
// ones stay as they are, and those of forbidden characters vanish.
func appendDecoded(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		window := src[:min(len(src), maxEntity)]
		end := bytes.IndexByte(window, ';')
		if end < 0 {
			dst, src = append(dst, '&'), src[1:]
			continue
		}
		grown, ok := appendReference(dst, src[1:end])
		if !ok {
			dst, src = append(dst, '&'), src[1:]
			continue
		}
		dst, src = grown, src[end+1:]
	}
}

// appendReference appends what the reference &name; stands for.
func appendReference(dst, name []byte) ([]byte, bool) {
	switch string(name) {
	case "lt":
		return append(dst, '<'), true
	case "gt":
		return append(dst, '>'), true
	case "amp":
		return append(dst, '&'), true
	case "quot":
		return append(dst, '"'), true
	case "apos":
		return append(dst, '\''), true
	case "nbsp":
		return append(dst, "\u00a0"...), true
	case "":
		return dst, false
	}
	if name[0] == '#' {
		return appendNumeric(dst, name[1:])
	}
	for _, c := range name {
		if !isLetter(c) && !isDigit(c) {
			return dst, false
		}
	}
	whole := "&" + string(name) + ";"
	decoded := html.UnescapeString(whole)
	// HTML also decodes a known prefix ("&notit;"); that is not a reference.
	if decoded == whole || decoded == html.UnescapeString(whole[:len(whole)-1])+";" {
		return dst, false
	}
	return append(dst, decoded...), true
}

func appendNumeric(dst, digits []byte) ([]byte, bool) {
	base := 10
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	switch {
	case err != nil:
		return dst, false
	case n < 0x20 && n != '\t' && n != '\n' && n != '\r', n == 0xFFFE, n == 0xFFFF,
		n >= 0xD800 && n < 0xE000, n > utf8.MaxRune:
		return dst, true
	case n >= 0x80 && n < 0xA0: // written by programs that meant windows-1252
		return append(dst, html.UnescapeString("&#"+strconv.FormatUint(n, 10)+";")...), true
	}
	return utf8.AppendRune(dst, rune(n)), true
}

// appendEscaped appends text so that an XML or HTML reader gives it back.
func appendEscaped(dst []byte, text string) []byte {
	from := 0
	for i := 0; i < len(text); i++ {
		var to string
		switch text[i] {
		case '&':
			to = "&amp;"
		case '<':
			to = "&lt;"
		case '>':
			to = "&gt;"
		case '"':
			to = "&quot;"
		default:
			continue
		}
		dst = append(append(dst, text[from:i]...), to...)
		from = i + 1
	}
	return append(dst, text[from:]...)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
