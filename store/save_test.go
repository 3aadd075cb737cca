package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

const long = "<p>The ministry said on Wednesday that a withdrawal could be followed by others, which would be dangerous for the whole region, officials told reporters.</p>"

// again saves items once more, as a refresh does that asks Known first.
func again(t *testing.T, s *Store, feed feeds.FeedID, items ...item) refresh.Saved {
	t.Helper()
	o := answer(feed, s.now(), items...)
	ids := make([]refresh.Identity, len(o.Articles))
	for i, e := range o.Articles {
		ids[i] = refresh.Identity{Keys: e.Keys}
	}
	known, err := s.Known(ctx, feed, ids)
	if err != nil {
		t.Fatal(err)
	}
	var changed []refresh.Entry
	for i, k := range known {
		if k.Article == 0 || k.Content != o.Articles[i].Content {
			changed = append(changed, o.Articles[i])
		}
	}
	o.Articles = changed
	return save(t, s, o)
}

// X13: TestRecognise refreshes a feed whose publisher changes what items are known
// by: no second article may come of it, and marks stay.
func TestRecognise(t *testing.T) {
	base := func() []item {
		var items []item
		for i := range 20 {
			items = append(items, item{
				guid: fmt.Sprintf("http://news.example/?p=%d", i), link: fmt.Sprintf("http://news.example/2026/slug-%d?id=%d", i, i),
				title: fmt.Sprintf("Report number %d", i), html: fmt.Sprintf("<p>Part %d.</p>%s", i, long), at: t0.Add(-time.Duration(i) * time.Hour),
			})
		}
		return items
	}
	each := func(change func(i int, it *item)) func([]item) []item {
		return func(items []item) []item {
			for i := range items {
				change(i, &items[i])
			}
			return items
		}
	}
	for name, change := range map[string]func([]item) []item{
		"nothing": each(func(int, *item) {}),
		"https":   each(func(_ int, it *item) { it.guid = "https" + it.guid[4:]; it.link = "https" + it.link[4:] }),
		"www":     each(func(_ int, it *item) { it.link = strings.Replace(it.link, "news.", "www.news.", 1) }),
		"utm":     each(func(_ int, it *item) { it.link += "&utm_source=rss&fbclid=1#top"; it.guid += "&utm_medium=feed" }),
		"slug":    each(func(i int, it *item) { it.link = fmt.Sprintf("http://news.example/2026/other-%d", i) }),
		"guid":    each(func(i int, it *item) { it.guid = fmt.Sprintf("tag:news.example,2026:%d", i) }),
		"no guid": each(func(_ int, it *item) { it.guid = "" }),
		"host":    each(func(i int, it *item) { it.guid, it.link = "", fmt.Sprintf("https://neu.example/%d", i) }),
		"guid and url": each(func(i int, it *item) {
			it.guid = fmt.Sprint("n", i)
			it.link = fmt.Sprintf("https://neu.example/%d", i)
		}),
		"headline and url": each(func(i int, it *item) {
			it.guid, it.title, it.link = fmt.Sprint("n", i), fmt.Sprintf("Corrected %d", i), fmt.Sprintf("https://neu.example/%d", i)
		}),
		"date":  each(func(_ int, it *item) { it.at = it.at.Add(90 * time.Minute) }),
		"order": func(items []item) []item { items[0], items[19] = items[19], items[0]; return items },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := openTest(t)
			f := addFeed(t, s, "news")
			if saved := save(t, s, answer(f, t0, base()...)); saved.New != 20 {
				t.Fatalf("first: %+v", saved)
			}
			rows, err := s.List(ctx, Scope{}, Window{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Mark(ctx, Star, rows[3].ID, rows[7].ID); err != nil {
				t.Fatal(err)
			}
			for round := range 3 {
				saved := again(t, s, f, change(base())...)
				if saved.New != 0 {
					t.Errorf("round %d: %+v", round, saved)
				}
				if round > 0 && saved.Updated != 0 {
					t.Errorf("round %d: %+v", round, saved)
				}
			}
			if n := one(t, s, "SELECT count(*) FROM statuses WHERE starred = 1"); n != 2 {
				t.Errorf("%d starred", n)
			}
			if n := one(t, s, "SELECT count(*) FROM article_keys"); n > 5*20 {
				t.Errorf("%d keys for 20 articles", n)
			}
			verified(t, s)
		})
	}
}

