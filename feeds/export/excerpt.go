package export

import "strings"

// Excerpt is a quotation for pasting elsewhere: passages of an article in quotation
// marks, each paragraph opening them and the last one closing them, then headline,
// source with authors, both times and link. Without passages it is only that. It
// holds no control characters but line ends, and no line end at its end.
func Excerpt(it Item, passages []string, o Options) string {
	a := &it.Article
	out := quoted(passages)
	for _, l := range []string{title(a), byline(a), times(a, o), link(a)} {
		if l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// Passage is one passage of an article as Excerpt quotes it, with the link only.
func Passage(it Item, passage string) string {
	out := quoted([]string{passage})
	if l := link(&it.Article); l != "" {
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// quoted returns passages with a blank line behind each.
func quoted(passages []string) (out []string) {
	for i, p := range passages {
		p = "“" + strings.Trim(lines(p), "\n")
		if i == len(passages)-1 {
			p += "”"
		}
		out = append(out, p, "")
	}
	return out
}
