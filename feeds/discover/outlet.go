package discover

import (
	"net/url"
	"slices"
	"strings"

	"sitrep/feeds/catalog"
)

// outlet returns the feeds that the catalogue has of the outlet whose page u is:
// all of its host for a home page, else those of that part of the site. Feeds
// that ship switched off come last.
func outlet(c *catalog.Catalog, u *url.URL) []Candidate {
	if c == nil {
		return nil
	}
	var out []Candidate
	off := map[string]bool{}
	for _, f := range c.Feeds {
		if f.URL != u.String() && !onSite(u, f.Site) {
			continue
		}
		off[f.URL] = f.Disabled
		out = append(out, Candidate{URL: f.URL, Title: f.Title, Lang: f.Lang, Where: Catalogue})
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		switch {
		case off[a.URL] == off[b.URL]:
			return 0
		case off[a.URL]:
			return 1
		}
		return -1
	})
	return out
}

// onSite reports whether a page belongs to the part of a host that an outlet
// has, or holds it.
func onSite(page *url.URL, site string) bool {
	s, err := url.Parse(site)
	if err != nil || bare(s.Hostname()) != bare(page.Hostname()) || s.Port() != page.Port() {
		return false
	}
	at, part := folder(page.Path), folder(s.Path)
	return page.RawQuery == "" && strings.HasPrefix(part, at) || part != "/" && strings.HasPrefix(at, part)
}

func bare(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }

// folder writes a path with a slash at both ends.
func folder(path string) string {
	path = strings.Trim(strings.ToLower(path), "/")
	if path == "" {
		return "/"
	}
	return "/" + path + "/"
}
