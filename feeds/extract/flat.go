package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// flatPage reads a page that is no use as a tree: nested deeper than any parser
// goes, or larger than is searched. It is cut into lines, and the run of lines
// with the most text and the fewest links is the body.
func flatPage(page string, h Hint) *Result {
	m := readMeta(headOf(page), h)
	lines := linesOf(page)
	from, to := densestRun(lines)
	if from == to { // no line is a sentence: a table, say
		to = len(lines)
	}
	var text strings.Builder
	for _, l := range lines[from:to] {
		if l.text.Len() > 0 {
			text.WriteString(l.text.String())
			text.WriteByte('\n')
		}
	}
	return result(paragraphsOf(text.String()), m, scene{}, h)
}

// maxHead is how much of a page is read for its head, in bytes.
const maxHead = 256 << 10

// headOf parses the head of a page.
func headOf(page string) *html.Node {
	page = page[:min(len(page), maxHead)]
	if i := strings.Index(page, "<body"); i >= 0 {
		page = page[:i]
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return &html.Node{Type: html.DocumentNode}
	}
	return doc
}

// flatLine is the text between two tags that are not inline.
type flatLine struct {
	text strings.Builder
	link int // bytes of text within links
}

// linesOf cuts a page into lines.
func linesOf(page string) []*flatLine {
	z := html.NewTokenizer(strings.NewReader(page))
	lines := []*flatLine{{}}
	inLink, unread := false, ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return lines
		}
		last := lines[len(lines)-1]
		switch kind {
		case html.TextToken:
			if unread == "" {
				last.add(string(z.Text()), inLink)
			}
		case html.StartTagToken, html.EndTagToken:
			raw, _ := z.TagName()
			name := string(raw)
			switch {
			case name == "a":
				inLink = kind == html.StartTagToken
			case isUnreadName(name):
				if kind == html.StartTagToken && unread == "" {
					unread = name
				} else if name == unread {
					unread = ""
				}
			case !isInlineName(name) && last.text.Len() > 0:
				lines = append(lines, &flatLine{})
			}
		}
	}
}

func (l *flatLine) add(text string, link bool) {
	for w := range strings.FieldsSeq(text) {
		if l.text.Len() > 0 {
			l.text.WriteByte(' ')
		}
		l.text.WriteString(w)
		if link {
			l.link += len(w)
		}
	}
}

func isUnreadName(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "svg", "textarea", "select", "nav", "button", "title":
		return true
	}
	return false
}

func isInlineName(name string) bool {
	switch name {
	case "b", "i", "em", "strong", "span", "u", "small", "font", "sup", "sub", "abbr", "cite", "code", "q", "mark", "time", "bdi", "bdo", "img", "wbr":
		return true
	}
	return false
}

// densestRun returns the run of lines whose text, less a toll for each line and
// twice the text of links, is the greatest (the maximum subarray, by Kadane).
func densestRun(lines []*flatLine) (from, to int) {
	const toll = 40
	best, sum, start := 0, 0, 0
	for i, l := range lines {
		sum += l.text.Len() - toll - 2*l.link
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return from, to
}
