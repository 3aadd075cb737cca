package query

import (
	"fmt"
	"strings"
)

// fieldKind is what a field's value means.
type fieldKind uint8

const (
	noField fieldKind = iota
	textField
	flagField
	attrField
	dateField
	sortField
	nearField
)

var fields = map[string]fieldKind{
	"title": textField, "body": textField, "author": textField,
	"is": flagField, "has": flagField,
	"feed": attrField, "source": attrField, "briefing": attrField,
	"lang": attrField, "country": attrField, "tag": attrField,
	"after": dateField, "before": dateField, "on": dateField,
	"sort": sortField,
	"near": nearField,
}

// fieldNames is in the order of the documentation.
var fieldNames = []string{"title", "body", "author", "feed", "source", "briefing", "lang", "country", "tag",
	"is", "has", "after", "before", "on", "sort", "near"}

// values are what the fields with a fixed choice take.
var values = map[string][]string{
	"is":   {"unread", "read", "starred", "updated"},
	"has":  {"image", "enclosure", "notes", "fulltext"},
	"sort": {string(Newest), string(Oldest), string(Relevance)},
}

// field reads name: and the word, phrase, near or parenthesis that it applies to.
func (p *parser) field() Expr {
	t := p.tok
	if t.text == "near" {
		p.odd(t.pos, "near takes words in parentheses, as in near:5(oil pipeline)",
			"near takes words in parentheses, as in near:5(oil pipeline).")
		p.advance()
		return nil
	}
	r, n := p.peek()
	p.tok = p.next(n > 0 && !isSpace(r))
	if startsTerm(p.tok.kind) && p.tok.kind != field || p.tok.value {
		return p.fieldValue(t.text)
	}
	p.odd(t.pos, t.text+": needs a value", t.text+": waits for a value.")
	return nil
}

// fieldValue reads what a field applies to. A sign after the colon belongs to
// the value, so title:-x is -title:x.
func (p *parser) fieldValue(name string) Expr {
	switch p.tok.kind {
	case or, and, not: // directly after the colon: the word itself
		t := p.tok
		p.advance()
		return p.leaf(t, name, false)
	}
	return p.unary(name)
}

// unknownField returns the name that a bare word has before a colon, if it looks
// like a field that does not exist.
func (p *parser) unknownField(t token) string {
	if t.kind != word || t.value {
		return ""
	}
	name, size := fieldName(p.s[t.pos:t.end])
	rest := p.s[t.pos+size:]
	if size == 0 || rest == "" || isSpace(rune(rest[0])) || strings.HasPrefix(rest, "//") {
		return ""
	}
	return name
}

// unknownValue reads a field whose value it does not take: left out while it is
// being typed and may become one, else the text as it stands.
func (p *parser) unknownValue(t token, name, takes string) Expr {
	msg := fmt.Sprintf("%s: takes %s, not %q", name, takes, t.text)
	if p.typing(t) {
		p.odd(t.pos, msg, fmt.Sprintf("%s: takes %s.", name, takes))
		return nil
	}
	p.odd(t.pos, msg, fmt.Sprintf("%s: takes %s; %q is looked for as text.", name, takes, name+":"+t.text))
	return Word{Text: name + ":" + t.text}
}

// typing reports whether t is the word being typed.
func (p *parser) typing(t token) bool {
	return p.o.Typing && t.end == len(p.s) && (t.kind == word || t.unclosed)
}

// choice lists the values of a field in a sentence.
func choice(name string) string {
	v := values[name]
	return strings.Join(v[:len(v)-1], ", ") + " or " + v[len(v)-1]
}

// nearest returns the name within two edits of s, or "".
func nearest(s string, names []string) string {
	best, found := 3, ""
	for _, n := range names {
		if d := distance(s, n); d < best && d < len(n) {
			best, found = d, n
		}
	}
	return found
}

// distance counts the bytes to insert, delete, replace or swap between a and b
// (optimal string alignment).
func distance(a, b string) int {
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
