package discover

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/parse"
)

// Limits of what a site is asked for.
const (
	maxAsked     = 16 // candidates of a page
	maxTogether  = 4  // requests at the same time; the client spaces those to one host
	maxListPages = 2  // pages that list feeds, linked from the first one
	maxBody      = 8 << 20
	printItems   = 5 // items that a feed is recognised by
)

// finder is one Find.
type finder struct {
	client fetch.Getter
	o      Options
	typed  *url.URL
	shown  string // typed without a password
}

// find asks the site.
func (f *finder) find(ctx context.Context) ([]Candidate, error) {
	if !looksLikeFeed(f.typed) {
		known, none := knownHost(f.typed)
		if none != "" {
			return nil, &Error{Kind: NoFeed, Address: f.shown, Detail: none}
		}
		if found, _ := f.ask(ctx, known); len(found) > 0 {
			return found, nil
		}
	}
	page, feed, err := f.open(ctx, f.typed.String())
	if err == nil && feed == nil && page.onward != "" && len(page.named) == 0 {
		if next, ok := resolve(f.typed, page.onward); ok {
			page, feed, err = f.open(ctx, next)
		}
	}
	switch {
	case err != nil:
		return nil, err
	case feed != nil:
		feed.Where = Address
		return []Candidate{*feed}, nil
	}
	found, lists := f.ask(ctx, page.candidates())
	for _, list := range lists[:min(len(lists), maxListPages)] {
		more, _ := f.ask(ctx, list.candidates())
		found = append(found, more...)
	}
	if len(found) == 0 {
		found = f.guess(ctx, page.address)
	}
	if len(found) == 0 {
		return nil, &Error{Kind: NoFeed, Address: f.shown}
	}
	return found, nil
}

// open asks for a page, which may turn out to be a feed.
func (f *finder) open(ctx context.Context, address string) (*pageScan, *Candidate, error) {
	c, page, err := f.get(ctx, Candidate{URL: address})
	if err != nil && page == nil {
		kind := NoAnswer
		if fetch.KindOf(err) == fetch.NoNetwork {
			kind = NoNetwork
		}
		return nil, nil, &Error{Kind: kind, Address: f.shown, Err: err}
	}
	if page != nil {
		return page, nil, nil
	}
	return nil, &c, nil
}

// get asks for one address. A feed fills c; any other answer is returned as a
// page with the reason why it is no feed.
func (f *finder) get(ctx context.Context, c Candidate) (Candidate, *pageScan, error) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return c, nil, err
	}
	res, err := f.client.Get(ctx, fetch.Request{URL: c.URL, MaxBytes: maxBody, AllowPrivate: u.Hostname() == f.typed.Hostname()})
	if err != nil {
		return c, nil, err
	}
	defer res.Release()
	p, err := parse.Parse(res.Body, parse.Hint{URL: res.URL, ContentType: res.ContentType, ContentLocation: res.ContentLocation, Now: f.o.Now()})
	var e *parse.Error
	if errors.As(err, &e) && e.Kind != parse.Broken && e.Kind != parse.Hostile {
		return c, readPage(res.Body, res.ContentType, res.URL, headerLinks(res.Links, res.URL)...), err
	}
	c.final = res.URL
	if res.Permanent != "" && feeds.ValidAddress(res.Permanent) {
		c.URL = res.Permanent
	}
	if err != nil {
		c.Reason = e.Sentence()
		return c, nil, nil
	}
	c.describe(p, f.o)
	return c, nil, nil
}

