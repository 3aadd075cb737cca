package spelling

import (
	"strings"
	"testing"

	"sitrep/feeds/catalog"
)

func TestIsStopword(t *testing.T) {
	for _, w := range strings.Fields("في وفي بما وما على إلى والتي فهذا در شده هایی لە ئەوە میں של ולא שהוא כשהוא için û") {
		if !IsStopword(Fold(w)) {
			t.Errorf("%s is none", w)
		}
	}
	for _, w := range strings.Fields("بارزاني ترامب خان نور ברזאני נתניהו barzani لبنان فانس") {
		if IsStopword(Fold(w)) {
			t.Errorf("%s is one", w)
		}
	}
	if IsStopword("") {
		t.Error("nothing is one")
	}
}

// TestStopwordsAndCatalogue lists the spellings of the catalogue that fold to a
// word of most texts: searches look for these by their letters.
func TestStopwordsAndCatalogue(t *testing.T) {
	c, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{Fold("علي"): true, Fold("سنە"): true} // Ali, Sanandaj
	for _, g := range c.Spellings {
		for _, n := range g.Names {
			if w := Fold(n.Text); g.Kind != "particle" && IsStopword(w) && !known[w] {
				t.Errorf("%s of %s is a stop word", n.Text, g.ID)
			}
		}
	}
}

// TestCommonest holds each script to the commonest words of its languages.
func TestCommonest(t *testing.T) {
	for script, want := range map[Script]int{Arabic: 4, Hebrew: 1, Latin: 2} {
		if got := Commonest(script); len(got) != want*commonest {
			t.Errorf("script %d has %q", script, got)
		}
	}
}
