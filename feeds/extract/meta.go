package extract

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds"
)

// maxLine is the longest title or name that is believed, in bytes.
const maxLine = 1000

// meta is what a page says of its article outside of the article's body.
type meta struct {
	url       *url.URL
	base      string // relative addresses resolve against it
	tags      map[string]string
	linked    linked
	graph     graph
	scripts   []string // the text of those that may hold the page's state
	docTitle  string   // of <title>
	headings  []string // the text of each h1
	lesser    []string // what else may be a headline: of h2, h3 and elements that are named so
	title     string
	byline    string
	site      string
	lang, dir string
	published time.Time
}

// readMeta reads the head of a page and what its body marks.
func readMeta(doc *html.Node, h Hint) *meta {
	m := &meta{url: address(h.URL), tags: map[string]string{}}
	m.base = m.url.String()
	var found marks
	based := false
	for n := range doc.Descendants() {
		switch n.DataAtom { // 0 for text
		case atom.Html:
			m.lang, m.dir = attribute(n, "lang"), attribute(n, "dir")
			if m.lang == "" {
				m.lang = attribute(n, "xml:lang")
			}
		case atom.Body:
			if dir := attribute(n, "dir"); dir != "" {
				m.dir = dir
			}
		case atom.Base:
			if to, err := m.url.Parse(strings.TrimSpace(attribute(n, "href"))); err == nil && !based && feeds.ValidAddress(to.String()) {
				m.base, based = to.String(), true
			}
		case atom.Meta:
			m.tag(n)
		case atom.Title:
			if m.docTitle == "" && n.Namespace == "" {
				m.docTitle = line(textOf(n))
			}
		case atom.Script:
			m.script(n)
		case atom.H1:
			if t := line(textOf(n)); t != "" && len(m.headings) < 8 {
				m.headings = append(m.headings, t)
			}
		case atom.H2, atom.H3:
			add(&m.lesser, textOf(n))
		}
		found.look(n)
	}
	m.settle(&found, h)
	if m.published.IsZero() {
		m.published = m.dateBeside(doc, h)
	}
	if m.published.IsZero() {
		m.published = m.dateOfAddress(h.Now)
	}
	return m
}

// script takes a script element.
func (m *meta) script(n *html.Node) {
	switch kind := attribute(n, "type"); {
	case n.FirstChild == nil:
	case strings.Contains(kind, "ld+json"):
		m.graph.read(n.FirstChild.Data)
	case len(n.FirstChild.Data) > 2*enough:
		m.scripts = append(m.scripts, n.FirstChild.Data)
	}
}

// settle chooses among what was found.
func (m *meta) settle(found *marks, h Hint) {
	m.linked = m.graph.choose(append([]string{h.Title, m.docTitle, m.tags["og:title"]}, m.headings...))
	m.site = firstOf(m.tags["og:site_name"], m.linked.site, m.tags["application-name"])
	m.title = m.chooseTitle(found.headline, h.Title)
	m.byline = m.chooseByline(found)
	if m.lang == "" {
		m.lang = firstOf(m.tags["content-language"], m.linked.lang, strings.ReplaceAll(m.tags["og:locale"], "_", "-"))
	}
	m.published = m.choosePublished(found, h)
}

// tag takes a meta element. The first of a name counts.
func (m *meta) tag(n *html.Node) {
	content := strings.TrimSpace(attribute(n, "content"))
	if content == "" || len(content) > 8<<10 {
		return
	}
	for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(attribute(n, key))) {
			if _, twice := m.tags[name]; !twice && len(m.tags) < 500 {
				m.tags[name] = content
			}
		}
	}
}

// first returns the first meta of a list of names that is there.
func (m *meta) first(names ...string) string {
	for _, name := range names {
		if v := plainOf(m.tags[name]); v != "" {
			return v
		}
	}
	return ""
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// line is s if it can be a title or a name.
func line(s string) string {
	if len(s) > maxLine {
		return ""
	}
	return s
}
