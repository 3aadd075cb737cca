package refresh

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// Unlock returns the secrets that an Access leads to. Its error is shown to the
// reader behind a colon and must not hold a secret.
type Unlock func(ctx context.Context, a feeds.Access) (Secrets, error)

// Secrets are what only the feed's own host may see.
type Secrets struct {
	Password string
	Token    string // bearer
	Header   []fetch.Field
}

// Grant puts into a request for an address what the reader set for the feed. It
// does so for the host only that the reader set it for. Its error is always a
// *fetch.Error.
func (unlock Unlock) Grant(ctx context.Context, a feeds.Access, address string, req *fetch.Request) error {
	req.MaxBytes = a.MaxBytes
	if a.IsZero() || !a.For(address) {
		return nil
	}
	req.Pin, req.User = a.Pin, a.User
	if !a.Secret() {
		return nil
	}
	if unlock == nil {
		return &fetch.Error{Kind: fetch.Locked, Host: feeds.Hostname(address), Detail: "nobody can read it here"}
	}
	s, err := unlock(ctx, a)
	if err != nil {
		if ctx.Err() != nil {
			return &fetch.Error{Kind: fetch.Canceled, Err: ctx.Err()}
		}
		return &fetch.Error{Kind: fetch.Locked, Host: feeds.Hostname(address), Detail: err.Error()}
	}
	req.Password, req.Token, req.Header = s.Password, s.Token, s.Header
	return nil
}

// ask makes the one conditional request for a feed.
func ask(ctx context.Context, client fetch.Getter, unlock Unlock, job *Job) (a answer) {
	a.job, a.began = job, time.Now()
	defer func() {
		a.ended = time.Now()
		if p := recover(); p != nil {
			a.err = fmt.Errorf("fetch feed: panic: %v", p)
		}
	}()
	req := fetch.Request{
		URL: job.Feed.URL, ETag: job.State.ETag, LastModified: job.State.LastModified, AllowPrivate: job.AllowPrivate,
	}
	if a.err = unlock.Grant(ctx, job.Access, job.Feed.URL, &req); a.err == nil {
		a.res, a.err = client.Get(ctx, req)
	}
	return a
}

// status returns the HTTP status of an answer, 0 when none came.
func (a answer) status() int {
	var e *fetch.Error
	switch {
	case a.res != nil:
		return a.res.Status
	case errors.As(a.err, &e):
		return e.Status
	}
	return 0
}

// wire returns how many bytes of body came.
func (a answer) wire() int64 {
	var e *fetch.Error
	switch {
	case a.res != nil:
		return a.res.Wire
	case errors.As(a.err, &e):
		return e.Wire
	}
	return 0
}

// outcome is what an answer means for its feed besides the articles.
func (a answer) outcome(s State, now time.Time) Outcome {
	o := Outcome{Feed: a.job.Feed.ID, Public: a.res.Public && a.job.AllowPrivate}
	if o.Address = address(a.job, a.res, &s, now); o.Address != "" {
		s.Moved, s.MovedSince, s.MovedTimes = "", time.Time{}, 0
	}
	o.State = s
	return o
}

// lastFailing moves the feeds that could not be reached the last times behind
// the others, so that they cost nobody's time but their own.
func lastFailing(jobs []Job) []Job {
	jobs = slices.Clone(jobs)
	slices.SortStableFunc(jobs, func(a, b Job) int { return rank(a) - rank(b) })
	return jobs
}

func rank(j Job) int {
	if j.State.Health.State == feeds.Unreachable && j.State.Health.Errors > 1 {
		return 1
	}
	return 0
}
