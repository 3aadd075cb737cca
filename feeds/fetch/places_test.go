package fetch

import (
	"fmt"
	"net/http"
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

// H3: chains, loops and addresses that are none of the web end the request.
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

// N7, N8: a redirect leads to no private address, in whichever form it is
// written, and each refusal says why. Not even a feed that was typed as one may
// be sent to another one.
func TestRedirectsToPrivateAddresses(t *testing.T) {
	var reached atomic.Int64
	inside := serve(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	n := newNames(t, map[string]string{"outside.example": "127.9.9.9"})
	public := netip.MustParseAddr("127.9.9.9") // as far as this test is concerned
	c := client(t, Options{Resolver: n.resolver(), Spacing: -1, reserved: butFor(public)})
	var to string
	turn := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
	outside := "http://outside.example" + port(serveOn(t, "127.9.9.9:0", turn))
	own := serve(t, turn)
	for _, host := range []string{
		"127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "0.0.0.0", "2130706433", "0x7f.1",
		"0177.0.0.1", "127.1", "[2002:7f00:1::]", "198.18.0.1", "192.0.0.8", "255.255.255.255", "0300.0xa8.257", "LocalHost",
	} {
		to = "http://" + host + port(inside)
		if e := fails(t, c, Request{URL: outside}); e.Kind != Forbidden || e.Detail == "" {
			t.Errorf("from outside to %s: %v", host, e)
		}
	}
	for _, host := range []string{"127.0.0.2", "192.168.1.10", "[::1]", "0.0.0.0", "0x7f.2", "LocalHost"} {
		to = "http://" + host + port(inside)
		if e := fails(t, c, Request{URL: own, AllowPrivate: true}); e.Kind != Forbidden || e.Detail == "" {
			t.Errorf("from the user's own to %s: %v", host, e)
		}
	}
	if reached.Load() != 0 {
		t.Errorf("the local server was reached %d times", reached.Load())
	}
	to = "http://127.1" + port(inside) // the typed host itself, written otherwise
	get(t, c, Request{URL: own})
	for _, host := range []string{"256.0.0.1", "1.2.3.4.5", "0x100000000", "08.1"} {
		to = "http://" + host + "/"
		if e := fails(t, c, Request{URL: outside}); e.Kind != Redirect {
			t.Errorf("%s: %v", host, e)
		}
	}
}
