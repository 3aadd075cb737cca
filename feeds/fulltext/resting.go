package fulltext

import (
	"sync"
	"time"
)

// resting are the hosts that asked to be left alone. The zero value knows of none.
type resting struct {
	mu    sync.Mutex
	hosts map[string]rest
}

type rest struct {
	until time.Time
	why   *Error
}

// note remembers an answer that says so.
func (r *resting) note(e *Error, now time.Time) {
	pause := e.rests()
	if pause == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil {
		r.hosts = map[string]rest{}
	}
	r.hosts[e.Host] = rest{now.Add(pause), e}
}

// asks returns what a host that rests would say, nil for one that does not.
func (r *resting) asks(host string, now time.Time) *Error {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, ok := r.hosts[host]
	if !ok || !now.Before(at.until) {
		delete(r.hosts, host)
		return nil
	}
	same, f := *at.why, *at.why.Fetch
	f.RetryAfter = at.until.Sub(now)
	same.Fetch, same.Wire, same.unasked = &f, 0, true
	return &same
}
