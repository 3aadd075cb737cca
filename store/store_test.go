package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/document"
	"sitrep/feeds/parse"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
)

var (
	ctx = context.Background()
	t0  = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
)

// small is a catalogue for tests.
var small = &catalog.Catalog{
	Spellings: []catalog.Group{
		{ID: "1", Kind: "place", Names: spelled("Tel Aviv", "תל אביב", "تل أبيب")},
		{ID: "2", Kind: "name-part", Names: spelled("Kadhimi", "Kazemi", "الكاظمي", "کاظمی")},
		{ID: "3", Kind: "name-part", Names: spelled("Barzani", "Berzani", "بارزانی")},
		{ID: "4", Kind: "name-part", Names: spelled("Ocalan", "أوجلان")},
		{ID: "5", Kind: "name-part", Names: spelled("Ali", "علي", "علی")},
	},
	Briefings: []feeds.Briefing{
		{ID: "iraq", Title: "Iraq", Group: feeds.Regions, Rule: feeds.RuleMatch},
		{ID: "security", Title: "Security", Group: feeds.Topics, Rule: feeds.RuleTopicAndRegion},
	},
	Feeds: []catalog.Feed{
		{Feed: feeds.Feed{Catalog: "shafaq", URL: "https://shafaq.example/feed", Title: "Shafaq News", Source: "Shafaq News", Site: "https://shafaq.example", Lang: "en"}, Own: []string{"iraq"}, Scope: "Iraq"},
		{Feed: feeds.Feed{Catalog: "shafaq-security", URL: "https://shafaq.example/security", Title: "Shafaq Security", Source: "Shafaq News", Site: "https://shafaq.example", Lang: "en"}, Own: []string{"iraq"}, Scope: "Iraq"},
		{Feed: feeds.Feed{Catalog: "ina", URL: "https://ina.example/feed", Title: "INA", Source: "INA", Site: "https://ina.example", Lang: "ar", Disabled: true}, Own: []string{"iraq"}, Scope: "Iraq"},
		{Feed: feeds.Feed{Catalog: "world", URL: "https://world.example/feed", Title: "World", Source: "World", Site: "https://world.example", Lang: "en"}, Offered: []string{"iraq", "security"}, Scope: "global"},
	},
}

// clock is a clock that tests move.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func spelled(names ...string) (out []catalog.Name) {
	for _, n := range names {
		out = append(out, catalog.Name{Text: n})
	}
	return out
}

// openAt opens the store in dir with the small catalogue.
func openAt(t testing.TB, dir string, c *clock) *Store {
	t.Helper()
	s, err := Open(ctx, dir, Options{Now: c.now, Catalog: small})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// openTest opens a new store.
func openTest(t testing.TB) (*Store, *clock) {
	t.Helper()
	c := &clock{t0}
	return openAt(t, t.TempDir(), c), c
}

// addFeed subscribes a feed of its own host.
func addFeed(t rapid.TB, s *Store, name string, briefings ...string) feeds.FeedID {
	t.Helper()
	id, _, err := s.AddFeed(ctx, feeds.Feed{URL: "https://" + name + ".example/feed", Title: name, Source: name, Site: "https://" + name + ".example"}, briefings)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// item is an article as tests write it.
type item struct {
	guid, link, title, html, author string
	at                              time.Time
	lang                            string
	tags                            []string
	image                           string
	briefings                       []string
}

// entry prepares an item as the parse workers do.
func entry(feed feeds.FeedID, it item, now time.Time) refresh.Entry {
	a := feeds.Article{
		Feed: feed, GUID: it.guid, Link: it.link, Title: it.title, HTML: it.html, Published: it.at,
		FirstSeen: now, Lang: it.lang, Tags: it.tags, Image: it.image,
	}
	if it.author != "" {
		a.Authors = []feeds.Author{{Name: it.author}}
	}
	text := document.AppendText(nil, it.html)
	h := fnv.New64a()
	h.Write([]byte(it.title + "\x00"))
	h.Write(text)
	e := refresh.Entry{
		Article: a, Keys: feeds.Keys(&a, text), Content: int64(h.Sum64()),
		Title: spelling.AppendFold(nil, []byte(it.title)), Body: spelling.AppendFold(nil, text), Author: spelling.AppendFold(nil, []byte(it.author)),
	}
	for _, b := range it.briefings {
		e.Briefings = append(e.Briefings, routing.Match{Briefing: b})
	}
	return e
}

// answer is one feed's answer.
func answer(feed feeds.FeedID, now time.Time, items ...item) refresh.Outcome {
	o := refresh.Outcome{Feed: feed, Meta: &parse.Meta{}, State: refresh.State{Health: feeds.Health{State: feeds.OK, Checked: now, NextDue: now.Add(time.Hour)}}}
	keys := make([][]feeds.Key, len(items))
	for i, it := range items {
		o.Articles = append(o.Articles, entry(feed, it, now))
		keys[i] = o.Articles[i].Keys
	}
	feeds.MarkShared(keys)
	return o
}

// save saves answers in one batch.
func save(t rapid.TB, s *Store, answers ...refresh.Outcome) refresh.Saved {
	t.Helper()
	b := refresh.Batch{Now: s.now(), Outcomes: answers}
	for _, o := range answers {
		b.Articles += len(o.Articles)
	}
	saved, err := s.Save(ctx, b)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// numbered makes n items of a feed, the newest first, an hour apart.
func numbered(name string, n int, newest time.Time) []item {
	items := make([]item, n)
	for i := range items {
		items[i] = item{
			guid: fmt.Sprintf("%s-%d", name, n-i), link: fmt.Sprintf("https://%s.example/a/%d", name, n-i),
			title: fmt.Sprintf("%s report %d", name, n-i), html: fmt.Sprintf("<p>Text number %d of %s.</p>", n-i, name),
			at: newest.Add(-time.Duration(i) * time.Hour),
		}
	}
	return items
}

func titles(rows []Row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Title
	}
	return out
}

func TestSQLiteVersion(t *testing.T) {
	s, _ := openTest(t)
	err := s.read(ctx, func(c *conn) error {
		v, _, err := c.text("SELECT sqlite_version()")
		var major, minor, patch int
		fmt.Sscanf(v, "%d.%d.%d", &major, &minor, &patch)
		if n := major*1_000_000 + minor*1000 + patch; n < 3_051_003 {
			t.Errorf("SQLite %s can lose commits of two processes (WAL reset); 3.51.3 is the first that cannot", v)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSaveAndList(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "alpha")
	saved := save(t, s, answer(f, t0, numbered("alpha", 5, t0.Add(-time.Hour))...))
	if saved.New != 5 {
		t.Fatalf("saved %+v", saved)
	}
	rows, err := s.List(ctx, Scope{}, Window{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(titles(rows)); got != "[alpha report 5 alpha report 4 alpha report 3]" {
		t.Error(got)
	}
}
