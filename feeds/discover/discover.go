// Package discover turns a site's address into the feeds that it has: those that
// the catalogue knows, those that its page names, those that hosts like YouTube
// keep in known places, and, when there are none, those in the usual places. It
// asks a site no more than that takes, one or few requests at a time, and never
// subscribes, stores or decides: choosing is the reader's.
package discover

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/fetch"
)

// Type is the format of a feed.
type Type string

// The formats.
const (
	Unknown Type = ""
	RSS     Type = "rss"
	Atom    Type = "atom"
	JSON    Type = "json"
)

// Where says how a feed was found.
type Where string

// The ways to find a feed, the most trustworthy first.
const (
	Address   Where = "address"   // the address that was asked for is a feed
	Catalogue Where = "catalogue" // the shipped catalogue knows the outlet
	Page      Where = "page"      // the page names it in its head
	Host      Where = "host"      // the host keeps feeds there
	Link      Where = "link"      // the page links to it
	Path      Where = "path"      // it is where feeds usually are
)

// Candidate is a feed that a site seems to have. Strings are foreign: they pass
// feeds/safe on their way to a screen.
type Candidate struct {
	URL   string // http or https
	Title string // as the page names it, else as the feed does
	Lang  string // "" when unknown
	Type  Type
	Where Where
	// Asked is set when it was asked and is a feed; Items and Newest are known
	// then.
	Asked  bool
	Items  int
	Newest time.Time // zero when no item has a date
	// Reason says why it could not be read although it may be a feed, "" when it
	// was read or not asked.
	Reason string

	comments bool   // of the site's visitors
	final    string // where it led
	print    string // what its items are recognised by
}

// Options of Find.
type Options struct {
	Catalog *catalog.Catalog // nil for none
	Now     func() time.Time // dates are judged by it
	Offline bool             // ask nobody: what the catalogue knows is all
}

// Kind is why nothing was found.
type Kind string

// The kinds of failure.
const (
	NoAddress Kind = "no-address" // not the address of a site
	NoNetwork Kind = "no-network" // nobody was asked, or nobody can be
	NoAnswer  Kind = "no-answer"  // the site answered no, or not at all
	NoFeed    Kind = "no-feed"    // the site answers and has none
)

// Error is why a site gave no feeds.
type Error struct {
	Kind    Kind
	Address string
	Detail  string // a sentence about the host, "" for none
	Err     error  // what the request said, may be nil
}

