package refresh

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// ErrOffline is returned when there is no network.
var ErrOffline = errors.New("check feeds: there is no network")

// CheckOptions of Check.
type CheckOptions struct {
	Client   fetch.Getter
	Unlock   Unlock // may be nil when no feed has a secret
	Now      func() time.Time
	Parallel int             // requests at the same time, 0 for the default
	Done     func(asked int) // called after each feed, from several goroutines; may be nil
}

// Checked is how a feed answered when it was checked.
type Checked struct {
	Feed   feeds.Feed
	Health feeds.Health // as a refresh would have stored it
	Moved  string       // where 301 and 308 lead, "" when nowhere
	Wire   int64        // bytes of body as sent
}

// Check asks all feeds once, conditionally, and stores nothing: neither articles
// nor validators, so that the next refresh finds what it would have found
// without it. The results are in the order of jobs; those of feeds that were not
// asked when ctx ended are the zero value.
func Check(ctx context.Context, jobs []Job, o CheckOptions) ([]Checked, error) {
	if o.Parallel <= 0 {
		o.Parallel = DefaultParallel
	}
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c := &checker{o: o, jobs: jobs, out: make([]Checked, len(jobs)), picker: newPicker(jobs), network: &detector{}, cancel: cancel}
	defer c.picker.stopWith(work)()
	var workers sync.WaitGroup
	for range min(o.Parallel, len(jobs)) {
		workers.Go(func() { c.run(work) })
	}
	workers.Wait()
	if _, offline := c.network.settle(work.Err() == nil); offline {
		return nil, ErrOffline
	}
	if cause := context.Cause(work); cause != nil {
		return c.out, cause
	}
	return c.out, nil
}

// checker is one Check.
type checker struct {
	o       CheckOptions
	jobs    []Job
	out     []Checked
	picker  *picker
	network *detector
	cancel  context.CancelCauseFunc
	mu      sync.Mutex
	asked   int
}

func (c *checker) run(ctx context.Context) {
	defer func() {
		if p := recover(); p != nil {
			c.cancel(fmt.Errorf("check feeds: panic: %v", p))
		}
	}()
	w := newWorker(nil)
	for {
		i, ok := c.picker.next()
		if !ok {
			return
		}
		a := ask(ctx, c.o.Client, c.o.Unlock, &c.jobs[i])
		c.picker.done(i)
		if fetch.KindOf(a.err) == fetch.Canceled || ctx.Err() != nil {
			a.release()
			return
		}
		c.out[i] = c.judge(w, a)
		if _, offline := c.network.judge(a); offline {
			c.cancel(ErrOffline)
			return
		}
		c.count()
	}
}

func (c *checker) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked++; c.o.Done != nil {
		c.o.Done(c.asked)
	}
}

// judge says what an answer means for its feed.
func (c *checker) judge(w *worker, a answer) Checked {
	defer a.release()
	state := c.state(w, a)
	f := a.job.Feed
	f.Title = titleOf(a.job, nil)
	return Checked{Feed: f, Health: state.Health, Moved: state.Moved, Wire: a.wire()}
}

func (c *checker) state(w *worker, a answer) State {
	now := c.o.Now()
	if a.err != nil {
		s, _ := failed(a, now)
		return s
	}
	body := fingerprint(a.res.Body)
	if a.res.NotModified || body == a.job.State.BodyHash && !a.res.Cut {
		return unchanged(a.job, a.res, now)
	}
	p, err := parseAnswer(a, now)
	if err != nil {
		a.err = err
		s, _ := failed(a, now)
		return s
	}
	w.texts(p.Articles)
	return read(a.job, a.res, body, w.average(), p, now)
}
