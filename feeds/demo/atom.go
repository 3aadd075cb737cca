package demo

import "encoding/xml"

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Href   string `xml:"href,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Length int    `xml:"length,attr,omitempty"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Links      []atomLink     `xml:"link"`
	Author     string         `xml:"author>name,omitempty"`
	Categories []atomCategory `xml:"category"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated,omitempty"`
	Summary    string         `xml:"summary"`
	Content    *atomText      `xml:"content"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// atom10 writes Atom (RFC 4287).
func atom10(s snapshot) ([]byte, error) {
	feed := atomFeed{
		Lang: s.src.lang, ID: "urn:sitrep-sample:" + s.src.id, Title: s.src.title, Subtitle: s.src.about,
		Updated: rfc3339(s.changed.In(s.src.zone)),
		Links: []atomLink{
			{Rel: "self", Href: s.self, Type: "application/atom+xml"},
			{Rel: "alternate", Href: s.site, Type: "text/html"},
		},
	}
	for _, e := range s.entries {
		item := atomEntry{
			ID: e.guid, Title: e.title, Author: e.by, Published: rfc3339(e.at), Updated: rfc3339(e.at),
			Summary: e.summary, Content: &atomText{"html", e.html},
			Links: []atomLink{{Rel: "alternate", Href: e.link, Type: "text/html"}},
		}
		if !e.updated.IsZero() {
			item.Updated = rfc3339(e.updated)
		}
		if e.audio != "" {
			item.Links = append(item.Links, atomLink{"enclosure", e.audio, "audio/wav", wavSize})
		}
		for _, tag := range e.tags {
			item.Categories = append(item.Categories, atomCategory{tag})
		}
		feed.Entries = append(feed.Entries, item)
	}
	return document(feed)
}
