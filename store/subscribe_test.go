package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/opml"
	"sitrep/feeds/parse"
	"sitrep/feeds/refresh"
)

// due lists the titles of the feeds that a selection asks, in order.
func due(t *testing.T, s *Store, sel refresh.Selection) string {
	t.Helper()
	jobs, err := s.Due(ctx, sel)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, j := range jobs {
		out = append(out, j.Feed.Title+fmt.Sprint(j.Own))
	}
	return strings.Join(out, " ")
}

func feedTitles(t *testing.T, s *Store) string {
	t.Helper()
	all, err := s.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range all {
		out = append(out, f.Title+fmt.Sprint(f.Briefings))
	}
	return strings.Join(out, " ")
}

func TestSubscribe(t *testing.T) {
	s, _ := openTest(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Subscribe(ctx, "security", []string{"world"}))
	must(s.Subscribe(ctx, "iraq", []string{"world"}))
	all := refresh.Selection{Now: t0, All: true}
	// A feed that ships switched off is listed but not asked.
	if got, want := feedTitles(t, s), "INA[iraq] Shafaq News[iraq] Shafaq Security[iraq] World[security iraq]"; got != want {
		t.Errorf("feeds %s", got)
	}
	if got, want := due(t, s, all), "World[] Shafaq News[iraq] Shafaq Security[iraq]"; got != want {
		t.Errorf("due %s", got)
	}
	o, err := s.Overview(ctx)
	must(err)
	if len(o.Briefings) != 2 || o.Briefings[0].ID != "iraq" || len(o.Briefings[0].Feeds) != 4 {
		t.Errorf("%+v", o.Briefings)
	}
	must(s.Subscribe(ctx, "iraq", []string{})) // no general feeds
	must(s.Unsubscribe(ctx, "security"))
	if got := feedTitles(t, s); got != "INA[iraq] Shafaq News[iraq] Shafaq Security[iraq]" {
		t.Errorf("after unsubscribing %s", got)
	}
	if err := s.Unsubscribe(ctx, "security"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unsubscribe twice: %v", err)
	}
	must(s.Subscribe(ctx, "security", nil)) // as it was
	if got := feedTitles(t, s); !strings.Contains(got, "World[security]") {
		t.Errorf("after subscribing again %s", got)
	}
	for _, err := range []error{s.Subscribe(ctx, "nowhere", nil), s.Subscribe(ctx, "iraq", []string{"nothing"})} {
		if !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	}
	verified(t, s)
}

func TestAddFeed(t *testing.T) {
	s, _ := openTest(t)
	f := feeds.Feed{URL: "http://192.168.1.10/feed", Title: "Office"}
	id, added, err := s.AddFeed(ctx, f, nil)
	if err != nil || !added {
		t.Fatal(id, added, err)
	}
	if again, added, err := s.AddFeed(ctx, f, nil); again != id || added || err != nil {
		t.Error(again, added, err)
	}
	if _, added, err := s.AddFeed(ctx, f, []string{"iraq"}); !added || err != nil {
		t.Error(added, err)
	}
	if _, _, err := s.AddFeed(ctx, f, []string{"nowhere"}); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if _, _, err := s.AddFeed(ctx, feeds.Feed{}, nil); err == nil {
		t.Error("no address")
	}
	jobs, err := s.Due(ctx, refresh.Selection{Now: t0})
	if err != nil || len(jobs) != 1 || !jobs[0].AllowPrivate || !slices.Equal(jobs[0].Own, []string{"iraq"}) {
		t.Errorf("%+v %v", jobs, err)
	}
	// A feed of the catalogue that ships switched off is on once it is named.
	ina, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://ina.example/feed"}, nil)
	if err != nil || !strings.Contains(due(t, s, refresh.Selection{Now: t0}), "INA") {
		t.Error("INA is not asked", err)
	}
	if err := s.RemoveFeed(ctx, ina); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveFeed(ctx, ina); !errors.Is(err, ErrNotFound) {
		t.Errorf("remove twice: %v", err)
	}
	if back, added, err := s.AddFeed(ctx, feeds.Feed{URL: "https://ina.example/feed"}, nil); back != ina || !added || err != nil {
		t.Error(back, added, err)
	}
	verified(t, s)
}

