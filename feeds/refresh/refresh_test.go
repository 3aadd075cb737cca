package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/routing"
)

// newsroom is a server of feeds: /n/7 is feed 7 with the number of items it has
// at the moment.
type newsroom struct {
	*httptest.Server
	items  atomic.Int64
	asked  atomic.Int64
	unsure atomic.Bool // sends no validators
	hook   func(w http.ResponseWriter, r *http.Request) bool
}

func newNewsroom(t testing.TB, items int) *newsroom {
	n := &newsroom{}
	n.items.Store(int64(items))
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Close)
	return n
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.asked.Add(1)
	if n.hook != nil && n.hook(w, r) {
		return
	}
	count := n.items.Load()
	etag := fmt.Sprintf(`"%d"`, count)
	if !n.unsure.Load() {
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	_, _ = w.Write([]byte(feedOf(r.URL.Path, int(count))))
}

func feedOf(name string, items int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Feed %s</title><link>https://news.example/</link>`, name)
	for i := items; i > 0; i-- {
		at := testNow.Add(-time.Duration(items-i) * time.Hour)
		fmt.Fprintf(&b, `<item><title>Report %d of %s</title><guid>%s-%d</guid><link>https://news.example%s/%d</link><pubDate>%s</pubDate>`+
			`<description>&lt;p&gt;What happened in Baghdad, part %d.&lt;/p&gt;</description></item>`,
			i, name, name, i, name, i, at.Format(time.RFC1123Z), i)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

func (n *newsroom) jobs(count int) (jobs []Job) {
	for i := range count {
		jobs = append(jobs, Job{Feed: feeds.Feed{ID: feeds.FeedID(i + 1), URL: fmt.Sprintf("%s/n/%d", n.URL, i), Source: "News"}, Own: []string{"iraq"}})
	}
	return jobs
}

// options are those of a test: a fixed clock, no pauses between requests.
func options(t testing.TB) Options {
	c := fetch.New(fetch.Options{Spacing: -1, PerHost: 16, Header: time.Second, Now: func() time.Time { return testNow }})
	t.Cleanup(c.Close)
	return Options{Client: c, Now: func() time.Time { return testNow }}
}

func mustRun(t testing.TB, a Archive, o Options) Summary {
	t.Helper()
	sum, err := Run(context.Background(), a, o)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestRefreshStoresWhatIsNew(t *testing.T) {
	n := newNewsroom(t, 5)
	m := newMemory(n.jobs(8)...)
	o := options(t)
	sum := mustRun(t, m, o)
	if sum.New != 40 || sum.Done != 8 || sum.Failed != 0 || sum.Bytes == 0 {
		t.Fatalf("first run: %+v", sum)
	}
	e := m.articles[1]
	switch {
	case e.Article.Feed == 0, e.Article.Source != "News", e.Article.FirstSeen != testNow, e.Article.Lang != "en":
		t.Errorf("article %+v", e.Article)
	case !strings.HasPrefix(string(e.Title), "report"), !strings.HasPrefix(string(e.Body), "what happened in baghdad"):
		t.Errorf("folded %q %q", e.Title, e.Body)
	case len(e.Briefings) != 1 || e.Briefings[0].Briefing != "iraq":
		t.Errorf("briefings %v", e.Briefings)
	}
	if sum = mustRun(t, m, o); sum.Total != 0 {
		t.Errorf("due at once again: %+v", sum)
	}
	o.All = true
	sum = mustRun(t, m, o)
	if sum.Unchanged != 8 || sum.New != 0 || sum.Bytes != 0 {
		t.Errorf("unchanged run: %+v", sum)
	}
	n.items.Store(6)
	if sum = mustRun(t, m, o); sum.New != 8 || sum.Updated != 0 {
		t.Errorf("one more each: %+v", sum)
	}
}

func TestEqualBodyIsNotParsedAgain(t *testing.T) {
	n := newNewsroom(t, 5)
	n.unsure.Store(true)
	m := newMemory(n.jobs(3)...)
	o := options(t)
	o.All = true
	mustRun(t, m, o)
	lookups := m.lookups
	if sum := mustRun(t, m, o); sum.Unchanged != 3 || m.lookups != lookups || sum.Bytes == 0 {
		t.Errorf("%+v, %d look-ups", sum, m.lookups-lookups)
	}
}

func TestChangedTextIsARevision(t *testing.T) {
	n := newNewsroom(t, 0)
	text := "The first version of it."
	n.hook = func(w http.ResponseWriter, _ *http.Request) bool {
		fmt.Fprintf(w, `<rss version="2.0"><channel><item><guid>1</guid><title>T</title><description>%s</description></item></channel></rss>`, text)
		return true
	}
	m := newMemory(n.jobs(1)...)
	o := options(t)
	o.All = true
	mustRun(t, m, o)
	text = "The first version   of it.<br/>"
	if sum := mustRun(t, m, o); sum.Updated != 0 || sum.New != 0 {
		t.Errorf("only the markup changed: %+v", sum)
	}
	text = "The second version of it."
	if sum := mustRun(t, m, o); sum.Updated != 1 || sum.New != 0 {
		t.Errorf("the text changed: %+v", sum)
	}
}

func TestRoutingByRules(t *testing.T) {
	n := newNewsroom(t, 2)
	jobs := n.jobs(1)
	jobs[0].Own = nil
	m := newMemory(jobs...)
	o := options(t)
	o.Router = routing.Compile([]feeds.Briefing{{ID: "iraq", Rule: feeds.RuleMatch, Terms: []feeds.Term{{Lang: "en", Text: "Baghdad"}, {Lang: "en", Text: "happened"}}}})
	mustRun(t, m, o)
	if b := m.articles[1].Briefings; len(b) != 1 || len(b[0].Terms) == 0 {
		t.Errorf("routed to %+v", b)
	}
}

func TestBatches(t *testing.T) {
	n := newNewsroom(t, 50)
	m := newMemory(n.jobs(40)...)
	o := options(t)
	sum := mustRun(t, m, o)
	if sum.New != 2000 {
		t.Fatalf("%+v", sum)
	}
	for _, size := range m.batches {
		if size > MaxBatch {
			t.Errorf("a transaction of %d articles", size)
		}
	}
	m.batches = nil
	o.All = true
	if mustRun(t, m, o); len(m.batches) > 4 {
		t.Errorf("%d transactions for 40 unchanged feeds", len(m.batches))
	}
}

func TestLargeFeedComesInParts(t *testing.T) {
	n := newNewsroom(t, 900)
	m := newMemory(n.jobs(1)...)
	var states int
	m.save = func(b Batch) error {
		for _, o := range b.Outcomes {
			if !o.More {
				states++
			}
		}
		return nil
	}
	sum := mustRun(t, m, options(t))
	if sum.New != 900 || sum.Done != 1 || len(m.batches) != 4 || states != 1 {
		t.Errorf("%+v in %v, %d states", sum, m.batches, states)
	}
}

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

// rehosted sends requests for all of 127.7/16 to 127.0.0.1.
type rehosted struct{ fetch.Getter }

func (g rehosted) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	at := strings.LastIndex(r.URL, ":")
	r.URL = "http://127.0.0.1" + r.URL[at:]
	return g.Getter.Get(ctx, r)
}

func TestCancelKeepsWhatWasSaved(t *testing.T) {
	n := newNewsroom(t, 10)
	n.hook = func(_ http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "0") {
			<-r.Context().Done()
			return true
		}
		return false
	}
	before := runtime.NumGoroutine()
	m := newMemory(n.jobs(30)...)
	o := options(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(300*time.Millisecond, cancel)
	start := time.Now()
	sum, err := Run(ctx, m, o)
	if !errors.Is(err, context.Canceled) || time.Since(start) > time.Second+300*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	if sum.New != len(m.articles) || sum.New == 0 || sum.Left == 0 || sum.Failed != 0 {
		t.Errorf("%+v with %d stored", sum, len(m.articles))
	}
	if m.state(2).Health.Errors != 0 {
		t.Error("a feed that was not waited for is blamed")
	}
	o.Client.(*fetch.Client).Close()
	n.Close()
	waitForGoroutines(t, before)
}

func waitForGoroutines(t *testing.T, want int) {
	t.Helper()
	for range 100 {
		if runtime.NumGoroutine() <= want {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	buf := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), want, buf[:runtime.Stack(buf, true)])
}

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

func TestByteBudget(t *testing.T) {
	n := newNewsroom(t, 200)
	size := int64(len(feedOf("/n/0", 200)))
	m := newMemory(n.jobs(40)...)
	o := options(t)
	o.MaxBytes = 5 * size
	sum := mustRun(t, m, o)
	if !sum.Spent || sum.Left == 0 || sum.Bytes < o.MaxBytes || sum.Bytes > o.MaxBytes+2*size+2*usualBody {
		t.Errorf("%d bytes of %d: %+v", sum.Bytes, o.MaxBytes, sum)
	}
	o.MaxBytes, o.All = size/2, true
	n.unsure.Store(false)
	if sum = mustRun(t, newMemory(n.jobs(1)...), o); sum.New != 200 {
		t.Errorf("the first feed is always asked: %+v", sum)
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

func TestSecondRunFollowsTheFirst(t *testing.T) {
	n := newNewsroom(t, 3)
	open := make(chan struct{})
	n.hook = func(http.ResponseWriter, *http.Request) bool { <-open; return false }
	m := newMemory(n.jobs(4)...)
	var wg sync.WaitGroup
	wg.Go(func() {
		if sum := mustRun(t, m, options(t)); sum.Attached || sum.New != 12 {
			t.Errorf("first: %+v", sum)
		}
	})
	for running := false; !running; _, running, _ = m.Running(context.Background()) {
		time.Sleep(time.Millisecond)
	}
	time.AfterFunc(400*time.Millisecond, func() { close(open) })
	sum := mustRun(t, m, options(t))
	wg.Wait()
	if !sum.Attached || sum.New != 0 && sum.New != 12 || n.asked.Load() != 4 {
		t.Errorf("second: %+v, %d requests", sum, n.asked.Load())
	}
}

func TestTakesOverFromADeadRun(t *testing.T) {
	n := newNewsroom(t, 3)
	m := newMemory(n.jobs(4)...)
	m.busy, m.progress = true, Progress{Done: 1, Total: 4}
	time.AfterFunc(500*time.Millisecond, func() { _ = memoryClaim{m}.Release() })
	if sum := mustRun(t, m, options(t)); sum.Attached || sum.New != 12 {
		t.Errorf("%+v", sum)
	}
}

func TestEvents(t *testing.T) {
	n := newNewsroom(t, 2)
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		time.Sleep(5 * time.Millisecond)
		if r.URL.Path == "/n/3" {
			w.WriteHeader(500)
			return true
		}
		return false
	}
	o := options(t)
	o.Parallel = 2
	var events []Event
	o.OnEvent = func(e Event) {
		events = append(events, e)
		if len(events) == 1 {
			panic("reader")
		}
	}
	start := time.Now()
	sum := mustRun(t, newMemory(n.jobs(100)...), o)
	last := events[len(events)-1]
	if !last.Final || last.Done != 100 || last.New != sum.New {
		t.Errorf("last event %+v", last)
	}
	if limit := int(time.Since(start)/eventGap) + 2; len(events) > limit {
		t.Errorf("%d events in %v", len(events), time.Since(start))
	}
	var saved, failures int
	for _, e := range events {
		failures += len(e.Failures)
		if e.Saved {
			saved++
		}
	}
	if saved == 0 || failures != 1 {
		t.Errorf("%d events say that something was saved, %d failures", saved, failures)
	}
}

func TestMailbox(t *testing.T) {
	m := NewMailbox()
	m.Post(Event{Progress: Progress{Done: 1}, Saved: true, Failures: []Failure{{Feed: 1}}})
	m.Post(Event{Progress: Progress{Done: 2}, Failures: []Failure{{Feed: 2}}})
	e, ok := m.Wait(context.Background())
	if !ok || e.Done != 2 || !e.Saved || len(e.Failures) != 2 {
		t.Errorf("%+v", e)
	}
	start := time.Now()
	m.Post(Event{Progress: Progress{Done: 3}})
	if e, _ = m.Wait(context.Background()); e.Done != 3 || e.Saved || time.Since(start) < eventGap*9/10 {
		t.Errorf("%+v after %v", e, time.Since(start))
	}
	start = time.Now()
	m.Post(Event{Final: true})
	if e, _ = m.Wait(context.Background()); !e.Final || time.Since(start) > eventGap/2 {
		t.Errorf("%+v after %v", e, time.Since(start))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, ok := m.Wait(ctx); ok {
		t.Error("an event from nowhere")
	}
}
