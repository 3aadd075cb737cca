package demo

import (
	"encoding/xml"
	"time"
)

// The prefixes are written out in the element names, as encoding/xml would
// otherwise declare its namespace again in every element.
const (
	contentNS = "http://purl.org/rss/1.0/modules/content/"
	dcNS      = "http://purl.org/dc/elements/1.1/"
	mediaNS   = "http://search.yahoo.com/mrss/"
	rdfNS     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

type rssFeed struct {
	XMLName     xml.Name  `xml:"rss"`
	Version     string    `xml:"version,attr"`
	Content     string    `xml:"xmlns:content,attr"`
	DC          string    `xml:"xmlns:dc,attr"`
	Media       string    `xml:"xmlns:media,attr"`
	Title       string    `xml:"channel>title"`
	Link        string    `xml:"channel>link"`
	Description string    `xml:"channel>description"`
	Language    string    `xml:"channel>language"`
	Built       string    `xml:"channel>lastBuildDate,omitempty"`
	Items       []rssItem `xml:"channel>item"`
}

type rssItem struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	GUID        rssGUID    `xml:"guid"`
	Date        string     `xml:"pubDate,omitempty"`
	Creator     string     `xml:"dc:creator,omitempty"`
	Categories  []string   `xml:"category"`
	Description string     `xml:"description"`
	Content     string     `xml:"content:encoded,omitempty"`
	Enclosure   *enclosure `xml:"enclosure"`
	Image       *rssImage  `xml:"media:content"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Text      string `xml:",chardata"`
}

type enclosure struct {
	URL    string `xml:"url,attr"`
	Length int    `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

type rssImage struct {
	URL    string `xml:"url,attr"`
	Medium string `xml:"medium,attr"`
}

// rss20 writes RSS 2.0 (rssboard.org/rss-specification).
func rss20(s snapshot) ([]byte, error) {
	feed := rssFeed{
		Version: "2.0", Content: contentNS, DC: dcNS, Media: mediaNS,
		Title: s.src.title, Link: s.site, Description: s.src.about, Language: s.src.lang,
		Built: rfc1123(s.changed.In(s.src.zone)),
	}
	for _, e := range s.entries {
		item := rssItem{
			Title: e.title, Link: e.link, GUID: rssGUID{Text: e.guid}, Date: rfc1123(e.at),
			Creator: e.by, Categories: e.tags, Description: e.summary, Content: e.html,
		}
		if s.src.summaries {
			item.Description, item.Content = e.html, ""
		}
		if e.audio != "" {
			item.Enclosure = &enclosure{URL: e.audio, Length: wavSize, Type: "audio/wav"}
		}
		if e.image != "" {
			item.Image = &rssImage{URL: e.image, Medium: "image"}
		}
		feed.Items = append(feed.Items, item)
	}
	return document(feed)
}

type rdfFeed struct {
	XMLName xml.Name   `xml:"rdf:RDF"`
	RDF     string     `xml:"xmlns:rdf,attr"`
	NS      string     `xml:"xmlns,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rdfChannel `xml:"channel"`
	Items   []rdfItem  `xml:"item"`
}

type rdfChannel struct {
	About       string  `xml:"rdf:about,attr"`
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Language    string  `xml:"dc:language"`
	Items       []rdfLi `xml:"items>rdf:Seq>rdf:li"`
}

type rdfLi struct {
	Resource string `xml:"rdf:resource,attr"`
}

type rdfItem struct {
	About       string   `xml:"rdf:about,attr"`
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Date        string   `xml:"dc:date,omitempty"`
	Creator     string   `xml:"dc:creator,omitempty"`
	Subjects    []string `xml:"dc:subject"`
	Content     string   `xml:"content:encoded"`
}

// rss10 writes RSS 1.0 (web.resource.org/rss/1.0), whose items are identified
// by their addresses.
func rss10(s snapshot) ([]byte, error) {
	feed := rdfFeed{
		RDF: rdfNS, NS: "http://purl.org/rss/1.0/", Content: contentNS, DC: dcNS,
		Channel: rdfChannel{
			About: s.self, Title: s.src.title, Link: s.site, Description: s.src.about, Language: s.src.lang,
		},
	}
	for _, e := range s.entries {
		feed.Channel.Items = append(feed.Channel.Items, rdfLi{e.link})
		feed.Items = append(feed.Items, rdfItem{
			About: e.link, Title: e.title, Link: e.link, Description: e.summary, Date: rfc3339(e.at),
			Creator: e.by, Subjects: e.tags, Content: e.html,
		})
	}
	return document(feed)
}

func document(feed any) ([]byte, error) {
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), body...), nil
}

func rfc1123(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC1123Z)
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