// X14: TestKeepApart saves items that look alike but are different articles.
func TestKeepApart(t *testing.T) {
	for name, make := range map[string]func(i int) item{
		"one guid": func(i int) item {
			return item{guid: "same", link: fmt.Sprintf("https://news.example/%d", i), title: fmt.Sprint("T", i), at: t0}
		},
		"no guid": func(i int) item {
			return item{link: fmt.Sprintf("https://news.example/%d", i), title: fmt.Sprint("T", i), at: t0}
		},
		"no link": func(i int) item { return item{title: fmt.Sprint("T", i), html: fmt.Sprint("<p>text ", i)} },
		"one link": func(i int) item {
			return item{guid: fmt.Sprint(i), link: "https://news.example/live", title: fmt.Sprint("T", i)}
		},
		"home page": func(i int) item {
			return item{guid: fmt.Sprint(i), link: "https://news.example/", title: fmt.Sprint("T", i)}
		},
		"fragments": func(i int) item {
			return item{link: fmt.Sprintf("https://news.example/live#%d", i), title: fmt.Sprint("T", i), at: t0.Add(time.Duration(i) * time.Minute)}
		},
		"one title": func(i int) item {
			return item{guid: fmt.Sprint(i), link: fmt.Sprintf("https://news.example/%d", i), title: "Rates today", html: long, at: t0.Add(-time.Duration(i) * 24 * time.Hour)}
		},
		"one guid and link": func(i int) item {
			return item{guid: "x", link: "https://news.example/x", title: fmt.Sprint("T", i), html: fmt.Sprint("<p>other ", i)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := openTest(t)
			f := addFeed(t, s, "news")
			var items []item
			for i := range 10 {
				items = append(items, make(i))
			}
			for round := range 3 {
				again(t, s, f, items...)
				if n := one(t, s, "SELECT count(*) FROM articles"); n != 10 {
					t.Fatalf("round %d: %d articles", round, n)
				}
			}
			verified(t, s)
		})
	}
}

// X15: TestRandomLinks is a publisher without guids whose links hold a new token in
// each answer.
func TestRandomLinks(t *testing.T) {
	s, c := openTest(t)
	f := addFeed(t, s, "news")
	for round := range 10 {
		var items []item
		for i := range 10 {
			items = append(items, item{link: fmt.Sprintf("https://news.example/%d?token=%d", i, round*100+i), title: fmt.Sprint("T", i), html: long, at: t0.Add(-time.Duration(i) * time.Hour)})
		}
		again(t, s, f, items...)
		c.t = c.t.Add(time.Hour)
	}
	if n := one(t, s, "SELECT count(*) FROM articles"); n != 10 {
		t.Errorf("%d articles", n)
	}
	if n := one(t, s, "SELECT count(*) FROM article_keys"); n > 60 {
		t.Errorf("%d keys", n)
	}
	verified(t, s)
}

func TestSectionsShareArticles(t *testing.T) {
	s, _ := openTest(t)
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	id := func(name string) feeds.FeedID {
		return feeds.FeedID(one(t, s, "SELECT id FROM feeds WHERE catalog = ?", name))
	}
	main, section := id("shafaq"), id("shafaq-security")
	shared := item{guid: "1", link: "https://shafaq.example/en/1", title: "Ministers warn", html: long, at: t0}
	outside := item{guid: "2", link: "https://elsewhere.example/1", title: "A film", html: "<p>Look.", at: t0.Add(-time.Hour)}
	save(t, s, answer(main, t0, shared, outside))
	other := shared
	other.guid, other.link, other.html = "sec-1", "http://www.shafaq.example/en/1?utm_source=x", "<p>Summary only."
	outside.html = "<p>Another note on it."
	saved := save(t, s, answer(section, t0, other, outside))
	if saved.New != 1 || saved.Joined != 1 {
		t.Fatalf("%+v", saved)
	}
	rows, err := s.List(ctx, Scope{Feed: section}, Window{})
	if err != nil || len(rows) != 2 || rows[0].Title != "Ministers warn" || rows[0].Feed != main {
		t.Fatalf("%v %+v", err, rows)
	}
	a, _, _, err := s.Article(ctx, rows[0].ID)
	if err != nil || a.HTML != long {
		t.Errorf("a second feed changed the text: %q %v", a.HTML, err)
	}
	if again(t, s, section, other).Updated != 0 {
		t.Error("the second feed's text is a revision")
	}
	seen, err := s.Sightings(ctx, rows[0].ID)
	if err != nil || len(seen) != 2 || seen[0].ID != main {
		t.Errorf("sightings %v %v", seen, err)
	}
	if _, err := s.Mark(ctx, Read, rows[0].ID); err != nil {
		t.Fatal(err)
	}
	o, err := s.Overview(ctx)
	if err != nil || o.All.Unread != 2 || o.Feeds[1].Unread != 1 {
		t.Errorf("%+v %v", o, err)
	}
	verified(t, s)
}

