package refresh

import (
	"context"
	"sync"
	"time"
)

// eventGap is the least time between two events: ten a second.
const eventGap = 100 * time.Millisecond

// Mailbox holds at most one event. What is posted while another event waits is
// merged into it, so that a slow reader never holds up a run and never falls
// behind it. The zero value is not ready; use NewMailbox.
type Mailbox struct {
	mu     sync.Mutex
	event  Event
	full   bool
	last   time.Time // when the last event was taken
	signal chan struct{}
}

// NewMailbox returns an empty mailbox.
func NewMailbox() *Mailbox { return &Mailbox{signal: make(chan struct{}, 1)} }

// Post never blocks.
func (m *Mailbox) Post(e Event) {
	m.mu.Lock()
	if m.full {
		e = merge(m.event, e)
	}
	m.event, m.full = e, true
	m.mu.Unlock()
	select {
	case m.signal <- struct{}{}:
	default:
	}
}

func merge(old, e Event) Event {
	e.Saved = e.Saved || old.Saved
	e.Final = e.Final || old.Final
	e.Failures = append(old.Failures, e.Failures...)
	return e
}

// Wait returns the next event, at most ten a second; the final one comes at
// once. It returns false when ctx ends before.
func (m *Mailbox) Wait(ctx context.Context) (Event, bool) {
	for {
		e, rest, ok := m.take()
		if ok {
			return e, true
		}
		var due <-chan time.Time
		var timer *time.Timer
		if rest > 0 {
			timer = time.NewTimer(rest)
			due = timer.C
		}
		select {
		case <-ctx.Done():
			return Event{}, false
		case <-m.signal:
		case <-due:
		}
		if timer != nil {
			timer.Stop()
		}
	}
}

// take returns the event if it may be handed out now, else how long to wait; 0
// when there is none.
func (m *Mailbox) take() (e Event, rest time.Duration, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.full {
		return Event{}, 0, false
	}
	if rest := eventGap - time.Since(m.last); rest > 0 && !m.event.Final {
		return Event{}, rest, false
	}
	e = m.event
	m.event, m.full, m.last = Event{}, false, time.Now()
	return e, 0, true
}

// pump calls a function with the events of a mailbox, from one goroutine.
type pump struct {
	box  *Mailbox
	done chan struct{}
}

func newPump(call func(Event)) *pump {
	p := &pump{box: NewMailbox(), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		for {
			e, ok := p.box.Wait(context.Background())
			if ok {
				deliver(call, e)
			}
			if !ok || e.Final {
				return
			}
		}
	}()
	return p
}

// deliver shields the run from a reader that panics.
func deliver(call func(Event), e Event) {
	defer func() { _ = recover() }()
	call(e)
}

func (p *pump) post(e Event) { p.box.Post(e) }

// end posts the final event and waits until it was handed over.
func (p *pump) end(final Event) {
	p.box.Post(final)
	<-p.done
}
