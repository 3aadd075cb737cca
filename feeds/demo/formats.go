package demo

import "encoding/json"

// format is one way of writing a feed.
type format struct {
	suffix string // of the feed's address
	media  string
	print  func(snapshot) ([]byte, error)
}

var formats = map[string]format{
	"rss20":  {".rss", "application/rss+xml; charset=utf-8", rss20},
	"rss10":  {".rdf", "application/rdf+xml; charset=utf-8", rss10},
	"atom10": {".atom", "application/atom+xml; charset=utf-8", atom10},
	"json11": {".json", "application/feed+json; charset=utf-8", json11},
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url"`
	FeedURL     string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID          string       `json:"id"`
	URL         string       `json:"url"`
	Title       string       `json:"title"`
	Summary     string       `json:"summary"`
	ContentHTML string       `json:"content_html"`
	Image       string       `json:"image,omitempty"`
	Published   string       `json:"date_published,omitempty"`
	Modified    string       `json:"date_modified,omitempty"`
	Authors     []jsonAuthor `json:"authors,omitempty"`
	Tags        []string     `json:"tags,omitempty"`
	Attachments []jsonFile   `json:"attachments,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonFile struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
	Size int    `json:"size_in_bytes"`
}

// json11 writes JSON Feed 1.1 (jsonfeed.org).
func json11(s snapshot) ([]byte, error) {
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: s.src.title, HomePageURL: s.site,
		FeedURL: s.self, Description: s.src.about, Language: s.src.lang, Items: []jsonItem{},
	}
	for _, e := range s.entries {
		item := jsonItem{
			ID: e.guid, URL: e.link, Title: e.title, Summary: e.summary, ContentHTML: e.html,
			Image: e.image, Published: rfc3339(e.at), Modified: rfc3339(e.updated), Tags: e.tags,
		}
		if e.by != "" {
			item.Authors = []jsonAuthor{{e.by}}
		}
		if e.audio != "" {
			item.Attachments = []jsonFile{{e.audio, "audio/wav", wavSize}}
		}
		feed.Items = append(feed.Items, item)
	}
	return json.MarshalIndent(feed, "", " ")
}
