package fetch

import (
	"context"
	"sync"
	"time"
)

// hosts keeps requests to one host apart: a few at a time, and public hosts
// with a pause between two.
type hosts struct {
	perHost int
	spacing time.Duration

	mu   sync.Mutex
	each map[string]*host
}

type host struct {
	places chan struct{}
	users  int
	next   time.Time // when the next request may start
}

func newHosts(perHost int, spacing time.Duration) *hosts {
	return &hosts{perHost: perHost, spacing: spacing, each: map[string]*host{}}
}

// enter waits for a place with the host. leave must be called once.
func (h *hosts) enter(ctx context.Context, name string, spaced bool) (leave func(), err error) {
	h.mu.Lock()
	one := h.each[name]
	if one == nil {
		one = &host{places: make(chan struct{}, h.perHost)}
		h.each[name] = one
	}
	one.users++
	h.mu.Unlock()
	select {
	case one.places <- struct{}{}:
	case <-ctx.Done():
		h.drop(name, one)
		return nil, ctx.Err()
	}
	leave = func() {
		<-one.places
		h.drop(name, one)
	}
	if spaced && h.spacing > 0 {
		if err := pause(ctx, h.turn(one)); err != nil {
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// turn books the next start and returns how long it is until then.
func (h *hosts) turn(one *host) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now() // the monotonic clock: a pause, not a date
	at := one.next
	if at.Before(now) {
		at = now
	}
	one.next = at.Add(h.spacing)
	return at.Sub(now)
}

func (h *hosts) drop(name string, one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if one.users--; one.users == 0 && !time.Now().Before(one.next) {
		delete(h.each, name)
	}
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