// TestOwnArticlesComeAlong subscribes a briefing whose feed brought articles
// before.
func TestOwnArticlesComeAlong(t *testing.T) {
	s, _ := openTest(t)
	f, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://shafaq.example/feed"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, answer(f, t0, numbered("shafaq", 60, t0)...))
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	o, err := s.Overview(ctx)
	if want := (Counts{60, 49, 49}); err != nil || o.Briefings[0].Counts != want {
		t.Errorf("%+v %v", o.Briefings[0].Counts, err)
	}
	verified(t, s)
}

func TestOwnBriefings(t *testing.T) {
	s, _ := openTest(t)
	mine := feeds.Briefing{ID: "ngo", Title: "NGO", Group: feeds.Mine, Terms: []feeds.Term{{Text: "relief"}}}
	if err := s.AddBriefing(ctx, mine); err != nil {
		t.Fatal(err)
	}
	changed, _ := small.Briefing("security")
	changed.Title = "Watch words"
	if err := s.AddBriefing(ctx, changed); err != nil {
		t.Fatal(err)
	}
	f := addFeed(t, s, "relief", "ngo")
	names := func() string {
		all, err := s.Briefings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, b := range all {
			out = append(out, b.Title)
		}
		return strings.Join(out, ", ")
	}
	if got := names(); got != "Iraq, Watch words, NGO" {
		t.Error(got)
	}
	for _, id := range []string{"ngo", "security"} {
		if err := s.RemoveBriefing(ctx, id); err != nil {
			t.Error(err)
		}
		if err := s.RemoveBriefing(ctx, id); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	}
	if got := names(); got != "Iraq, Security" {
		t.Error(got)
	}
	if got := feedTitles(t, s); strings.Contains(got, "relief") {
		t.Errorf("feed %d of a removed briefing: %s", f, got)
	}
}

func TestDue(t *testing.T) {
	s, c := openTest(t)
	a, b, late := addFeed(t, s, "a", "iraq"), addFeed(t, s, "b"), addFeed(t, s, "late")
	state := func(f feeds.FeedID, checked, next time.Time) {
		o := answer(f, t0)
		o.State = refresh.State{ETag: `"x"`, LastModified: "y", BodyHash: -7, Pace: 90 * time.Minute, Moved: "https://m.example/",
			MovedSince: t0, MovedTimes: 2, Health: feeds.Health{State: feeds.Refused, Reason: "The site said no.", Checked: checked, NextDue: next, Newest: t0, Items: 9, Errors: 3, BytesUsed: 1 << 40}}
		save(t, s, o)
	}
	state(a, t0, t0.Add(time.Hour))
	state(b, t0, t0.Add(-time.Minute))
	state(late, t0, t0.Add(900*24*time.Hour)) // by a clock that was wrong
	if got := due(t, s, refresh.Selection{Now: t0}); got != "b[] late[]" {
		t.Error(got)
	}
	if got := due(t, s, refresh.Selection{Now: t0, All: true, First: []string{"iraq"}}); got != "a[iraq] b[] late[]" {
		t.Error(got)
	}
	if got := due(t, s, refresh.Selection{Now: t0.Add(2 * time.Hour), Briefings: []string{"iraq"}}); got != "a[iraq]" {
		t.Error(got)
	}
	if got := due(t, s, refresh.Selection{Now: t0, Feeds: []feeds.FeedID{a}}); got != "a[iraq]" {
		t.Error(got)
	}
	jobs, err := s.Due(ctx, refresh.Selection{Now: t0, Feeds: []feeds.FeedID{a}})
	if err != nil {
		t.Fatal(err)
	}
	st := jobs[0].State
	if st.ETag != `"x"` || st.BodyHash != -7 || st.Pace != 90*time.Minute || st.MovedTimes != 2 || st.Health.BytesUsed != 1<<40 || !st.MovedSince.Equal(t0) {
		t.Errorf("%+v", st)
	}
	o, err := s.Overview(ctx)
	if err != nil || o.Briefings[0].Problems != 1 || !o.Checked.Equal(t0) {
		t.Errorf("%+v %v", o, err)
	}
	// A clock that went back finds everything due.
	c.t = t0.Add(-10 * 24 * time.Hour)
	if got := due(t, s, refresh.Selection{Now: c.t}); got != "b[] a[iraq] late[]" {
		t.Error(got)
	}
}

