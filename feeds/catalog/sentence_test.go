package catalog_test

import (
	"testing"

	"sitrep/feeds/routing"
)

// TestSentences routes sentences of many languages into each briefing on screen.
func TestSentences(t *testing.T) {
	c := shipped(t)
	r := routing.Compile(c.Briefings)
	sentences, langs := map[string]int{}, map[string]map[string]bool{}
	for _, row := range table(t, "testdata/sentences.csv") {
		briefing, lang, title, summary := row[0], row[1], row[2], row[3]
		sentences[briefing]++
		if langs[briefing] == nil {
			langs[briefing] = map[string]bool{}
		}
		langs[briefing][lang] = true
		terms, in := routes(r, briefing, lang, title, summary)
		if !in || len(terms) == 0 {
			t.Errorf("%s (%s): %q stays out", briefing, lang, title)
		}
	}
	for _, b := range c.Briefings {
		if !b.Hidden && (sentences[b.ID] < 5 || len(langs[b.ID]) < 4) {
			t.Errorf("%s: %d sentences in %d languages", b.ID, sentences[b.ID], len(langs[b.ID]))
		}
	}
}
