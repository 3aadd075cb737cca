package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/refresh"
)

func job(t *testing.T, s *Store, id feeds.FeedID) refresh.Job {
	t.Helper()
	jobs, err := s.Due(ctx, refresh.Selection{Now: t0, Feeds: []feeds.FeedID{id}})
	if err != nil || len(jobs) != 1 {
		t.Fatalf("%v, %v", jobs, err)
	}
	return jobs[0]
}

func TestAccess(t *testing.T) {
	s, _ := openTest(t)
	id := addFeed(t, s, "a")
	o := answer(id, t0)
	o.State = refresh.State{ETag: `"x"`, BodyHash: 7, Hint: 3 * time.Hour, Quiet: feeds.Quiet(0).WithHour(9).WithDay(time.Saturday)}
	save(t, s, o)
	if st := job(t, s, id).State; st.Hint != o.State.Hint || st.Quiet != o.State.Quiet {
		t.Errorf("%+v", st)
	}
	want := feeds.Access{Host: "https://a.example", User: "me", Headers: []string{"X-Key"}, Key: "file:1", Command: []string{"pass", "show", "a b"}, Bearer: true, Pin: "00", MaxBytes: 64 << 20}
	if err := s.SetAccess(ctx, id, want); err != nil {
		t.Fatal(err)
	}
	j := job(t, s, id)
	if diff := cmp.Diff(want, j.Access); diff != "" {
		t.Error(diff)
	}
	if j.State.ETag != "" || j.State.BodyHash != 0 {
		t.Errorf("the next request is conditional: %+v", j.State)
	}
	if got, err := s.Access(ctx, id); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.SetAccess(ctx, id, feeds.Access{}); err != nil || !job(t, s, id).Access.IsZero() {
		t.Errorf("taken back: %v", err)
	}
	if err := s.SetAccess(ctx, 999, want); err == nil {
		t.Error("a feed that does not exist")
	}
}

// H9: the new address takes the old one's place unless it is another feed's, and
// the permission to be on the local network ends with it. N6: it ends, too, once
// the host was seen on the public internet.
func TestPlaceOfAFeed(t *testing.T) {
	s, _ := openTest(t)
	a, b := addFeed(t, s, "a"), addFeed(t, s, "b")
	if !job(t, s, a).AllowPrivate || !job(t, s, b).AllowPrivate {
		t.Fatal("a typed feed may not be private")
	}
	o := answer(a, t0)
	o.Address = "https://new.example/feed"
	save(t, s, o)
	if j := job(t, s, a); j.Feed.URL != o.Address || j.AllowPrivate {
		t.Errorf("moved: %+v", j)
	}
	o = answer(b, t0)
	o.Address = "https://new.example/feed"
	before := job(t, s, b).Feed.URL
	save(t, s, o)
	if j := job(t, s, b); j.Feed.URL != before || !j.AllowPrivate {
		t.Errorf("moved to another feed's address: %+v", j)
	}
	o.Address, o.Public = "", true
	save(t, s, o)
	if j := job(t, s, b); j.AllowPrivate {
		t.Errorf("seen in public: %+v", j)
	}
}

func listed(t *testing.T, s *Store) []string {
	t.Helper()
	rows, err := s.List(ctx, Scope{}, Window{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	return titles(rows)
}

// daily answers with three items of one day.
type daily struct{}

func (d daily) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	body := `<rss version="2.0"><channel><title>Daily</title>`
	for i := range 3 {
		at := t0.Add(-time.Duration(i) * time.Hour)
		body += fmt.Sprintf("<item><title>Report %d</title><guid>g%d</guid><pubDate>%s</pubDate></item>", i, i, at.Format(time.RFC1123Z))
	}
	return &fetch.Response{Status: 200, Body: []byte(body + "</channel></rss>"), URL: "https://a.example/feed"}, nil
}

// H12: a refresh under a clock that is ten years wrong, in either direction, puts
// no feed off once it is right again, and leaves the order as it was.
func TestClockThatWasWrong(t *testing.T) {
	for _, years := range []int{10, -10} {
		s, c := openTest(t)
		for i := range 5 {
			addFeed(t, s, fmt.Sprintf("f%d", i))
		}
		run := func(at time.Time) refresh.Summary {
			t.Helper()
			c.t = at
			sum, err := refresh.Run(ctx, s, refresh.Options{Client: daily{}, Now: c.now})
			if err != nil {
				t.Fatal(err)
			}
			return sum
		}
		run(t0)
		order := listed(t, s)
		if sum := run(t0.AddDate(years, 0, 0)); sum.Total != 5 {
			t.Errorf("%d years: %d feeds due", years, sum.Total)
		}
		back := t0.Add(time.Minute)
		if sum := run(back); sum.Total != 5 || sum.New != 0 {
			t.Errorf("back from %d years: %+v", years, sum)
		}
		over, err := s.Overview(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range over.Feeds {
			if wait := f.Health.NextDue.Sub(back); wait <= 0 || wait > refresh.MaxInterval {
				t.Errorf("back from %d years: feed %d is due in %v", years, f.ID, wait)
			}
		}
		if got := listed(t, s); !cmp.Equal(got, order) {
			t.Errorf("order %v, was %v", got, order)
		}
	}
}
