package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/routing"
)

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
