package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds on what is in memory at a time, whatever the servers send.
const (
	inFlight    = 16      // bodies, from their first byte until Release
	largeBody   = 1 << 20 // a body from here on needs a place among the large ones,
	largeBodies = 2
	hugeBody    = 8 << 20 // and from here on the only one among the huge
	pooledBody  = largeBody
)

// bodies hands out memory for bodies.
type bodies struct {
	places, large, huge chan struct{}
	free                sync.Pool // *[]byte
	unpackers           unpackers
}

func newBodies() *bodies {
	return &bodies{places: make(chan struct{}, inFlight), large: make(chan struct{}, largeBodies), huge: make(chan struct{}, 1)}
}

// hold is one body's share of the memory.
type hold struct {
	from  *bodies
	buf   *[]byte
	taken []chan struct{}
	limit *deadline
}

// take waits for a place, with the request's clock halted.
func (b *bodies) take(ctx context.Context, limit *deadline) (*hold, error) {
	defer limit.halt()()
	select {
	case b.places <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	buf, _ := b.free.Get().(*[]byte)
	if buf == nil {
		buf = new([]byte)
		*buf = make([]byte, 0, 64<<10)
	}
	return &hold{from: b, buf: buf, taken: []chan struct{}{b.places}, limit: limit}, nil
}

// grow makes room for more. A huge body grows in few steps: many would leave
// several times as much behind for the collector.
func (h *hold) grow(ctx context.Context, limit int64) error {
	old := *h.buf
	size := int64(2 * cap(old))
	if size > largeBody {
		if err := h.wait(ctx, h.from.large); err != nil {
			return err
		}
	}
	if size > hugeBody {
		if err := h.wait(ctx, h.from.huge); err != nil {
			return err
		}
		size *= 2
	}
	if size > limit/2 && int64(cap(old)) < limit { // no step for the last few bytes
		size = limit
	}
	next := make([]byte, len(old), size)
	copy(next, old)
	*h.buf = next
	return nil
}

// wait waits for a place of one more kind, unless it has that.
func (h *hold) wait(ctx context.Context, place chan struct{}) error {
	if slices.Contains(h.taken, place) {
		return nil
	}
	defer h.limit.halt()()
	select {
	case place <- struct{}{}:
		h.taken = append(h.taken, place)
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (h *hold) release() {
	if cap(*h.buf) <= pooledBody {
		*h.buf = (*h.buf)[:0]
		h.from.free.Put(h.buf)
	}
	for _, place := range h.taken {
		<-place
	}
	h.taken = nil
}

var (
	errTooSlow = errors.New("the answer comes too slowly")
	errTooBig  = errors.New("the answer is too big")
)

// bombRatio is how many times longer than what was sent a body may be to pass
// for text when it goes beyond the limit; feeds shrink to a fifth, rarely to a
// twentieth.
const bombRatio = 100

// readBody reads and unpacks the body of res into out. What came before a cut,
// before the limit or before the request's time was up is kept without
// validators, so that the whole is asked for again. A bomb is not.
func (c *Client) readBody(ctx context.Context, limit *deadline, r Request, res *http.Response, out *Response) error {
	defer func() { _ = res.Body.Close() }()
	h, err := c.bodies.take(ctx, limit)
	if err != nil {
		return err
	}
	wire := &counter{r: res.Body}
	stop := c.watch(wire, res.Body)
	err = c.unpack(ctx, h, r.MaxBytes, wire, res.Header.Values("Content-Encoding"))
	slow := stop()
	out.Wire = wire.n.Load()
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	switch {
	case slow:
		err = errTooSlow
	case err == nil, errors.Is(err, context.Canceled):
	case errors.Is(err, errTooBig) && int64(len(*h.buf)) > bombRatio*out.Wire:
	case len(*h.buf) > 0:
		if errors.Is(err, errTooBig) {
			*h.buf = (*h.buf)[:r.MaxBytes]
			out.Limit = r.MaxBytes
		}
		out.Cut, out.ETag, out.LastModified = true, "", ""
		err = nil
	}
	if err != nil {
		h.release()
		return &Error{Kind: kindOf(err), Wire: out.Wire, Err: err}
	}
	if len(*h.buf) == 0 {
		h.release()
		return nil
	}
	out.Body, out.hold = *h.buf, h
	return nil
}

// watch closes the body when it comes too slowly; the returned function ends
// that and tells whether it happened.
func (c *Client) watch(wire *counter, body io.Closer) (stop func() bool) {
	var slow atomic.Bool
	var last int64
	var timer *time.Timer
	var mu sync.Mutex
	ended := false
	mu.Lock()
	timer = time.AfterFunc(c.o.MinRate.Per, func() {
		mu.Lock()
		defer mu.Unlock()
		if ended {
			return
		}
		n := wire.n.Load()
		if n-last < c.o.MinRate.Bytes && !wire.waiting.Load() {
			slow.Store(true)
			_ = body.Close()
			return
		}
		last = n
		timer.Reset(c.o.MinRate.Per)
	})
	mu.Unlock()
	return func() bool {
		mu.Lock()
		defer mu.Unlock()
		ended = true
		timer.Stop()
		return slow.Load()
	}
}

// fill reads r to its end, at most limit bytes.
func (h *hold) fill(ctx context.Context, r io.Reader, limit int64, wire *counter) error {
	for {
		buf := *h.buf
		if len(buf) == cap(buf) {
			wire.waiting.Store(true)
			err := h.grow(ctx, limit+1)
			wire.waiting.Store(false)
			if err != nil {
				return err
			}
			continue
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		*h.buf = buf[:len(buf)+n]
		switch {
		case int64(len(*h.buf)) > limit:
			return errTooBig
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// counter counts what is read through it.
type counter struct {
	r       io.Reader
	n       atomic.Int64
	waiting atomic.Bool // for memory of ours, not for the server
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}
