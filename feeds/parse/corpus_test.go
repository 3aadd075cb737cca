package parse

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// corpus returns the files of a folder of captured feeds, which stand beside
// the checkout where they may be used.
func corpus(t testing.TB, folder string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("../../../shared/corpus/feeds", folder, "*"))
	var feeds []string
	for _, f := range files {
		if filepath.Base(f) != "SOURCES.md" {
			feeds = append(feeds, f)
		}
	}
	if len(feeds) == 0 {
		t.Skip("no captured feeds beside the checkout")
	}
	return feeds
}

var clock = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

func parseFile(t testing.TB, file string) (*Result, error) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(b, Hint{URL: "https://feeds.example/" + filepath.Base(file), Now: clock})
}

// starts counts the items of an XML feed as they are written.
var starts = regexp.MustCompile(`<(?:\w+:)?(?:item|entry)(?:\s[^>]*)?>`)

// Every captured feed gives all of its items, each with a title, nearly all with
// a link and a date.
func TestRealFeeds(t *testing.T) {
	feeds, items, links, dates := 0, 0, 0, 0
	for _, file := range corpus(t, "real") {
		r, err := parseFile(t, file)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := max(1, len(starts.FindAll(b, -1)))
		if len(r.Articles) < want {
			t.Errorf("%s: %d of %d items, %s", filepath.Base(file), len(r.Articles), want, r.Damaged)
		}
		feeds++
		items += len(r.Articles)
		for i := range r.Articles {
			if r.Articles[i].Link != "" {
				links++
			}
			if !r.Articles[i].Published.IsZero() {
				dates++
			}
		}
		checkResult(t, r)
	}
	t.Logf("%d feeds, %d items, %d links, %d dates", feeds, items, links, dates)
	if links < items*98/100 || dates < items*95/100 {
		t.Errorf("of %d items %d have a link and %d a date", items, links, dates)
	}
}

// noItems are the malformed files that hold no item, or no feed.
var noItems = map[string]bool{
	"feedkit-FeedNotFound.xml": true, "lemon24-unknown.json": true, "miniflux-iso-8859-1.xml": true,
	"miniflux-iso88591_utf8_mismatch.xml": true, "miniflux-windows-1252-incorrect-prolog.xml": true, "miniflux-windows-1252.xml": true,
	"newsboat-empty.xml": true, "nodefp-notafeed.html": true, "rssparser-incomplete-fields.atom": true, "rssparser-unrecognized.rss": true,
	"rustrss-mixed_content.xml": true, "simplepie-feed-with-whitespace-before-xml-declaration.xml": true, "simplerss-not-rss.xml": true,
	"yarr-feed-bom.xml": true, "yarr-feed-short.xml": true, "yarr-rss-lots-of-spaces.xml": true,
}

// Every malformed file that holds an item gives it; the others give a reason,
// or an empty feed.
func TestMalformedFeeds(t *testing.T) {
	given := 0
	for _, file := range corpus(t, "malformed") {
		name := filepath.Base(file)
		r, err := parseFile(t, file)
		switch {
		case err != nil && !noItems[name]:
			t.Errorf("%s: %v", name, err)
		case err == nil && len(r.Articles) == 0 && !noItems[name]:
			t.Errorf("%s: no items. %s", name, r.Damaged)
		case err == nil && len(r.Articles) > 0:
			given++
		}
	}
	t.Logf("%d files give items", given)
}
