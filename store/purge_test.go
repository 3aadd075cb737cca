package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/refresh"
)

// purgeAll purges what p means.
func purgeAll(t *testing.T, s *Store, p Purge) int {
	t.Helper()
	what, err := s.Purgeable(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Purge(ctx, what.IDs, p.Unread, nil)
	if err != nil || n != len(what.IDs) {
		t.Fatalf("purged %d of %d, %v", n, len(what.IDs), err)
	}
	return n
}

// TestPurge removes what was read and is old, and nothing else; what a feed
// serves again stays away.
func TestPurge(t *testing.T) {
	s, clock := openTest(t)
	f := addFeed(t, s, "news", "iraq")
	items := numbered("news", 60, t0)
	save(t, s, answer(f, t0, items...))
	rows, err := s.List(ctx, Scope{}, Window{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		act := Unread
		switch {
		case i%10 == 1:
			act = Star
		case i%2 == 0:
			act = Read
		}
		if _, err := s.Mark(ctx, act, r.ID); err != nil {
			t.Fatal(err)
		}
	}
	old := query.Date{Op: "before", To: t0.Add(-20*time.Hour + time.Minute)}
	what, err := s.Purgeable(ctx, Purge{Filter: old})
	if err != nil || len(what.IDs) != 36-what.Unread || what.Starred != 4 { // 40 are old
		t.Fatalf("%d go, %d starred and %d unread stay, %v", len(what.IDs), what.Starred, what.Unread, err)
	}
	gone := purgeAll(t, s, Purge{Filter: old})
	if found := find(t, s, "report"); len(found) != 60-gone {
		t.Errorf("found %d", len(found))
	}
	clock.t = t0.Add(time.Hour)
	if saved := again(t, s, f, items...); saved != (refresh.Saved{}) {
		t.Errorf("served again: %+v", saved)
	}
	if n := one(t, s, "SELECT count(*) FROM articles"); int(n) != 60-gone {
		t.Errorf("%d articles left", n)
	}
	if n, err := s.Mark(ctx, Unread, what.IDs[0]); n != 0 || err != nil {
		t.Errorf("marked a purged one: %d %v", n, err)
	}
	for range 5 { // acts that marked purged articles are taken back without them
		if _, err := s.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.ScopeCount(ctx, Scope{MaxArrival: 1}); err != nil || n > 1 {
		t.Errorf("the first arrival: %d %v", n, err)
	}
	if n := purgeAll(t, s, Purge{Keep: 10, Unread: true}); n == 0 {
		t.Error("nothing purged by number")
	}
	verified(t, s)
}

// TestPurgedStayAway purges 10,000 articles and is served all of them again (S10).
func TestPurgedStayAway(t *testing.T) {
	s, _ := openTest(t)
	const n = 10_000
	f := addFeed(t, s, "news")
	items := numbered("news", n, t0)
	for i := 0; i < n; i += 2500 {
		save(t, s, answer(f, t0, items[i:i+2500]...))
	}
	if _, err := s.MarkAll(ctx, Scope{}, Read); err != nil {
		t.Fatal(err)
	}
	if gone := purgeAll(t, s, Purge{}); gone != n {
		t.Errorf("%d gone", gone)
	}
	before, err := s.Sizes(ctx)
	if err != nil || before.Free == 0 {
		t.Errorf("%+v %v", before, err)
	}
	for i := 0; i < n; i += 2500 {
		if saved := save(t, s, answer(f, t0, items[i:i+2500]...)); saved != (refresh.Saved{}) {
			t.Errorf("came back: %+v", saved)
		}
	}
	over, err := s.Overview(ctx)
	if err != nil || over.All != (Counts{}) {
		t.Errorf("%+v %v", over.All, err)
	}
	verified(t, s)
}

func TestPurgeStops(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0, numbered("news", purgedAtOnce+50, t0)...))
	what, err := s.Purgeable(ctx, Purge{Unread: true})
	if err != nil {
		t.Fatal(err)
	}
	limited, stop := context.WithCancel(ctx)
	n, err := s.Purge(limited, what.IDs, true, func(int) { stop() })
	if n != purgedAtOnce || !errors.Is(err, context.Canceled) {
		t.Errorf("%d %v", n, err)
	}
	cl, err := s.Claim(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Purge(ctx, what.IDs, true, nil); n != 0 || !errors.As(err, new(*Busy)) {
		t.Errorf("during a refresh: %d %v", n, err)
	}
	if err := cl.Release(); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Purge(ctx, []feeds.ArticleID{1, 2}, true, nil); n != 0 || err != nil {
		t.Errorf("absent ones: %d %v", n, err)
	}
	verified(t, s)
}
