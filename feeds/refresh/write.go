package refresh

import (
	"context"
	"fmt"
	"time"

	"sitrep/feeds/fetch"
)

// batchTime is how long the first outcome of a batch waits for others.
const batchTime = 150 * time.Millisecond

// enoughArticles make a batch that need not wait for more when none is ready.
const enoughArticles = 100

// write saves outcomes in batches until there are none. It never waits while it
// could save a fair batch, and never saves what a few milliseconds would have
// put together.
func (r *run) write(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("save batch: panic: %v", p)
		}
		if err != nil {
			r.cancel(err)
		}
		for range r.outcomes { // let the other stages end
		}
	}()
	var next *outcome
	for {
		batch, rest, open := r.gather(next)
		if len(batch) > 0 {
			if err := r.save(ctx, batch); err != nil {
				return err
			}
		}
		if !open && rest == nil {
			return nil
		}
		next = rest
	}
}

// gather collects one batch, beginning with first. What does not fit any more
// comes back as rest; open is false when no more will come.
func (r *run) gather(first *outcome) (batch []outcome, rest *outcome, open bool) {
	articles := 0
	if first == nil {
		o, ok := <-r.outcomes
		if !ok {
			return nil, nil, false
		}
		first = &o
	}
	batch, articles = append(batch, *first), len(first.Articles)
	timer := time.NewTimer(batchTime)
	defer timer.Stop()
	for articles < MaxBatch {
		var o outcome
		var ok bool
		select {
		case o, ok = <-r.outcomes:
		default:
			if articles >= enoughArticles {
				return batch, nil, true
			}
			select {
			case o, ok = <-r.outcomes:
			case <-timer.C:
				return batch, nil, true
			}
		}
		if !ok {
			return batch, nil, false
		}
		if articles+len(o.Articles) > MaxBatch {
			return batch, &o, true
		}
		batch, articles = append(batch, o), articles+len(o.Articles)
	}
	return batch, nil, true
}

// save stores a batch and tells about it. A batch that fails is tried feed by
// feed, so that one of them cannot spoil the others. A started transaction is
// finished also when the run is stopped.
func (r *run) save(ctx context.Context, batch []outcome) error {
	ctx = context.WithoutCancel(ctx)
	saved, err := r.archive.Save(ctx, r.batch(batch))
	if err == nil {
		r.account(batch, saved)
		return nil
	}
	if len(batch) == 1 {
		return fmt.Errorf("save batch: %w", err)
	}
	good := 0
	for i := range batch {
		saved, one := r.archive.Save(ctx, r.batch(batch[i:i+1]))
		if one == nil {
			good++
			r.account(batch[i:i+1], saved)
			continue
		}
		batch[i].failure = &Failure{Feed: batch[i].Feed, Title: batch[i].title, State: batch[i].State.Health.State,
			Sentence: "What the feed brought could not be stored: " + one.Error() + "."}
		r.account(batch[i:i+1], Saved{})
	}
	if good == 0 {
		return fmt.Errorf("save batch: %w", err)
	}
	return nil
}

func (r *run) batch(outcomes []outcome) Batch {
	b := Batch{Now: r.o.Now(), Outcomes: make([]Outcome, len(outcomes))}
	for i := range outcomes {
		b.Outcomes[i] = outcomes[i].Outcome
		b.Articles += len(outcomes[i].Articles)
	}
	return b
}

// account adds what was saved to the progress and shows it.
func (r *run) account(batch []outcome, saved Saved) {
	e := Event{Saved: saved.New+saved.Updated+saved.Joined > 0}
	p := &r.progress
	p.New += saved.New
	p.Updated += saved.Updated
	for i := range batch {
		o := &batch[i]
		p.Bytes += o.wire
		p.Feed = o.title
		switch {
		case o.failure != nil:
			p.Failed++
			e.Failures = append(e.Failures, *o.failure)
		case o.same:
			p.Unchanged++
		}
		if !o.More {
			p.Done++
		}
	}
	r.failures = append(r.failures, e.Failures...)
	r.show(e)
}

// show tells the reader of this process, and from time to time other processes.
func (r *run) show(e Event) {
	e.Progress = r.progress
	r.events.post(e)
	if now := time.Now(); now.Sub(r.reported) >= reportEvery || r.progress.Done == r.progress.Total {
		r.reported = now
		r.claim.Report(r.progress)
	}
}

// summary says what the run did, after its end.
func (r *run) summary() Summary {
	return Summary{
		Progress: r.progress, Failures: r.failures, Left: r.progress.Total - r.progress.Done,
		Offline: r.network.gone() || r.cutOff != "" && r.progress.Total == 0, Proxy: r.network.behindProxy() || r.cutOff == fetch.Proxy, Spent: r.budget.spent(),
	}
}
