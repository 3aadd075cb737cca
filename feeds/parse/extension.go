package parse

import (
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"sitrep/feeds"
)

// atomExtensions returns the Atom elements among foreign ones, whichever
// version of Atom they are of.
func atomExtensions(all ext.Extensions) map[string][]ext.Extension {
	for _, prefix := range []string{"atom", "atom10", "atom03", "a10"} {
		if m, ok := all[prefix]; ok {
			return m
		}
	}
	return nil
}

// value returns the text of the first of the elements.
func value(list []ext.Extension) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Value
}

func (r *reader) extText(list []ext.Extension) string { return r.raw(value(list)) }

// extLink returns where foreign Atom links lead that stand for the page itself.
func (r *reader) extLink(list []ext.Extension) string {
	for _, l := range list {
		if rel := l.Attrs["rel"]; rel == "" || rel == "alternate" {
			if link := r.link("", l.Attrs["href"]); link != "" {
				return link
			}
		}
	}
	return ""
}

// media takes files and pictures from Media RSS and iTunes elements, in groups
// too.
func (r *reader) media(d *draft, all ext.Extensions) {
	elements := all["media"]
	if len(elements) == 0 {
		return
	}
	scopes := []map[string][]ext.Extension{elements}
	for i, g := range elements["group"] {
		if i < maxEnclosures {
			scopes = append(scopes, g.Children)
		}
	}
	for _, scope := range scopes {
		for i, c := range scope["content"] {
			if i < maxEnclosures {
				r.mediaContent(d, c)
			}
		}
	}
	for _, scope := range scopes {
		for _, c := range scope["thumbnail"] {
			if d.Image == "" {
				d.Image = r.link("", c.Attrs["url"])
			}
		}
		if d.HTML == "" {
			d.HTML, d.summary.Only = r.html(value(scope["description"]), d), true
		}
		for _, c := range scope["credit"] {
			if role := c.Attrs["role"]; len(d.Authors) == 0 && (role == "" || role == "author") {
				d.Authors = addAuthor(d.Authors, person(r.raw(c.Value)))
			}
		}
	}
}

// mediaContent takes one media:content: a picture becomes the article's image,
// all else an enclosure.
func (r *reader) mediaContent(d *draft, c ext.Extension) {
	url, typ, medium := r.link("", c.Attrs["url"]), mediaType(c.Attrs["type"]), c.Attrs["medium"]
	picture := strings.HasPrefix(typ, "image/") || medium == "image" || typ == "" && medium == "" && isPicture(url)
	if picture {
		if d.Image == "" {
			d.Image = url
		}
		return
	}
	for _, t := range c.Children["thumbnail"] {
		if d.Image == "" {
			d.Image = r.link("", t.Attrs["url"])
		}
	}
	if typ == "" && medium != "" {
		typ = medium + "/*"
	}
	d.addEnclosure(feeds.Enclosure{URL: url, Type: typ, Length: length(c.Attrs["fileSize"])})
}

// isPicture guesses by the address.
func isPicture(url string) bool {
	url, _, _ = strings.Cut(strings.ToLower(url), "?")
	for _, end := range []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if strings.HasSuffix(url, end) {
			return true
		}
	}
	return false
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), ";")
	if len(s) > 100 || strings.ContainsAny(s, " \t\r\n") {
		return ""
	}
	return s
}

func length(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
