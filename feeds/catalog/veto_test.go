package catalog_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
)

func shipped(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// table reads a CSV file of testdata without its header.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func article(title, summary, lang string) routing.Text {
	return routing.Text{Title: []byte(spelling.Fold(title)), Summary: []byte(spelling.Fold(summary)), Lang: lang}
}

// routes reports whether the rules let the sentence into the briefing, and by which terms.
func routes(r *routing.Router, briefing, lang, title, summary string) ([]string, bool) {
	for _, m := range r.Route(article(title, summary, lang)) {
		if m.Briefing == briefing {
			return m.Terms, true
		}
	}
	return nil, false
}

// TestVetoes shows for every veto a sentence that it keeps out and that the
// briefing would take without it. The editions, which select instead of
// matching, are tried as if they matched.
func TestVetoes(t *testing.T) {
	c := shipped(t)
	for i := range c.Briefings {
		if c.Briefings[i].Rule == feeds.RuleNone {
			c.Briefings[i].Rule = feeds.RuleMatch
		}
	}
	with, tested := routing.Compile(c.Briefings), map[string]bool{}
	without := map[string]*routing.Router{}
	for _, b := range c.Briefings {
		without[b.ID] = routing.Compile(append(oneVetoLess(b), c.Briefings...))
	}
	for _, row := range table(t, "testdata/vetoes.csv") {
		briefing, lang, veto, title, summary := row[0], row[1], row[2], row[3], row[4]
		tested[vetoID(briefing, lang, veto)] = true
		if terms, in := routes(with, briefing, lang, title, summary); in {
			t.Errorf("%s: %q gets in by %q", briefing, title, terms)
		}
		if _, in := routes(without[briefing], vetoID(briefing, lang, veto), lang, title, summary); !in {
			t.Errorf("%s: %q stays out without the veto %q too", briefing, title, veto)
		}
	}
	for _, b := range c.Briefings {
		for _, v := range b.Vetoes {
			if !tested[vetoID(b.ID, v.Lang, v.Text)] {
				t.Errorf("%s: no sentence for the veto %s:%s", b.ID, v.Lang, v.Text)
			}
		}
	}
}

func vetoID(briefing, lang, text string) string { return briefing + "/" + lang + ":" + text }

// oneVetoLess returns a copy of the briefing for each of its vetoes, without
// that one and named after it. The copies stand in no group, so that they do
// not vouch for the region.
func oneVetoLess(b feeds.Briefing) []feeds.Briefing {
	var copies []feeds.Briefing
	for i, v := range b.Vetoes {
		less := b
		less.ID, less.Group = vetoID(b.ID, v.Lang, v.Text), feeds.Mine
		less.Vetoes = slices.Delete(slices.Clone(b.Vetoes), i, i+1)
		copies = append(copies, less)
	}
	return copies
}
