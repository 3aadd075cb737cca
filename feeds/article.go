package feeds

import "time"

// Article is one report as a feed published it. It never changes: a publisher's
// later text is a new revision of it. What the reader did with it is its Status.
type Article struct {
	ID     ArticleID
	Story  StoryID
	Feed   FeedID // the feed that it was first seen in
	Source string // the outlet, for display

	GUID  string // as published, "" when missing
	Link  string // absolute http or https address, "" when missing
	Title string // plain text

	// HTML is the item's own markup, unsanitised; relative addresses in it
	// resolve against Base.
	HTML string
	Base string

	Authors    []Author
	Tags       []string
	Lang       string // BCP 47 primary tag, "" when unknown
	Image      string
	Comments   string
	Enclosures []Enclosure

	Published time.Time // zero when the publisher gave no usable date
	Updated   time.Time // zero when the publisher gave none
	Zone      int       // the publisher's offset from UTC in seconds
	FirstSeen time.Time // when it was first fetched
}

// Author is a person or desk named by the publisher.
type Author struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	URI   string `json:"uri"`
}

// Enclosure is a file that the publisher attached.
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type"`   // media type, "" when unknown
	Length int64  `json:"length"` // bytes, 0 when unknown
}

// Status is what the reader did with an article. It is kept apart from the
// article and outlives it.
type Status struct {
	Read    bool
	Starred bool
	Updated bool      // the text changed after it was last opened
	Arrived time.Time // when it entered the store
	Changed time.Time // when the reader last marked it
}

// maxFuture is how far ahead of the clock a publication date may lie before it
// is taken for a mistake.
const maxFuture = 48 * time.Hour

// Effective returns the date an article is ordered by, fixed at first sight:
// its publication date, or first when that is missing, before 1990 or in the
// future. undated reports the latter cases.
func Effective(published, first time.Time) (at time.Time, undated bool) {
	switch {
	case published.IsZero(), published.Year() < 1990, published.After(first.Add(maxFuture)):
		return first, true
	case published.After(first):
		return first, false
	}
	return published, false
}
