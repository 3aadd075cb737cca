package query

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (All) String() string { return "" }

func (e And) String() string { return list(e, " ") }

func (e Or) String() string { return list(e, " OR ") }

// list prints the parts of an And or Or. Only an Or inside an And needs
// parentheses, since OR binds less.
func list(parts []Expr, sep string) string {
	out := make([]string, len(parts))
	for i, x := range parts {
		out[i] = x.String()
		if _, ok := x.(Or); ok {
			out[i] = "(" + out[i] + ")"
		}
	}
	return strings.Join(out, sep)
}

func (e Not) String() string {
	switch e.X.(type) {
	case And, Or:
		return "-(" + e.X.String() + ")"
	}
	return "-" + e.X.String()
}

func (e Word) String() string {
	return e.In.prefix() + sign(e.Exact, "=") + bare(e.Text) + sign(e.Prefix, "*")
}

func (e Phrase) String() string { return e.In.prefix() + sign(e.Exact, "=") + quote(e.Text) }

func (e Near) String() string {
	words := make([]string, len(e.Words))
	for i, w := range e.Words {
		words[i] = value(w)
	}
	return e.In.prefix() + "near:" + strconv.Itoa(e.Distance) + "(" + strings.Join(words, " ") + ")"
}

func (e Is) String() string  { return "is:" + e.Flag }
func (e Has) String() string { return "has:" + e.What }

func (e Attr) String() string {
	if e.Prefix {
		return e.Name + ":" + bare(e.Value) + "*"
	}
	return e.Name + ":" + value(e.Value)
}

func (e Date) String() string { return e.Op + ":" + value(e.Text) }

// String prints the query so that Parse gives it back, without its notes.
func (q Query) String() string {
	if q.Sort == "" {
		return q.Expr.String()
	}
	return strings.TrimSpace(q.Expr.String() + " sort:" + string(q.Sort))
}

func (f Field) prefix() string {
	if f == Any {
		return ""
	}
	return string(f) + ":"
}

func sign(yes bool, s string) string {
	if yes {
		return s
	}
	return ""
}

// value prints s bare when it can stand so, else as a phrase.
func value(s string) string {
	if bare(s) == s {
		return s
	}
	return quote(s)
}

// quote prints s as a phrase.
func quote(s string) string {
	return `"` + escape(s, func(_ int, r rune) bool { return r == '\\' || isQuote(r) }) + `"`
}

// bare prints s as a word, with a backslash before what would mean something else.
func bare(s string) string {
	if keyword(s) != word {
		return `\` + s
	}
	return escape(s, func(i int, r rune) bool {
		return i == 0 && (r == '-' || r == '=') || strings.ContainsRune(`\()*`, r) ||
			isColon(r) || isQuote(r) || isSpace(r) || isInvisible(r)
	})
}

// escape puts a backslash before the runes of s that special names.
func escape(s string, special func(i int, r rune) bool) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if special(i, r) {
			b.WriteByte('\\')
		}
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String()
}
