package store

import (
	"testing"
	"time"

	"sitrep/feeds/query"
)

// TestCountsOfQueries asks in the query language for what is counted already.
func TestCountsOfQueries(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0,
		item{guid: "1", title: "A", at: t0, briefings: []string{"iraq"}},
		item{guid: "2", title: "B", at: t0.Add(-time.Hour), briefings: []string{"iraq", "security"}},
		item{guid: "3", title: "C", at: t0.Add(-2 * time.Hour)}))
	rows, err := s.List(ctx, Scope{}, Window{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Mark(ctx, Read, rows[1].ID); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string]int{
		"": 3, "is:unread": 2, "is:read": 1, "briefing:iraq": 2, "briefing:iraq is:unread": 1, "briefing:security": 1,
		"briefing:iraq briefing:security": 1, "briefing:none": 0, "-briefing:iraq": 1, "-is:unread": 1, "A is:unread": 1, "B is:unread": 0,
		"is:unread OR briefing:iraq": 3,
	} {
		if n, err := s.Count(ctx, query.Read(q, query.Options{Now: t0})); n != want || err != nil {
			t.Errorf("%q: %d, want %d, %v", q, n, want, err)
		}
	}
}
