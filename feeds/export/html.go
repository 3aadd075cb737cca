package export

import (
	"bufio"
	"html"
	"io"
	"iter"

	"sitrep/feeds/document"
)

// HTML prints a page with the whole text of each article. Addresses are absolute;
// a browser that opens it may fetch the pictures.
func HTML(w io.Writer, items iter.Seq[Item], o Options) error {
	b := bufio.NewWriter(w) // holds the first error of all writes
	b.WriteString("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>sitrep</title>\n" +
		"<style>body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: 1.05em/1.5 serif }</style></head>\n<body>\n")
	for it := range items {
		htmlItem(b, it, o)
	}
	b.WriteString("</body>\n</html>\n")
	return b.Flush()
}

func htmlItem(b *bufio.Writer, it Item, o Options) {
	a := &it.Article
	b.WriteString(`<article dir="auto"`)
	if lang := line(a.Lang); lang != "" {
		b.WriteString(` lang="` + html.EscapeString(lang) + `"`)
	}
	head := html.EscapeString(title(a))
	if link := webLink(a.Link); link != "" {
		head = `<a href="` + html.EscapeString(link) + `">` + head + `</a>`
	}
	b.WriteString(">\n<h1 dir=\"auto\">" + head + "</h1>\n<p>" + html.EscapeString(byline(a)) +
		"<br>\n" + html.EscapeString(times(a, o)) + "</p>\n" +
		lines(spaced(document.Sanitize(a.HTML, a.Base))) + "\n</article>\n")
}
