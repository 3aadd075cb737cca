package refresh

import (
	"errors"
	"net/url"
	"slices"
	"sync"

	"sitrep/feeds/fetch"
)

// How many failures in a row mean that the network is gone: fewer while nothing
// has answered yet.
const (
	suspectsAtStart = 5
	suspectsLater   = 12
)

// detector tells feeds that cannot be reached from a network that is gone. A
// failure that may mean either is held back until another answer decides.
type detector struct {
	mu       sync.Mutex
	suspects []answer
	answered bool // somebody has answered in this run
	offline  bool // the verdict
	proxy    bool // the last suspect's proxy could not be used
}

// judge takes an answer and returns those that are decided now. A request that
// began after another one had failed, and was answered, proves that the network
// was not the reason. Silence proves nothing, nor does what this machine or its
// network answers.
func (d *detector) judge(a answer) (decided []answer, offline bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !suspicious(a) {
		if nearby(a) || fetch.KindOf(a.err) == fetch.Timeout {
			return []answer{a}, false
		}
		d.answered = true
		decided = append(decided, a)
		d.suspects = slices.DeleteFunc(d.suspects, func(s answer) bool {
			cleared := s.ended.Before(a.began)
			if cleared {
				decided = append(decided, s)
			}
			return cleared
		})
		return decided, false
	}
	d.suspects = append(d.suspects, a)
	d.proxy = fetch.KindOf(a.err) == fetch.Proxy
	limit := suspectsAtStart
	if d.answered {
		limit = suspectsLater
	}
	d.offline = d.offline || d.silent() >= limit
	return nil, d.offline
}

// silent counts the suspects that speak for a dead network. That a name does not
// exist is mostly told by a name server, and sooner than any feed answers: an
// old list with many dead feeds must not look like that.
func (d *detector) silent() (n int) {
	for _, a := range d.suspects {
		if !nameless(a) {
			n++
		}
	}
	return n
}

// settle decides what is left at the end. complete tells that all feeds were
// asked. Some routers without a network say of every name that there is none.
func (d *detector) settle(complete bool) (failures []answer, offline bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	failures, d.suspects = d.suspects, nil
	if d.offline {
		return nil, true
	}
	if d.answered || !complete || len(failures) == 0 {
		return failures, false
	}
	for _, a := range failures {
		if fetch.KindOf(a.err) != fetch.NoNetwork && len(failures) < suspectsAtStart {
			return failures, false
		}
	}
	d.offline = true
	return nil, true
}

// gone tells whether the network was found to be gone.
func (d *detector) gone() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.offline
}

// behindProxy tells whether it was the proxy that was gone.
func (d *detector) behindProxy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.offline && d.proxy
}

func suspicious(a answer) bool {
	switch fetch.KindOf(a.err) {
	case fetch.NoNetwork, fetch.DNS, fetch.Proxy:
		return true
	}
	return false
}

// nameless tells whether the name of the feed's host is said not to exist and
// that may be so: the names of the catalogue are known to.
func nameless(a answer) bool {
	var e *fetch.Error
	return errors.As(a.err, &e) && e.Kind == fetch.DNS && e.Missing && a.job.Feed.Catalog == ""
}

// nearby tells whether the feed stands on this machine or its network.
func nearby(a answer) bool {
	if !a.job.AllowPrivate {
		return false
	}
	u, err := url.Parse(a.job.Feed.URL)
	return err == nil && fetch.IsPrivateHost(u.Hostname())
}
