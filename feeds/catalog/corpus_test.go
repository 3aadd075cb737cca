package catalog_test

import (
	"encoding/json"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"sitrep/feeds/routing"
)

type item struct{ Source, Title, Summary, Collector string }

var tags = regexp.MustCompile(`<[^>]*>`)

// TestMorning routes one day's real items and prints what each briefing got
// with -v. Nearly all of them are about the region.
func TestMorning(t *testing.T) {
	data, err := os.ReadFile("../../../shared/corpus/stories/middle-east-items-2026-08-07.json")
	if err != nil {
		t.Skip("no corpus beside the checkout: ", err)
	}
	var items []item
	if err := json.Unmarshal(data, &items); err != nil {
		t.Fatal(err)
	}
	c := shipped(t)
	r := routing.Compile(c.Briefings)
	got, routed := map[string]int{}, 0
	for _, it := range items {
		title := strings.TrimSuffix(html.UnescapeString(it.Title), " - "+it.Source)
		summary := strings.TrimSpace(tags.ReplaceAllString(html.UnescapeString(it.Summary), " "))
		matches := r.Route(article(title, summary, ""))
		for _, m := range matches {
			got[m.Briefing]++
		}
		if len(matches) > 0 {
			routed++
		}
		t.Logf("%s | %.200s\n\t%v", title, summary, matches)
	}
	for _, b := range c.Briefings {
		t.Logf("%-25s %4d", b.ID, got[b.ID])
	}
	if routed*100 < len(items)*85 {
		t.Errorf("%d of %d items routed", routed, len(items))
	}
	for _, id := range []string{"iran", "israel", "security", "gulf", "oil-gas", "supply-chain"} {
		if n := got[id]; n*100 < len(items)*3 || n*100 > len(items)*75 {
			t.Errorf("%s got %d of %d items", id, n, len(items))
		}
	}
}
