package refresh

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
)

// breaking is an answer that breaks off.
type breaking struct {
	name, header, body string
	reset              bool
}

func (f breaking) send(t *testing.T, w http.ResponseWriter) {
	conn, out, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	fmt.Fprintf(out, "HTTP/1.1 200 OK\r\nETag: \"cut\"\r\nConnection: close\r\n%s\r\n\r\n%s", f.header, f.body)
	_ = out.Flush()
	if f.reset {
		time.Sleep(2 * time.Millisecond) // what was sent shall arrive
		_ = conn.(*net.TCPConn).SetLinger(0)
	}
	_ = conn.Close()
}

// N3: a body that breaks off at any point gives its whole items, leaves no
// validators and says so, so that the next request brings the rest.
func TestBodiesThatBreakOff(t *testing.T) {
	whole := feedOf("/n/0", 420)
	long := fmt.Sprintf("Content-Length: %d", len(whole))
	var faults []breaking
	for i := range 50 {
		at := (2*i + 1) * len(whole) / 100
		faults = append(faults, breaking{fmt.Sprintf("reset at %d", at), long, whole[:at], true})
	}
	half := whole[:len(whole)/2]
	faults = append(faults,
		breaking{"length too large", long, half, false},
		breaking{"length too small", fmt.Sprintf("Content-Length: %d", len(half)), whole, false},
		breaking{"no length, cut", "X: y", half, false},
		breaking{"broken chunk", "Transfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\nzz\r\n", len(half), half), false},
		breaking{"chunks without end", "Transfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n", len(half), half), false},
	)
	for _, f := range faults {
		n := newNewsroom(t, 0)
		n.hook = func(w http.ResponseWriter, _ *http.Request) bool { f.send(t, w); return true }
		m := newMemory(n.jobs(1)...)
		m.jobs[0].State = State{Health: feeds.Health{State: feeds.OK, Checked: testNow.Add(-time.Hour)}}
		sum := mustRun(t, m, options(t))
		came := f.body
		if f.name == "length too small" {
			came = half
		}
		// An item that lacks only a part of its end tag is whole in all but that.
		items, most, s := strings.Count(came, "</item>"), strings.Count(came, "</description>"), m.state(1)
		if sum.New < items || sum.New > most || s.ETag != "" || s.BodyHash != 0 || items > 0 && s.Health.Reason == "" {
			t.Errorf("%s: %d new of %d whole items, %+v", f.name, sum.New, items, s)
		}
		n.Close()
	}
}

// H2: of a feed that is longer than one may be, what came before the limit is
// kept, and the reader learns how to raise it.
func TestFeedBeyondTheLimit(t *testing.T) {
	n := newNewsroom(t, 0)
	whole := feedOf("/n/0", 420)
	n.hook = func(w http.ResponseWriter, _ *http.Request) bool { fmt.Fprint(w, whole); return true }
	m := newMemory(n.jobs(1)...)
	m.jobs[0].Access.MaxBytes = int64(len(whole) / 2)
	sum := mustRun(t, m, options(t))
	s := m.state(1)
	if items := strings.Count(whole[:len(whole)/2], "</item>"); sum.New < items || sum.New > items+1 || sum.Failed != 0 {
		t.Errorf("%d new of %d whole items, %d failed", sum.New, items, sum.Failed)
	}
	if s.BodyHash != 0 || s.Health.State.Failing() || !strings.Contains(s.Health.Reason, "--max-size") {
		t.Errorf("%+v", s)
	}
}

// H8: a page that a hotel puts in place of the feed changes nothing of what is
// known, however it is put there, and is no feed.
func TestCaptivePortal(t *testing.T) {
	n, portal := newNewsroom(t, 3), newNewsroom(t, 0)
	portal.hook = func(w http.ResponseWriter, _ *http.Request) bool {
		fmt.Fprint(w, "<!doctype html><html><head><title>Sign in</title></head><body><form action=/login></form></body></html>")
		return true
	}
	m := newMemory(n.jobs(1)...)
	o := options(t)
	o.All = true
	mustRun(t, m, o)
	before := m.state(1)
	for name, hook := range map[string]http.HandlerFunc{
		"page":     portal.ServeHTTP,
		"redirect": http.RedirectHandler(portal.URL, http.StatusMovedPermanently).ServeHTTP,
		"511":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(511) },
		"empty":    func(http.ResponseWriter, *http.Request) {},
	} {
		n.hook = func(w http.ResponseWriter, r *http.Request) bool { hook(w, r); return true }
		sum := mustRun(t, m, o)
		s := m.state(1)
		if sum.Failed != 1 || s.ETag != before.ETag || s.BodyHash != before.BodyHash || s.Moved != "" ||
			!s.Health.State.Failing() || !s.Health.Newest.Equal(before.Health.Newest) {
			t.Errorf("%s: %+v, %+v", name, sum, s)
		}
	}
	n.hook = nil
	if sum := mustRun(t, m, o); sum.Unchanged != 1 || m.state(1).Health.Errors != 0 {
		t.Errorf("afterwards: %+v", sum)
	}
}

// H7: the text decides what is new, also under an unchanged ETag or a date that
// cannot be.
func TestSameValidatorsNewText(t *testing.T) {
	n := newNewsroom(t, 0)
	items := 3
	n.hook = func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("ETag", `"always"`)
		w.Header().Set("Last-Modified", "Thu, 24 Nov 2099 05:00:00 GMT")
		if r.Header.Get("If-Modified-Since") != "" {
			t.Error("a date in the future was sent back")
		}
		fmt.Fprint(w, feedOf("/n/0", items))
		return true
	}
	m := newMemory(n.jobs(1)...)
	o := options(t)
	o.All = true
	for _, want := range []int{3, 0, 2} {
		if sum := mustRun(t, m, o); sum.New != want {
			t.Errorf("%d new, want %d", sum.New, want)
		}
		if want == 0 {
			items = 5
		}
	}
}
