package store

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// X9, X11, X12: articles without a date, of the far future, and of a date or with
// an advertisement that changes with each request keep place, date and marks
// through ten refreshes, and none of them comes back to the top.
func TestPlacesStay(t *testing.T) {
	s, c := openTest(t)
	f := addFeed(t, s, "news")
	round := 0
	items := func() []item {
		ad := fmt.Sprintf(`<img src="https://ads.example/%d.gif" alt=""><script>ad(%d)</script>`, round, round)
		return []item{
			{guid: "a", title: "Without a date, first", html: long},
			{guid: "b", title: "Without a date, second", html: "<p>Other words of an officer."},
			{guid: "c", title: "Of the year 2031", html: "<p>The future.", at: time.Date(2031, 1, 1, round, 0, 0, 0, time.UTC)},
			{guid: "d", title: "Dated anew each time", html: "<p>What happened at noon.", at: t0.Add(time.Duration(round-30) * time.Hour)},
			{guid: "e", title: "With an advertisement", html: "<p>The text itself." + ad, at: t0.Add(-2 * time.Hour)},
		}
	}
	var first []Row
	for ; round < 10; round++ {
		saved := again(t, s, f, items()...)
		rows, err := s.List(ctx, Scope{}, Window{})
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			first = rows
			if _, err := s.Mark(ctx, Read, rows[0].ID, rows[4].ID); err != nil {
				t.Fatal(err)
			}
			if got, want := titles(rows[:3]), []string{"Without a date, first", "Without a date, second", "Of the year 2031"}; !slices.Equal(got, want) {
				t.Errorf("undated articles stand as %q", got)
			}
			for i, r := range rows {
				if undated := i < 3; r.Undated != undated || undated && !r.At.Equal(t0) {
					t.Errorf("%s: %v, undated %v", r.Title, r.At, r.Undated)
				}
			}
		} else if saved.New+saved.Updated != 0 {
			t.Errorf("round %d: %+v", round, saved)
		}
		for i, r := range rows {
			if w := first[i]; r.ID != w.ID || !r.At.Equal(w.At) || r.Updated || round > 0 && r.Read != (i == 0 || i == 4) {
				t.Errorf("round %d: %q at %v (read %v, updated %v), was %q at %v", round, r.Title, r.At, r.Read, r.Updated, w.Title, w.At)
			}
		}
		c.t = c.t.Add(time.Hour)
	}
	verified(t, s)
}
