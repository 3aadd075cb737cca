package extract

import (
	"encoding/json"
	"html"
	"strings"

	"sitrep/feeds/document"
	"sitrep/feeds/spelling"
)

// Limits of the JSON-LD of a page.
const (
	maxLinked      = 4 << 20 // bytes
	maxArticles    = 20
	maxLinkedDepth = 8
	maxLinkedNodes = 5_000
)

// linked is what a page says of an article in JSON-LD (schema.org).
type linked struct {
	found     bool
	listed    bool // as one of a list: it may be another page's
	headline  string
	name      string
	body      string // plain text
	authors   []string
	published string
	lang      string
	site      string
	closed    bool // not accessible for free
}

// graph is all that a page says in JSON-LD.
type graph struct {
	articles []linked
	site     string
	size     int // bytes read
	left     int // nodes of a script that may still be looked at
}

// read takes over what a script describes.
func (g *graph) read(script string) {
	if g.size += len(script); g.size > maxLinked {
		return
	}
	script = strings.TrimSpace(script)
	script = strings.TrimPrefix(strings.TrimSuffix(script, "]]>"), "<![CDATA[")
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		if json.Unmarshal([]byte(mend(script)), &v) != nil {
			return
		}
	}
	g.left = maxLinkedNodes
	g.walk(v, 0, false)
}

// mend replaces the line ends and tabs that careless templates leave in strings,
// and the semicolon that some put at the end.
func mend(script string) string {
	script = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, script)
	return strings.TrimRight(script, "; ")
}

func (g *graph) walk(v any, depth int, listed bool) {
	if g.left--; g.left < 0 || depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			g.walk(item, depth+1, listed)
		}
	case map[string]any:
		if isArticleType(v["@type"]) && len(g.articles) < maxArticles {
			l := linked{listed: listed}
			l.take(v)
			g.articles = append(g.articles, l)
		}
		if isType(v["@type"], "WebSite", "NewsMediaOrganization") && g.site == "" {
			g.site = name(v)
		}
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			if in, ok := v[key]; ok {
				g.walk(in, depth+1, listed || key == "itemListElement")
			}
		}
	}
}

// choose returns the article that the page is about: those with one of its
// titles, put together, or else the first that does not stand in a list.
func (g *graph) choose(titles []string) linked {
	var chosen linked
	for i := range g.articles {
		if g.articles[i].isOneOf(titles) {
			chosen.fill(&g.articles[i])
		}
	}
	for i := range g.articles {
		if !chosen.found && !g.articles[i].listed {
			chosen = g.articles[i]
		}
	}
	chosen.site = firstOf(chosen.site, g.site)
	return chosen
}

// isOneOf reports whether an article has one of the titles, which may hold the
// outlet's name too.
func (l *linked) isOneOf(titles []string) bool {
	headline := spelling.Fold(firstOf(l.headline, l.name))
	if headline == "" {
		return false
	}
	for _, t := range titles {
		if strings.Contains(spelling.Fold(t), headline) {
			return true
		}
	}
	return false
}

// fill takes from another description of the same article what this one lacks.
func (l *linked) fill(from *linked) {
	if !l.found {
		*l = *from
		return
	}
	l.name, l.body, l.published = firstOf(l.name, from.name), firstOf(l.body, from.body), firstOf(l.published, from.published)
	l.lang, l.site = firstOf(l.lang, from.lang), firstOf(l.site, from.site)
	if l.authors == nil {
		l.authors = from.authors
	}
	l.closed = l.closed || from.closed
}

// take reads one article.
func (l *linked) take(v map[string]any) {
	l.found = true
	l.headline, l.name = plainOf(first(v["headline"])), name(v)
	l.body = bodyOf(first(v["articleBody"]))
	l.authors = names(v["author"])
	if l.authors == nil {
		l.authors = names(v["creator"])
	}
	for _, key := range [...]string{"datePublished", "dateCreated", "uploadDate"} {
		if l.published == "" {
			l.published = first(v[key])
		}
	}
	l.lang = first(v["inLanguage"])
	if publisher := names(v["publisher"]); len(publisher) > 0 {
		l.site = publisher[0]
	}
	switch free := v["isAccessibleForFree"].(type) {
	case bool:
		l.closed = !free
	case string:
		l.closed = strings.EqualFold(free, "false")
	}
}

// isArticleType reports whether a @type is one of schema.org's articles.
func isArticleType(v any) bool {
	return isType(v, "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
		"AskPublicNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle", "TechArticle",
		"BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report")
}

func isType(v any, types ...string) bool {
	switch v := v.(type) {
	case string:
		v = v[strings.LastIndexByte(v, '/')+1:]
		for _, t := range types {
			if v == t {
				return true
			}
		}
	case []any:
		for _, one := range v {
			if s, ok := one.(string); ok && isType(s, types...) {
				return true
			}
		}
	}
	return false
}

// first returns the first string of a value.
func first(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			s, _ := v[0].(string)
			return s
		}
	case map[string]any:
		for _, key := range [...]string{"@value", "alternateName"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

func name(v map[string]any) string { return plainOf(first(v["name"])) }

// names returns the names of persons or organisations.
func names(v any) []string {
	switch v := v.(type) {
	case string:
		if s := plainOf(v); s != "" {
			return []string{s}
		}
	case map[string]any:
		return names(v["name"])
	case []any:
		var out []string
		for _, one := range v[:min(len(v), 20)] {
			if _, nested := one.([]any); !nested {
				out = append(out, names(one)...)
			}
		}
		return out
	}
	return nil
}

// plainOf makes one line of a text that may hold entities or tags.
func plainOf(s string) string {
	if strings.ContainsRune(s, '<') {
		s = string(document.AppendText(nil, s))
	} else {
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// bodyOf makes lines of an article's text, which some publishers give as HTML
// and some give escaped.
func bodyOf(s string) string {
	if strings.Contains(s, "&lt;") {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "</") || strings.Contains(s, "<br") {
		return string(document.AppendText(nil, s))
	}
	return strings.TrimSpace(html.UnescapeString(s))
}