// describe takes over what a feed says of itself.
func (c *Candidate) describe(p *parse.Result, o Options) {
	c.Asked, c.Items = true, len(p.Articles)
	if !says(c.Title) && p.Feed.Title != "" {
		c.Title = shorten(p.Feed.Title)
	}
	if c.Lang == "" {
		c.Lang = p.Feed.Lang
	}
	switch {
	case strings.HasPrefix(p.Version, "atom"):
		c.Type = Atom
	case strings.HasPrefix(p.Version, "json"):
		c.Type = JSON
	default:
		c.Type = RSS
	}
	var print strings.Builder
	for i := range p.Articles {
		if at := p.Articles[i].Published; at.After(c.Newest) && !at.After(o.Now()) {
			c.Newest = at
		}
		if i < printItems {
			print.WriteString("\n" + p.Articles[i].Link + p.Articles[i].Title)
		}
	}
	if print.Len() > 0 {
		c.print = p.Feed.Title + print.String()
	}
}

// ask finds out which candidates are feeds, in their order, and which of the
// links among them lead to pages that may list some.
func (f *finder) ask(ctx context.Context, all []Candidate) (found []Candidate, lists []*pageScan) {
	all = all[:min(len(all), maxAsked)]
	pages := make([]*pageScan, len(all))
	keep := make([]bool, len(all))
	var asking sync.WaitGroup
	places := make(chan struct{}, maxTogether)
	for i := range all {
		if !f.mayAsk(all[i].URL) {
			continue
		}
		asking.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			all[i], pages[i], keep[i] = f.try(ctx, all[i])
		})
	}
	asking.Wait()
	for i := range all {
		if keep[i] {
			found = append(found, all[i])
		}
		if pages[i] != nil && all[i].Where == Link {
			lists = append(lists, pages[i])
		}
	}
	return found, lists
}

// mayAsk keeps a page from sending us around the local network.
func (f *finder) mayAsk(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Hostname() == f.typed.Hostname() || !fetch.IsPrivateHost(u.Hostname()))
}

// try asks for one candidate. One that is named but cannot be read now is kept
// with the reason; one that is no feed is not.
func (f *finder) try(ctx context.Context, c Candidate) (_ Candidate, page *pageScan, keep bool) {
	defer func() {
		if p := recover(); p != nil { // a goroutine of ours must not end the program
			page, keep = nil, false
		}
	}()
	got, page, err := f.get(ctx, c)
	if err == nil {
		return got, nil, true
	}
	var e *fetch.Error
	if !errors.As(err, &e) || c.Where == Link || c.Where == Path {
		return c, page, false
	}
	switch e.Kind {
	case fetch.Forbidden, fetch.BadURL, fetch.Redirect, fetch.Canceled, fetch.NoNetwork:
		return c, nil, false
	}
	c.Reason = e.Sentence()
	return c, nil, e.Status != 404 && e.Status != 410
}

// usual are the places where feeds are when no page names them, the likeliest
// first; inner are those below the folder of a page.
func usual() (inner, top []string) {
	return []string{"feed", "rss", "rss.xml"},
		[]string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/feed.json", "/rss/feed.xml", "/?feed=rss2"}
}

// guess looks in the usual places, one after the other, up to the first feed. A
// site that refuses or does not answer is left alone.
func (f *finder) guess(ctx context.Context, address string) []Candidate {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = f.typed
	}
	inner, top := usual()
	var places []string
	// Below an article there are only its visitors' comments.
	if folder := strings.TrimSuffix(base.EscapedPath(), "/"); folder != "" && !strings.Contains(folder, ".") && strings.Count(folder, "/") <= 2 {
		for _, p := range inner {
			places = append(places, folder+"/"+p)
		}
	}
	for _, place := range append(places, top...) {
		link, ok := resolve(base, place)
		if !ok || !f.mayAsk(link) || ctx.Err() != nil {
			continue
		}
		c, _, err := f.get(ctx, Candidate{URL: link, Where: Path})
		if err == nil && c.Asked {
			return []Candidate{c}
		}
		var e *fetch.Error
		if errors.As(err, &e) && (e.Kind != fetch.Status && e.Kind != fetch.Redirect && e.Kind != fetch.TooBig || e.Status == 403 || e.Status == 429 || e.Status >= 500) {
			return nil
		}
	}
	return nil
}
