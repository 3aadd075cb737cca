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

func TestGzip(t *testing.T) {
	text := bytes.Repeat([]byte("<item>news</item>"), 20_000)
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed(text))
	})
	res := get(t, client(t, Options{}), Request{URL: url})
	if !bytes.Equal(res.Body, text) || res.Wire >= int64(len(text)) || res.Wire == 0 {
		t.Errorf("%d bytes, %d on the wire", len(res.Body), res.Wire)
	}
}

func TestBombIsRefused(t *testing.T) {
	bomb := packed(make([]byte, 40<<20))
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb)
	})
	c := client(t, Options{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	e := fails(t, c, Request{URL: url, AllowPrivate: true})
	runtime.ReadMemStats(&after)
	if e.Kind != TooBig || time.Since(start) > 2*time.Second {
		t.Errorf("%v after %v", e, time.Since(start))
	}
	if grown := after.HeapSys - before.HeapSys; grown > 160<<20 && after.HeapSys > before.HeapSys {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
}

func TestEndlessBody(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	e := fails(t, client(t, Options{}), Request{URL: url, AllowPrivate: true, MaxBytes: 4 << 20})
	if e.Kind != TooBig || e.Wire < 4<<20 || e.Wire > 8<<20 {
		t.Errorf("%v, %d bytes read", e, e.Wire)
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

func TestTotalTimeout(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write(make([]byte, 10_000))
			w.(http.Flusher).Flush()
			time.Sleep(time.Millisecond)
		}
	})
	e := fails(t, client(t, Options{Timeout: 100 * time.Millisecond}), Request{URL: url, AllowPrivate: true})
	if e.Kind != Timeout {
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
