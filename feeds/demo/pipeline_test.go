package demo_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"regexp"
	"slices"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/demo"
	"sitrep/feeds/parse"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
)

var markup = regexp.MustCompile(`<[^>]+>`)

// TestPipeline reads the samples with the program's own parser and routes them
// by the shipped rules: each briefing to subscribe must have something to show,
// and what only looks regional must stay out.
func TestPipeline(t *testing.T) {
	now := time.Now()
	s, err := demo.Serve(context.Background(), now, demo.WithDelay(0))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	router := routing.Compile(shipped.Briefings)
	counts := make(map[string]int)
	general := 0
	for _, f := range s.Feeds() {
		for _, a := range fetch(t, f, now) {
			text := html.UnescapeString(markup.ReplaceAllString(a.HTML, " "))
			matches := router.Route(routing.Text{
				Title:   spelling.AppendFold(nil, []byte(a.Title)),
				Summary: spelling.AppendFold(nil, []byte(text)),
				Lang:    f.Lang, Own: f.Briefings,
			})
			for _, m := range matches {
				counts[m.Briefing]++
				if len(f.Briefings) == 0 {
					general++
				}
				if b, _ := shipped.Briefing(m.Briefing); b.Group == feeds.Regions && elsewhere.MatchString(a.Link) {
					t.Errorf("%q is routed to %s by %q", a.Title, m.Briefing, m.Terms)
				}
			}
		}
	}
	for _, id := range s.Briefings() {
		if _, ok := shipped.Briefing(id); !ok || counts[id] < 8 {
			t.Errorf("briefing %s has %d articles", id, counts[id])
		}
	}
	if general < 40 {
		t.Errorf("only %d placements from general feeds", general)
	}
}

// elsewhere are the articles about places that share a name with the region.
var elsewhere = regexp.MustCompile(`/(lebanon-ohio|turkey-farms|gulf-mexico)$`)

func fetch(t *testing.T, f demo.Feed, now time.Time) []feeds.Article {
	t.Helper()
	res, err := http.Get(f.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		return nil
	}
	result, err := parse.Parse(body, parse.Hint{
		URL: f.URL, ContentType: res.Header.Get("Content-Type"), Lang: f.Lang, Now: now,
	})
	if err != nil {
		t.Fatalf("%s: %v", f.URL, err)
	}
	if result.Damaged != "" || result.Feed.Title != f.Title || len(result.Articles) == 0 {
		t.Errorf("%s: %q with %d articles %s", f.URL, result.Feed.Title, len(result.Articles), result.Damaged)
	}
	undated := func(a feeds.Article) bool { return a.Published.IsZero() }
	if n := len(slices.DeleteFunc(slices.Clone(result.Articles), undated)); n < len(result.Articles)-1 {
		t.Errorf("%s: only %d of %d articles have a date", f.URL, n, len(result.Articles))
	}
	return result.Articles
}
