package feeds

import "net/url"

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

// ValidAddress reports whether s is an absolute http or https address with a
// host, the only kind that is ever subscribed or fetched.
func ValidAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
