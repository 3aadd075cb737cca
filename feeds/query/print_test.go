package query

import (
	"testing"

	"pgregory.net/rapid"

	"sitrep/feeds/spelling"
)

// texts draws texts that have something to look for, and signs that could
// confuse a parser.
func texts() *rapid.Generator[string] {
	pieces := []string{"a", "Iraq", "OR", "AND", "NOT", "near:5(", "title:", "foo:", "-", "=", "*", `"`, "“", "'", `\`, "(", ")", "|",
		" ", ":", "：", "צה", "ל", "العراق", "،", "\u200f", "\u200c", "\xff", "1", "東"}
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 4), func(p []string) string {
		s := ""
		for _, x := range p {
			s += x
		}
		return s
	}).Filter(func(s string) bool { return spelling.Fold(s) != "" })
}

func leaves() *rapid.Generator[Expr] {
	in := rapid.SampledFrom([]Field{Any, Title, Body, Author})
	return rapid.Custom(func(t *rapid.T) Expr {
		switch rapid.IntRange(0, 7).Draw(t, "leaf") {
		case 0, 1, 2:
			return Word{Text: texts().Draw(t, "text"), In: in.Draw(t, "in"),
				Prefix: rapid.Bool().Draw(t, "prefix"), Exact: rapid.Bool().Draw(t, "exact")}
		case 3:
			return Phrase{Text: texts().Draw(t, "text"), In: in.Draw(t, "in"), Exact: rapid.Bool().Draw(t, "exact")}
		case 4:
			return Near{Distance: rapid.IntRange(0, 20).Draw(t, "distance"), In: in.Draw(t, "in"),
				Words: rapid.SliceOfN(texts(), 2, 4).Draw(t, "words")}
		case 5:
			name := rapid.SampledFrom([]string{"feed", "source", "briefing", "lang", "country", "tag"}).Draw(t, "name")
			return Attr{Name: name, Value: texts().Draw(t, "value"), Prefix: rapid.Bool().Draw(t, "prefix")}
		case 6:
			s := rapid.SampledFrom([]string{"after:7d", "before:2026-11", "on:yesterday", "after:2026-11-22T06:00"}).Draw(t, "date")
			q, err := Parse(s, options)
			if err != nil {
				t.Fatal(err)
			}
			return q.Expr
		}
		return rapid.SampledFrom([]Expr{Is{"unread"}, Is{"starred"}, Has{"image"}, Has{"fulltext"}}).Draw(t, "flag")
	})
}

// exprs draws expressions as the parser makes them.
func exprs(depth int) *rapid.Generator[Expr] {
	if depth == 0 {
		return leaves()
	}
	return rapid.Custom(func(t *rapid.T) Expr {
		switch rapid.IntRange(0, 5).Draw(t, "expr") {
		case 0, 1:
			return join(rapid.SliceOfN(exprs(depth-1), 2, 4).Draw(t, "and")...)
		case 2, 3:
			return alternatives(rapid.SliceOfN(exprs(depth-1), 2, 4).Draw(t, "or"))
		case 4:
			return Not{exprs(depth-1).Draw(t, "not")}
		}
		return leaves().Draw(t, "leaf")
	})
}

func TestStringRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, Query{Expr: exprs(3).Draw(t, "expr")})
	})
}
