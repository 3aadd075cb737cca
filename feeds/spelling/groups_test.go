package spelling_test

import (
	"slices"
	"testing"

	"sitrep/feeds/catalog"
	"sitrep/feeds/spelling"
)

func TestGroups(t *testing.T) {
	c, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	g := spelling.New(c.Spellings)
	for name, want := range map[string]string{
		"kadhimi": "الكاظمي", "کاظمی": "Kazemi", "tel aviv": "תל אביב", "תל אביב": "Tel Aviv", "abd al rahman": "عبد الرحمن",
	} {
		others, open, ok := g.Spellings(spelling.Fold(name))
		if !ok || !slices.Contains(others, want) || slices.Contains(others, name) {
			t.Errorf("%s: %v %v, want %s among them", name, others, ok, want)
		}
		if person := name != "tel aviv" && name != "תל אביב"; open != person {
			t.Errorf("%s: open %v", name, open)
		}
	}
	for _, word := range []string{"bin", "oil", ""} {
		if others, _, ok := g.Spellings(word); ok {
			t.Errorf("%s stands for %v", word, others)
		}
	}
	if g.Words() < 4 {
		t.Errorf("the longest name has %d words", g.Words())
	}
}

func TestClitics(t *testing.T) {
	for word, want := range map[string][]string{
		"كاظمي":   {"الكاظمي", "والكاظمي", "بالكاظمي", "للكاظمي", "فالكاظمي", "كالكاظمي", "وكاظمي", "بكاظمي", "وللكاظمي", "وبالكاظمي"},
		"الكاظمي": {"كاظمي", "والكاظمي", "بالكاظمي", "للكاظمي", "وللكاظمي"},
		"الف":     {"والف", "بالف"}, // a thousand: no article
		"ברזאני":  {"הברזאני", "לברזאני", "וברזאני", "שברזאני", "ומברזאני"},
	} {
		got := spelling.Clitics(spelling.Fold(word))
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s has no form %s: %v", word, w, got)
			}
		}
	}
	if got := spelling.Clitics("الف"); slices.Contains(got, "ف") {
		t.Errorf("%v", got)
	}
	for _, word := range []string{"", "من", "barzani", "f16"} {
		if got := spelling.Clitics(word); got != nil {
			t.Errorf("%s: %v", word, got)
		}
	}
}

func TestDisplay(t *testing.T) {
	for folded, want := range map[string]string{
		"barzani": "Barzani", spelling.Fold("ארדואן"): "ארדואן", "بارزاني": "بارزاني", "": "", "٣": "٣",
	} {
		if got := spelling.Display(folded); got != want {
			t.Errorf("Display(%s) = %s, want %s", folded, got, want)
		}
	}
}

func TestCapitals(t *testing.T) {
	upper, lower := spelling.Capitals("Party leaders left; the party's PARTY ended. Part.", "party")
	if upper != 2 || lower != 1 {
		t.Errorf("%d with a capital, %d without", upper, lower)
	}
}
