package parse

import (
	"bytes"
	"fmt"
	"strconv"
)

func hostile(format string, args ...any) error {
	return &Error{Kind: Hostile, Detail: fmt.Sprintf(format, args...)}
}

// isNameStart accepts the first byte of an element's name.
func isNameStart(c byte) bool { return isLetter(c) || c == '_' || c == ':' || c >= 0x80 }

// isName accepts a name that gofeed's decoder accepts too.
func isName(name []byte) bool {
	colons := 0
	for i, c := range name {
		switch {
		case isLetter(c), c == '_':
		case c == ':':
			colons++
		case isDigit(c), c == '-', c == '.':
			if i == 0 {
				return false
			}
		default:
			return false
		}
	}
	return len(name) > 0 && colons <= 1
}

// local returns the name without its prefix, and the prefix.
func local(name []byte) (prefix, rest []byte) {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return nil, name
}

func blank(b []byte) bool {
	for _, c := range b {
		if !isSpace(c) {
			return false
		}
	}
	return true
}

// appendMark appends what stands in the skeleton for the n-th lifted text. It
// passes through gofeed's handling of texts and of addresses unchanged. Should a
// publisher write one, he only repeats a text of his own.
func appendMark(dst []byte, n int) []byte {
	dst = append(dst, markOpen...)
	dst = strconv.AppendInt(dst, int64(n), 10)
	return append(dst, markClose...)
}

const (
	markOpen  = "~.text."
	markClose = ".~"
)
