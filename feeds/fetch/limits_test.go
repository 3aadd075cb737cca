package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func TestEndlessBody(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	res := get(t, client(t, Options{}), Request{URL: url, MaxBytes: 4 << 20})
	defer res.Release()
	if !res.Cut || len(res.Body) != 4<<20 || res.Wire < 4<<20 || res.Wire > 8<<20 {
		t.Errorf("cut %v, %d bytes of %d read", res.Cut, len(res.Body), res.Wire)
	}
}

func TestLargeBodiesShareMemory(t *testing.T) {
	text := bytes.Repeat([]byte("x"), 3<<20)
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(text) })
	c := client(t, Options{PerHost: 8, Spacing: -1})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			res, err := c.Get(context.Background(), Request{URL: url, AllowPrivate: true})
			if err != nil {
				t.Error(err)
				return
			}
			if len(res.Body) != len(text) {
				t.Errorf("%d bytes", len(res.Body))
			}
			time.Sleep(5 * time.Millisecond)
			res.Release()
			res.Release()
		})
	}
	wg.Wait()
}

func TestCutBodyIsKeptWithoutValidators(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "<rss><channel><item/>")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	res := get(t, client(t, Options{}), Request{URL: url})
	if !res.Cut || res.ETag != "" || string(res.Body) != "<rss><channel><item/>" {
		t.Errorf("%+v", res)
	}
}

// N2: a body that only drips is given up.
func TestSlowLoris(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "<")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	c := client(t, Options{MinRate: MinRate{1000, 100 * time.Millisecond}})
	start := time.Now()
	e := fails(t, c, Request{URL: url, AllowPrivate: true})
	if e.Kind != Timeout || time.Since(start) > 2*time.Second || !strings.Contains(e.Sentence(), "too slowly") {
		t.Errorf("%v: %q", e, e.Sentence())
	}
}

// A body that is not there in time is cut: on a slow line a large feed would
// otherwise never bring anything.
func TestTotalTimeout(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.(http.Flusher).Flush()
		for r.Context().Err() == nil && r.URL.Path == "/slow" {
			_, _ = w.Write(make([]byte, 10_000))
			w.(http.Flusher).Flush()
			time.Sleep(time.Millisecond)
		}
		<-r.Context().Done()
	})
	c := client(t, Options{Timeout: 100 * time.Millisecond})
	if res := get(t, c, Request{URL: url + "/slow"}); !res.Cut || res.ETag != "" || len(res.Body) == 0 {
		t.Errorf("%d bytes, cut %v", len(res.Body), res.Cut)
	}
	if e := fails(t, c, Request{URL: url + "/never", AllowPrivate: true}); e.Kind != Timeout {
		t.Errorf("%v", e)
	}
}

func TestCancel(t *testing.T) {
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	start := time.Now()
	_, err := client(t, Options{}).Get(ctx, Request{URL: url, AllowPrivate: true})
	if KindOf(err) != Canceled || time.Since(start) > time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

func TestTwoAtATimePerHost(t *testing.T) {
	var now, peak atomic.Int64
	url := serve(t, func(http.ResponseWriter, *http.Request) {
		peak.Store(max(peak.Load(), now.Add(1)))
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
	})
	c := client(t, Options{Spacing: -1})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := c.Get(context.Background(), Request{URL: url, AllowPrivate: true}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if peak.Load() != 2 {
		t.Errorf("%d at a time", peak.Load())
	}
}

func TestSpacing(t *testing.T) {
	h := newHosts(5, 20*time.Millisecond)
	start := time.Now()
	for range 4 {
		leave, err := h.enter(context.Background(), "a", true)
		if err != nil {
			t.Fatal(err)
		}
		leave()
	}
	if d := time.Since(start); d < 60*time.Millisecond {
		t.Errorf("four requests within %v", d)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") })
	before := runtime.NumGoroutine()
	c := New(Options{Spacing: -1})
	for range 5 {
		res, err := c.Get(context.Background(), Request{URL: url, AllowPrivate: true})
		if err != nil {
			t.Fatal(err)
		}
		res.Release()
	}
	c.Close()
	for range 100 {
		if runtime.NumGoroutine() <= before+2 { // the server's own connection may end later
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

// BenchmarkUnchanged asks 500 hosts that each have nothing new: what a refresh
// of an ordinary morning consists of.
func BenchmarkUnchanged(b *testing.B) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		b.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }))
	s.Listener = l
	s.Start()
	defer s.Close()
	port := l.Addr().(*net.TCPAddr).Port
	for b.Loop() {
		c := New(Options{})
		var wg sync.WaitGroup
		for i := range 500 {
			wg.Go(func() {
				url := fmt.Sprintf("http://127.9.%d.%d:%d/feed", i/250, 1+i%250, port)
				res, err := c.Get(context.Background(), Request{URL: url, ETag: `"v"`, AllowPrivate: true})
				if err != nil || !res.NotModified {
					b.Error(err)
				}
			})
		}
		wg.Wait()
		c.Close()
	}
}
