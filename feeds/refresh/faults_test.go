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

func TestFailuresAreSentences(t *testing.T) {
	n := newNewsroom(t, 3)
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/n/0":
			w.WriteHeader(404)
		case "/n/1":
			w.WriteHeader(410)
		case "/n/2":
			w.WriteHeader(500)
		case "/n/3":
			fmt.Fprint(w, "<!doctype html><html><body>Welcome</body></html>")
		case "/n/4":
			<-r.Context().Done()
		case "/n/5":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					break
				}
			}
		case "/n/6":
			w.WriteHeader(403)
		case "/n/7": // empty
		default:
			return false
		}
		return true
	}
	jobs := n.jobs(10)
	jobs[8].Feed.URL = "http://no-such-host.invalid/feed"
	m := newMemory(jobs...)
	sum := mustRun(t, m, options(t))
	if sum.New != 3 || sum.Failed != 9 || sum.Done != 10 || len(sum.Failures) != 9 || sum.Offline {
		t.Fatalf("%+v", sum)
	}
	words := map[feeds.FeedID]feeds.HealthState{
		1: feeds.Gone, 2: feeds.Gone, 3: feeds.Broken, 4: feeds.Broken, 5: feeds.Unreachable, 6: feeds.Broken, 7: feeds.Refused,
		8: feeds.Broken, 9: feeds.Unreachable,
	}
	for _, f := range sum.Failures {
		if f.State != words[f.Feed] || !strings.HasSuffix(f.Sentence, ".") || m.state(f.Feed).Health.Reason != f.Sentence {
			t.Errorf("feed %d is %s: %q", f.Feed, f.State, f.Sentence)
		}
		if h := m.state(f.Feed).Health; h.Errors != 1 || !h.NextDue.After(testNow) || h.Checked != testNow {
			t.Errorf("health %+v", h)
		}
	}
	if s := m.state(10); s.Health.State != feeds.OK || s.Health.Items != 3 || s.ETag == "" || s.Pace != time.Hour {
		t.Errorf("good feed %+v", s)
	}
}

// A web page in place of the feed, or a feed without items, must not make us
// forget what we have.
func TestStateSurvivesAFault(t *testing.T) {
	n := newNewsroom(t, 3)
	m := newMemory(n.jobs(1)...)
	o := options(t)
	o.All = true
	mustRun(t, m, o)
	etag := m.state(1).ETag
	for _, body := range []string{"<html><body>Sign in to the hotel</body></html>", "", `<rss version="2.0"><channel><title>x</title></channel></rss>`} {
		n.hook = func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("ETag", `"other"`)
			fmt.Fprint(w, body)
			return true
		}
		mustRun(t, m, o)
		if s := m.state(1); s.ETag != etag || s.Health.State == feeds.OK {
			t.Errorf("%q left %+v", body, s)
		}
	}
	n.hook = nil
	if sum := mustRun(t, m, o); sum.Unchanged != 1 || m.state(1).Health.State != feeds.OK {
		t.Errorf("%+v", sum)
	}
}

func TestCutFeedKeepsItsWholeItems(t *testing.T) {
	n := newNewsroom(t, 0)
	whole := feedOf("/n/0", 10)
	n.hook = func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("ETag", `"cut"`)
		w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
		_, _ = w.Write([]byte(whole[:len(whole)*2/3]))
		return true
	}
	m := newMemory(n.jobs(1)...)
	sum := mustRun(t, m, options(t))
	s := m.state(1)
	if sum.New < 5 || sum.New > 7 || s.ETag != "" || s.BodyHash != 0 || s.Health.Reason == "" {
		t.Errorf("%+v, %+v", sum, s)
	}
}

func TestHangingServersDoNotHoldUpTheOthers(t *testing.T) {
	n := newNewsroom(t, 2)
	slow := newNewsroom(t, 2)
	slow.hook = func(_ http.ResponseWriter, r *http.Request) bool { <-r.Context().Done(); return true }
	var jobs []Job
	for i := range 100 {
		host, room := fmt.Sprintf("127.7.0.%d", i+1), n
		if i%10 < 3 {
			room = slow
		}
		jobs = append(jobs, Job{Feed: feeds.Feed{URL: strings.Replace(room.URL, "127.0.0.1", host, 1)}})
	}
	// The test servers listen on one address only; all of 127/8 leads to it by the dialler.
	m := newMemory(jobs...)
	o := options(t)
	o.Client = rehosted{o.Client}
	start := time.Now()
	sum := mustRun(t, m, o)
	if sum.Failed != 30 || sum.New != 140 || time.Since(start) > 5*time.Second {
		t.Errorf("%+v after %v", sum, time.Since(start))
	}
}

func TestSaveFaults(t *testing.T) {
	n := newNewsroom(t, 2)
	m := newMemory(n.jobs(10)...)
	m.save = func(b Batch) error {
		for _, o := range b.Outcomes {
			if o.Feed == 4 {
				return errors.New("no room for feed four")
			}
		}
		return nil
	}
	sum := mustRun(t, m, options(t))
	if sum.New != 18 || sum.Failed != 1 || !strings.Contains(sum.Failures[0].Sentence, "could not be stored") {
		t.Errorf("one bad feed: %+v", sum)
	}
	m = newMemory(n.jobs(200)...)
	full := errors.New("disk full")
	m.save = func(Batch) error { return full }
	sum, err := Run(context.Background(), m, options(t))
	if !errors.Is(err, full) || sum.Err == nil {
		t.Errorf("a full disk: %v, %+v", err, sum)
	}
	m = newMemory(n.jobs(20)...)
	m.save = func(Batch) error { panic("archive") }
	if _, err := Run(context.Background(), m, options(t)); err == nil || !strings.Contains(err.Error(), "archive") {
		t.Errorf("a panic: %v", err)
	}
	if m.busy {
		t.Error("the claim was not released")
	}
}

// rehosted sends requests for all of 127.7/16 to 127.0.0.1.
type rehosted struct{ fetch.Getter }

func (g rehosted) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	at := strings.LastIndex(r.URL, ":")
	r.URL = "http://127.0.0.1" + r.URL[at:]
	return g.Getter.Get(ctx, r)
}

// panicking is a client with a fault of its own.
type panicking struct{}

func (panicking) Get(context.Context, fetch.Request) (*fetch.Response, error) { panic("client") }

func TestPanicIsAFailureOfItsFeed(t *testing.T) {
	n := newNewsroom(t, 2)
	o := options(t)
	o.Client = panicking{}
	sum := mustRun(t, newMemory(n.jobs(3)...), o)
	if sum.Failed != 3 || !strings.Contains(sum.Failures[0].Sentence, "fault of ours") {
		t.Errorf("%+v", sum)
	}
}
