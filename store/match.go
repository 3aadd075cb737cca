package store

import (
	"strconv"
	"strings"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

// matchExpr translates e into the language of FTS5 over the folded index, false
// when it cannot say it: an exclusion beside nothing that is included, a
// letter-exact word, or anything that is not text. What folds to nothing matches
// everything and cannot be said either.
func matchExpr(e query.Expr) (string, bool) {
	switch e := e.(type) {
	case query.Word:
		return matchWords(e.Text, e.In, e.Prefix), !e.Exact && spelling.Fold(e.Text) != ""
	case query.Phrase:
		return matchWords(e.Text, e.In, false), !e.Exact && spelling.Fold(e.Text) != ""
	case query.Near:
		return matchNear(e)
	case query.Or:
		return matchOr(e)
	case query.And:
		return matchAnd(e)
	}
	return "", false
}

// matchWords quotes folded words as one FTS5 string: they stand side by side.
// Folded text has no quotation marks, so that nothing in it is syntax.
func matchWords(text string, in query.Field, prefix bool) string {
	var b strings.Builder
	column(&b, in)
	b.WriteByte('"')
	b.WriteString(spelling.Fold(text))
	b.WriteByte('"')
	if prefix {
		b.WriteByte('*')
	}
	return b.String()
}

func column(b *strings.Builder, in query.Field) {
	if in != query.Any {
		b.WriteString(string(in))
		b.WriteString(" : ")
	}
}

func matchNear(e query.Near) (string, bool) {
	var words []string
	for _, w := range e.Words {
		if f := spelling.Fold(w); f != "" {
			words = append(words, `"`+f+`"`)
		}
	}
	if len(words) == 0 {
		return "", false
	}
	var b strings.Builder
	column(&b, e.In)
	b.WriteString("NEAR(")
	b.WriteString(strings.Join(words, " "))
	b.WriteString(", ")
	b.WriteString(strconv.Itoa(e.Distance))
	b.WriteByte(')')
	return b.String(), true
}

func matchOr(e query.Or) (string, bool) {
	parts := make([]string, len(e))
	for i, x := range e {
		m, ok := matchExpr(x)
		if !ok {
			return "", false
		}
		parts[i] = m
	}
	return "(" + strings.Join(parts, " OR ") + ")", true
}

func matchAnd(e query.And) (string, bool) {
	var with, without []string
	for _, x := range e {
		n, negated := x.(query.Not)
		if negated {
			x = n.X
		}
		m, ok := matchExpr(x)
		if !ok {
			return "", false
		}
		if negated {
			without = append(without, m)
		} else {
			with = append(with, m)
		}
	}
	return combine(with, without)
}

// combine requires all of with and none of without; NOT of FTS5 needs something
// before it.
func combine(with, without []string) (string, bool) {
	if len(with) == 0 {
		return "", false
	}
	m := strings.Join(with, " AND ")
	if len(without) > 0 {
		m = "(" + m + ") NOT (" + strings.Join(without, " OR ") + ")"
	}
	return "(" + m + ")", true
}