func TestSectionsInOneBatch(t *testing.T) {
	s, _ := openTest(t)
	one := func(path string) feeds.FeedID {
		id, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://paper.example/" + path, Site: "https://paper.example"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	it := item{guid: "1", link: "https://paper.example/a/1", title: "One", at: t0}
	saved := save(t, s, answer(one("world.xml"), t0, it), answer(one("front.xml"), t0, it))
	if saved.New != 1 || saved.Joined != 1 {
		t.Errorf("%+v", saved)
	}
	verified(t, s)
}

func TestRevision(t *testing.T) {
	s, c := openTest(t)
	f := addFeed(t, s, "news")
	it := item{guid: "1", link: "https://news.example/1", title: "First headline", html: "<p>Twelve people.", at: t0, author: "A. Writer"}
	save(t, s, answer(f, t0, it))
	rows, _ := s.List(ctx, Scope{}, Window{})
	id := rows[0].ID
	it.title, it.html = "Second headline", "<p>Fourteen people."
	c.t = t0.Add(time.Hour)
	if saved := again(t, s, f, it); saved.Updated != 1 || saved.New != 0 {
		t.Fatalf("%+v", saved)
	}
	if r, _ := s.Rows(ctx, []feeds.ArticleID{id}); r[0].Updated || r[0].Title != "Second headline" {
		t.Errorf("unread article: %+v", r[0])
	}
	if _, err := s.Mark(ctx, Read, id); err != nil {
		t.Fatal(err)
	}
	it.html = "<p>Fifteen people."
	again(t, s, f, it)
	if r, _ := s.Rows(ctx, []feeds.ArticleID{id}); !r[0].Updated || !r[0].Read {
		t.Errorf("read article: %+v", r[0])
	}
	if n, err := s.Mark(ctx, Read, id); n != 1 || err != nil {
		t.Errorf("opening it again: %d %v", n, err)
	}
	if r, _ := s.Rows(ctx, []feeds.ArticleID{id}); r[0].Updated {
		t.Error("the sign stays after opening")
	}
	all, err := s.Revisions(ctx, id)
	if err != nil || len(all) != 2 || all[0].Title != "First headline" || all[0].HTML != "<p>Twelve people." || all[1].Number != 2 || !all[0].Until.Equal(c.t) {
		t.Errorf("%+v %v", all, err)
	}
	for word, want := range map[string]int{"fifteen": 1, "fourteen": 0, "twelve": 0, "second": 1, "first": 0, "writer": 1, "people": 1} {
		if rows := find(t, s, word); len(rows) != want {
			t.Errorf("%s is found %d times", word, len(rows))
		}
	}
	verified(t, s)
}

// TestBacklog asks a feed for the first time, in two parts.
func TestBacklog(t *testing.T) {
	s, c := openTest(t)
	f := addFeed(t, s, "news")
	items := numbered("news", 100, t0.Add(-time.Hour))
	first, second := answer(f, t0, items[:60]...), answer(f, t0, items[60:]...)
	first.More = true
	save(t, s, first)
	save(t, s, second)
	o, err := s.Overview(ctx)
	if want := (Counts{Total: 100, Unread: 48, New: 48}); err != nil || o.All != want || o.Feeds[0].Counts != want {
		t.Errorf("%+v %v", o.All, err)
	}
	c.t = t0.Add(100 * time.Hour)
	save(t, s, answer(f, c.t, item{guid: "late", title: "An old report that comes late", at: t0}))
	if o, _ = s.Overview(ctx); o.All.Unread != 49 {
		t.Errorf("later: %+v", o.All)
	}
	verified(t, s)
}

func TestIDs(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	// Only the last two ids of the minute are free.
	minute := feeds.FirstID(t0)
	err := s.write(ctx, kept, func(c *conn) error {
		return c.exec("INSERT INTO statuses VALUES(?, 1000, 1, 0, 1, 0, 0, 1)", minute+1<<feeds.SequenceBits-3)
	})
	if err != nil {
		t.Fatal(err)
	}
	var items []item
	for i := range 6 {
		items = append(items, item{guid: fmt.Sprint("g", i), title: fmt.Sprint("T", i), at: t0.Add(time.Duration(i%2) * time.Second)})
	}
	items = append(items,
		item{guid: "next", title: "next minute", at: t0.Add(time.Minute)},
		item{guid: "undated", title: "undated"},
		item{guid: "future", title: "future", at: t0.Add(24 * 365 * time.Hour)},
		item{guid: "old", title: "old", at: time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)})
	now := t0.Add(2 * time.Minute)
	save(t, s, answer(f, now, items...))
	rows, err := s.List(ctx, Scope{}, Window{})
	if err != nil {
		t.Fatal(err)
	}
	want := "undated future | next minute T1 T3 T5 T0 T2 T4 | old"
	got := strings.Join(titles(rows[:2]), " ") + " | " + strings.Join(titles(rows[2:9]), " ") + " | " + strings.Join(titles(rows[9:]), " ")
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !rows[0].Undated || !rows[1].Undated || rows[2].Undated || !rows[0].At.Equal(now) {
		t.Errorf("%+v", rows[:3])
	}
	if rows[9].ID < 1 {
		t.Errorf("id %d", rows[9].ID)
	}
	if last := rows[8].ID; last != minute+1<<feeds.SequenceBits-2 {
		t.Errorf("first of the minute is %d", last)
	}
}

func TestSaveNeedsItsFeed(t *testing.T) {
	s, _ := openTest(t)
	_, err := s.Save(ctx, refresh.Batch{Now: t0, Outcomes: []refresh.Outcome{answer(99, t0, item{title: "x"})}})
	if !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	verified(t, s)
}
