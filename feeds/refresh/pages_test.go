package refresh

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/extract"
	"sitrep/feeds/fetch"
	"sitrep/feeds/fulltext"
)

// desk is the pages' part of an archive, in memory.
type desk struct {
	mu       sync.Mutex
	jobs     []fulltext.Job
	texts    map[feeds.ArticleID]bool
	verdicts map[feeds.ArticleID]fulltext.Verdict
	fails    error
}

func newDesk(links ...string) *desk {
	d := &desk{texts: map[feeds.ArticleID]bool{}, verdicts: map[feeds.ArticleID]fulltext.Verdict{}}
	for i, link := range links {
		d.jobs = append(d.jobs, fulltext.Job{Article: feeds.ArticleID(i + 1), Link: link, Feed: link, AllowPrivate: true, Lang: "en"})
	}
	return d
}

func (d *desk) WantedPages(_ context.Context, now time.Time, limit int) (out []fulltext.Job, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, j := range d.jobs {
		v, tried := d.verdicts[j.Article]
		if !d.texts[j.Article] && (!tried || !v.Due.IsZero() && !v.Due.After(now)) && len(out) < limit {
			out = append(out, j)
		}
	}
	return out, nil
}

func (d *desk) Chrome(context.Context, string) (*extract.Chrome, error) {
	return &extract.Chrome{}, nil
}

func (d *desk) SaveText(_ context.Context, t fulltext.Text) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.texts[t.Article] = true
	return d.fails
}

func (d *desk) SaveVerdict(_ context.Context, v fulltext.Verdict) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.verdicts[v.Article] = v
	return nil
}

// press is a server of pages that notes how it is asked.
type press struct {
	*httptest.Server
	asked, busy, most atomic.Int32
	answer            http.HandlerFunc
}

func newPress(t *testing.T) *press {
	p := &press{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		now := p.busy.Add(1)
		defer p.busy.Add(-1)
		if now > p.most.Load() {
			p.most.Store(now)
		}
		if p.answer != nil {
			p.answer(w, r)
			return
		}
		fmt.Fprintf(w, "<html><body><article><h1>Report</h1>%s</article></body></html>",
			strings.Repeat("<p>What happened at the crossing on Sunday, and what the ministry said of it later in the day, at some length.</p>", 6))
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *press) links(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("%s/%d", p.URL, i))
	}
	return out
}

func TestPagesAfterFeeds(t *testing.T) {
	n, p := newNewsroom(t, 3), newPress(t)
	var feedsDone, early atomic.Int32
	n.hook = func(http.ResponseWriter, *http.Request) bool { feedsDone.Add(1); return false }
	p.answer = func(w http.ResponseWriter, r *http.Request) {
		if feedsDone.Load() < 4 {
			early.Add(1)
		}
		fmt.Fprintf(w, "<html><body><article><h1>Report</h1>%s</article></body></html>", strings.Repeat("<p>What happened at the crossing on Sunday, and what the ministry said.</p>", 9))
	}
	d := newDesk(p.links(3)...)
	o := options(t)
	o.Pages = d
	var last Event
	o.OnEvent = func(e Event) { last = e }
	sum, err := Run(context.Background(), newMemory(n.jobs(4)...), o)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Pages != 3 || sum.AllPages != 3 || sum.Texts != 3 || len(d.texts) != 3 || early.Load() != 0 {
		t.Errorf("%+v; %d pages came before the feeds", sum.Progress, early.Load())
	}
	if last.Texts != 3 || !last.Final {
		t.Errorf("the last event is %+v", last)
	}
	if p.most.Load() != 1 {
		t.Errorf("%d requests at the same time to one host", p.most.Load())
	}
	if sum, err = Run(context.Background(), newMemory(), o); err != nil || sum.AllPages != 0 || p.asked.Load() != 3 {
		t.Errorf("again: %+v, %v, %d requests", sum.Progress, err, p.asked.Load())
	}
}

// A run asks for so many pages of a host and no more; the rest is for the next.
func TestPagesAreBounded(t *testing.T) {
	p := newPress(t)
	d := newDesk(p.links(maxPagesHost + 5)...)
	o := options(t)
	o.Pages = d
	sum, err := Run(context.Background(), newMemory(), o)
	if err != nil || sum.Texts != maxPagesHost || p.asked.Load() != maxPagesHost {
		t.Errorf("%+v, %v", sum.Progress, err)
	}
	if sum, err = Run(context.Background(), newMemory(), o); err != nil || sum.Texts != 5 {
		t.Errorf("the next run: %+v, %v", sum.Progress, err)
	}
}

