package extract

import (
	"encoding/json"
	stdhtml "html"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// Limits of the state that a page carries for its scripts.
const (
	maxState      = 8 << 20 // bytes of all scripts
	maxStateDepth = 60
	maxStateNodes = 300_000
	maxStarts     = 40 // places in one script where a state may begin
	titleReach    = 3  // objects around a text that may hold its headline
	listDepth     = 6  // of the text below the elements of a list
)

// value is a value of JSON. Unlike a map it keeps the order of its members.
type value struct {
	key  string // of the member that it is, "" in a list
	text string // of a string
	list bool
	in   []*value

	judged, titled bool // whether it was asked for the page's headline, and has it
}

// stateBody looks for the article in the state that a page carries for its
// scripts, as Next.js and others leave it where they print no text themselves.
// It is the longest text there of several paragraphs, or list of objects with a
// paragraph each, best one beside the headline. It returns nil where there is
// none of at least least bytes.
func stateBody(m *meta, least int) *html.Node {
	s := searcher{title: spelling.Fold(m.title), size: least - 1}
	for _, script := range m.scripts {
		for _, raw := range jsonIn(script) {
			s.state(raw)
		}
	}
	if s.best == "" {
		return nil
	}
	doc, err := html.Parse(strings.NewReader(s.best))
	if err != nil || !bounded(doc) {
		return nil
	}
	prune(doc, m)
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			n.Data, n.DataAtom = "div", atom.Div
			return cleaned(n, m)
		}
	}
	return nil
}

// jsonIn returns where JSON may begin in a script: at its beginning, behind an
// equals sign, or as a quoted text that JSON.parse reads.
func jsonIn(script string) []string {
	if s := strings.TrimSpace(script); strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[") {
		return []string{s}
	}
	var found []string
	for rest := script; len(found) < maxStarts; {
		i := strings.IndexByte(rest, '=')
		if i < 0 {
			break
		}
		rest = strings.TrimLeft(rest[i+1:], " \n\t")
		quoted, ok := strings.CutPrefix(rest, "JSON.parse(")
		switch {
		case ok:
			var s string
			if json.NewDecoder(strings.NewReader(quoted)).Decode(&s) == nil {
				found = append(found, s)
			}
		case strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "["):
			found = append(found, rest)
		}
	}
	return found
}

// searcher keeps the best text that it has met.
type searcher struct {
	title  string // folded
	best   string // HTML
	size   int    // bytes of its text
	titled bool   // it stands beside the headline
	read   int    // bytes
	nodes  int
}

func (s *searcher) state(raw string) {
	if s.read += len(raw); s.read > maxState {
		return
	}
	if v := s.decode(json.NewDecoder(strings.NewReader(raw)), 0); v != nil {
		s.look(v, nil)
	}
}

// decode reads one value, nil where that is none or too much.
func (s *searcher) decode(d *json.Decoder, depth int) *value {
	token, err := d.Token()
	if s.nodes++; err != nil || depth > maxStateDepth || s.nodes > maxStateNodes {
		return nil
	}
	v := &value{}
	switch token := token.(type) {
	case string:
		v.text = token
	case json.Delim:
		v.list = token == '['
		for d.More() {
			key := ""
			if !v.list {
				name, err := d.Token()
				if err != nil {
					return nil
				}
				key, _ = name.(string)
			}
			in := s.decode(d, depth+1)
			if in == nil {
				return nil
			}
			in.key = key
			v.in = append(v.in, in)
		}
		if _, err := d.Token(); err != nil {
			return nil
		}
	}
	return v
}

// look judges a value and all in it. around are the objects that it is in.
func (s *searcher) look(v *value, around []*value) {
	switch {
	case v.in == nil:
		if isText(v.text) {
			s.offer(markup(v.text), around)
		}
		return
	case v.list:
		if text := paragraphsIn(v); text != "" {
			s.offer(text, around)
		}
	default:
		around = append(around[:len(around):len(around)], v)
	}
	for _, in := range v.in {
		s.look(in, around)
	}
}

// offer keeps a text if it is better than the best one.
func (s *searcher) offer(text string, around []*value) {
	size, titled := len(plainOf(text)), s.isTitled(around)
	if size > s.size && titled == s.titled || titled && !s.titled && size > enough {
		s.best, s.size, s.titled = text, size, titled
	}
}

// isTitled reports whether one of the nearest objects around a text holds the
// page's headline.
func (s *searcher) isTitled(around []*value) bool {
	if s.title == "" {
		return false
	}
	for _, v := range around[max(0, len(around)-titleReach):] {
		if !v.judged {
			v.judged, v.titled = true, v.says(s.title) || slices.ContainsFunc(v.in, func(in *value) bool { return !in.list && in.says(s.title) })
		}
		if v.titled {
			return true
		}
	}
	return false
}

// says reports whether a member of an object is a title, which is folded.
func (v *value) says(title string) bool {
	for _, in := range v.in {
		if in.text != "" && len(in.text) <= maxLine && spelling.Fold(in.text) == title {
			return true
		}
	}
	return false
}

// isText reports whether a string is a text of several paragraphs.
func isText(s string) bool {
	return len(s) > enough && (strings.Count(s, "<p") > 1 || strings.Count(s, "<br") > 1 || strings.Count(s, "\n") > 1 && strings.Count(s, " ") > 40) &&
		!strings.HasPrefix(s, "{")
}

// markup makes HTML of a text that may be HTML already, or have it escaped.
func markup(s string) string {
	if strings.Contains(s, "&lt;p") {
		s = stdhtml.UnescapeString(s)
	}
	if strings.Contains(s, "</") || strings.Contains(s, "<br") {
		return s
	}
	return "<p>" + strings.ReplaceAll(stdhtml.EscapeString(s), "\n", "</p><p>") + "</p>"
}

// paragraphsIn returns the text of a list whose elements hold a paragraph each
// in members of the same name, as HTML; "" where it is none such. Headlines and
// labels are shorter than paragraphs.
func paragraphsIn(list *value) string {
	sizes, best := map[string]int{}, ""
	for _, in := range list.in {
		in.count(sizes, 0)
	}
	for key, size := range sizes {
		if size > sizes[best] || size == sizes[best] && key < best {
			best = key
		}
	}
	if sizes[best] <= enough {
		return ""
	}
	var b strings.Builder
	paragraphs, prose := 0, 0
	for _, in := range list.in {
		text := textsOf(in, best, 0)
		if text == "" {
			continue
		}
		if size := utf8.RuneCountInString(text); size >= minParagraph {
			paragraphs++
			prose += size
		}
		b.WriteString("<p>" + text + "</p>\n")
	}
	if paragraphs < 2 || prose < enough {
		return ""
	}
	return b.String()
}

// count adds up the texts below v by the names of the members that hold them.
func (v *value) count(sizes map[string]int, depth int) {
	if strings.Contains(v.text, " ") && !isText(v.text) {
		sizes[v.key] += len(v.text)
	}
	for _, in := range v.in {
		if depth < listDepth {
			in.count(sizes, depth+1)
		}
	}
}

// textsOf joins the members of a name below v, as HTML.
func textsOf(v *value, key string, depth int) string {
	if v.in == nil {
		switch {
		case v.key != key || isText(v.text):
			return ""
		case strings.Contains(v.text, "</"):
			return v.text
		}
		return stdhtml.EscapeString(stdhtml.UnescapeString(v.text))
	}
	var b strings.Builder
	for _, in := range v.in {
		if depth < listDepth {
			b.WriteString(textsOf(in, key, depth+1))
		}
	}
	return b.String()
}
