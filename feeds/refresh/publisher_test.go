package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// H5: what Retry-After asks for is kept to within a minute and a week, by errors
// and by answers; only who asks for all feeds asks before.
func TestRetryAfterIsKept(t *testing.T) {
	for value, want := range map[string][2]time.Duration{
		"7200":                          {2 * time.Hour, 2 * time.Hour},
		"Tue, 24 Nov 2026 18:00:00 GMT": {12 * time.Hour, 12 * time.Hour},
		"Tue, 24 Nov 2020 18:00:00 GMT": {MinInterval, 90 * time.Minute}, // past: as if it were not there
		"Mon, 24 Nov 2036 18:00:00 GMT": {7 * 24 * time.Hour, 7 * 24 * time.Hour},
		"99999999999999999999":          {MinInterval, 90 * time.Minute}, // no number
		"soon":                          {MinInterval, 90 * time.Minute},
	} {
		for _, status := range []int{429, 503, 200} {
			n := newNewsroom(t, 3)
			n.hook = func(w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("Retry-After", value)
				w.WriteHeader(status)
				if status == 200 {
					fmt.Fprint(w, feedOf("/n/0", 3))
				}
				return true
			}
			m := newMemory(n.jobs(1)...)
			o := options(t)
			mustRun(t, m, o)
			if d := m.state(1).Health.NextDue.Sub(testNow); d < want[0] || d > want[1] {
				t.Errorf("%d with %q: due in %v", status, value, d)
			}
			if sum := mustRun(t, m, o); sum.Total != 0 {
				t.Errorf("asked again: %+v", sum)
			}
			o.All = true
			if sum := mustRun(t, m, o); sum.Total != 1 || n.asked.Load() != 2 {
				t.Errorf("by hand: %+v, %d requests", sum, n.asked.Load())
			}
			n.Close()
		}
	}
}

// A host that was asked too often is not asked for its other feeds in that cycle;
// they rest as long as the one that was told so, and other hosts are asked.
func TestTiredHostIsLeftAlone(t *testing.T) {
	for _, status := range []int{429, 503} {
		n := newNewsroom(t, 1)
		tired := func(r *http.Request) bool { return strings.HasPrefix(r.Host, "127.") }
		var asked atomic.Int64
		n.hook = func(w http.ResponseWriter, r *http.Request) bool {
			if !tired(r) {
				return false
			}
			asked.Add(1)
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(status)
			return true
		}
		m := newMemory(n.jobs(40)...)
		for i := range 20 {
			m.jobs[i].Feed.URL = strings.Replace(m.jobs[i].Feed.URL, "127.0.0.1", "localhost", 1)
			m.jobs[i].AllowPrivate = true
		}
		sum := mustRun(t, m, options(t))
		if sum.Failed != 20 || sum.New != 20 || asked.Load() > perHost {
			t.Errorf("%d: %d failed, %d new, %d requests to the tired host", status, sum.Failed, sum.New, asked.Load())
		}
		for id := feeds.FeedID(21); id <= 40; id++ {
			if h := m.state(id).Health; h.Status != status || h.NextDue.Sub(testNow) < 2*time.Hour || h.Reason == "" {
				t.Errorf("%d, feed %d: %+v", status, id, h)
			}
		}
	}
}

// H6: whatever the server answers, a feed costs one request a cycle.
func TestOneRequestPerFeedAndCycle(t *testing.T) {
	for _, status := range []int{304, 500, 503, 429, 404, 204, 206} {
		n := newNewsroom(t, 1)
		n.hook = func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(status); return true }
		m := newMemory(n.jobs(5)...)
		for i := range 3 {
			m.jobs[i].State.ETag = `"latched"`
		}
		o := options(t)
		o.All = true
		for cycle := range 2 {
			mustRun(t, m, o)
			got, most := n.asked.Load(), int64(5*(cycle+1))
			if got > most || got < most && status != 429 { // after that its host is left alone
				t.Errorf("%d: %d requests after %d cycles", status, got, cycle+1)
			}
		}
		n.Close()
	}
}

// moving answers for a feed that was sent elsewhere for good.
type moving struct {
	to     string
	proven bool
}

func (g moving) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	return &fetch.Response{Status: 200, URL: g.to, Permanent: g.to, Proven: g.proven, Public: true, Body: []byte(feedOf("/n/0", 3))}, nil
}

