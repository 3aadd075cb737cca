package refresh

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fulltext"
)

// Bounds of the pages that one run asks for. What is left stays wanted.
const (
	maxPages      = 120
	maxPagesHost  = 30
	maxPagesBytes = 40 << 20
	pageHosts     = 4           // hosts that are asked at the same time, each for one page
	pagePause     = time.Second // between two pages of a public host
)

// pages asks for the wanted pages, after all feeds. A page's failure is noted
// where it is wanted; the error is the archive's, or the end of ctx.
func (r *run) pages(ctx context.Context) error {
	if r.o.Pages == nil || r.network.gone() || r.budget.spent() {
		return nil
	}
	jobs, err := r.o.Pages.WantedPages(ctx, r.o.Now(), 4*maxPages)
	if err != nil {
		return fmt.Errorf("list wanted pages: %w", err)
	}
	queues := r.byHost(jobs)
	if len(queues) == 0 {
		return ctx.Err()
	}
	getter := &fulltext.Getter{Archive: r.o.Pages, Client: r.o.Client, Now: r.o.Now, Grant: r.o.Unlock.Grant}
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r.cancel = stop
	defer context.AfterFunc(work, r.budget.end)()
	hosts := make(chan []fulltext.Job, len(queues))
	for _, q := range queues {
		r.progress.AllPages += len(q)
		hosts <- q
	}
	close(hosts)
	got := make(chan page)
	var all sync.WaitGroup
	for range min(pageHosts, len(queues)) {
		all.Go(func() {
			r.guard(func() {
				for q := range hosts {
					r.askHost(work, getter, q, got)
				}
			})
		})
	}
	go r.guard(func() { all.Wait(); close(got) })
	r.show(Event{})
	if err := r.collect(work, got, stop); err != nil {
		return err
	}
	switch cause := context.Cause(work); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(cause, errOffline), errors.Is(cause, errEnough):
		return nil
	default:
		return cause // a panic
	}
}

// page is what came of asking for one.
type page struct {
	stored bool
	wire   int64
	err    error // *fulltext.Error, or the archive's
}

// byHost sorts the pages by host, in their order and as many as one run asks for.
// Hosts that rest are left out.
func (r *run) byHost(jobs []fulltext.Job) (queues [][]fulltext.Job) {
	at, n := map[string]int{}, 0
	for _, j := range jobs {
		host := feeds.Hostname(j.Link)
		if n == maxPages {
			break
		}
		if r.resting.host(host) != nil {
			continue
		}
		i, known := at[host]
		if !known {
			i = len(queues)
			at[host], queues = i, append(queues, nil)
		}
		if len(queues[i]) < maxPagesHost {
			queues[i] = append(queues[i], j)
			n++
		}
	}
	return queues
}

// askHost asks for the pages of one host, one after the other.
func (r *run) askHost(ctx context.Context, g *fulltext.Getter, jobs []fulltext.Job, got chan<- page) {
	asked := false
	for _, j := range jobs {
		if asked && !j.AllowPrivate && !sleep(ctx, pagePause) || ctx.Err() != nil || !r.budget.book() {
			return
		}
		p := get(ctx, g, j)
		var e *fulltext.Error
		asked = !errors.As(p.err, &e) || !e.Unasked()
		r.budget.spend(p.wire)
		got <- p
	}
}

// get gets one page. A panic of the archive ends the asking, not the program.
func get(ctx context.Context, g *fulltext.Getter, j fulltext.Job) (p page) {
	defer func() {
		if v := recover(); v != nil {
			p.err = fmt.Errorf("get page of %v: panic: %v", j.Article, v)
		}
	}()
	t, err := g.Get(ctx, j)
	var e *fulltext.Error
	switch {
	case errors.As(err, &e):
		p.wire = e.Wire
	case err == nil:
		p.stored, p.wire = true, t.Wire
	}
	p.err = err
	return p
}

// collect accounts for the pages as they come. It stops the asking when there is
// no network, when enough came, or when nothing can be stored.
func (r *run) collect(ctx context.Context, got <-chan page, stop context.CancelCauseFunc) (err error) {
	bytes := int64(0)
	for p := range got {
		var e *fulltext.Error
		switch mine := errors.As(p.err, &e); {
		case mine && e.Canceled(), !mine && ctx.Err() != nil:
			continue
		case mine && e.NoNetwork():
			r.cutOff = e.Fetch.Kind
			stop(errOffline)
			continue
		case !mine && p.err != nil:
			err = p.err
			stop(err)
			continue
		}
		r.progress.Pages++
		r.progress.Bytes += p.wire
		if p.stored {
			r.progress.Texts++
		}
		if bytes += p.wire; bytes >= maxPagesBytes {
			stop(errEnough)
		}
		r.show(Event{Saved: p.stored})
	}
	return err
}

// errEnough stops the asking for pages when many bytes came.
var errEnough = errors.New("enough pages for one run")

// sleep waits unless ctx ends.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
