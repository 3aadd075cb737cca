package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// deaf is a client whose feeds with the ETag "deaf" hang until their time is up.
type deaf struct {
	fetch.Getter
	wait time.Duration

	mu    sync.Mutex
	order []string
}

func (d *deaf) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	d.mu.Lock()
	d.order = append(d.order, r.URL)
	d.mu.Unlock()
	if r.ETag != "deaf" {
		return d.Getter.Get(ctx, r)
	}
	select {
	case <-time.After(d.wait):
		return nil, &fetch.Error{Kind: fetch.Timeout, URL: r.URL}
	case <-ctx.Done():
		return nil, &fetch.Error{Kind: fetch.Canceled, URL: r.URL, Err: ctx.Err()}
	}
}

// apart gives each job a host of its own that rehosted leads back.
func apart(jobs []Job) []Job {
	for i := range jobs {
		jobs[i].Feed.ID = feeds.FeedID(i + 1)
		jobs[i].Feed.URL = strings.Replace(jobs[i].Feed.URL, "127.0.0.1", fmt.Sprintf("127.7.0.%d", i), 1)
	}
	return jobs
}

// N1: when all that ask are kept waiting by servers that say nothing, others
// take their place; and servers which were silent before are asked last.
func TestOthersStandInForThoseKeptWaiting(t *testing.T) {
	n := newNewsroom(t, 1)
	m := newMemory(apart(n.jobs(100))...)
	for i := range 30 {
		m.jobs[i].State.ETag = "deaf"
	}
	o := options(t)
	d := &deaf{Getter: rehosted{o.Client}, wait: 1200 * time.Millisecond}
	o.Client, o.Parallel, o.patience, o.All = d, 20, 50*time.Millisecond, true
	var good time.Duration
	start := time.Now()
	o.OnEvent = func(e Event) {
		if e.New == 70 && good == 0 {
			good = time.Since(start)
		}
	}
	sum := mustRun(t, m, o)
	if sum.Failed != 30 || sum.New != 70 || good == 0 || good > time.Second {
		t.Errorf("%d failed, %d new, the good ones after %v", sum.Failed, sum.New, good)
	}
	for i := range 30 { // as after another such cycle
		m.jobs[i].State.Health.Errors = 2
	}
	d.order, d.wait = nil, 0
	mustRun(t, m, o)
	for i, url := range d.order[:50] { // 20 ask at the same time
		for _, j := range m.jobs[:30] {
			if j.Feed.URL == url {
				t.Errorf("%s was silent twice and is asked as number %d", url, i+1)
			}
		}
	}
}

// N4: a refresh that is stopped while servers hang ends at once, with what had
// come saved.
func TestStopWhileServersHang(t *testing.T) {
	n, slow := newNewsroom(t, 2), newNewsroom(t, 0)
	slow.hook = func(_ http.ResponseWriter, r *http.Request) bool { <-r.Context().Done(); return true }
	m := newMemory(apart(append(slow.jobs(30), n.jobs(10)...))...)
	o := options(t)
	c := fetch.New(fetch.Options{Spacing: -1, PerHost: 64, Header: time.Minute})
	t.Cleanup(c.Close)
	o.Client = rehosted{c}
	ctx, cancel := context.WithCancel(context.Background())
	var stopped time.Time
	o.OnEvent = func(e Event) {
		if e.New == 20 && stopped.IsZero() {
			stopped = time.Now()
			cancel()
		}
	}
	sum, err := Run(ctx, m, o)
	if took := time.Since(stopped); !errors.Is(err, context.Canceled) || sum.New != 20 || took > time.Second {
		t.Errorf("%v, %+v, %v after it was stopped", err, sum, took)
	}
	for i := range 30 {
		if h := m.state(feeds.FeedID(i + 1)).Health; h.Errors != 0 {
			t.Errorf("feed %d is blamed: %+v", i+1, h)
		}
	}
}

// N5: a day of cron without a network blames no feed and puts none off.
func TestADayWithoutNetwork(t *testing.T) {
	n := newNewsroom(t, 1)
	m := newMemory(n.jobs(8)...)
	o := options(t)
	good := o.Client
	for hour := range 24 {
		now := testNow.Add(time.Duration(hour) * time.Hour)
		o.Now = func() time.Time { return now }
		o.Client = &down{kind: fetch.NoNetwork}
		if sum := mustRun(t, m, o); !sum.Offline || sum.Failed != 0 {
			t.Fatalf("hour %d: %+v", hour, sum)
		}
	}
	o.Client = good
	if sum := mustRun(t, m, o); sum.New != 8 {
		t.Errorf("with the network back: %+v", sum)
	}
}
