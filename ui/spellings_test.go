package ui

import (
	"context"
	"testing"
	"time"

	"sitrep/feeds/query"
	"sitrep/store"
)

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

// twoSpellings are samples of a name that the catalogue does not know.
func twoSpellings() []sample {
	return []sample{
		{title: "انتخاب المشهداني", body: "<p>رئيسا</p>", lang: "ar", ago: time.Hour},
		{title: "Al-Mashhadani elected", body: "<p>Speaker Mashhadani spoke.</p>", lang: "en", ago: 2 * time.Hour},
		{title: "Mashhadani travels", body: "<p>To Erbil, Mashhadani said.</p>", lang: "en", ago: 3 * time.Hour},
	}
}

// TestGuessedSpellingsComeSecond shows what the words themselves find first, and
// what guessed spellings find with it afterwards.
func TestGuessedSpellingsComeSecond(t *testing.T) {
	s, _ := newStore(t, twoSpellings()...)
	q := query.Read("mashhadani", query.Options{Now: testNow})
	listed, err := s.SearchListed(context.Background(), q, store.Window{})
	if err != nil || len(listed) != 2 {
		t.Fatalf("%d rows without guesses, %v", len(listed), err)
	}
	d := start(t, s, 120, 30)
	d.press("/")
	d.write("mashhadani")
	d.sees("3 found", "also:")
	if n := len(d.m.list.rows); n != 3 || d.m.list.cursor != 0 {
		t.Errorf("%d rows, cursor %d", n, d.m.list.cursor)
	}

	// The reader has gone to the last article before the rest came.
	d.m.list.rows = listed
	d.press("down")
	want := d.m.currentID()
	d.do(d.m.widen(2)) // too few to have the article: more are read
	if got := d.m.currentID(); got != want || len(d.m.list.rows) != 3 {
		t.Errorf("the cursor was on %v and is on %v of %d rows", want, got, len(d.m.list.rows))
	}
	d.exact()
}
