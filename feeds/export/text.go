package export

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"sitrep/feeds/document"
)

// Text prints articles as plain text: headline, source and authors, both times,
// link, then the text or its beginning; two blank lines between articles.
func Text(w io.Writer, items iter.Seq[Item], o Options) error {
	b := bufio.NewWriter(w) // holds the first error of all writes
	first := true
	for it := range items {
		if !first {
			b.WriteString("\n\n")
		}
		first = false
		textItem(b, it, o)
	}
	return b.Flush()
}

func textItem(b *bufio.Writer, it Item, o Options) {
	a := &it.Article
	for _, l := range []string{title(a), byline(a), times(a, o), link(a)} {
		if l != "" {
			b.WriteString(l + "\n")
		}
	}
	body := quote(a)
	if o.Full {
		body = lines(document.PlainText(document.Parse(a.HTML, a.Base)))
	}
	if body = strings.Trim(body, "\n"); body != "" {
		b.WriteString("\n" + body + "\n")
	}
}
