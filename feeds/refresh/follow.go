package refresh

import (
	"context"
	"time"
)

// followEvery is how often another process's run is looked at.
const followEvery = 300 * time.Millisecond

// follow shows another process's run until it ends. ended is false when it
// stopped before it was done, so that somebody should go on with it.
func follow(ctx context.Context, a Archive, events *pump) (sum Summary, ended bool, err error) {
	sum.Attached = true
	seen := false
	var last Progress
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		p, running, err := a.Running(ctx)
		if err != nil {
			return sum, false, err
		}
		if p.Started.Equal(last.Started) {
			p.Started = last.Started // so that the two compare
		}
		if !running && seen {
			if p.Started == last.Started { // the last word of the run
				last, sum.Progress = p, p
			}
			return sum, last.Done >= last.Total, nil
		}
		if running && (!seen || p != last) {
			changed := p.New != last.New || p.Updated != last.Updated
			last, seen = p, true
			sum.Progress = p
			events.post(Event{Progress: p, Saved: changed, Attached: true})
		}
		select {
		case <-ctx.Done():
			return sum, true, ctx.Err()
		case <-tick.C:
			if !running {
				return sum, false, nil
			}
		}
	}
}
