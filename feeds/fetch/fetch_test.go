package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func client(t testing.TB, o Options) *Client {
	t.Helper()
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

func get(t testing.TB, c *Client, r Request) *Response {
	t.Helper()
	r.AllowPrivate = true
	res, err := c.Get(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(res.Release)
	return res
}

// fails makes a request that must fail, and returns why.
func fails(t testing.TB, c *Client, r Request) *Error {
	t.Helper()
	res, err := c.Get(context.Background(), r)
	if err == nil {
		res.Release()
		t.Fatalf("%s was fetched", r.URL)
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%T is not *Error", err)
	}
	if s := e.Sentence(); !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") || strings.Contains(s, "\n") {
		t.Errorf("no sentence: %q", s)
	}
	return e
}

func TestRequestOnTheWire(t *testing.T) {
	var dump []byte
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		dump, _ = httputil.DumpRequest(r, true)
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
	})
	c := client(t, Options{UserAgent: "sitrep/1.0 (newsreader)"})
	for range 2 { // the cookie of the first answer must not come back
		get(t, c, Request{URL: url + "/feed", ETag: `"a"`, LastModified: "Tue, 24 Nov 2026 06:00:00 GMT"})
	}
	want := strings.Join([]string{
		"GET /feed HTTP/1.1",
		"Host: " + strings.TrimPrefix(url, "http://"),
		"Accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5",
		"Accept-Encoding: gzip",
		"If-Modified-Since: Tue, 24 Nov 2026 06:00:00 GMT",
		`If-None-Match: "a"`,
		"User-Agent: sitrep/1.0 (newsreader)",
		"", "",
	}, "\r\n")
	if string(dump) != want {
		t.Errorf("sent\n%s\nwant\n%s", dump, want)
	}
}

func TestConditional(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, "<rss/>")
	})
	c := client(t, Options{})
	first := get(t, c, Request{URL: url})
	if string(first.Body) != "<rss/>" || first.ETag != `"v1"` || first.MaxAge != 10*time.Minute || first.Wire != 6 {
		t.Errorf("first answer: %+v", first)
	}
	second := get(t, c, Request{URL: url, ETag: first.ETag})
	if !second.NotModified || second.ETag != `"v1"` || len(second.Body) != 0 {
		t.Errorf("second answer: %+v", second)
	}
}

func TestUnaskedNotModified(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	if e := fails(t, client(t, Options{}), Request{URL: url, AllowPrivate: true}); e.Kind != Status {
		t.Errorf("kind %s", e.Kind)
	}
}

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

func TestFailures(t *testing.T) {
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	self := httptest.NewTLSServer(status(200))
	t.Cleanup(self.Close)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	for _, test := range []struct {
		name, url string
		kind      Kind
		status    int
		words     string
	}{
		{"silence", serve(t, silent), Timeout, 0, "does not answer"},
		{"404", serve(t, status(404)), Status, 404, "no feed at this address"},
		{"410", serve(t, status(410)), Status, 410, "ended this feed for good"},
		{"403", serve(t, status(403)), Status, 403, "answered no"},
		{"429", serve(t, status(429)), Status, 429, "asked too often"},
		{"500", serve(t, status(500)), Status, 500, "a fault of its own"},
		{"418", serve(t, status(418)), Status, 418, "no feed gives"},
		{"self-signed", self.URL, TLS, 0, "nobody we trust"},
		{"nobody listens", "http://" + gone.Addr().String(), Refused, 0, "does not take the connection"},
		{"file", "file:///etc/passwd", BadURL, 0, "no web address"},
		{"no host", "http:///feed", BadURL, 0, "no web address"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := client(t, Options{Header: 100 * time.Millisecond})
			e := fails(t, c, Request{URL: test.url, AllowPrivate: true})
			if e.Kind != test.kind || e.Status != test.status || !strings.Contains(e.Sentence(), test.words) {
				t.Errorf("%v: %q", e, e.Sentence())
			}
		})
	}
}

