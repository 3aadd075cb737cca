package refresh

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// down is a network that is gone after a number of answers.
type down struct {
	fetch.Getter
	after int64
	kind  fetch.Kind
	asked atomic.Int64
}

func (d *down) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if d.asked.Add(1) > d.after {
		return nil, &fetch.Error{Kind: d.kind, Host: "x", URL: r.URL}
	}
	return d.Getter.Get(ctx, r)
}

func TestNoNetworkIsSaidOnce(t *testing.T) {
	n := newNewsroom(t, 1)
	for _, test := range []struct {
		name          string
		feeds         int
		after         int64
		kind          fetch.Kind
		offline       bool
		failed, saved int
	}{
		{"from the start", 50, 0, fetch.NoNetwork, true, 0, 0},
		{"no names", 50, 0, fetch.DNS, true, 0, 0},
		{"two feeds", 2, 0, fetch.NoNetwork, true, 0, 0},
		{"one wrong name", 1, 0, fetch.DNS, false, 1, 0},
		{"a tunnel", 50, 20, fetch.NoNetwork, true, 0, 20},
		{"a few wrong names", 23, 20, fetch.DNS, false, 3, 20},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newMemory(n.jobs(test.feeds)...)
			o := options(t)
			o.Parallel = 4
			d := &down{Getter: o.Client, after: test.after, kind: test.kind}
			o.Client = d
			sum := mustRun(t, m, o)
			if sum.Offline != test.offline || sum.Failed != test.failed || d.asked.Load() > test.after+suspectsLater+4 {
				t.Errorf("%+v after %d requests", sum, d.asked.Load())
			}
			if test.offline && sum.Left == 0 && test.feeds > 2 {
				t.Errorf("none left: %+v", sum)
			}
			for i := range test.feeds {
				if h := m.state(feeds.FeedID(i + 1)).Health; test.offline && h.Errors != 0 {
					t.Errorf("feed %d is blamed: %+v", i+1, h)
				}
			}
		})
	}
}

// TestDeadNames has an old list of feeds, most of whose hosts are gone. A name
// server says so at once, long before the feeds that live have answered.
func TestDeadNames(t *testing.T) {
	n := newNewsroom(t, 1)
	n.hook = func(http.ResponseWriter, *http.Request) bool {
		time.Sleep(50 * time.Millisecond)
		return false
	}
	for _, test := range []struct {
		name          string
		live          int
		catalog       bool
		offline       bool
		failed, saved int
	}{
		{"three live", 3, false, false, 27, 3},
		{"none", 0, false, true, 0, 0}, // a router without a network may say so of every name
		{"the catalogue's", 3, true, true, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			jobs := n.jobs(30)
			for i := range jobs {
				host := "gone"
				if i < test.live {
					host = "live"
				}
				jobs[i].Feed.URL = fmt.Sprintf("https://%s.example/%d", host, i)
				if test.catalog {
					jobs[i].Feed.Catalog = fmt.Sprint(i)
				}
			}
			o := options(t)
			o.Client = &names{Getter: o.Client, live: n.URL}
			sum := mustRun(t, newMemory(jobs...), o)
			if sum.Offline != test.offline || sum.Failed != test.failed || sum.New != test.saved {
				t.Errorf("%+v", sum)
			}
		})
	}
}

// names knows one host, which is the newsroom.
type names struct {
	fetch.Getter
	live string
}

func (d *names) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	path, ok := strings.CutPrefix(r.URL, "https://live.example")
	if !ok {
		return nil, &fetch.Error{Kind: fetch.DNS, Host: "gone.example", URL: r.URL, Missing: true}
	}
	r.URL = d.live + path
	return d.Getter.Get(ctx, r)
}

// TestSilence has a feed that does not answer among those whose network is gone.
func TestSilence(t *testing.T) {
	n := newNewsroom(t, 1)
	jobs, o := n.jobs(8), options(t)
	o.Parallel = 1
	o.Client = &silence{down: down{Getter: o.Client, kind: fetch.NoNetwork}}
	if sum := mustRun(t, newMemory(jobs...), o); !sum.Offline || sum.Failed != 1 {
		t.Errorf("%+v", sum)
	}
}

// silence is a network that is gone but for one host, which does not answer.
type silence struct{ down }

func (s *silence) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if strings.HasSuffix(r.URL, "/n/0") {
		return nil, &fetch.Error{Kind: fetch.Timeout, Host: "x", URL: r.URL}
	}
	return s.down.Get(ctx, r)
}

// TestNearbyFeeds has feeds of this machine among those of a world that is gone:
// their answers do not make it a fault of the others.
func TestNearbyFeeds(t *testing.T) {
	n := newNewsroom(t, 1)
	jobs := n.jobs(20)
	for i := range jobs {
		if i%2 == 1 {
			jobs[i].Feed.URL = fmt.Sprintf("https://far-%d.example/feed", i)
		}
	}
	m, o := newMemory(jobs...), options(t)
	o.Parallel = 1
	o.Client = &far{Getter: o.Client}
	sum := mustRun(t, m, o)
	if !sum.Offline || sum.Failed != 0 || sum.New == 0 {
		t.Errorf("%+v", sum)
	}
}

// far reaches this machine only.
type far struct{ fetch.Getter }

func (f *far) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if strings.Contains(r.URL, "//far-") {
		return nil, &fetch.Error{Kind: fetch.NoNetwork, Host: "far", URL: r.URL}
	}
	return f.Getter.Get(ctx, r)
}
