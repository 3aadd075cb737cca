package ui

import (
	"maps"
	"slices"
	"sync"
)

// promises are the writes that the screen shows as done already: marks. The
// program may end between the key and the disk, and Bubble Tea waits for no
// command then; what is left here is written before the reader returns. It runs
// commands side by side, too: writes happen in the order in which they were given.
type promises struct {
	mu   sync.Mutex
	next int
	last func() error // the write that was given last
	open map[int]func() error
}

// give returns write such that it runs once, whoever calls it first, and notes
// it until it has run.
func (p *promises) give(write func() error) func() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := p.next
	p.next++
	before := p.last
	once := sync.OnceValue(func() error {
		if before != nil {
			_ = before() // who gave it hears of its error
		}
		return write()
	})
	p.last = once
	kept := func() error {
		err := once()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, n)
		return err
	}
	if p.open == nil {
		p.open = map[int]func() error{}
	}
	p.open[n] = kept
	return kept
}

// keep runs what has not run, and waits for what is running. Nobody is left to
// hear of errors.
func (p *promises) keep() {
	p.mu.Lock()
	var left []func() error
	for _, n := range slices.Sorted(maps.Keys(p.open)) {
		left = append(left, p.open[n])
	}
	p.mu.Unlock()
	for _, kept := range left {
		_ = kept()
	}
}
