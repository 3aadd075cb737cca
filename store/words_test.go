package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/feeds/query"
)

// TestWords counts words through saves, revisions, a killed process and another
// process's writes; verify compares the table with the texts each time.
func TestWords(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	page := func(i int, text string) item {
		return item{guid: fmt.Sprint(i), title: fmt.Sprint("Report ", i), html: "<p>" + text, author: "Desk", at: t0.Add(-time.Duration(i) * time.Hour)}
	}
	save(t, s, answer(f, t0, page(1, "oil oil gas"), page(2, "gas and water")))
	save(t, s, answer(f, t0, page(1, "oil and wheat"))) // counted in memory only
	verify(t, dir)
	if err := s.Close(); err != nil { // writes the words
		t.Fatal(err)
	}
	verify(t, dir)

	s = openAt(t, dir, &clock{t0})
	if n := one(t, s, "SELECT articles FROM words WHERE word = 'and'"); n != 2 {
		t.Errorf("and: %d", n)
	}
	if n := one(t, s, "SELECT count(*) FROM words WHERE word = 'wheat'"); n != 1 {
		t.Error("wheat is missing")
	}
	save(t, s, answer(f, t0, page(1, "barley"))) // counted at once: nothing is in memory
	verify(t, dir)
	save(t, s, answer(f, t0, page(3, "steel")))
	s.words = nil // the process is killed
	other := openAt(t, dir, &clock{t0})
	save(t, other, answer(f, t0, page(4, "cement")))
	verify(t, dir)
	if more, err := other.Tidy(ctx, time.Minute); more || err != nil {
		t.Fatal(more, err)
	}
	if n := one(t, s, "SELECT count(*) FROM words WHERE word IN ('steel', 'cement')"); n != 2 {
		t.Errorf("%d of 2 words", n)
	}
	verify(t, dir)
}

// TestWordsInPieces kills the writer between two pieces of a large tally.
func TestWordsInPieces(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, &clock{t0})
	f := addFeed(t, s, "news")
	var b strings.Builder
	for i := range 2*wordsAtOnce + 100 {
		fmt.Fprintf(&b, "w%x ", i)
	}
	save(t, s, answer(f, t0, item{guid: "1", title: "Words", html: b.String(), at: t0}))
	tally := s.words
	s.words = nil
	err := s.write(ctx, fetchable, func(c *conn) error {
		piece := slices.Sorted(maps.Keys(tally.words))[:wordsAtOnce]
		for _, w := range piece {
			if err := countWord(c, w, 1); err != nil {
				return err
			}
		}
		return position{tally.from, tally.to, piece[len(piece)-1], 0}.write(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := one(t, s, "SELECT count(*) FROM words"); n != wordsAtOnce {
		t.Errorf("%d words after the first piece", n)
	}
	verify(t, dir)
	if _, err := s.Tidy(ctx, time.Minute); err != nil {
		t.Fatal(err)
	}
	if n := one(t, s, "SELECT count(*) FROM words"); n < 2*wordsAtOnce {
		t.Errorf("%d words after catching up", n)
	}
	verify(t, dir)
}

func TestSuggest(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	var items []item
	for i, text := range []string{"Falluja Falluja", "Falluja again", "Fallujah", "pipeline", "Şırnak", "بغداد", "oil"} {
		items = append(items, item{guid: fmt.Sprint(i), title: text, at: t0})
	}
	save(t, s, answer(f, t0, items...))
	if err := s.withWriter(ctx, s.flushWords); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"faluja": "falluja", "Fallujaa": "falluja", "pipelien": "pipeline", "sirnka": "sirnak", "بغداذ": "بغداد",
		"falluja": "", "xyz": "", "oli": "oil", "old": "", "": "",
	} {
		got, ok, err := s.Suggest(ctx, word)
		if err != nil || got != want || ok != (want != "") {
			t.Errorf("%s: %q %v %v, want %q", word, got, ok, err, want)
		}
	}
}

// K8: TestOddQueries searches short strings of the language's own signs: none may be
// an error.
func TestOddQueries(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("news", 5, t0)...))
	if err := s.withWriter(ctx, s.flushWords); err != nil {
		t.Fatal(err)
	}
	signs := []string{`"`, `'`, `*`, `-`, `:`, `^`, `(`, `)`, `{`, `}`, `+`, `~`, `=`, `a`, ` AND `, ` OR `, ` NOT `, `NEAR`, `near:2(`, ` `, `title:`}
	try := func(q string) {
		for _, typing := range []bool{false, true} {
			e := query.Read(q, query.Options{Now: t0, Typing: typing})
			if _, err := s.Search(ctx, e, Window{Limit: 3}); err != nil {
				t.Errorf("%q: %v", q, err)
			}
		}
	}
	for i, a := range signs {
		try(a)
		for j, b := range signs {
			try(a + b)
			for k, c := range signs {
				if *longTests || (i+j+k)%oddStep == 0 {
					try(a + b + c)
				}
			}
		}
	}
	var many strings.Builder
	for i := range 150_000 {
		fmt.Fprintf(&many, "w%dx ", i)
	}
	for _, q := range []string{
		strings.Repeat("a", 1<<20), strings.Repeat("(", 1<<20), strings.Repeat(`"`, 1<<20), strings.Repeat("-", 1<<20), strings.Repeat("=a ", 1<<18),
		strings.Repeat("a OR ", 1<<18), strings.Repeat("falluja ", 1<<17), strings.Repeat("بغداد ", 1<<16), many.String(), strings.ReplaceAll(many.String(), " ", " OR "),
	} {
		began := time.Now()
		try(q)
		if took := time.Since(began) / 2; took > 200*time.Millisecond && !raced {
			t.Errorf("%.20s… took %v", q, took)
		}
	}
}
