package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
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

// TestSilentNameServer tells a name server that does not answer from a host.
func TestSilentNameServer(t *testing.T) {
	lookup := &net.DNSError{Err: "i/o timeout", Name: "x.example", IsTimeout: true, UnwrapErr: context.DeadlineExceeded}
	for err, want := range map[error]Kind{
		&net.OpError{Op: "dial", Err: lookup}:                   DNS,
		&net.OpError{Op: "dial", Err: context.DeadlineExceeded}: Timeout,
		errTooLong: Timeout,
	} {
		if got := kindOf(err); got != want {
			t.Errorf("%v is %s, want %s", err, got, want)
		}
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
