package fetch

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// H10: a whole request equals a golden file byte for byte: no cookie of an
// earlier answer, no Referer, nothing that tells one reader from another.
func TestRequestOnTheWire(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sent := make(chan []byte, 4)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 4096)
			n, _ := conn.Read(buf)
			sent <- buf[:n]
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nETag: \"who-you-are\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			_ = conn.Close()
		}
	}()
	c := client(t, Options{UserAgent: "sitrep/1.0 (newsreader)", Spacing: -1})
	base := "http://" + l.Addr().String()
	plain := Request{URL: base + "/feed?lang=ar#top", ETag: `"a"`, LastModified: "Tue, 24 Nov 2026 06:00:00 GMT"}
	own := Request{URL: base + "/feed", Header: []Field{{"Accept-Language", "ar"}, {"X-Key", "k"}, {"User-Agent", "Mozilla/5.0"}}, User: "me", Password: "secret"}
	for _, test := range []struct {
		golden string
		r      Request
	}{{"request", plain}, {"request", plain}, {"request-own", own}} {
		get(t, c, test.r)
		want, err := os.ReadFile(filepath.Join("testdata", test.golden+".golden"))
		if err != nil {
			t.Fatal(err)
		}
		got := bytes.ReplaceAll(<-sent, []byte(l.Addr().String()), []byte("HOST"))
		if want = bytes.ReplaceAll(want, []byte("\n"), []byte("\r\n")); !bytes.Equal(got, want) {
			t.Errorf("%s: sent\n%q\nwant\n%q", test.golden, got, want)
		}
	}
}

// H4: what the user set for a feed reaches its host only: not the next one, and
// not the first one again by a detour over another.
func TestSecretsStayWithTheirHost(t *testing.T) {
	heard := map[string]string{}
	hear := func(name string, next *string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			dump, _ := httputil.DumpRequest(r, false)
			heard[name+r.URL.Path] = string(dump)
			if r.URL.Path != "/end" && r.URL.Path != "/back" {
				http.Redirect(w, r, *next, http.StatusFound)
			}
		}
	}
	var toB, toA string
	a := serve(t, hear("a", &toB))
	b := serve(t, hear("b", &toA))
	toB, toA = b+"/over", a+"/back"
	c := client(t, Options{Spacing: -1})
	secrets := Request{Header: []Field{{"X-Key", "canary"}, {"Cookie", "canary"}}, Token: "canary"}
	for _, url := range []string{a + "/feed", strings.Replace(a, "//", "//me:canary@", 1) + "/feed"} {
		clear(heard)
		r := secrets
		if strings.Contains(url, "@") {
			r.Token = ""
		}
		r.URL = url
		res := get(t, c, r)
		if !strings.Contains(heard["a/feed"], "canary") || !strings.Contains(heard["a/feed"], "Authorization: ") {
			t.Errorf("the feed's host heard %q", heard["a/feed"])
		}
		for _, place := range []string{"b/over", "a/back"} {
			if heard[place] == "" || strings.Contains(heard[place], "canary") || strings.Contains(heard[place], "Authorization") {
				t.Errorf("%s heard %q", place, heard[place])
			}
		}
		if strings.Contains(res.URL+res.Permanent, "canary") {
			t.Errorf("%q, %q", res.URL, res.Permanent)
		}
	}
}

// A secret is in no error, whatever the fault.
func TestErrorsHoldNoSecrets(t *testing.T) {
	c := client(t, Options{Spacing: -1, reserved: func(ip netip.Addr) string { return reserved(ip) }})
	for _, r := range []Request{
		{URL: "http://me:canary@127.0.0.1:1/feed", AllowPrivate: true},
		{URL: "http://me:canary@127.0.0.1:1/feed"},
		{URL: "http://me:canary@[/feed"},
		{URL: "ftp://me:canary@127.0.0.1/"},
		{URL: "http://127.0.0.1:1/", AllowPrivate: true, Token: "canary\r\nX: y"},
		{URL: "http://127.0.0.1:1/", AllowPrivate: true, Header: []Field{{"X-Key", "canary\n"}}},
		{URL: "http://127.0.0.1:1/", AllowPrivate: true, User: "a:b", Password: "canary"},
	} {
		e := fails(t, c, r)
		if text := e.Error() + e.Sentence() + e.URL; strings.Contains(text, "canary") {
			t.Errorf("%q", text)
		}
	}
}

// H7: no malformed or misleading field is sent, wherever it comes from.
func TestFieldsOfTheUser(t *testing.T) {
	for s, want := range map[string]Field{
		"X-Key: a b": {"X-Key", "a b"}, "accept-language:ar": {"Accept-Language", "ar"}, "X-Empty:": {"X-Empty", ""},
	} {
		if got, err := ParseField(s); err != nil || got != want {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{
		"canary", ": canary", "X Key: canary", "X-Key: canary\r\nHost: x", "Host: canary", "transfer-encoding: canary", "Proxy-Authorization: canary",
		"If-None-Match: canary", "Content-Length: 3canary", "X-Long: canary" + strings.Repeat("x", 9000),
	} {
		if f, err := ParseField(s); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v, %v", s, f, err)
		}
	}
	for _, etag := range []string{"a\r\nX-Evil: 1", strings.Repeat("e", 64<<10)} {
		url := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Evil") != "" || r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
				t.Errorf("sent %v", r.Header)
			}
		})
		get(t, client(t, Options{}), Request{URL: url, ETag: etag, LastModified: etag})
	}
}
