package store

import (
	"fmt"
	"testing"
	"time"

	"sitrep/feeds/query"
)

// Each facet says how many articles its narrower search finds.
func TestFacets(t *testing.T) {
	s, _ := openTest(t)
	if err := s.Subscribe(ctx, "iraq", nil); err != nil {
		t.Fatal(err)
	}
	feedA, feedB := addFeed(t, s, "Gulf Times"), addFeed(t, s, "وكالة الأنباء")
	var a, b []item
	for i := range 40 {
		it := item{guid: fmt.Sprint(i), title: fmt.Sprint("Report ", i), html: "<p>An oil deal.", at: t0.Add(-time.Duration(i) * 50 * time.Hour), lang: []string{"en", "ar", ""}[i%3]}
		if i%4 == 0 {
			it.briefings = []string{"iraq"}
		}
		if i%5 == 0 {
			it.briefings = append(it.briefings, "security") // not subscribed
		}
		if a = append(a, it); i%2 == 0 {
			it.guid += "b"
			it.html += fmt.Sprint(" More of it ", i)
			b = append(b, it)
		}
	}
	save(t, s, answer(feedA, t0, a...), answer(feedB, t0, b...))
	zone := time.FixedZone("Baghdad", 3*3600)
	o := query.Options{Now: t0, Location: zone}
	for _, text := range []string{"oil", "oil is:unread", "report lang:ar", "source:gulf", "nothing", ""} {
		q := query.Read(text, o)
		f, err := s.Facets(ctx, q, zone)
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Count(ctx, q)
		if err != nil || f.Of != all || f.Cut {
			t.Errorf("%s: %d of %d %v", text, f.Of, all, err)
		}
		kinds := [][]Facet{f.Briefings, f.Sources, f.Languages, f.Months}
		for _, kind := range kinds {
			for _, facet := range kind {
				n, err := s.Count(ctx, query.Read(text+" "+facet.Narrow.String(), o))
				if err != nil || n != facet.N || n == 0 {
					t.Errorf("%s %s: %d, counted %d %v", text, facet.Narrow, n, facet.N, err)
				}
			}
		}
		if text == "oil" && (len(f.Briefings) != 1 || len(f.Sources) != 2 || len(f.Languages) != 2 || len(f.Months) != 3) {
			t.Errorf("%s: %+v", text, f)
		}
	}
}
