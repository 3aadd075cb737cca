package demo

import (
	"html"
	"strings"
	"time"
)

// The pages look like a publisher's: the text stands between a menu, related
// links and a footer, so that full-text extraction has something to do.

// articlePage is the page that an article's link leads to.
func (s *Server) articlePage(a *article, elapsed time.Duration) string {
	e := s.entry(a, elapsed)
	var b strings.Builder
	b.WriteString(`<article><h1>` + html.EscapeString(e.title) + `</h1>` + "\n")
	b.WriteString(`<p class="byline"><span class="author">` + html.EscapeString(e.by) + `</span>`)
	if !e.at.IsZero() {
		b.WriteString(` <time datetime="` + rfc3339(e.at) + `">` + e.at.Format("2006-01-02 15:04") + `</time>`)
	}
	b.WriteString("</p>\n" + e.page + "</article>\n<aside><ul>\n")
	related := 0
	for _, other := range s.snapshot(a.home, elapsed).entries {
		if other.link == e.link || related == 5 {
			continue
		}
		related++
		b.WriteString(item(other.link, other.title))
	}
	b.WriteString("</ul></aside>\n")
	head := `<link rel="canonical" href="` + html.EscapeString(e.link) + `">` + "\n"
	if e.image != "" {
		head += `<meta property="og:image" content="` + html.EscapeString(e.image) + `">` + "\n"
	}
	return s.frame(a.home, e.title, head, b.String())
}

// homePage is an outlet's own page, which names its feed for discovery.
func (s *Server) homePage(src *source) string {
	var b strings.Builder
	b.WriteString("<h1>" + html.EscapeString(src.name) + "</h1>\n<p>" + html.EscapeString(src.about) + "</p>\n<ul>\n")
	for _, e := range s.snapshot(src, s.elapsed()).entries {
		b.WriteString(item(e.link, e.title))
	}
	b.WriteString("</ul>\n")
	media, _, _ := strings.Cut(formats[src.format].media, ";")
	head := `<link rel="alternate" type="` + media + `" title="` + html.EscapeString(src.title) +
		`" href="` + src.feedPath() + `">` + "\n"
	return s.frame(src, src.name, head, b.String())
}

// frontPage lists the sources.
func (s *Server) frontPage() string {
	var b strings.Builder
	b.WriteString(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Samples of sitrep</title></head><body>
<h1>Samples of sitrep</h1>
<p>These outlets and events are invented. They are served by sitrep itself while its demo runs.</p>
<ul>
`)
	for _, src := range s.sources {
		b.WriteString(item(src.sitePath(), src.title))
	}
	b.WriteString("</ul></body></html>\n")
	return b.String()
}

// frame puts an outlet's menu and footer around a page's own part.
func (s *Server) frame(src *source, title, head, body string) string {
	dir := "ltr"
	if languages[src.lang].rtl {
		dir = "rtl"
	}
	site := item(src.sitePath(), src.name) + item(src.feedPath(), "RSS") + item("/", "sitrep demo")
	return `<!doctype html>
<html lang="` + src.lang + `" dir="` + dir + `"><head><meta charset="utf-8">
<title>` + html.EscapeString(title) + " | " + html.EscapeString(src.name) + `</title>
<meta name="viewport" content="width=device-width">
<meta property="og:site_name" content="` + html.EscapeString(src.name) + `">
` + head + `</head><body>
<header><nav><ul>` + site + `</ul></nav></header>
<main>
` + body + `</main>
<footer><p>` + html.EscapeString(languages[src.lang].sample) + `</p></footer>
</body></html>
`
}

func item(href, text string) string {
	return `<li><a href="` + html.EscapeString(href) + `">` + html.EscapeString(text) + "</a></li>\n"
}
