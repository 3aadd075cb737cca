package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/store/config"
)

func base() *catalog.Catalog {
	return &catalog.Catalog{
		Briefings: []feeds.Briefing{
			{ID: "iraq", Title: "Iraq", Group: feeds.Regions, Zone: "Asia/Baghdad", Rule: feeds.RuleMatch, Terms: []feeds.Term{{Lang: "en", Text: "Iraq"}}},
		},
		Feeds: []catalog.Feed{
			{Feed: feeds.Feed{Catalog: "wire", URL: "https://wire.example/rss", Title: "Wire"}, Own: []string{"iraq"}},
		},
	}
}

func briefings(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCatalogLaysFilesOver(t *testing.T) {
	dir := briefings(t, map[string]string{
		"iraq.toml": `
add_terms = ["ar:البصرة", "en:~strike"]
add_vetoes = ["en:Iraq War Museum"]
[[feeds]]
id = "wire"
url = "https://wire.example/new"
[[feeds]]
url = "https://basra.example/feed"
title = "Basra Daily"
lang = "ar"
`,
		"water.toml":  "title = \"Water\"\nterms = [\"en:!Tigris\"]\nrule = \"pair\"\n",
		"notes.txt":   "not ours",
		".#iraq.toml": "an editor's lock",
	})
	got, err := config.Catalog(dir, base())
	if err != nil {
		t.Fatal(err)
	}
	want := base()
	want.Briefings[0].Terms = append(want.Briefings[0].Terms, feeds.Term{Lang: "ar", Text: "البصرة"}, feeds.Term{Lang: "en", Text: "strike", Weak: true})
	want.Briefings[0].Vetoes = []feeds.Term{{Lang: "en", Text: "Iraq War Museum"}}
	want.Briefings = append(want.Briefings, feeds.Briefing{
		ID: "water", Title: "Water", Group: feeds.Mine, Zone: "UTC", Rule: feeds.RulePair,
		Terms: []feeds.Term{{Lang: "en", Text: "Tigris", Sufficient: true}},
	})
	want.Feeds[0].URL = "https://wire.example/new"
	if diff := cmp.Diff(want.Briefings, got.Briefings); diff != "" {
		t.Error(diff)
	}
	if got.Feeds[0].URL != want.Feeds[0].URL || len(got.Feeds[0].Own) != 1 {
		t.Errorf("changed feed %+v", got.Feeds[0])
	}
	own := got.Own("iraq")
	if len(own) != 2 || own[1].URL != "https://basra.example/feed" || own[1].Title != "Basra Daily" {
		t.Errorf("own feeds of iraq: %+v", own)
	}
}

func TestCatalogWithoutDirectory(t *testing.T) {
	b := base()
	got, err := config.Catalog(filepath.Join(t.TempDir(), "absent"), b)
	if err != nil || got != b {
		t.Errorf("got %p, %v; want the base", got, err)
	}
}

func TestBriefingFaults(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"iraq.toml", "titel = \"x\"\n", `iraq.toml:1:1: unknown setting "titel"; did you mean "title"?`},
		{"iraq.toml", "title = \"x\"\nrule = \"all\"\n", `iraq.toml:2:1: "all" is not one of "none", "match"`},
		{"iraq.toml", "group = \"Other\"\n", `iraq.toml:1:1: "Other" is not one of`},
		{"iraq.toml", "zone = \"Mars/Base\"\n", `iraq.toml:1:1: "Mars/Base" is no time zone`},
		{"iraq.toml", "add_terms = [\"ar: ~\"]\n", `iraq.toml:1:1: "ar: ~": a term is empty`},
		{"iraq.toml", "\n[terms]\nen = [\"x\"]\n", `iraq.toml:2:2: this is no table: write it as name = value`},
		{"iraq.toml", "[title]\nen = \"x\"\n", `iraq.toml:1:2: this is no table`},
		{"iraq.toml", "\n[[feeds]]\ntitle = \"x\"\n", `iraq.toml:2:3: a feed needs a url`},
		{"iraq.toml", "[[feeds]]\nurl = \"file:///etc/passwd\"\n", `is no http or https address`},
		{"iraq.toml", "[[feeds]]\nid = \"wire\"\n[[feeds]]\nid = \"nowhere\"\n", `iraq.toml:3:3: the catalogue has no feed "nowhere"`},
		{"My List.toml", "title = \"x\"\n", `a briefing's file is named by its id`},
	} {
		_, err := config.Catalog(briefings(t, map[string]string{c.file: c.text}), base())
		var fault *config.Error
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q:\ngot  %v\nwant …%s…", c.file, c.text, err, c.want)
		}
	}
}

func TestTermWithoutLanguage(t *testing.T) {
	for text, langs := range map[string]string{"~dam": "en tr fr kmr", "دجلة": "ar fa ckb", "חידקל": "he", "tr:Dicle": "tr"} {
		terms, err := config.ParseTerms(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, term := range terms {
			got = append(got, term.Lang)
		}
		if strings.Join(got, " ") != langs {
			t.Errorf("%s: languages %v, want %s", text, got, langs)
		}
	}
}

func TestTermsRoundTrip(t *testing.T) {
	text := rapid.StringMatching(`((ar|en|fa):)?[~!]?[A-Za-zابتث0-9][A-Za-zابتث0-9 :~!.-]*[A-Za-zابتث0-9]`)
	rapid.Check(t, func(t *rapid.T) {
		var terms []feeds.Term
		for _, s := range rapid.SliceOf(text).Draw(t, "texts") {
			parsed, err := config.ParseTerms(s)
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			terms = append(terms, parsed...)
		}
		var again []feeds.Term
		for _, s := range config.FormatTerms(terms) {
			parsed, err := config.ParseTerms(s)
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			again = append(again, parsed...)
		}
		if diff := cmp.Diff(terms, again); diff != "" {
			t.Error(diff)
		}
	})
}
