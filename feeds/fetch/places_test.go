package fetch

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

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
