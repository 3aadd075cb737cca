package query

import (
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Limits of a query. The store hands queries on to an engine with limits of its
// own, which these stay below.
const (
	MaxBytes = 10_000
	maxTerms = 256 // words, phrases and fields
	maxDepth = 32  // parentheses and negations inside each other
)

// Parse reads a query strictly: what Read would have to guess is an error of
// type *SyntaxError.
//
// Words side by side must all be there. OR (or |) binds less than that, so
// a b OR c is (a b) OR c. A - or NOT before a word, phrase, field or
// parenthesis excludes it. "a b" are words side by side, a* a word that begins
// so, =a the very letters, near:5(a b) words at most five apart. A field applies
// to the word, phrase or parenthesis after it: title:(a OR b), -source:"Al Sumaria".
// Signs without a letter or digit are left out.
func Parse(s string, o Options) (Query, error) {
	q, problems := read(s, o)
	if len(problems) > 0 {
		return Query{}, problems[0]
	}
	return q, nil
}

// Read reads a query as it is being typed: it takes any text, reads odd parts as
// literally as possible, leaves out unfinished ones, and says so in the notes.
func Read(s string, o Options) Query {
	q, _ := read(s, o)
	return q
}

// parser reads in one way for Parse and Read: it goes on after each problem, and
// notes how.
type parser struct {
	lexer
	o        Options
	tok      token
	depth    int
	terms    int
	sort     Sort
	notes    []Note
	problems []*SyntaxError
}

func read(s string, o Options) (Query, []*SyntaxError) {
	p := &parser{o: o}
	if p.o.Location == nil {
		p.o.Location = time.UTC
	}
	if len(s) > MaxBytes {
		s = cut(s, MaxBytes)
		p.odd(MaxBytes, fmt.Sprintf("a query has at most %d bytes", MaxBytes), "The query is too long; the rest is left out.")
	}
	p.s = s
	p.advance()
	e := p.or("")
	for p.tok.kind == closed {
		p.odd(p.tok.pos, "a ) without a (", "The ) has no ( before it and is left out.")
		p.advance()
		e = join(e, p.or(""))
	}
	if e == nil {
		e = All{}
	}
	slices.SortStableFunc(p.problems, func(a, b *SyntaxError) int { return cmp.Compare(a.Offset, b.Offset) })
	slices.SortStableFunc(p.notes, func(a, b Note) int { return cmp.Compare(a.Offset, b.Offset) })
	return Query{Expr: e, Sort: p.sort, Notes: p.notes}, p.problems
}

// cut returns at most n bytes of s, ending between characters.
func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (p *parser) advance() { p.tok = p.next(false) }

// odd records a problem at pos: msg for Parse, note for Read.
func (p *parser) odd(pos int, msg, note string) {
	p.problems = append(p.problems, &SyntaxError{Offset: pos, Msg: msg})
	p.note(pos, note)
}

// note records how something was read that is no error.
func (p *parser) note(pos int, text string) {
	p.notes = append(p.notes, Note{Offset: pos, Text: text})
}

// or reads alternatives up to a closing parenthesis or the end; in is the field
// that applies. It returns nil when there is nothing to look for.
func (p *parser) or(in string) Expr {
	var parts []Expr
	pos, several := p.tok.pos, false
	for {
		x := p.and(in)
		_, ok := x.(And)
		several = several || ok
		parts = append(parts, x)
		if p.tok.kind != or {
			break
		}
		p.advance()
	}
	e := alternatives(parts)
	if _, ok := e.(Or); ok && several {
		p.note(pos, "Words side by side belong together before OR does; parentheses read it otherwise.")
	}
	return e
}

// and reads terms side by side.
func (p *parser) and(in string) Expr {
	var parts []Expr
	for {
		t := p.tok
		switch t.kind {
		case end, closed:
			return join(parts...)
		case or, and:
			if len(parts) == 0 || !p.termFollows() {
				p.advance()
				parts = append(parts, p.dangling(t, in))
			} else if t.kind == or {
				return join(parts...)
			} else {
				p.advance()
			}
		default:
			parts = append(parts, p.unary(in))
		}
	}
}

// termFollows reports whether the token after the current one can begin a term.
func (p *parser) termFollows() bool {
	ahead := p.lexer
	return startsTerm(ahead.next(false).kind)
}

func startsTerm(k kind) bool { return k != end && k != closed && k != or && k != and }

// dangling reads an operator that has nothing to work on: left out at the end of
// what is being typed, else looked for as the word that it is.
func (p *parser) dangling(t token, in string) Expr {
	if p.tok.kind == end && p.o.Typing {
		p.odd(t.pos, t.text+" needs a word after it", t.text+" waits for another word.")
		return nil
	}
	p.odd(t.pos, t.text+" needs a word on both sides", t.text+" joins nothing here, so it is looked for as a word.")
	return p.leaf(t, in, false)
}

// unary reads a term and the negations before it.
func (p *parser) unary(in string) Expr {
	t := p.tok
	if t.kind != minus && t.kind != not {
		return p.primary(in)
	}
	p.advance()
	switch {
	case !startsTerm(p.tok.kind):
		return p.dangling(t, in)
	case p.depth >= maxDepth:
		p.odd(t.pos, "the query is nested too deeply", "The query is nested too deeply; this negation is left out.")
		for p.tok.kind == minus || p.tok.kind == not {
			p.advance()
		}
		return nil
	}
	p.depth++
	x := p.unary(in)
	p.depth--
	if x == nil {
		return nil
	}
	return Not{x}
}

// primary reads a parenthesis, a field with its value, a word or a phrase.
func (p *parser) primary(in string) Expr {
	t := p.tok
	exact := false
	for p.tok.kind == equals {
		exact = true
		p.tok = p.next(true)
	}
	switch p.tok.kind {
	case word, phrase, or, and, not:
		w := p.tok
		p.advance()
		return p.leaf(w, in, exact)
	}
	if exact {
		p.odd(t.pos, "a = stands before a word or phrase", "The = has no word after it and is left out.")
	}
	switch p.tok.kind {
	case open:
		return p.group(in)
	case field:
		return p.field()
	case near:
		return p.near(in)
	case minus:
		return p.unary(in)
	}
	return nil
}

// group reads a parenthesis. One that is nested too deeply is read as if it were
// not there.
func (p *parser) group(in string) Expr {
	t := p.tok
	p.advance()
	if p.depth >= maxDepth {
		p.odd(t.pos, "the query is nested too deeply", "The query is nested too deeply; this ( is left out.")
		for p.tok.kind == open {
			p.advance()
		}
		return nil
	}
	p.depth++
	e := p.or(in)
	p.depth--
	if p.tok.kind != closed {
		p.odd(t.pos, "a ( without a )", "The ( is not closed; it is read as if it were closed at the end.")
		return e
	}
	p.advance()
	return e
}

// join makes one expression of parts that must all match; nil parts are left out.
func join(parts ...Expr) Expr {
	var out And
	for _, x := range parts {
		switch x := x.(type) {
		case nil:
		case And:
			out = append(out, x...)
		default:
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// alternatives makes one expression of parts of which one must match.
func alternatives(parts []Expr) Expr {
	var out Or
	for _, x := range parts {
		switch x := x.(type) {
		case nil:
		case Or:
			out = append(out, x...)
		default:
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}