func TestMetaFillsIn(t *testing.T) {
	s, _ := openTest(t)
	f, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://x.example/feed"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, meta := range []parse.Meta{{}, {Title: "X News", Link: "https://x.example/", Lang: "ar"}, {Title: "Another name"}} {
		o := answer(f, t0)
		o.Meta = &meta
		save(t, s, o)
	}
	all, err := s.Feeds(ctx)
	if err != nil || all[0].Title != "X News" || all[0].Site != "https://x.example/" || all[0].Lang != "ar" {
		t.Errorf("%+v %v", all, err)
	}
}

// TestCatalogueMovesOn opens a store with a newer catalogue.
func TestCatalogueMovesOn(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.Feeds(ctx)
	if err != nil {
		t.Fatal(err)
	}
	security := all[2].Feed
	security.Title = "My name for it"
	if err := s.UpdateFeed(ctx, security); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveFeed(ctx, all[0].ID); err != nil { // INA
		t.Fatal(err)
	}
	newer := &catalog.Catalog{Briefings: small.Briefings, Feeds: slices.Clone(small.Feeds)}
	newer.Feeds[0].URL = "https://shafaq.example/rss"
	newer.Feeds[1].Title = "Security desk"
	newer.Feeds = append(newer.Feeds, catalog.Feed{Feed: feeds.Feed{Catalog: "rudaw", URL: "https://rudaw.example/feed", Title: "Rudaw", Source: "Rudaw"}, Own: []string{"iraq"}})
	r, err := Open(ctx, dir, Options{Catalog: newer})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for range 2 {
		cl, err := r.Claim(ctx)
		if err != nil {
			t.Fatal(err)
		}
		cl.Release()
	}
	if got := feedTitles(t, r); got != "Rudaw[iraq] My name for it[iraq] Shafaq News[iraq]" {
		t.Error(got)
	}
	if n := one(t, r, "SELECT count(*) FROM feeds WHERE url = 'https://shafaq.example/rss'"); n != 1 {
		t.Error("the address did not change")
	}
}

// TestAddFeeds: only an address that was typed or imported may be on the local
// network, and what a list said of a feed is kept for the next list.
func TestAddFeeds(t *testing.T) {
	s, _ := openTest(t)
	note := []opml.Attribute{{Name: "note", Value: "x"}}
	added, err := s.AddFeeds(ctx, []Addition{
		{Feed: feeds.Feed{URL: "http://192.168.1.2/typed"}, Attributes: note},
		{Feed: feeds.Feed{URL: "https://site.example/chosen"}, Found: true},
		{Feed: feeds.Feed{URL: "http://192.168.1.2/typed"}, Found: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !added[0].New || !added[1].New || added[2].New || added[0].ID != added[2].ID {
		t.Errorf("added %+v", added)
	}
	jobs, err := s.Due(ctx, refresh.Selection{All: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		if typed := strings.HasSuffix(j.Feed.URL, "typed"); j.AllowPrivate != typed {
			t.Errorf("%s may be on the local network: %v", j.Feed.URL, j.AllowPrivate)
		}
	}
	got, err := s.Outlines(ctx)
	if diff := cmp.Diff(map[feeds.FeedID][]opml.Attribute{added[0].ID: note}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	_, err = s.AddFeeds(ctx, []Addition{{Feed: feeds.Feed{URL: "https://a.example/"}}, {}})
	if all, _ := s.Feeds(ctx); err == nil || len(all) != 2 {
		t.Errorf("a bad one among good ones: %v, %d feeds", err, len(all))
	}
}
