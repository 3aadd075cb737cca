package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// TestCheck asks one feed of each kind and wants the word and the reason.
func TestCheck(t *testing.T) {
	n := newNewsroom(t, 4)
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		switch strings.TrimPrefix(r.URL.Path, "/n/") {
		case "0", "1":
			return false
		case "2":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Empty</title></channel></rss>`)
		case "3":
			fmt.Fprint(w, strings.ReplaceAll(feedOf("old", 1), testNow.Format("2006"), "2019"))
		case "4":
			http.Error(w, "no", http.StatusForbidden)
		case "5":
			fmt.Fprint(w, `<!doctype html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js"></script>`)
		case "6":
			http.Error(w, "gone", http.StatusGone)
		case "7":
			fmt.Fprint(w, `<!doctype html><title>Home</title>`)
		case "8":
			http.Redirect(w, r, "/n/0", http.StatusMovedPermanently)
		}
		return true
	}
	jobs := n.jobs(10)
	jobs[9].Feed.URL = "http://127.0.0.1:1/closed"
	for i := range jobs {
		jobs[i].AllowPrivate = true
	}
	jobs[1].State = State{ETag: `"4"`, Health: feeds.Health{Checked: testNow.Add(-time.Hour), Items: 7, BodyLength: 90, Newest: testNow}}
	jobs[8].State = State{Moved: n.URL + "/n/0", MovedSince: testNow.Add(-72 * time.Hour), MovedTimes: 2}
	var done int
	o := options(t)
	got, err := Check(context.Background(), jobs, CheckOptions{Client: o.Client, Now: o.Now, Parallel: 1, Done: func(n int) { done = n }})
	if err != nil || done != len(jobs) {
		t.Fatalf("%v after %d feeds", err, done)
	}
	for i, want := range []struct {
		state  feeds.HealthState
		status int
		reason string
	}{
		{feeds.OK, 200, ""}, {feeds.OK, 304, ""}, {feeds.Empty, 200, "holds no articles"}, {feeds.Stale, 200, "Nothing new since"},
		{feeds.Refused, 403, "answered no (403)"}, {feeds.Refused, 200, "wants a browser"}, {feeds.Gone, 410, "ended this feed"},
		{feeds.Broken, 200, "a web page, not a feed"}, {feeds.Moved, 200, "has moved to"}, {feeds.Unreachable, 0, "does not take the connection"},
	} {
		h := got[i].Health
		if h.State != want.state || h.Status != want.status || !strings.Contains(h.Reason, want.reason) || h.NextDue.Before(testNow) {
			t.Errorf("feed %d: %s %d %q", i, h.State, h.Status, h.Reason)
		}
		if (h.Errors > 0) != h.State.Failing() {
			t.Errorf("feed %d: %d errors", i, h.Errors)
		}
	}
	if h := got[0].Health; h.Items != 4 || h.BodyLength != len("What happened in Baghdad, part 1.") || h.Newest.IsZero() {
		t.Errorf("the good feed: %+v", h)
	}
	if h := got[1].Health; h.Items != 7 || h.BodyLength != 90 {
		t.Errorf("the unchanged feed: %+v", h)
	}
}

// offlineGetter is a machine without a network.
type offlineGetter struct{}

func (offlineGetter) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	return nil, &fetch.Error{Kind: fetch.NoNetwork}
}

// panicGetter has a fault.
type panicGetter struct{}

func (panicGetter) Get(context.Context, fetch.Request) (*fetch.Response, error) { panic("fault") }

func TestCheckWithoutNetwork(t *testing.T) {
	jobs := make([]Job, 30)
	for i := range jobs {
		jobs[i].Feed.URL = fmt.Sprintf("https://host%d.example/", i)
	}
	o := CheckOptions{Client: offlineGetter{}, Now: func() time.Time { return testNow }}
	for _, n := range []int{1, 3, 30} {
		if _, err := Check(context.Background(), jobs[:n], o); !errors.Is(err, ErrOffline) {
			t.Errorf("%d feeds: %v", n, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Check(ctx, jobs, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	o.Client = panicGetter{}
	got, err := Check(context.Background(), jobs[:1], o)
	if err != nil || got[0].Health.State != feeds.Broken {
		t.Errorf("a panic: %v, %+v", err, got)
	}
	if got, err := Check(context.Background(), nil, o); err != nil || len(got) != 0 {
		t.Errorf("no feeds: %v, %v", got, err)
	}
}
