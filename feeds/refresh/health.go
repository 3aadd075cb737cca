package refresh

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/parse"
)

// staleAfter is how long a feed may say nothing new before that is remarkable.
const staleAfter = 60 * 24 * time.Hour

// movedTimes and movedFor are how often and for how long a feed must have been
// sent to the same new address before that is believed: once may be a hotel's
// network.
const (
	movedTimes = 3
	movedFor   = 48 * time.Hour
)

// failed returns the state of a feed after a failure, and the failure as people
// read it. What was known of the feed stays.
func failed(a answer, now time.Time) (State, Failure) {
	job, err := a.job, a.err
	s := job.State
	h := &s.Health
	h.Checked, h.Status = now, a.status()
	h.BytesUsed += a.wire()
	h.Errors++
	hist := history{feed: job.Feed.ID, pace: s.Pace, newest: h.Newest, errors: h.Errors, quiet: s.Quiet}
	var f *fetch.Error
	var p *parse.Error
	switch {
	case errors.As(err, &f):
		h.State, h.Reason = fetchState(f), f.Sentence()
		hist.retry, hist.gone = f.RetryAfter, f.Status == 410
	case errors.As(err, &p):
		h.State, h.Reason = feeds.Broken, p.Sentence()
	default:
		h.State, h.Reason = feeds.Broken, "The feed could not be read because of a fault of ours; please report it."
	}
	h.NextDue = next(now, hist)
	return s, Failure{Feed: job.Feed.ID, Title: titleOf(job, nil), State: h.State, Sentence: h.Reason}
}

// fetchState says in one word what a failed request means.
func fetchState(e *fetch.Error) feeds.HealthState {
	switch e.Kind {
	case fetch.NoNetwork, fetch.DNS, fetch.Timeout, fetch.Refused, fetch.TLS, fetch.Proxy:
		return feeds.Unreachable
	case fetch.Status:
		switch {
		case e.Detail != "":
			return feeds.Refused
		case e.Status == 404 || e.Status == 410:
			return feeds.Gone
		case e.Status == 401 || e.Status == 402 || e.Status == 403 || e.Status == 429 || e.Status == 451:
			return feeds.Refused
		}
	}
	return feeds.Broken
}

// answered returns the state of a feed that answered, before the answer's body
// is looked at.
func answered(job *Job, res *fetch.Response, now time.Time) State {
	s := job.State
	s.Health.Checked, s.Health.Errors, s.Health.Status = now, 0, res.Status
	s.Health.BytesUsed += res.Wire
	s.moved(res.Permanent, now)
	return s
}

// moved notes where permanent redirects lead.
func (s *State) moved(to string, now time.Time) {
	switch {
	case to == "":
		s.Moved, s.MovedSince, s.MovedTimes = "", time.Time{}, 0
	case to != s.Moved, s.MovedSince.After(now): // the clock was wrong, once
		s.Moved, s.MovedSince, s.MovedTimes = to, now, 1
	default:
		s.MovedTimes++
	}
}

// unchanged returns the state of a feed that has nothing new.
func unchanged(job *Job, res *fetch.Response, now time.Time) State {
	s := answered(job, res, now)
	s.ETag, s.LastModified = res.ETag, res.LastModified
	s.settle(job, res, now)
	return s
}

// read returns the state of a feed whose answer was parsed. body is the answer's
// fingerprint, length the average visible text of its items in characters.
func read(job *Job, res *fetch.Response, body int64, length int, p *parse.Result, now time.Time) State {
	s := answered(job, res, now)
	s.Health.Items = len(p.Articles)
	if len(p.Articles) == 0 {
		// Perhaps a fault of a moment: the validators of the last full answer stay.
		s.settle(job, res, now)
		s.Health.State, s.Health.Reason = feeds.Empty, "The feed answers, but holds no articles at the moment."
		return s
	}
	s.ETag, s.LastModified, s.BodyHash = res.ETag, res.LastModified, body
	s.Health.BodyLength = length
	s.Health.Newest, s.Pace = newestOf(p.Articles, now), paceOf(p.Articles, now)
	s.Hint, s.Quiet = p.Feed.TTL, p.Feed.Quiet
	s.settle(job, res, now)
	if res.Cut || p.Incomplete {
		s.ETag, s.LastModified, s.BodyHash = "", "", 0
		s.Health.Reason = brokenOff(res, p)
	}
	return s
}

// brokenOff says what was kept of a feed that did not come as a whole.
func brokenOff(res *fetch.Response, p *parse.Result) string {
	switch {
	case res.Limit > 0:
		return fmt.Sprintf("The feed is longer than the %d MB that one may hold; what came before was kept. sitrep feeds set --max-size raises the limit for it.", res.Limit>>20)
	case p.Damaged != "":
		return p.Damaged
	}
	return "The feed's answer broke off; what had come was kept."
}

// settle says in one word how a feed that answers is doing, and when it is due.
func (s *State) settle(job *Job, res *fetch.Response, now time.Time) {
	h := &s.Health
	h.State, h.Reason = feeds.OK, ""
	switch {
	case s.moves(now) && address(job, res, s, now) == "":
		h.State, h.Reason = feeds.Moved, fmt.Sprintf("The feed has moved to %s; change its address to that.", s.Moved)
	case !h.Newest.IsZero() && now.Sub(h.Newest) > staleAfter:
		h.State, h.Reason = feeds.Stale, "Nothing new since "+h.Newest.UTC().Format("2 January 2006")+"."
	}
	h.NextDue = next(now, history{
		feed: job.Feed.ID, pace: s.Pace, newest: h.Newest, hint: max(res.MaxAge, s.Hint), retry: res.RetryAfter, quiet: s.Quiet,
	})
}

// moves reports that a permanent redirect was seen often and long enough.
func (s *State) moves(now time.Time) bool {
	return s.Moved != "" && s.MovedTimes >= movedTimes && now.Sub(s.MovedSince) >= movedFor
}

// address returns where a feed is to be asked from now on, "" for where it was.
// Only what TLS vouched for is believed without the reader, and a feed with a
// login of the reader's is theirs to move to another host.
func address(job *Job, res *fetch.Response, s *State, now time.Time) string {
	if !s.moves(now) || !res.Proven || res.Permanent != s.Moved || res.Cut {
		return ""
	}
	if u, err := url.Parse(job.Feed.URL); err != nil || u.User != nil || !job.Access.IsZero() && !job.Access.For(s.Moved) {
		return ""
	}
	return s.Moved
}

// titleOf returns the best name of a feed.
func titleOf(job *Job, meta *parse.Meta) string {
	if job.Feed.Title == "" && meta != nil && meta.Title != "" {
		return meta.Title
	}
	return job.Feed.Name()
}
