package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
)

func ptr[T any](v T) *T { return &v }

func TestMerge(t *testing.T) {
	base, untouched := shipped(t), shipped(t)
	got, err := catalog.Merge(base,
		catalog.Override{
			Briefings: []catalog.BriefingChange{
				{ID: "iraq", Title: ptr("Iraq desk"), AddTerms: []feeds.Term{{Lang: "en", Text: "Halabja"}}},
				{ID: "ports", Title: ptr("Ports"), Terms: &[]feeds.Term{{Lang: "en", Text: "Umm Qasr"}}},
			},
			Feeds: []catalog.FeedChange{
				{ID: "shafaq-en", Disabled: ptr(true)},
				{ID: "harbour", URL: ptr("https://harbour.example/feed"), Own: &[]string{"ports"}},
			},
		},
		catalog.Override{Briefings: []catalog.BriefingChange{
			{ID: "iraq", Description: ptr("Second file."), AddVetoes: []feeds.Term{{Lang: "en", Text: "crossword"}}},
			{ID: "gulf", Terms: &[]feeds.Term{}, Hidden: ptr(true)},
		}},
	)
	if err != nil {
		t.Fatal(err)
	}
	was, _ := base.Briefing("iraq")
	want := was
	want.Title, want.Description = "Iraq desk", "Second file."
	want.Terms = append(slices.Clone(was.Terms), feeds.Term{Lang: "en", Text: "Halabja"})
	want.Vetoes = append(slices.Clone(was.Vetoes), feeds.Term{Lang: "en", Text: "crossword"})
	iraq, _ := got.Briefing("iraq")
	if diff := cmp.Diff(want, iraq); diff != "" {
		t.Error(diff)
	}
	if gulf, _ := got.Briefing("gulf"); len(gulf.Terms) != 0 || !gulf.Hidden || gulf.Title != "Gulf" {
		t.Errorf("gulf: %v", gulf)
	}
	ports, ok := got.Briefing("ports")
	if !ok || ports.Group != feeds.Mine || ports.Rule != feeds.RuleMatch || len(ports.Terms) != 1 {
		t.Errorf("ports: %v", ports)
	}
	if f, _ := got.Feed("shafaq-en"); !f.Disabled || f.URL == "" {
		t.Errorf("shafaq-en: %v", f)
	}
	if own := got.Own("ports"); len(own) != 1 || own[0].URL != "https://harbour.example/feed" {
		t.Errorf("feeds of ports: %v", own)
	}
	if diff := cmp.Diff(untouched, base); diff != "" {
		t.Errorf("Merge changed its base: %s", diff)
	}
}

func TestMergeRefuses(t *testing.T) {
	for _, tt := range []struct {
		over catalog.Override
		want string
	}{
		{catalog.Override{Briefings: []catalog.BriefingChange{{}}}, "no id"},
		{catalog.Override{Feeds: []catalog.FeedChange{{}}}, "no id"},
		{catalog.Override{Feeds: []catalog.FeedChange{{ID: "new"}}}, "no address"},
		{catalog.Override{Feeds: []catalog.FeedChange{{ID: "shafaq-en", Own: &[]string{"moon"}}}}, `no briefing "moon"`},
	} {
		if _, err := catalog.Merge(shipped(t), tt.over); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Merge(%+v): %v, want %q", tt.over, err, tt.want)
		}
	}
}
