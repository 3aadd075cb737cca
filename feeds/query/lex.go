package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	end    kind = iota
	word        // bare text
	phrase      // quoted text
	open        // (
	closed      // )
	or          // OR |
	and         // AND
	not         // NOT
	minus       // - before something
	equals      // = before something
	field       // name: with text the name in lower case
	near        // near:5( with text the number
)

// token is one sign or word of a query at [pos, end).
type token struct {
	kind     kind
	pos, end int
	text     string // without escapes, quotes, star or colon
	star     bool   // the word ends in *
	inner    bool   // the word has a star elsewhere
	unclosed bool   // the phrase has no closing quotation mark
	value    bool   // stands directly after a sign that gives it its meaning
}

// lexer cuts a query into tokens.
//
// A backslash takes the meaning from the sign after it, and from a keyword it
// stands before; in front of any other letter inside a word it is itself.
type lexer struct {
	s   string
	pos int
}

// next returns the next token. A value, which stands directly after the colon of
// a field, is never a field itself: feed:https://example.org/ can be written.
func (l *lexer) next(value bool) token {
	l.skipSpace()
	start := l.pos
	r, n := l.peek()
	switch {
	case n == 0:
		return token{kind: end, pos: start, end: start}
	case r == '(':
		return l.sign(open, n)
	case r == ')':
		return l.sign(closed, n)
	case isQuote(r):
		return l.phrase(n)
	case r == '-' && l.followed(n):
		return l.sign(minus, n)
	case r == '=' && l.followed(n):
		return l.sign(equals, n)
	}
	if digits, size := nearHead(l.s[start:]); size > 0 {
		l.pos += size
		return token{kind: near, pos: start, end: l.pos, text: digits}
	}
	if name, size := fieldName(l.s[start:]); fields[name] != noField && !value {
		l.pos += size
		return token{kind: field, pos: start, end: l.pos, text: name}
	}
	t := l.word()
	t.value = value
	return t
}

func (l *lexer) sign(k kind, n int) token {
	l.pos += n
	return token{kind: k, pos: l.pos - n, end: l.pos, text: l.s[l.pos-n : l.pos]}
}

// peek returns the rune at the reading position, size 0 at the end.
func (l *lexer) peek() (rune, int) { return utf8.DecodeRuneInString(l.s[l.pos:]) }

// skipSpace passes over space and over invisible signs that keyboards and
// copied text put before a word.
func (l *lexer) skipSpace() {
	for {
		r, n := l.peek()
		if n == 0 || !isSpace(r) && !isInvisible(r) {
			return
		}
		l.pos += n
	}
}

// followed reports whether something that a sign can apply to follows n bytes on.
func (l *lexer) followed(n int) bool {
	r, m := utf8.DecodeRuneInString(l.s[l.pos+n:])
	return m > 0 && !isSpace(r) && r != ')'
}

// word reads bare text up to a space, parenthesis or quotation mark.
func (l *lexer) word() token {
	t := token{kind: word, pos: l.pos}
	var b strings.Builder
	plain, stars := true, 0
	var prev rune
	for {
		r, n := l.peek()
		if n == 0 || isSpace(r) || r == '(' || r == ')' || isQuote(r) && !l.gershayim(l.pos, prev, n) {
			break
		}
		from := l.pos
		l.pos += n
		if r == '\\' {
			if m := l.escaped(from == t.pos); m > 0 {
				from, plain = l.pos, false
				l.pos += m
				r = 0
			}
		}
		if r == '*' {
			stars++
			continue
		}
		t.inner = t.inner || stars > 0
		b.WriteString(strings.Repeat("*", stars))
		stars = 0
		b.WriteString(l.s[from:l.pos])
		prev, _ = utf8.DecodeLastRuneInString(l.s[from:l.pos])
	}
	t.text, t.end, t.star = b.String(), l.pos, stars > 0
	if plain && !t.star {
		t.kind = keyword(t.text)
	}
	return t
}

// keyword returns what a bare text is.
func keyword(s string) kind {
	switch s {
	case "OR", "|":
		return or
	case "AND":
		return and
	case "NOT":
		return not
	}
	return word
}

// escaped returns the size of the sign that the backslash just read takes the
// meaning from, 0 when it is a backslash only. first says that it begins a word.
func (l *lexer) escaped(first bool) int {
	r, n := l.peek()
	if n == 0 || !first && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return 0
	}
	return n
}

// phrase reads quoted text; any kind of quotation mark closes it.
func (l *lexer) phrase(n int) token {
	t := token{kind: phrase, pos: l.pos}
	l.pos += n
	var b strings.Builder
	var prev rune
	for {
		r, n := l.peek()
		if n == 0 {
			t.unclosed = true
			break
		}
		from := l.pos
		l.pos += n
		if isQuote(r) && !l.gershayim(from, prev, n) {
			break
		}
		if next, m := l.peek(); r == '\\' && (next == '\\' || isQuote(next)) {
			from = l.pos
			l.pos += m
		}
		b.WriteString(l.s[from:l.pos])
		prev, _ = utf8.DecodeLastRuneInString(l.s[from:l.pos])
	}
	t.text, t.end = b.String(), l.pos
	return t
}

// gershayim reports whether the quotation mark of n bytes at pos stands between
// Hebrew letters, where it is part of an abbreviation.
func (l *lexer) gershayim(pos int, prev rune, n int) bool {
	next, _ := utf8.DecodeRuneInString(l.s[pos+n:])
	return unicode.Is(unicode.Hebrew, prev) && unicode.Is(unicode.Hebrew, next)
}

// fieldName returns the name in lower case that s starts with, if a colon
// follows it, and the size of both.
func fieldName(s string) (name string, size int) {
	i := 0
	for i < len(s) && ('a' <= s[i]|0x20 && s[i]|0x20 <= 'z') {
		i++
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if i == 0 || !isColon(r) {
		return "", 0
	}
	return strings.ToLower(s[:i]), i + n
}

// nearHead returns the number in near:5( that s starts with, and its size.
func nearHead(s string) (digits string, size int) {
	name, i := fieldName(s)
	if name != "near" {
		return "", 0
	}
	from := i
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	if i == len(s) || s[i] != '(' {
		return "", 0
	}
	return s[from:i], i + 1
}

func isColon(r rune) bool { return r == ':' || r == '：' }

func isSpace(r rune) bool { return unicode.IsSpace(r) }

func isInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// isQuote accepts the quotation marks of keyboards that put them in by themselves.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '״', '＂':
		return true
	}
	return false
}
