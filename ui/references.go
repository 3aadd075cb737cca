package ui

import (
	"fmt"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/address"
	"sitrep/feeds/safe"
	"sitrep/ui/page"
	"sitrep/ui/theme"
)

// carriers says which feeds carried an article.
func carriers(seen []feeds.Feed) string {
	names := make([]string, len(seen))
	for i, f := range seen {
		names[i] = isolate(f.Name())
	}
	return "Carried by " + strings.Join(names, ", ")
}

// addReferences lists the link of the article, and numbered the links below the
// text and the files that came with it, which open like links.
func (o *laidOut) addReferences(a feeds.Article, q pageRequest, column int, add func(theme.Paint, string)) {
	add(theme.Paint{}, "")
	if a.Link != "" {
		s, _ := q.text.Fit(safe.New(shortLink(a.Link)), column)
		add(q.theme.Dim, q.hyperlink(a.Link, 0, s))
	}
	reference := func(n int, s, to string) {
		if q.offline {
			s = "needs the network: " + s
		}
		label := fmt.Sprintf("[%d] ", n)
		s, _ = q.text.Fit(safe.New(s), max(1, column-len(label)))
		add(q.theme.Dim, label+q.hyperlink(to, n, s))
	}
	for _, l := range o.links {
		switch {
		case l.Deceives():
			reference(l.Number, shortLink(l.URL)+deceit(l), "")
		case l.URL != "":
			reference(l.Number, shortLink(l.URL), l.URL)
		}
	}
	for _, e := range a.Enclosures {
		l := page.Link{Number: len(o.links) + 1, URL: e.URL, Text: safe.New(orText(e.Type, "file") + size(e.Length))}
		o.links = append(o.links, l)
		reference(l.Number, l.Text.String()+" "+shortLink(e.URL), e.URL)
	}
}

func size(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1<<20:
		return fmt.Sprintf(" %d kB", (n+512)/1024)
	}
	return fmt.Sprintf(" %.1f MB", float64(n)/(1<<20))
}

func orText(s, def string) string {
	if s == "" {
		return def
	}
	return s
}

// shortLink is an address without its scheme, as lists show it.
func shortLink(u string) string {
	u = address.Show(u).String()
	for _, p := range []string{"https://www.", "http://www.", "https://", "http://"} {
		if rest, ok := strings.CutPrefix(u, p); ok {
			return strings.TrimSuffix(rest, "/")
		}
	}
	return u
}
