package refresh

import (
	"context"
	"sync/atomic"
	"testing"

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
