package demo

import (
	"html"
	"regexp"
	"strings"
)

// The texts use a little markup: blocks are separated by empty lines.
//
//	## Heading          - list item        > quotation
//	### Subheading      1. numbered item   | table | row |
//	![caption](name)    a generated picture
//
// Within a paragraph there are **strong**, *emphasis* and [links](address); an
// address that begins with "/" is on this server.

var (
	imageBlock = regexp.MustCompile(`^!\[(.*)\]\(([a-z0-9-]+)\)$`)
	numbered   = regexp.MustCompile(`^\d+\. `)
	inline     = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|\*([^*]+)\*`)
)

// markup turns a text into HTML whose addresses begin with base.
func markup(text, base string) string {
	var b strings.Builder
	for block := range strings.SplitSeq(text, "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			writeBlock(&b, block, base)
		}
	}
	return b.String()
}

func writeBlock(b *strings.Builder, block, base string) {
	lines := strings.Split(block, "\n")
	switch first := lines[0]; {
	case imageBlock.MatchString(first):
		m := imageBlock.FindStringSubmatch(first)
		b.WriteString(`<figure><img src="` + base + imagePath(m[2]) + `" width="320" height="180" alt="` +
			html.EscapeString(m[1]) + `"><figcaption>` + html.EscapeString(m[1]) + "</figcaption></figure>\n")
	case strings.HasPrefix(first, "### "):
		b.WriteString("<h3>" + spans(first[4:], base) + "</h3>\n")
	case strings.HasPrefix(first, "## "):
		b.WriteString("<h2>" + spans(first[3:], base) + "</h2>\n")
	case strings.HasPrefix(first, "> "):
		b.WriteString("<blockquote><p>" + spans(joined(lines, "> "), base) + "</p></blockquote>\n")
	case strings.HasPrefix(first, "- "):
		writeList(b, "ul", lines, base, func(s string) string { return s[2:] })
	case numbered.MatchString(first):
		writeList(b, "ol", lines, base, func(s string) string { return s[strings.Index(s, " ")+1:] })
	case strings.HasPrefix(first, "| "):
		writeTable(b, lines, base)
	default:
		b.WriteString("<p>" + spans(joined(lines, ""), base) + "</p>\n")
	}
}

func joined(lines []string, prefix string) string {
	bare := make([]string, len(lines))
	for i, line := range lines {
		bare[i] = strings.TrimPrefix(line, prefix)
	}
	return strings.Join(bare, " ")
}

func writeList(b *strings.Builder, tag string, lines []string, base string, item func(string) string) {
	b.WriteString("<" + tag + ">")
	for _, line := range lines {
		b.WriteString("<li>" + spans(item(line), base) + "</li>")
	}
	b.WriteString("</" + tag + ">\n")
}

// writeTable takes the first row for the head.
func writeTable(b *strings.Builder, lines []string, base string) {
	b.WriteString("<table>")
	for i, line := range lines {
		tag := "td"
		if i == 0 {
			tag = "th"
		}
		b.WriteString("<tr>")
		for cell := range strings.SplitSeq(strings.Trim(line, "| "), "|") {
			b.WriteString("<" + tag + ">" + spans(strings.TrimSpace(cell), base) + "</" + tag + ">")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>\n")
}

// spans renders what may stand within a line.
func spans(s, base string) string {
	var b strings.Builder
	for {
		m := inline.FindStringSubmatchIndex(s)
		if m == nil {
			b.WriteString(html.EscapeString(s))
			return b.String()
		}
		b.WriteString(html.EscapeString(s[:m[0]]))
		switch {
		case m[2] >= 0:
			href := s[m[4]:m[5]]
			if strings.HasPrefix(href, "/") {
				href = base + href
			}
			b.WriteString(`<a href="` + html.EscapeString(href) + `">` + html.EscapeString(s[m[2]:m[3]]) + "</a>")
		case m[6] >= 0:
			b.WriteString("<strong>" + html.EscapeString(s[m[6]:m[7]]) + "</strong>")
		default:
			b.WriteString("<em>" + html.EscapeString(s[m[8]:m[9]]) + "</em>")
		}
		s = s[m[1]:]
	}
}

// firstImage returns the name of a text's first picture, "" if it has none.
func firstImage(text string) string {
	for line := range strings.Lines(text) {
		if m := imageBlock.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			return m[2]
		}
	}
	return ""
}

// lead returns a text's first paragraph, marks and all.
func lead(text string) string {
	for block := range strings.SplitSeq(text, "\n\n") {
		if block != "" && !strings.ContainsRune("!#>-|", rune(block[0])) {
			return strings.ReplaceAll(block, "\n", " ")
		}
	}
	return ""
}

// plain drops the marks within a line.
func plain(s string) string { return inline.ReplaceAllString(s, "$1$3$4") }
