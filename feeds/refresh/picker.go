package refresh

import (
	"context"
	"net/url"
	"sync"
)

// perHost is how many requests to one host are handed out at a time: the two
// that the client makes, and one that waits to follow.
const perHost = 3

// picker hands out jobs in their order, but no more of one host at a time than
// the host may be asked, so that a publisher with fifty feeds does not hold up
// all the others.
type picker struct {
	mu      sync.Mutex
	free    sync.Cond // a host has room again, or the end has come
	hosts   []string  // of each job
	taken   []bool
	from    int // all before it are taken
	left    int
	busy    map[string]int
	stopped bool
}

func newPicker(jobs []Job) *picker {
	p := &picker{hosts: make([]string, len(jobs)), taken: make([]bool, len(jobs)), left: len(jobs), busy: map[string]int{}}
	p.free.L = &p.mu
	for i := range jobs {
		p.hosts[i] = jobs[i].Feed.URL
		if u, err := url.Parse(jobs[i].Feed.URL); err == nil {
			p.hosts[i] = u.Hostname()
		}
	}
	return p
}

// next waits for a job that can be done now; ok is false when there is none
// left or the picker was stopped.
func (p *picker) next() (job int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		if p.stopped || p.left == 0 {
			return 0, false
		}
		for i := p.from; i < len(p.taken); i++ {
			if p.taken[i] {
				if i == p.from {
					p.from++
				}
				continue
			}
			if p.busy[p.hosts[i]] < perHost {
				p.taken[i] = true
				p.left--
				p.busy[p.hosts[i]]++
				if p.left == 0 {
					p.free.Broadcast()
				}
				return i, true
			}
		}
		p.free.Wait()
	}
}

// done gives the job's place with its host back.
func (p *picker) done(job int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy[p.hosts[job]]--
	p.free.Broadcast()
}

// putBack returns a job that was not asked after all.
func (p *picker) putBack(job int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken[job] = false
	p.from = min(p.from, job)
	p.left++
	p.busy[p.hosts[job]]--
	p.stopped = true
	p.free.Broadcast()
}

// stop ends the handing out, also for those who wait.
func (p *picker) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	p.free.Broadcast()
}

// stopWith stops the picker when ctx ends.
func (p *picker) stopWith(ctx context.Context) (cancel func() bool) {
	return context.AfterFunc(ctx, p.stop)
}

// unasked returns how many jobs were never handed out.
func (p *picker) unasked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.left
}

// budget is the number of bytes that a run may bring over the wire.
type budget struct {
	mu      sync.Mutex
	free    sync.Cond
	limit   int64 // 0 for none
	used    int64
	booked  int64
	ended   bool
	refused bool // somebody was told that there is no room
}

// usualBody is what is booked for a body whose size nobody knows yet.
const usualBody = 50 << 10

func newBudget(limit int64) *budget {
	b := &budget{limit: limit}
	b.free.L = &b.mu
	return b
}

// book reserves room for one body; false means that there is none left. While
// others under way may leave some, it waits for them.
func (b *budget) book() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.limit > 0 && b.used+b.booked+usualBody > b.limit && b.booked > 0 && !b.ended {
		b.free.Wait()
	}
	if b.ended {
		return false
	}
	if b.limit > 0 && b.used >= b.limit {
		b.refused = true
		return false
	}
	b.booked += usualBody
	return true
}

// spend replaces a booking by what was really used.
func (b *budget) spend(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.booked -= usualBody
	b.used += n
	b.free.Broadcast()
}

func (b *budget) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	b.free.Broadcast()
}

// spent tells whether feeds were left out for lack of room.
func (b *budget) spent() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.refused
}
