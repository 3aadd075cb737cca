package parse

import (
	"os"
	"path/filepath"
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

func TestRealFeeds(t *testing.T) {
	for _, file := range corpus(t, "real") {
		r, err := parseFile(t, file)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		t.Logf("%-45s %-7s %-12s %3d items %s", filepath.Base(file), r.Version, r.Encoding, len(r.Articles), r.Damaged)
	}
}

func TestMalformedFeeds(t *testing.T) {
	for _, file := range corpus(t, "malformed") {
		r, err := parseFile(t, file)
		if err != nil {
			t.Logf("%-50s %v", filepath.Base(file), err)
			continue
		}
		t.Logf("%-50s %-7s %-12s %3d items %s", filepath.Base(file), r.Version, r.Encoding, len(r.Articles), r.Damaged)
	}
}
