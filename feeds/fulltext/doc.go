// Package fulltext gets the pages of articles: one request a page, its text by
// package extract, a sentence where that is no gain over what the feed gave. It
// declares the small Archive that it needs, asks for nothing that is not in it,
// and never gets a page by itself.
package fulltext

import (
	"context"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/extract"
)

// Job is an article whose page is wanted, and what is known of it.
type Job struct {
	Article feeds.ArticleID
	Link    string
	Title   string
	Lang    string // of the article or its feed, "" when unknown
	Length  int    // of the text that the feed gave, in characters

	Feed string // the feed's address
	// AllowPrivate is set when the reader subscribed to the feed's very host, so
	// that it may be on the local network. It helps a link to that host only.
	AllowPrivate bool
	Access       feeds.Access // what the reader set for asking the feed
	Tries        int          // that failed already
}

// Text is what a page gave.
type Text struct {
	Article feeds.ArticleID
	Fetched time.Time
	URL     string          // of the page, after redirects
	Page    *extract.Result // of Kind Article
	Wire    int64           // bytes of body as sent
}

// Verdict is why a page gave no text.
type Verdict struct {
	Article feeds.ArticleID
	At      time.Time
	Due     time.Time // when it may be asked again; zero for not by itself
	Tried   bool      // a server was asked; the network was there
	Reason  string    // a sentence, "" when the feed gave the whole text
}

// Archive is what this package needs of a store. Its methods may be called from
// several goroutines.
type Archive interface {
	// WantedPages returns pages that may be asked now, those that the reader
	// asked for first, then the newest; at most limit.
	WantedPages(ctx context.Context, now time.Time, limit int) ([]Job, error)

	// Chrome returns what is known of the pages of a host, never nil.
	Chrome(ctx context.Context, host string) (*extract.Chrome, error)

	// SaveText stores a text, finds it in searches from then on, learns from it
	// what the host's pages have in common, and wants the page no longer.
	SaveText(ctx context.Context, t Text) error

	// SaveVerdict notes why there is no text, and when to ask again.
	SaveVerdict(ctx context.Context, v Verdict) error
}
