package feeds

import (
	"net/url"
	"strings"
)

// Feed is one address that we subscribe to. Several feeds can belong to one
// source, the outlet.
type Feed struct {
	ID       FeedID
	Catalog  string // its id in the shipped catalogue, "" for one the user added
	URL      string
	Title    string
	Source   string // the outlet's name
	Site     string // the outlet's home page
	Lang     string // default language of its articles, "" when mixed or unknown
	Paywall  bool
	Disabled bool
}

// Name returns what people call the feed: its title, else the outlet's name,
// else where it is, without what belongs to programs and without secrets.
func (f Feed) Name() string {
	switch {
	case f.Title != "":
		return f.Title
	case f.Source != "":
		return f.Source
	}
	u, err := url.Parse(f.URL)
	if err != nil || u.Host == "" {
		return f.URL
	}
	return u.Host + strings.TrimSuffix(u.Path, "/")
}

// ValidAddress reports whether s is an absolute http or https address with a
// host, the only kind that is ever subscribed or fetched.
func ValidAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