func (e *Error) Error() string {
	s := "discover feeds of " + e.Address + ": " + string(e.Kind)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Sentence says what happened and what to try, for people.
func (e *Error) Sentence() string {
	host := cmp.Or(feeds.Hostname(e.Address), e.Address)
	var f *fetch.Error
	switch {
	case e.Detail != "":
		return e.Detail
	case e.Kind == NoAddress:
		return "That is no address of a site; it looks like example.org or https://example.org/news."
	case e.Kind == NoNetwork:
		return "There is no network, so " + host + " could not be asked for its feeds. Try again later."
	case e.Kind == NoFeed:
		return "No feed was found at " + host + ": its page names none, and none is where feeds usually are."
	case errors.As(e.Err, &f) && (f.Status == 404 || f.Status == 410):
		return host + " has no page at that address. Try the address of its home page."
	case f != nil:
		return f.Sentence()
	}
	return host + " could not be asked for its feeds."
}

// Normal returns what somebody typed as an address that can be asked: https when
// it has no scheme. ok is false when it is none.
func Normal(typed string) (address string, ok bool) {
	s := strings.TrimSpace(typed)
	if rest, is := cutFold(s, "feed:"); is { // as browsers used to hand feeds over
		s = strings.TrimPrefix(rest, "//")
	}
	if !strings.Contains(s, "://") {
		if !startsWithHost(s) {
			return "", false
		}
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || len(s) > maxAddress {
		return "", false
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err == nil && host != u.Hostname() {
		u.Host = strings.Replace(u.Host, u.Hostname(), host, 1)
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
	return u.String(), feeds.ValidAddress(u.String())
}

// startsWithHost reports whether an address without a scheme begins with a host
// and perhaps a port, and not with a scheme of another kind, as mailto:x does.
func startsWithHost(s string) bool {
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	host, port, hasPort := strings.Cut(s, ":")
	if strings.HasPrefix(s, "[") { // IPv6
		_, port, hasPort = strings.Cut(s, "]:")
		host = "."
	}
	digits := port != "" && strings.Trim(port, "0123456789") == ""
	return host != "" && !strings.ContainsAny(host, "@ ") && (strings.Contains(host, ".") || hasPort) && (!hasPort || digits)
}

// IsFeedAddress reports whether an address ends as only those of feeds do, so
// that a request need not find out.
func IsFeedAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".xml", ".rss", ".atom", ".rdf", ".json":
		return true
	}
	return false
}

// MayBeFeed reports whether an address can be subscribed as it was typed although
// Find failed with err: nobody could look at it, and it is more than a host.
func MayBeFeed(address string, err error) bool {
	var e *Error
	if errors.As(err, &e) && (e.Kind == NoFeed || e.Kind == NoAddress) {
		return false
	}
	u, wrong := url.Parse(address)
	return wrong == nil && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "")
}

// SameHost reports whether two addresses are of one host: what the reader allows
// one by typing it goes for the other.
func SameHost(a, b string) bool { return cmp.Or(feeds.Hostname(a), a) == cmp.Or(feeds.Hostname(b), b) }

// Find returns the feeds of the site at an address, the best first. An address
// that is a feed gives that one. The error is an *Error, or ctx's when it ended.
// Hosts on the local network are asked only when they are the one in address.
func Find(ctx context.Context, client fetch.Getter, address string, o Options) ([]Candidate, error) {
	typed, ok := Normal(address)
	if !ok {
		return nil, &Error{Kind: NoAddress, Address: address}
	}
	u, err := url.Parse(typed)
	if err != nil {
		return nil, &Error{Kind: NoAddress, Address: address, Err: err}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if u.User != nil { // failures are shown and logged
		open := *u
		open.User = nil
		typed = open.String()
	}
	f := &finder{client: client, o: o, typed: u, shown: typed}
	known := outlet(o.Catalog, u)
	if o.Offline {
		if len(known) == 0 {
			return nil, &Error{Kind: NoNetwork, Address: typed}
		}
		return known, nil
	}
	found, err := f.find(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case len(found) == 1 && found[0].Where == Address:
		return found, nil
	case err != nil && len(known) == 0:
		return nil, err
	}
	return arrange(append(known, found...)), nil
}

// arrange orders candidates and leaves one of those that are the same.
func arrange(all []Candidate) []Candidate {
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(a.rank(), b.rank()) })
	var out []Candidate
	for _, c := range all {
		i := slices.IndexFunc(out, func(have Candidate) bool { return have.same(c) })
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].learn(c)
	}
	return out
}

// rank is lower for what the reader is likelier to want.
func (c Candidate) rank() int {
	order := []Where{Address, Catalogue, Page, Host, Link, Path}
	r := slices.Index(order, c.Where)
	if c.Where != Catalogue && !c.Asked {
		r += len(order)
	}
	if c.Asked && c.Items == 0 {
		r += 2 * len(order)
	}
	if c.comments {
		r += 4 * len(order)
	}
	return r
}

// same reports whether two candidates are one feed: one address, but for scheme
// and a slash at its end, or the same items under the same name.
func (c Candidate) same(d Candidate) bool {
	return plain(c.URL) == plain(d.URL) || c.final != "" && d.final != "" && plain(c.final) == plain(d.final) ||
		c.print != "" && c.print == d.print
}

func plain(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// learn takes over what another sight of the same feed knows.
func (c *Candidate) learn(d Candidate) {
	if c.Asked || !d.Asked {
		return
	}
	c.Asked, c.Items, c.Newest, c.Type, c.Reason, c.print, c.final = true, d.Items, d.Newest, d.Type, "", d.print, d.final
}
