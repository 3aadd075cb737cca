// Package refresh is the pipeline from due feeds to saved articles: fetch in
// parallel, parse on all cores, skip what is known, save in batches through one
// writer. It declares the small Archive that it needs of a store, owns no clock
// and no files, and never lets one feed's failure stop the others.
package refresh

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/fulltext"
	"sitrep/feeds/routing"
)

// Options of a run.
type Options struct {
	Now       func() time.Time // the clock, time.Now when nil
	First     []string         // the open briefing, whose feeds go first
	All       bool             // ask every feed, due or not (conditionally all the same)
	Briefings []string         // only feeds of these briefings
	Only      []feeds.FeedID   // only these feeds
	MaxBytes  int64            // stop asking once bodies of this size came over the wire; 0 for no limit
	Router    *routing.Router  // nil: articles belong to the briefings that own their feed
	Client    fetch.Getter
	Unlock    Unlock // may be nil when no feed has a secret
	// Parallel is how many requests are made at the same time, 0 for the default;
	// up to as many again while servers keep us waiting.
	Parallel int
	Workers  int // parse workers, 0 for one a core but the writer's
	// Pages has the pages of articles that are wanted, which are asked after the
	// feeds; nil for none.
	Pages   fulltext.Archive
	OnEvent func(Event) // called from one goroutine, at most 10 times a second; may be nil

	patience time.Duration // see standIn
}

// Defaults of Options.
const (
	DefaultParallel = 64
	reportEvery     = 500 * time.Millisecond // to other processes
)

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Parallel <= 0 {
		o.Parallel = DefaultParallel
	}
	if o.Workers <= 0 {
		o.Workers = max(1, runtime.GOMAXPROCS(0)-1)
	}
	if o.patience == 0 {
		o.patience = patience
	}
	if o.OnEvent == nil {
		o.OnEvent = func(Event) {}
	}
	return o
}

// Run asks the due feeds and saves what is new. A feed's failure is part of the
// Summary; the error is nil unless the run could not start, could not save, or
// ctx ended; what was saved until then stays. When another process refreshes
// already, Run follows that run and ends with it, or takes over if it died.
// OnEvent is never called after Run has returned.
func Run(ctx context.Context, a Archive, o Options) (Summary, error) {
	o = o.withDefaults()
	started := o.Now()
	if o.Client == nil {
		client := fetch.New(fetch.Options{Now: o.Now})
		defer client.Close()
		o.Client = client
	}
	events := newPump(o.OnEvent)
	sum, err := shielded(ctx, a, o, events)
	sum.Started = started
	sum.Took = o.Now().Sub(started)
	sum.Err = err
	events.end(Event{Progress: sum.Progress, Attached: sum.Attached, Final: true})
	return sum, err
}

// shielded turns a panic of the archive into an error.
func shielded(ctx context.Context, a Archive, o Options, events *pump) (sum Summary, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("refresh: panic: %v", p)
		}
	}()
	return attempt(ctx, a, o, events)
}

// attempt runs, or follows another run for as long as there is one. A run that
// ended before it was done is gone on with.
func attempt(ctx context.Context, a Archive, o Options, events *pump) (Summary, error) {
	var followed Summary
	for {
		claim, err := a.Claim(ctx)
		if err == nil {
			defer func() { _ = claim.Release() }()
			sum, err := own(ctx, a, claim, o, events)
			if followed.Attached && sum.Total == 0 && err == nil {
				return followed, nil
			}
			return sum, err
		}
		if !errors.Is(err, ErrBusy) {
			return Summary{}, err
		}
		sum, ended, err := follow(ctx, a, events)
		if ended || err != nil {
			return sum, err
		}
		followed = sum
	}
}

// own is a run of this process.
func own(ctx context.Context, a Archive, claim Claim, o Options, events *pump) (Summary, error) {
	jobs, err := a.Due(ctx, Selection{Now: o.Now(), First: o.First, All: o.All, Briefings: o.Briefings, Feeds: o.Only})
	if err != nil {
		return Summary{}, fmt.Errorf("list due feeds: %w", err)
	}
	r := newRun(a, claim, o, jobs, events)
	err = r.pipeline(ctx)
	if err == nil {
		err = r.pages(ctx)
	}
	return r.summary(), err
}
