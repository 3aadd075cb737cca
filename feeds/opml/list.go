// Package opml reads and writes lists of subscriptions: OPML files and the urls
// file of newsboat. It checks addresses but fetches nothing, and takes what it
// can of a damaged list; what it leaves out it names.
package opml

import (
	"html"
	"net/url"
	"slices"
	"strings"

	"sitrep/feeds"
)

// List is what a file of subscriptions holds.
type List struct {
	Title         string
	Subscriptions []Subscription // each address once
	Skipped       []Skipped
}

// Subscription is one feed of a list.
type Subscription struct {
	URL   string // http or https
	Title string // plain text, "" when the list gives none
	Site  string
	Lang  string // as the list gives it
	// Folders are the folders or tags that the feed stands in. A folder in a
	// folder has both names, outer first, with Separator between.
	Folders []string
	// Attributes are what the list says beyond that, in its order.
	Attributes []Attribute
}

// Separator stands between the names of a folder and of one inside it.
const Separator = " / "

// Skipped is something in a list that was not taken.
type Skipped struct {
	What string // its address or name
	Why  string // a clause: "runs a program"
}

// Limits of a list. A folder deeper than maxDepth counts as the one at that depth.
const (
	maxBytes   = 32 << 20
	maxDepth   = 8
	maxName    = 200 // bytes of a folder's name
	maxAddress = 4096
)

// runsProgram is why entries that would start something are left out.
const runsProgram = "runs a program, which feeds never do here"

// collector gathers subscriptions and joins those of one address.
type collector struct {
	list List
	at   map[string]int // place in list.Subscriptions by the address without its scheme
}

// add takes a subscription whose URL is as the list has it, or names it as skipped.
func (c *collector) add(s Subscription) {
	raw := s.URL
	u, why := address(raw)
	if why != "" {
		c.skip(name(s.Title, raw), why)
		return
	}
	s.URL = u.String()
	if s.Title == raw || s.Title == s.URL {
		s.Title = ""
	}
	key := strings.TrimPrefix(s.URL, u.Scheme)
	i, known := c.at[key]
	if !known {
		if c.at == nil {
			c.at = map[string]int{}
		}
		c.at[key] = len(c.list.Subscriptions)
		c.list.Subscriptions = append(c.list.Subscriptions, s)
		return
	}
	have := &c.list.Subscriptions[i]
	for _, f := range s.Folders {
		if !slices.Contains(have.Folders, f) {
			have.Folders = append(have.Folders, f)
		}
	}
}

func (c *collector) skip(what, why string) {
	c.list.Skipped = append(c.list.Skipped, Skipped{What: what, Why: why})
}

// name is what a skipped subscription is called.
func name(title, address string) string {
	if address == "" {
		return title
	}
	return address
}

// address returns the address of a feed, or why it is none.
func address(s string) (u *url.URL, why string) {
	s = strings.TrimSpace(s)
	// feed: is what browsers used to hand to newsreaders.
	if rest, ok := cutPrefixFold(s, "feed:"); ok {
		if after, slashes := strings.CutPrefix(rest, "//"); slashes {
			rest = "http://" + after
		}
		s = rest
	}
	if strings.HasPrefix(s, "|") {
		return nil, runsProgram
	}
	scheme, _, _ := strings.Cut(s, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
	case "exec", "filter":
		return nil, runsProgram
	case "file":
		return nil, "is a file of the other computer, not an address"
	case "query":
		return nil, "is a search in another reader; save it as a watch"
	default:
		return nil, "is no http or https address"
	}
	if len(s) > maxAddress {
		return nil, "is longer than any address"
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return nil, "is no proper address"
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
	if !feeds.ValidAddress(u.String()) {
		return nil, "is no proper address"
	}
	return u, ""
}

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// text returns what a title says: entities that were escaped twice are resolved,
// white space is single.
func text(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}
