package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/discover"
	"sitrep/store"
)

// site is a Discoverer with answers.
func site(o *Options) {
	o.Discover = func(_ context.Context, address string) ([]discover.Candidate, error) {
		all := []discover.Candidate{
			{URL: "https://paper.example/news", Title: "News", Lang: "en", Where: discover.Page, Asked: true, Items: 30, Newest: testNow.Add(-time.Hour)},
			{URL: "https://cdn.example/sport", Title: "رياضة", Where: discover.Page, Asked: true, Items: 12},
			{URL: "https://paper.example/oil", Title: "Oil", Where: discover.Catalogue},
		}
		switch address {
		case "https://paper.example":
			return all, nil
		case "https://one.example":
			return all[:1], nil
		case "https://slow.example/feed":
			return nil, &discover.Error{Kind: discover.NoAnswer, Address: address}
		}
		return nil, &discover.Error{Kind: discover.NoFeed, Address: address}
	}
}

// addresses are those of the subscribed feeds, but for the one of newStore and
// the catalogue's.
func addresses(d *driver) string {
	var out []string
	for _, f := range d.m.over.Feeds {
		if f.Catalog == "" && !strings.Contains(f.URL, "wire.example") {
			out = append(out, f.URL+" "+strings.Join(f.Briefings, ","))
		}
	}
	return strings.Join(out, "\n")
}

func TestChooseAmongTheFeedsOfASite(t *testing.T) {
	for _, size := range []struct{ w, h int }{{140, 40}, {60, 20}, {40, 12}} {
		s, _ := newStore(t)
		d := start(t, s, size.w, size.h, site)
		d.press("a")
		d.write("paper.example")
		d.press("enter")
		d.sees("3 feeds of https://paper.example", "News", "30 items")
		d.press("j space k space enter")
		if got := addresses(d); !strings.Contains(got, "paper.example/news") || !strings.Contains(got, "cdn.example/sport") || strings.Contains(got, "oil") {
			t.Errorf("%dx%d: added %s", size.w, size.h, got)
		}
		if len(d.m.overlays) > 0 {
			t.Error("the list stays open")
		}
	}
}

func TestAddASite(t *testing.T) {
	s, _ := newStore(t)
	d := start(t, s, 120, 30, site)
	add := func(typed string) {
		d.press("a")
		d.write(typed)
		d.press("enter")
	}
	add("none.example")
	d.sees("No feed was found at none.example")
	add("paper.example")
	d.press("esc")
	add("nonsense")
	d.sees("An address looks like")
	if got := addresses(d); got != "" {
		t.Errorf("added %s", got)
	}
	add("one.example")
	add("feeds.example/rss.xml")
	add("slow.example/feed")
	for _, want := range []string{"https://paper.example/news", "https://feeds.example/rss.xml", "https://slow.example/feed"} {
		if !strings.Contains(addresses(d), want) {
			t.Errorf("%s is not added: %s", want, addresses(d))
		}
	}
	d.press("a")
	d.send(foundMsg{address: "https://late.example", found: make([]discover.Candidate, 2)})
	if len(d.m.overlays) > 0 {
		t.Error("a late answer covers what is being typed")
	}
}

// A login that is typed in an address is in neither the store nor on the screen.
func TestLoginInATypedAddress(t *testing.T) {
	s, _ := newStore(t)
	var kept []string
	d := start(t, s, 120, 40, site, func(o *Options) {
		o.Login = func(_ context.Context, id feeds.FeedID, address string) error {
			kept = append(kept, fmt.Sprint(id, " ", address))
			return nil
		}
	})
	d.press("a")
	d.write("https://me:canary@paper.example/mine")
	d.press("enter")
	d.sees("Added https://paper.example/mine")
	d.seesNot("canary")
	if got := addresses(d); got != "https://paper.example/mine " {
		t.Errorf("added %q", got)
	}
	mine := slices.IndexFunc(d.m.over.Feeds, func(f store.FeedState) bool { return f.URL == "https://paper.example/mine" })
	if want := fmt.Sprint(d.m.over.Feeds[mine].ID, " https://me:canary@paper.example/mine"); len(kept) != 1 || kept[0] != want {
		t.Errorf("kept %q, want %q", kept, want)
	}
}
