package refresh

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sitrep/feeds/fetch"
)

// run is one refresh of this process.
//
//	picker -> fetchers (Parallel) -> fetched -> parsers (Workers) -> outcomes -> writer (one)
//
// Failures and unchanged feeds go from the fetchers to the writer directly. The
// channels are short: when the writer is slow everything before it waits, with
// a few bodies in memory.
type run struct {
	archive Archive
	claim   Claim
	o       Options
	jobs    []Job
	events  *pump

	picker   *picker
	budget   *budget
	network  *detector
	resting  resting
	fetchers sync.WaitGroup
	mu       sync.Mutex
	standing int // fetchers that stand in for others
	fetched  chan answer
	outcomes chan outcome

	cancel context.CancelCauseFunc // ends fetching and parsing

	// Of the writer alone until it has ended, then of pages.
	progress Progress
	failures []Failure
	reported time.Time
	cutOff   fetch.Kind // why no page could be asked for: NoNetwork or Proxy
}

// answer is what asking a feed brought.
type answer struct {
	job *Job
	res *fetch.Response // nil on failure
	err error

	began, ended time.Time // of the request, by the monotonic clock
}

// outcome is an Outcome on its way to the writer.
type outcome struct {
	Outcome
	title   string
	failure *Failure
	wire    int64
	same    bool // nothing new in the feed
}

// patience is how long a request may take before another one is made beside it.
const patience = 2 * time.Second

// errOffline stops a run when the network is gone.
var errOffline = errors.New("no network")

func newRun(a Archive, claim Claim, o Options, jobs []Job, events *pump) *run {
	jobs = lastFailing(jobs)
	r := &run{
		archive: a, claim: claim, o: o, jobs: jobs, events: events,
		picker: newPicker(jobs), budget: newBudget(o.MaxBytes), network: &detector{},
		fetched: make(chan answer), outcomes: make(chan outcome, 2*o.Workers),
	}
	r.progress = Progress{Started: o.Now(), Total: len(jobs)}
	return r
}

// pipeline runs all stages and returns when none of them is left.
func (r *run) pipeline(ctx context.Context) error {
	r.show(Event{})
	if len(r.jobs) == 0 {
		return ctx.Err()
	}
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.cancel = cancel
	defer r.picker.stopWith(work)()
	defer context.AfterFunc(work, r.budget.end)()

	var parsers sync.WaitGroup
	for range min(r.o.Parallel, len(r.jobs)) {
		r.startFetcher(work)
	}
	for range r.o.Workers {
		parsers.Go(func() { r.guard(func() { r.parseAll(work) }) })
	}
	go func() {
		r.fetchers.Wait()
		r.guard(func() { r.lastSuspects(work) })
		close(r.fetched)
		parsers.Wait()
		close(r.outcomes)
	}()
	err := r.write(work)
	switch cause := context.Cause(work); {
	case err != nil:
		return err
	case errors.Is(cause, errOffline), cause == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return cause
	}
}

// guard turns a panic of a stage into the end of the run.
func (r *run) guard(stage func()) {
	defer func() {
		if p := recover(); p != nil {
			r.cancel(fmt.Errorf("refresh: panic: %v", p))
		}
	}()
	stage()
}

// startFetcher starts one more that asks.
func (r *run) startFetcher(ctx context.Context) {
	r.fetchers.Go(func() { r.guard(func() { r.fetchAll(ctx) }) })
}

// standIn lets another fetcher go on when a server keeps this one waiting, so
// that servers which accept and say nothing do not hold up the others. At most as
// many stand in as ask usually. The returned function ends the watch and tells
// whether somebody has taken this one's place.
func (r *run) standIn(ctx context.Context) (stop func() bool) {
	replaced, ended := false, false
	timer := time.AfterFunc(r.o.patience, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !ended && r.standing < r.o.Parallel {
			replaced = true
			r.standing++
			r.startFetcher(ctx)
		}
	})
	return func() bool {
		timer.Stop()
		r.mu.Lock()
		defer r.mu.Unlock()
		ended = true
		if replaced {
			r.standing--
		}
		return replaced
	}
}

