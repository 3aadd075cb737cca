package export

import (
	"bufio"
	"io"
	"iter"
	"net/url"
	"strings"

	"sitrep/feeds/document"
)

// Markdown prints articles as CommonMark: the headline as a heading that links to
// the article, source and authors, both times, the link, then the text or, as a
// quote, its beginning. Pictures are links, so that opening the file fetches
// nothing.
func Markdown(w io.Writer, items iter.Seq[Item], o Options) error {
	b := bufio.NewWriter(w) // holds the first error of all writes
	first := true
	for it := range items {
		if !first {
			b.WriteByte('\n')
		}
		first = false
		markdownItem(b, it, o)
	}
	return b.Flush()
}

func markdownItem(b *bufio.Writer, it Item, o Options) {
	a := &it.Article
	link := webLink(a.Link)
	head := escape(title(a))
	if link != "" {
		head = "[" + head + "](" + target(link) + ")"
	}
	b.WriteString("## " + head + "\n\n")
	var about []string
	if by := byline(a); by != "" {
		about = append(about, "*"+escape(by)+"*")
	}
	about = append(about, escape(times(a, o)))
	if link != "" {
		about = append(about, "<"+link+">")
	}
	b.WriteString(strings.Join(about, "\\\n") + "\n")
	if o.Full {
		var p markdownPrinter
		p.blocks(document.Parse(a.HTML, a.Base).Blocks)
		if body := strings.Trim(p.b.String(), "\n"); body != "" {
			b.WriteString("\n" + body + "\n")
		}
	} else if q := quote(a); q != "" {
		b.WriteString("\n> " + startEscaped(escape(q)) + "\n")
	}
}

// webLink returns a link that may be made clickable: http and https only, written
// so that it ends where it ends.
func webLink(link string) string {
	u, err := url.Parse(line(link))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `"`, "%22").Replace(u.String())
}

// target is a link as it stands in parentheses.
func target(link string) string {
	if strings.ContainsAny(link, "()") {
		return "<" + link + ">"
	}
	return link
}

// escape keeps text from being read as marks.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>&~|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// startEscaped keeps the start of an escaped paragraph from being read as a
// heading, list or rule.
func startEscaped(s string) string {
	digits := strings.TrimLeft(s, "0123456789")
	switch {
	case s == "":
	case strings.ContainsRune("#+-=", rune(s[0])):
		return "\\" + s
	case len(digits) < len(s) && digits != "" && (digits[0] == '.' || digits[0] == ')'):
		return s[:len(s)-len(digits)] + "\\" + digits
	}
	return s
}
