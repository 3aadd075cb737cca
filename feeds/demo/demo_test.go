package demo

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var testNow = time.Date(2026, 11, 22, 6, 7, 8, 0, time.UTC)

// samples is a server whose clock the test moves.
type samples struct {
	*Server
	t       *testing.T
	elapsed atomic.Int64 // time.Duration
}

func serve(t *testing.T, now time.Time) *samples {
	t.Helper()
	s := &samples{t: t}
	clock := func() time.Time { return time.Unix(0, 0).Add(time.Duration(s.elapsed.Load())) }
	server, err := Serve(context.Background(), now, WithClock(clock), WithDelay(20*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s.Server = server
	return s
}

func (s *samples) runFor(d time.Duration) { s.elapsed.Store(int64(d)) }

// client neither follows nor unpacks, so that tests see the answer itself.
var client = &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}

// get asks with "Name: value" headers and returns the answer and its body.
func (s *samples) get(url string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	res, err := client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

func (s *samples) feedURL(id string) string {
	s.t.Helper()
	for _, f := range s.Feeds() {
		if strings.Contains(f.URL, "/"+id+"/") {
			return f.URL
		}
	}
	s.t.Fatalf("no feed %q", id)
	return ""
}

func TestConditionalRequests(t *testing.T) {
	s := serve(t, testNow)
	for _, f := range s.Feeds() {
		first, body := s.get(f.URL)
		if first.StatusCode != http.StatusOK {
			continue
		}
		etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if etag == "" || modified == "" || body == "" {
			t.Errorf("%s: no validators or no body: %v", f.URL, first.Header)
		}
		for _, header := range []string{"If-None-Match: " + etag, "If-Modified-Since: " + modified} {
			if again, body := s.get(f.URL, header); again.StatusCode != http.StatusNotModified || body != "" {
				t.Errorf("%s with %s: %s, %d bytes", f.URL, header, again.Status, len(body))
			}
		}
		if other, _ := s.get(f.URL, `If-None-Match: W/"0"`, "If-Modified-Since: "+modified); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %s", f.URL, other.Status)
		}
	}
}

func TestGzip(t *testing.T) {
	s := serve(t, testNow)
	url := s.feedURL("tigris-wire")
	bare, want := s.get(url)
	packed, body := s.get(url, "Accept-Encoding: br, gzip;q=0.8")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("ETag") != bare.Header.Get("ETag") {
		t.Fatalf("headers %v", packed.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || string(got) != want {
		t.Fatalf("unpacked %d bytes, want %d (%v)", len(got), len(want), err)
	}
	if len(body) > len(want)/2 {
		t.Errorf("packed %d of %d bytes", len(body), len(want))
	}
	if refused, _ := s.get(url, "Accept-Encoding: gzip;q=0"); refused.Header.Get("Content-Encoding") != "" {
		t.Error("packed although refused")
	}
}

func TestFailingSources(t *testing.T) {
	s := serve(t, testNow)
	for id, want := range map[string]int{"northern-line": 500, "members-gazette": 403} {
		if res, _ := s.get(s.feedURL(id)); res.StatusCode != want {
			t.Errorf("%s answers %s, want %d", id, res.Status, want)
		}
	}
}

func TestSlowSource(t *testing.T) {
	if slowness < 2*time.Second || slowness >= 3*time.Second {
		t.Errorf("the slow source takes %v", slowness)
	}
	s := serve(t, testNow)
	begun := time.Now()
	if res, _ := s.get(s.feedURL("echo-capitals")); res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	if took := time.Since(begun); took < 20*time.Millisecond {
		t.Errorf("answered after %v", took)
	}
}

func TestCloseInterruptsSlowSource(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	server, err := Serve(ctx, testNow, WithDelay(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	s := &samples{Server: server, t: t}
	url := s.feedURL("echo-capitals")
	failed := make(chan error, 1)
	go func() {
		_, err := client.Get(url)
		failed <- err
	}()
	time.Sleep(10 * time.Millisecond)
	cancel()
	select {
	case err := <-failed:
		if err == nil {
			t.Error("the slow source answered")
		}
	case <-time.After(time.Second):
		t.Error("the request outlived the server")
	}
	for range 2 {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTwoServersAtOnce(t *testing.T) {
	a, b := serve(t, testNow), serve(t, testNow)
	if a.URL() == b.URL() {
		t.Fatalf("both at %s", a.URL())
	}
	for i, f := range a.Feeds() {
		first, want := a.get(f.URL)
		_, got := b.get(b.Feeds()[i].URL)
		if strings.ReplaceAll(got, b.URL(), a.URL()) != want {
			t.Errorf("%s (%s): equal times give unequal feeds", f.URL, first.Status)
		}
	}
}

func TestNewArticlesAppear(t *testing.T) {
	s := serve(t, testNow)
	link := s.URL() + "/watchpost/live-hormuz"
	before, _ := s.get(s.feedURL("watchpost"))
	if res, _ := s.get(link); res.StatusCode != http.StatusNotFound {
		t.Errorf("an article that is not out yet: %s", res.Status)
	}
	s.runFor(12 * time.Second)
	after, body := s.get(s.feedURL("watchpost"), "If-None-Match: "+before.Header.Get("ETag"))
	if after.StatusCode != http.StatusOK || !strings.Contains(body, "Advisory lifted") {
		t.Errorf("after 12 s: %s", after.Status)
	}
	if !strings.Contains(body, testNow.Add(12*time.Second).Format(time.RFC3339)) {
		t.Error("the new article does not carry the time at which it appeared")
	}
	if res, _ := s.get(link); res.StatusCode != http.StatusOK {
		t.Errorf("the new article's page: %s", res.Status)
	}
	if old, now := before.Header.Get("Last-Modified"), after.Header.Get("Last-Modified"); old == now {
		t.Errorf("Last-Modified stays %s", now)
	}
}

func TestCorrection(t *testing.T) {
	s := serve(t, testNow)
	const guid = "urn:sitrep-sample:tigris-wire:line-fault"
	_, before := s.get(s.feedURL("tigris-wire"))
	s.runFor(60 * time.Second)
	_, after := s.get(s.feedURL("tigris-wire"))
	for _, body := range []string{before, after} {
		if strings.Count(body, guid+"<") != 1 {
			t.Errorf("guid stands %d times", strings.Count(body, guid+"<"))
		}
	}
	if !strings.Contains(before, "<title>Line fault leaves 14 districts of Diyala") || strings.Contains(before, "Correction:") {
		t.Error("before: not the first text")
	}
	if !strings.Contains(after, "<title>Correction: Line fault cut power to 11 districts of Wasit") ||
		strings.Contains(after, "Line fault leaves 14") {
		t.Error("after: not the corrected text")
	}
	if _, page := s.get(s.URL() + "/tigris-wire/line-fault"); !strings.Contains(page, "Correction:") {
		t.Error("the page keeps the first text")
	}
	s.runFor(4 * time.Minute)
	want := "<updated>" + testNow.Add(4*time.Minute).In(time.FixedZone("", 4*3600)).Format(time.RFC3339)
	if _, atom := s.get(s.feedURL("creek-chronicle")); strings.Count(atom, want) != 2 { // feed and entry
		t.Errorf("Atom does not say %s", want)
	}
}
