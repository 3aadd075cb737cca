package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds/spelling"
)

// leaf reads a word or phrase in the field in; "" is any text. It returns nil
// when there is nothing to look for.
func (p *parser) leaf(t token, in string, exact bool) Expr {
	if !p.room(t.pos) {
		return nil
	}
	if t.unclosed {
		p.odd(t.pos, `a quotation mark without its pair`, "The quotation mark is not closed; it is read as if it were closed at the end.")
	}
	if exact && fields[in] != noField && fields[in] != textField {
		p.odd(t.pos, "a = applies to words of the text", fmt.Sprintf("The = does not apply to %s: and is left out.", in))
	}
	switch fields[in] {
	case flagField:
		return p.flag(t, in)
	case attrField:
		return p.attr(t, in)
	case dateField:
		return p.date(t, in)
	case sortField:
		return p.order(t)
	}
	return p.text(t, Field(in), exact)
}

// room counts a term and reports whether the query may have it.
func (p *parser) room(pos int) bool {
	p.terms++
	if p.terms == maxTerms+1 {
		p.odd(pos, fmt.Sprintf("a query has at most %d words", maxTerms), "The query has too many words; the rest is left out.")
	}
	return p.terms <= maxTerms
}

// text reads a word or phrase to look for in a column.
func (p *parser) text(t token, in Field, exact bool) Expr {
	if name := p.unknownField(t); name != "" && in == Any && !exact {
		p.unknown(t, name)
	}
	if t.inner {
		p.odd(t.pos, "a * stands only at the end of a word", "A * stands only at the end of a word; elsewhere it is left out.")
	}
	if spelling.Fold(t.text) == "" {
		p.note(t.pos, fmt.Sprintf("%q has no letter or digit to look for and is left out.", p.s[t.pos:t.end]))
		return nil
	}
	if t.kind != phrase {
		return Word{Text: t.text, In: in, Exact: exact, Prefix: t.star || p.typing(t)}
	}
	if last, _ := utf8.DecodeLastRuneInString(t.text); p.typing(t) && !unicode.IsSpace(last) {
		return Word{Text: t.text, In: in, Exact: exact, Prefix: true}
	}
	return Phrase{Text: t.text, In: in, Exact: exact}
}

// unknown reports a field that does not exist.
func (p *parser) unknown(t token, name string) {
	msg, note := fmt.Sprintf("no field is called %q", name), fmt.Sprintf("No field is called %q, so it is looked for as text", name)
	if n := nearest(name, fieldNames); n != "" {
		msg += fmt.Sprintf("; did you mean %s:?", n)
		note += fmt.Sprintf("; %s: is one", n)
	}
	p.odd(t.pos, msg, note+".")
}

func (p *parser) flag(t token, in string) Expr {
	v := strings.ToLower(t.text)
	if !slices.Contains(values[in], v) {
		return p.unknownValue(t, in, choice(in))
	}
	if p.o.standing && (in == "is" || v == "notes" || v == "fulltext") {
		return p.fleeting(t, ofMarks(in, v))
	}
	if in == "has" {
		return Has{v}
	}
	return Is{v}
}

func (p *parser) attr(t token, in string) Expr {
	if spelling.Fold(t.text) == "" {
		p.note(t.pos, in+": has no letter or digit to look for and is left out.")
		return nil
	}
	return Attr{Name: in, Value: t.text, Prefix: t.star || p.typing(t)}
}

// order reads the value of sort:, which is a property of the whole query.
func (p *parser) order(t token) Expr {
	v := strings.ToLower(t.text)
	if !slices.Contains(values["sort"], v) {
		return p.unknownValue(t, "sort", choice("sort"))
	}
	if p.o.standing {
		p.note(t.pos, "A watch is listed newest first; sort: is left out.")
		return nil
	}
	if p.depth > 0 {
		p.odd(t.pos, "sort: stands outside of parentheses and negations", "sort: applies to the whole query.")
	}
	p.sort = Sort(v)
	return nil
}

// Bounds of the distance in near:5(a b).
const (
	defaultDistance = 10
	maxDistance     = 1000
)

// near reads near:5(a b) after its opening parenthesis.
func (p *parser) near(in string) Expr {
	t := p.tok
	n := Near{Distance: defaultDistance}
	switch fields[in] {
	case noField, textField:
		n.In = Field(in)
	default:
		p.odd(t.pos, "near applies to words of the text", fmt.Sprintf("near applies to words of the text; %s: is left out.", in))
	}
	if t.text != "" {
		d, err := strconv.Atoi(t.text)
		if err != nil || d > maxDistance {
			p.odd(t.pos, fmt.Sprintf("near reaches at most %d words", maxDistance), fmt.Sprintf("near reaches at most %d words.", maxDistance))
			d = maxDistance
		}
		n.Distance = d
	}
	p.nearWords(&n)
	switch len(n.Words) {
	case 0:
		return nil
	case 1:
		return Word{Text: n.Words[0], In: n.In}
	}
	return n
}

// nearWords reads the words of near up to its closing parenthesis. Nothing but
// words and phrases has a meaning there.
func (p *parser) nearWords(n *Near) {
	start := p.tok.pos
	for p.advance(); p.tok.kind != closed; p.advance() {
		t := p.tok
		switch {
		case t.kind == end:
			p.odd(start, "a ( without a )", "The ( of near is not closed; it is read as if it were closed at the end.")
			return
		case t.kind != word && t.kind != phrase || t.star || t.inner:
			p.odd(t.pos, "only words and phrases stand in near", "Only words and phrases stand in near; "+strconv.Quote(p.s[t.pos:t.end])+" is read as text.")
		case t.unclosed:
			p.odd(t.pos, "a quotation mark without its pair", "The quotation mark is not closed; it is read as if it were closed at the end.")
		}
		if spelling.Fold(t.text) != "" && p.room(t.pos) {
			n.Words = append(n.Words, t.text)
		}
	}
	p.advance()
}
