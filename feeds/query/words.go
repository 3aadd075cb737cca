package query

import "slices"

// Words returns the words and phrases that e looks for in the text, each once
// and in order, for marking them in what was found; none that it excludes. One
// that may go on ends in a star, as Marks and Snippet understand it.
func Words(e Expr) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	walk(e, func(x Expr) {
		switch x := x.(type) {
		case Word:
			add(x.Text + sign(x.Prefix, "*"))
		case Phrase:
			add(x.Text)
		case Near:
			for _, w := range x.Words {
				add(w)
			}
		}
	})
	return out
}

// walk calls f for every part of e that is not excluded.
func walk(e Expr, f func(Expr)) {
	switch e := e.(type) {
	case And:
		for _, x := range e {
			walk(x, f)
		}
	case Or:
		for _, x := range e {
			walk(x, f)
		}
	case Not:
	default:
		f(e)
	}
}
