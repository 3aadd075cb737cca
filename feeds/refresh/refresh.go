// Package refresh is the pipeline from due feeds to saved articles: fetch in
// parallel, parse on all cores, skip what is known, save in batches through one
// writer. It declares the small Archive that it needs of a store, owns no clock
// and no files, and never lets one feed's failure stop the others.
package refresh

import (
	"context"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
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
	Parallel  int         // requests at the same time, 0 for the default
	Workers   int         // parse workers, 0 for one a core
	OnEvent   func(Event) // called from one goroutine, at most 10 times a second; may be nil
}

// Run asks the due feeds and saves what is new. A feed's failure is part of the
// Summary; the error is nil unless the run could not start, could not save, or
// ctx ended. When another process refreshes already, Run follows that run and
// ends with it, or takes over if it died.
func Run(ctx context.Context, a Archive, o Options) (Summary, error) {
	return Summary{}, ctx.Err()
}