// fetchAll asks feeds until none is left.
func (r *run) fetchAll(ctx context.Context) {
	for {
		i, ok := r.picker.next()
		if !ok {
			return
		}
		if !r.budget.book() {
			r.picker.putBack(i)
			return
		}
		a, replaced := r.fetch(ctx, &r.jobs[i])
		r.picker.done(i)
		if fetch.KindOf(a.err) == fetch.Canceled || ctx.Err() != nil {
			a.release()
			return
		}
		now, offline := r.network.judge(a)
		if offline {
			r.cancel(errOffline)
			return
		}
		for _, a := range now {
			r.pass(ctx, a)
		}
		if replaced {
			return
		}
	}
}

func (r *run) fetch(ctx context.Context, job *Job) (a answer, replaced bool) {
	if err := r.resting.answer(job); err != nil {
		r.budget.spend(0)
		return answer{job: job, err: err}, false
	}
	stop := r.standIn(ctx)
	a = ask(ctx, r.o.Client, r.o.Unlock, job)
	r.resting.note(a)
	r.budget.spend(a.wire())
	return a, stop()
}

func (a answer) release() {
	if a.res != nil {
		a.res.Release()
	}
}

// pass sends an answer where it belongs.
func (r *run) pass(ctx context.Context, a answer) {
	switch {
	case a.err != nil:
		r.fail(ctx, a)
	case a.res.NotModified:
		r.hand(ctx, outcome{
			Outcome: a.outcome(unchanged(a.job, a.res, r.o.Now()), r.o.Now()),
			title:   titleOf(a.job, nil), wire: a.res.Wire, same: true,
		})
		a.release()
	default:
		select {
		case r.fetched <- a:
		case <-ctx.Done():
			a.release()
		}
	}
}

func (r *run) fail(ctx context.Context, a answer) {
	state, failure := failed(a, r.o.Now())
	r.hand(ctx, outcome{Outcome: Outcome{Feed: a.job.Feed.ID, State: state}, title: failure.Title, failure: &failure, wire: a.wire()})
}

// hand gives an outcome to the writer.
func (r *run) hand(ctx context.Context, o outcome) {
	select {
	case r.outcomes <- o:
	case <-ctx.Done():
	}
}

// lastSuspects settles the failures that could still have meant that there is
// no network.
func (r *run) lastSuspects(ctx context.Context) {
	left, offline := r.network.settle(ctx.Err() == nil && r.picker.unasked() == 0)
	if offline {
		r.cancel(errOffline)
		return
	}
	for _, a := range left {
		r.fail(ctx, a)
	}
}

// parseAll reads answers until there are none.
func (r *run) parseAll(ctx context.Context) {
	w := newWorker(r.o.Router)
	for a := range r.fetched {
		if ctx.Err() != nil {
			a.release()
			continue
		}
		if err := r.read(ctx, w, a); err != nil && ctx.Err() == nil {
			r.fail(ctx, answer{job: a.job, err: err, res: &fetch.Response{Wire: a.res.Wire, Status: a.res.Status}})
		}
	}
}

// read parses one answer and hands on what is new in it.
func (r *run) read(ctx context.Context, w *worker, a answer) (err error) {
	defer a.release()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read feed: panic: %v", p)
		}
	}()
	job, res, now := a.job, a.res, r.o.Now()
	body := fingerprint(res.Body)
	if body == job.State.BodyHash && !res.Cut {
		r.hand(ctx, outcome{Outcome: a.outcome(unchanged(job, res, now), now), title: titleOf(job, nil), wire: res.Wire, same: true})
		return nil
	}
	p, err := parseAnswer(a, now)
	if err != nil {
		return err
	}
	a.release()
	ids := w.texts(p.Articles)
	var known []Known
	if !job.State.Health.Checked.IsZero() && len(ids) > 0 {
		if known, err = r.archive.Known(ctx, job.Feed.ID, ids); err != nil {
			return fmt.Errorf("look up items: %w", err)
		}
	}
	entries := w.entries(job, p, ids, known, now)
	state, title := read(job, res, body, w.average(), p, now), titleOf(job, &p.Feed)
	for len(entries) > MaxBatch {
		r.hand(ctx, outcome{Outcome: Outcome{Feed: job.Feed.ID, More: true, Meta: &p.Feed, Articles: entries[:MaxBatch]}, title: title})
		entries = entries[MaxBatch:]
	}
	last := outcome{Outcome: a.outcome(state, now), title: title, wire: res.Wire, same: len(entries) == 0}
	last.Meta, last.Articles = &p.Feed, entries
	r.hand(ctx, last)
	return nil
}
