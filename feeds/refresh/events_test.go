package refresh

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestSecondRunFollowsTheFirst(t *testing.T) {
	n := newNewsroom(t, 3)
	open := make(chan struct{})
	n.hook = func(http.ResponseWriter, *http.Request) bool { <-open; return false }
	m := newMemory(n.jobs(4)...)
	var wg sync.WaitGroup
	wg.Go(func() {
		if sum := mustRun(t, m, options(t)); sum.Attached || sum.New != 12 {
			t.Errorf("first: %+v", sum)
		}
	})
	for running := false; !running; _, running, _ = m.Running(context.Background()) {
		time.Sleep(time.Millisecond)
	}
	time.AfterFunc(400*time.Millisecond, func() { close(open) })
	sum := mustRun(t, m, options(t))
	wg.Wait()
	if !sum.Attached || sum.New != 0 && sum.New != 12 || n.asked.Load() != 4 {
		t.Errorf("second: %+v, %d requests", sum, n.asked.Load())
	}
}

func TestTakesOverFromADeadRun(t *testing.T) {
	n := newNewsroom(t, 3)
	m := newMemory(n.jobs(4)...)
	m.busy, m.progress = true, Progress{Done: 1, Total: 4}
	time.AfterFunc(500*time.Millisecond, func() { _ = memoryClaim{m}.Release() })
	if sum := mustRun(t, m, options(t)); sum.Attached || sum.New != 12 {
		t.Errorf("%+v", sum)
	}
}

func TestEvents(t *testing.T) {
	n := newNewsroom(t, 2)
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		time.Sleep(5 * time.Millisecond)
		if r.URL.Path == "/n/3" {
			w.WriteHeader(500)
			return true
		}
		return false
	}
	o := options(t)
	o.Parallel = 2
	var events []Event
	o.OnEvent = func(e Event) {
		events = append(events, e)
		if len(events) == 1 {
			panic("reader")
		}
	}
	start := time.Now()
	sum := mustRun(t, newMemory(n.jobs(100)...), o)
	last := events[len(events)-1]
	if !last.Final || last.Done != 100 || last.New != sum.New {
		t.Errorf("last event %+v", last)
	}
	if limit := int(time.Since(start)/eventGap) + 2; len(events) > limit {
		t.Errorf("%d events in %v", len(events), time.Since(start))
	}
	var saved, failures int
	for _, e := range events {
		failures += len(e.Failures)
		if e.Saved {
			saved++
		}
	}
	if saved == 0 || failures != 1 {
		t.Errorf("%d events say that something was saved, %d failures", saved, failures)
	}
}

func TestMailbox(t *testing.T) {
	m := NewMailbox()
	m.Post(Event{Progress: Progress{Done: 1}, Saved: true, Failures: []Failure{{Feed: 1}}})
	m.Post(Event{Progress: Progress{Done: 2}, Failures: []Failure{{Feed: 2}}})
	e, ok := m.Wait(context.Background())
	if !ok || e.Done != 2 || !e.Saved || len(e.Failures) != 2 {
		t.Errorf("%+v", e)
	}
	start := time.Now()
	m.Post(Event{Progress: Progress{Done: 3}})
	if e, _ = m.Wait(context.Background()); e.Done != 3 || e.Saved || time.Since(start) < eventGap*9/10 {
		t.Errorf("%+v after %v", e, time.Since(start))
	}
	start = time.Now()
	m.Post(Event{Final: true})
	if e, _ = m.Wait(context.Background()); !e.Final || time.Since(start) > eventGap/2 {
		t.Errorf("%+v after %v", e, time.Since(start))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, ok := m.Wait(ctx); ok {
		t.Error("an event from nowhere")
	}
}
