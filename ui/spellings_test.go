package ui

import "testing"

// TestSearchSaysWhatElseIsLookedFor finds a name that the articles spell in
// another way and says so.
func TestSearchSaysWhatElseIsLookedFor(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 120, 30)
	d.press("/")
	d.write("ceyhen")
	d.sees("1 found", "also: Ceyhan")
	d.press("esc")
	d.press("/")
	d.write("=ceyhen")
	d.sees("Nothing found")
	if d.m.search.also != nil {
		t.Errorf("looked for %q, too", d.m.search.also)
	}
}
