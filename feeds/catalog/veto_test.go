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
	with := routing.Compile(c.Briefings)
	tested := map[string]bool{}
	for _, row := range table(t, "testdata/vetoes.csv") {
		briefing, lang, veto, title, summary := row[0], row[1], row[2], row[3], row[4]
		tested[briefing+lang+veto] = true
		if terms, in := routes(with, briefing, lang, title, summary); in {
			t.Errorf("%s: %q gets in by %q", briefing, title, terms)
		}
		without := slices.Clone(c.Briefings)
		i := slices.IndexFunc(without, func(b feeds.Briefing) bool { return b.ID == briefing })
		without[i].Vetoes = slices.DeleteFunc(slices.Clone(without[i].Vetoes), func(v feeds.Term) bool {
			return v.Lang == lang && v.Text == veto
		})
		if _, in := routes(routing.Compile(without), briefing, lang, title, summary); !in {
			t.Errorf("%s: %q stays out without the veto %q too", briefing, title, veto)
		}
	}
	for _, b := range c.Briefings {
		for _, v := range b.Vetoes {
			if !tested[b.ID+v.Lang+v.Text] {
				t.Errorf("%s: no sentence for the veto %s:%s", b.ID, v.Lang, v.Text)
			}
		}
	}
}
