package refresh

import (
	"errors"
	"sync"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// resting are the hosts that asked to be left alone in this run: asking for their
// other feeds as well would only prolong that.
type resting struct {
	mu    sync.Mutex
	hosts map[string]*fetch.Error
}

// note remembers an answer that says so.
func (r *resting) note(a answer) {
	var e *fetch.Error
	if !errors.As(a.err, &e) || !e.Resting() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil {
		r.hosts = map[string]*fetch.Error{}
	}
	r.hosts[e.Host] = e
}

// answer is what a feed's host would say if it were asked, nil when that is not
// known.
func (r *resting) answer(job *Job) error {
	e := r.host(feeds.Hostname(job.Feed.URL))
	if e == nil {
		return nil
	}
	same := *e
	same.URL, same.Wire = job.Feed.URL, 0
	return &same
}

// host returns what a host said that wants to be left alone, nil for any other.
func (r *resting) host(name string) *fetch.Error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.hosts[name]
}