func TestPagesKeepToTheBudget(t *testing.T) {
	p := newPress(t)
	p.answer = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<html><body><article><h1>Report</h1>%s</article></body></html>", strings.Repeat("<p>What happened at the crossing on Sunday, and what the ministry said.</p>", 2000))
	}
	d := newDesk(p.links(20)...)
	o := options(t)
	o.Pages, o.MaxBytes = d, 300<<10
	sum, err := Run(context.Background(), newMemory(), o)
	if err != nil || !sum.Spent || sum.Pages == 0 || sum.Pages > 4 {
		t.Errorf("%+v, spent %v, %v", sum.Progress, sum.Spent, err)
	}
}

func TestPagesOfRestingHostWait(t *testing.T) {
	n := newNewsroom(t, 3)
	n.hook = func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	d := newDesk(n.URL + "/page")
	o := options(t)
	o.Pages = d
	sum, err := Run(context.Background(), newMemory(n.jobs(1)...), o)
	if err != nil || n.asked.Load() != 1 || sum.AllPages != 0 || len(d.verdicts) != 0 {
		t.Errorf("%+v, %v, %d requests", sum.Progress, err, n.asked.Load())
	}

	p := newPress(t) // it says so while its pages are asked
	p.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }
	o.Pages = newDesk(p.links(5)...)
	if _, err := Run(context.Background(), newMemory(), o); err != nil || p.asked.Load() != 1 {
		t.Errorf("%v, %d requests", err, p.asked.Load())
	}
}

func TestStopWhilePagesCome(t *testing.T) {
	p := newPress(t)
	ctx, stop := context.WithCancel(context.Background())
	p.answer = func(_ http.ResponseWriter, r *http.Request) { stop(); <-r.Context().Done() }
	d := newDesk(p.links(5)...)
	o := options(t)
	o.Pages = d
	_, err := Run(ctx, newMemory(), o)
	if err != context.Canceled || p.asked.Load() != 1 || len(d.verdicts) != 0 {
		t.Errorf("%v, %d requests, %v", err, p.asked.Load(), d.verdicts)
	}
	if jobs, _ := d.WantedPages(context.Background(), testNow, 9); len(jobs) != 5 {
		t.Errorf("%d pages are still wanted", len(jobs))
	}
}

// unplugged has no network.
type unplugged struct{ asked atomic.Int32 }

func (u *unplugged) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	u.asked.Add(1)
	return nil, &fetch.Error{Kind: fetch.NoNetwork, URL: r.URL}
}

func TestPagesWaitForTheNetwork(t *testing.T) {
	u := &unplugged{}
	d := newDesk("https://a.example/1", "https://a.example/2", "https://a.example/3")
	for i := range d.jobs {
		d.jobs[i].AllowPrivate = false
	}
	o := options(t)
	o.Pages, o.Client = d, u
	if sum, err := Run(context.Background(), newMemory(), o); err != nil || u.asked.Load() != 1 || !sum.Offline || sum.Proxy {
		t.Errorf("%+v, %v, %d requests", sum, err, u.asked.Load())
	}
	if jobs, _ := d.WantedPages(context.Background(), testNow, 9); len(jobs) != 3 {
		t.Errorf("%d pages are still wanted", len(jobs))
	}
}

func TestPagesThatCannotBeStored(t *testing.T) {
	p := newPress(t)
	d := newDesk(p.links(5)...)
	d.fails = fmt.Errorf("disk full")
	o := options(t)
	o.Pages = d
	if _, err := Run(context.Background(), newMemory(), o); err == nil || !strings.Contains(err.Error(), "disk full") || p.asked.Load() > 2 {
		t.Errorf("%v after %d requests", err, p.asked.Load())
	}
}

// busy is a client whose every host wants to be left alone.
type busy struct{ asked atomic.Int32 }

func (b *busy) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	b.asked.Add(1)
	return nil, &fetch.Error{Kind: fetch.Status, Status: http.StatusTooManyRequests, Host: "news.example"}
}

// Pages of a host that is left alone cost no pause.
func TestRestingHostCostsNoPause(t *testing.T) {
	d := newDesk("https://news.example/1", "https://news.example/2", "https://news.example/3", "https://news.example/4")
	for i := range d.jobs {
		d.jobs[i].AllowPrivate = false
	}
	client := &busy{}
	r := &run{budget: newBudget(0)}
	got := make(chan page, len(d.jobs))
	began := time.Now()
	r.askHost(context.Background(), &fulltext.Getter{Archive: d, Client: client, Now: time.Now}, d.jobs, got)
	if took := time.Since(began); took >= 2*pagePause || client.asked.Load() != 1 || len(got) != 4 {
		t.Errorf("%d requests and %d answers in %v", client.asked.Load(), len(got), took)
	}
}
