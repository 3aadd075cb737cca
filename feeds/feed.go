package feeds

import (
	"net/url"
	"strings"
	"time"
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

// Health is what the last requests to a feed said.
type Health struct {
	State     HealthState
	Reason    string    // a sentence, "" when State is OK
	Checked   time.Time // last request, zero if never
	NextDue   time.Time
	Newest    time.Time // newest article's date
	Items     int       // items in the last answer
	Errors    int       // consecutive failures
	BytesUsed int64     // transferred so far
}

// HealthState is one word about a feed.
type HealthState string

// The words that screens and commands use for a feed's health.
const (
	Unchecked   HealthState = ""
	OK          HealthState = "ok"
	Stale       HealthState = "stale"       // answers, but nothing new for long
	Empty       HealthState = "empty"       // answers without items
	Refused     HealthState = "refused"     // the site answered no: 401, 403, 429, a challenge page
	Unreachable HealthState = "unreachable" // no answer
	Moved       HealthState = "moved"
	Gone        HealthState = "gone"   // 404, 410
	Broken      HealthState = "broken" // the answer is no feed
)

// ValidAddress reports whether s is an absolute http or https address with a
// host, the only kind that is ever subscribed or fetched.
func ValidAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