func TestUnknownName(t *testing.T) {
	e := fails(t, client(t, Options{}), Request{URL: "http://no-such-host.invalid/feed"})
	if e.Kind != DNS && e.Kind != NoNetwork {
		t.Errorf("%v", e)
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

func TestRetryAfterReachesTheCaller(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	e := fails(t, client(t, Options{}), Request{URL: url, AllowPrivate: true})
	if e.RetryAfter != 2*time.Hour || !strings.Contains(e.Sentence(), "2 hours") {
		t.Errorf("%v: %q", e.RetryAfter, e.Sentence())
	}
}

func TestHeaders(t *testing.T) {
	now := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "1": time.Minute, "garbage": 0, "-5": 0, "999999999999": maxRetry,
		"Tue, 24 Nov 2026 07:00:00 GMT": time.Hour, "Tue, 24 Nov 2020 07:00:00 GMT": time.Minute, "Sat, 24 Nov 2036 07:00:00 GMT": maxRetry,
	} {
		if got := retryAfter(s, now); got != want {
			t.Errorf("Retry-After %q: %v, want %v", s, got, want)
		}
	}
	for s, want := range map[string]string{
		"Tue, 24 Nov 2026 05:00:00 GMT": "Tue, 24 Nov 2026 05:00:00 GMT", "Tue, 24 Nov 2099 05:00:00 GMT": "", "yesterday": "",
	} {
		if got := lastModified(s, now); got != want {
			t.Errorf("Last-Modified %q: %q", s, got)
		}
	}
	for s, want := range map[string]string{`"a"`: `"a"`, "a\r\nX: y": "", strings.Repeat("e", 64<<10): ""} {
		if got := validator(s); got != want {
			t.Errorf("ETag of %d bytes: %q", len(s), got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, s := range []string{
		"127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.10", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1",
		"198.18.0.1", "192.0.0.8", "240.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:0:1::",
	} {
		if reserved(netip.MustParseAddr(s)) == "" {
			t.Errorf("%s may be dialled", s)
		}
	}
	for _, s := range []string{"1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"} {
		if why := reserved(netip.MustParseAddr(s)); why != "" {
			t.Errorf("%s is refused: %s", s, why)
		}
	}
}

func TestPrivateAddressNeedsPermission(t *testing.T) {
	var asked atomic.Int64
	url := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	port := url[strings.LastIndex(url, ":"):]
	c := client(t, Options{})
	for _, host := range []string{"127.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost", "0.0.0.0", "127.1.2.3"} {
		if e := fails(t, c, Request{URL: "http://" + host + port}); e.Kind != Forbidden && e.Kind != DNS && e.Kind != NoNetwork {
			t.Errorf("%s: %v", host, e)
		}
	}
	if asked.Load() != 0 {
		t.Error("the local server was reached")
	}
	get(t, c, Request{URL: url})
	if e := fails(t, c, Request{URL: url}); e.Kind != Forbidden { // by the connection that is open now
		t.Errorf("second request: %v", e)
	}
}

func TestRedirects(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "here") })
	other := "http://localhost" + target[strings.LastIndex(target, ":"):]
	mux := http.NewServeMux()
	for path, to := range map[string]string{
		"/file": "file:///etc/passwd", "/gopher": "gopher://x/", "/data": "data:text/plain,x", "/junk": "http://%zz", "/other": other,
		"/moved": "/ok", "/found": "/ok",
	} {
		code := http.StatusMovedPermanently
		if path == "/found" {
			code = http.StatusFound
		}
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(code)
		})
	}
	var hops atomic.Int64
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		hops.Add(1)
		http.Redirect(w, r, "/loop", http.StatusFound)
	})
	mux.HandleFunc("/nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	mux.HandleFunc("/ok", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	url := serve(t, mux.ServeHTTP)
	c := client(t, Options{Spacing: -1})
	for path, kind := range map[string]Kind{
		"/file": Redirect, "/gopher": Redirect, "/data": Redirect, "/junk": Redirect, "/loop": Redirect, "/nowhere": Redirect, "/other": Forbidden,
	} {
		if e := fails(t, c, Request{URL: url + path, AllowPrivate: true}); e.Kind != kind {
			t.Errorf("%s: %v", path, e)
		}
	}
	if hops.Load() != maxRedirects+1 {
		t.Errorf("%d requests in a loop", hops.Load())
	}
	if res := get(t, c, Request{URL: url + "/moved"}); res.Permanent != url+"/ok" || res.URL != url+"/ok" {
		t.Errorf("moved: %+v", res)
	}
	if res := get(t, c, Request{URL: url + "/found"}); res.Permanent != "" || string(res.Body) != "ok" {
		t.Errorf("found: %+v", res)
	}
}

func TestNeverFromHTTPSToHTTP(t *testing.T) {
	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "plain") })
	secure := httptest.NewTLSServer(http.RedirectHandler(plain, http.StatusMovedPermanently))
	t.Cleanup(secure.Close)
	c := client(t, Options{})
	c.routes.private.TLSClientConfig = secure.Client().Transport.(*http.Transport).TLSClientConfig
	if e := fails(t, c, Request{URL: secure.URL, AllowPrivate: true}); e.Kind != Redirect || !strings.Contains(e.Sentence(), "https to http") {
		t.Errorf("%v", e)
	}
}

func TestPasswordStaysWithItsHost(t *testing.T) {
	var first, second string
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) { second = r.Header.Get("Authorization") })
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		first = r.Header.Get("Authorization")
		http.Redirect(w, r, other, http.StatusFound)
	})
	get(t, client(t, Options{}), Request{URL: strings.Replace(url, "//", "//me:secret@", 1)})
	if first == "" || second != "" {
		t.Errorf("authorization %q, then %q", first, second)
	}
	e := fails(t, client(t, Options{}), Request{URL: strings.Replace(url, "//", "//me:secret@", 1)})
	if strings.Contains(e.Error(), "secret") {
		t.Errorf("a password in %q", e)
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