// H9: a feed's address changes after three equal redirects on two days or more
// which TLS vouched for, and not for less.
func TestMovedFeed(t *testing.T) {
	const to = "https://new.example/feed"
	feed := func(url string) feeds.Feed { return feeds.Feed{URL: url} }
	for _, test := range []struct {
		name   string
		every  time.Duration
		proven bool
		job    Job
		moves  bool
	}{
		{"in two days", 24 * time.Hour, true, Job{Feed: feed("https://old.example/feed")}, true},
		{"within a day", time.Hour, true, Job{Feed: feed("https://old.example/feed")}, false},
		{"not over TLS", 24 * time.Hour, false, Job{Feed: feed("http://old.example/feed")}, false},
		{"login for another host", 24 * time.Hour, true, Job{Feed: feed("https://old.example/feed"), Access: feeds.Access{Host: "https://old.example", User: "me"}}, false},
		{"login in the address", 24 * time.Hour, true, Job{Feed: feed("https://me:pw@old.example/feed")}, false},
		{"login for this host", 24 * time.Hour, true, Job{Feed: feed("http://new.example/feed"), Access: feeds.Access{Host: "http://new.example", User: "me"}}, true},
	} {
		m := newMemory(test.job)
		var got Outcome
		for i := range 3 {
			now := testNow.Add(time.Duration(i) * test.every)
			o := Options{Client: moving{to, test.proven}, Now: func() time.Time { return now }, All: true}
			m.save = func(b Batch) error { got = b.Outcomes[len(b.Outcomes)-1]; return nil }
			mustRun(t, m, o)
			if moved := got.Address != ""; moved != (test.moves && i == 2) || moved && got.Address != to || !got.Public {
				t.Errorf("%s, sight %d: address %q, public %v", test.name, i+1, got.Address, got.Public)
			}
		}
		want := feeds.OK
		if !test.moves && test.every > time.Hour {
			want = feeds.Moved // the reader is told
		}
		if s := got.State; s.Health.State != want || test.moves && s.Moved != "" {
			t.Errorf("%s: %+v", test.name, s)
		}
	}
}

// What a publisher says of caching and of quiet hours holds for answers that do
// not repeat it.
func TestPublishersWishesOutliveUnchangedAnswers(t *testing.T) {
	n := newNewsroom(t, 0)
	text := strings.Replace(feedOf("/n/0", 3), "<link>https://news.example/</link>",
		"<link>https://news.example/</link><ttl>180</ttl><skipHours><hour>9</hour><hour>10</hour></skipHours><skipDays><day>Wednesday</day></skipDays>", 1)
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("ETag", `"v"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
		fmt.Fprint(w, text)
		return true
	}
	m := newMemory(n.jobs(1)...)
	o := options(t) // 06:00 on a Tuesday
	o.All = true
	for range 2 { // three hours, but not before 11:00
		mustRun(t, m, o)
		if due := m.state(1).Health.NextDue; due.Hour() != 11 || due.Day() != 24 {
			t.Errorf("due %v", due)
		}
	}
	late := testNow.Add(16 * time.Hour)
	o.Now = func() time.Time { return late }
	mustRun(t, m, o)
	if due := m.state(1).Health.NextDue; due.Day() != 26 || due.Hour() != 0 {
		t.Errorf("due %v, want Thursday", due)
	}
}

// A feed whose secret cannot be read is not asked, and says why; the others are.
func TestSecretsOfAFeed(t *testing.T) {
	n := newNewsroom(t, 2)
	var heard []string
	n.hook = func(_ http.ResponseWriter, r *http.Request) bool {
		if v := r.Header.Get("Authorization") + r.Header.Get("X-Key"); v != "" {
			heard = append(heard, r.URL.Path+" "+v)
		}
		return false
	}
	jobs := n.jobs(5)
	jobs[0].Access = feeds.Access{Host: n.URL, Key: "good", Headers: []string{"X-Key"}}
	jobs[1].Access = feeds.Access{Host: n.URL, Key: "bad"}
	jobs[2].Access = feeds.Access{Host: "https://elsewhere.example", Key: "good"} // the address was changed since
	jobs[3].Access = feeds.Access{Host: n.URL, Command: []string{"pass"}, Bearer: true}
	o := options(t)
	o.Parallel = 1
	o.Unlock = func(_ context.Context, a feeds.Access) (Secrets, error) {
		switch {
		case a.Key == "bad":
			return Secrets{}, errors.New("the keyring is locked")
		case a.Bearer:
			return Secrets{Token: "canary"}, nil
		}
		return Secrets{Header: []fetch.Field{{Name: "X-Key", Value: "canary"}}}, nil
	}
	m := newMemory(jobs...)
	sum := mustRun(t, m, o)
	if sum.Failed != 1 || sum.New != 8 || !strings.Contains(sum.Failures[0].Sentence, "the keyring is locked") || n.asked.Load() != 4 {
		t.Errorf("%+v, %d requests", sum, n.asked.Load())
	}
	if got := strings.Join(heard, ", "); got != "/n/0 canary, /n/3 Bearer canary" {
		t.Errorf("heard %s", got)
	}
	o.Unlock = nil
	o.All = true
	if sum := mustRun(t, m, o); sum.Failed != 3 {
		t.Errorf("without a key: %+v", sum)
	}
}
