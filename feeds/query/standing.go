package query

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A standing query is kept, and asked of each article once: when the article
// comes, and again when its text changes. What it finds may therefore depend on
// nothing but the article, neither on the time nor on what the reader did.

// ParseStanding reads a standing query strictly. Besides what is wrong for Parse,
// a mark of the reader's (is:unread), a date that moves with the calendar (7d,
// yesterday) and a query without anything to look for are errors of type
// *SyntaxError. An order is left out: what is kept is a set.
func ParseStanding(s string, o Options) (Expr, error) {
	o.standing = true
	q, err := Parse(s, o)
	if err != nil {
		return nil, err
	}
	if _, nothing := q.Expr.(All); nothing {
		return nil, &SyntaxError{Msg: "there is nothing to look for"}
	}
	return q.Expr, nil
}

// fleeting reports a term that a standing query cannot have, because what it
// finds changes while the article stays the same.
func (p *parser) fleeting(t token, why string) Expr {
	p.odd(t.pos, why, strings.ToUpper(why[:1])+why[1:]+"; it is left out.")
	return nil
}

// ofMarks says why a standing query does not ask for marks.
func ofMarks(field, value string) string {
	return fmt.Sprintf("a watch holds articles whatever you did with them, so that %s:%s has no place in it; filter its list instead", field, value)
}

// ofNow says why a standing query has no relative dates.
func ofNow(op, value string) string {
	return fmt.Sprintf("a watch does not move with the calendar, as %s:%s does; write a date such as 2026-11-01, or filter its list", op, value)
}

// Leaves gives every part of e that has no parts itself, the excluded ones too.
func Leaves(e Expr) iter.Seq[Expr] {
	return func(yield func(Expr) bool) { eachLeaf(e, yield) }
}

// eachLeaf reports whether the caller wants more.
func eachLeaf(e Expr, yield func(Expr) bool) bool {
	switch e := e.(type) {
	case And:
		return !slices.ContainsFunc(e, func(x Expr) bool { return !eachLeaf(x, yield) })
	case Or:
		return !slices.ContainsFunc(e, func(x Expr) bool { return !eachLeaf(x, yield) })
	case Not:
		return eachLeaf(e.X, yield)
	}
	return yield(e)
}
