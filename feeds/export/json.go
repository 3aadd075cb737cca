package export

import (
	"encoding/json"
	"io"
	"iter"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/document"
)

// object is an article as JSON prints it. Fields are added, never renamed or
// removed. Lists are never null, unknown strings and times are "".
type object struct {
	ID      string `json:"id"`
	Story   string `json:"story"` // the id of the story's first article
	Title   string `json:"title"`
	Source  string `json:"source"`
	Feed    int64  `json:"feed"`
	Link    string `json:"link"`
	Lang    string `json:"lang"`
	Date    string `json:"date"`    // what it is ordered by, RFC 3339 in UTC
	Undated bool   `json:"undated"` // date is when it was first seen

	Published     string `json:"published"`      // with the publisher's offset
	PublishedHere string `json:"published_here"` // the same time with the reader's
	Revised       string `json:"revised"`        // the publisher's own date of change
	FirstSeen     string `json:"first_seen"`
	Arrived       string `json:"arrived"`

	Read      bool     `json:"read"`
	Starred   bool     `json:"starred"`
	Updated   bool     `json:"updated"` // changed since it was read
	Briefings []string `json:"briefings"`

	Authors    []feeds.Author    `json:"authors"`
	Tags       []string          `json:"tags"`
	Image      string            `json:"image"`
	Comments   string            `json:"comments"`
	Enclosures []feeds.Enclosure `json:"enclosures"`

	Text        string `json:"text"`         // plain, blocks divided by blank lines
	ContentHTML string `json:"content_html"` // sanitised, addresses absolute
	FullText    bool   `json:"full_text"`    // both are from the article's page, not from the feed
}

// JSON prints one object a line for each article.
func JSON(w io.Writer, items iter.Seq[Item], o Options) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for it := range items {
		if err := e.Encode(toObject(it, o)); err != nil {
			return err
		}
	}
	return nil
}

func toObject(it Item, o Options) object {
	a, s := &it.Article, it.Status
	at, undated := feeds.Effective(a.Published, a.FirstSeen)
	x := object{
		ID: a.ID.String(), Story: feeds.ArticleID(a.Story).String(), Feed: int64(a.Feed),
		Title: line(a.Title), Source: line(a.Source), Link: link(a), Lang: line(a.Lang),
		Date: rfc3339(at, time.UTC), Undated: undated,
		Published:     rfc3339(a.Published, time.FixedZone("", a.Zone)),
		PublishedHere: rfc3339(a.Published, o.location()),
		Revised:       rfc3339(a.Updated, time.UTC),
		FirstSeen:     rfc3339(a.FirstSeen, time.UTC), Arrived: rfc3339(s.Arrived, time.UTC),
		Read: s.Read, Starred: s.Starred, Updated: s.Updated,
		Image: line(a.Image), Comments: line(a.Comments),
		Briefings: safeList(it.Briefings), Tags: safeList(a.Tags),
		Authors: []feeds.Author{}, Enclosures: []feeds.Enclosure{},
		Text:        lines(document.PlainText(document.Parse(a.HTML, a.Base))),
		ContentHTML: lines(spaced(document.Sanitize(a.HTML, a.Base))),
		FullText:    it.FullText,
	}
	for _, p := range a.Authors {
		x.Authors = append(x.Authors, feeds.Author{Name: line(p.Name), Email: line(p.Email), URI: line(p.URI)})
	}
	for _, e := range a.Enclosures {
		x.Enclosures = append(x.Enclosures, feeds.Enclosure{URL: line(e.URL), Type: line(e.Type), Length: e.Length})
	}
	return x
}

func safeList(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = line(s)
	}
	return out
}

func rfc3339(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(time.RFC3339)
}
