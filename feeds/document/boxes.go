package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// withoutBoxes returns markup without the elements that only hold others, so
// that nesting them beyond what the parser takes costs an article no heading,
// link or picture. Where a box starts or ends so does a line, and where several
// do, a paragraph.
func withoutBoxes(markup string) string {
	var b strings.Builder
	b.Grow(len(markup))
	edges := 0 // of boxes since the last text or other tag
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := string(z.Raw())
		switch {
		case kind != html.StartTagToken && kind != html.EndTagToken:
			if strings.TrimSpace(raw) != "" {
				edges = 0
			}
		case isBox(z):
			if edges++; edges <= 2 {
				b.WriteString("<br>")
			}
			continue
		case isWrapper(raw):
			continue
		default:
			edges = 0
		}
		b.WriteString(raw)
	}
	return b.String()
}

// isBox reports whether the tag that z has read is of an element that only
// puts its content somewhere.
func isBox(z *html.Tokenizer) bool {
	name, _ := z.TagName()
	switch atom.Lookup(name) {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Center, atom.Aside, atom.Header, atom.Footer, atom.Nav, atom.Form:
		return true
	}
	return false
}

// isWrapper does the same for those that stand within a line.
func isWrapper(tag string) bool {
	_, name := kindOf(strings.TrimLeft(tag, "</"))
	switch strings.ToLower(name) {
	case "span", "font", "small", "big":
		return true
	}
	return false
}
