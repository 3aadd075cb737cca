package fetch

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// socks is a SOCKS5 proxy on loopback (RFC 1928) that notes what it is asked
// for and answers every request itself.
type socks struct {
	net.Listener
	reply byte // 0: succeeded

	mu    sync.Mutex
	asked []string
}

func newSocks(t testing.TB) *socks {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &socks{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *socks) serve(conn net.Conn) {
	defer conn.Close()
	head := make([]byte, 2)
	if _, err := io.ReadFull(conn, head); err != nil {
		return
	}
	_, _ = io.ReadFull(conn, make([]byte, head[1]))
	_, _ = conn.Write([]byte{5, 0})
	ask := make([]byte, 5)
	if _, err := io.ReadFull(conn, ask); err != nil {
		return
	}
	host := make([]byte, ask[4])
	if ask[3] != 3 { // not a name
		host = make([]byte, 3)
	}
	_, _ = io.ReadFull(conn, host)
	port := make([]byte, 2)
	_, _ = io.ReadFull(conn, port)
	s.mu.Lock()
	s.asked = append(s.asked, fmt.Sprintf("%d %s:%d", ask[3], host, binary.BigEndian.Uint16(port)))
	s.mu.Unlock()
	_, _ = conn.Write([]byte{5, s.reply, 0, 1, 0, 0, 0, 0, 0, 0})
	_, _ = conn.Read(make([]byte, 4096))
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsocks")
}

func (s *socks) questions() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, ", ")
}

// through returns a client with a proxy setting, and the names that it asks for
// here.
func through(t testing.TB, setting string) (*Client, *names) {
	t.Helper()
	proxy, err := ParseProxy(setting)
	if err != nil {
		t.Fatal(err)
	}
	n := newNames(t, map[string]string{"news.example": "127.0.0.1", "hidden.onion": "127.0.0.1"})
	return client(t, Options{Proxy: proxy, Resolver: n.resolver(), Spacing: -1}), n
}

// N11: with a SOCKS proxy, names are looked up by it and never here, and when it
// is down nothing goes out around it.
func TestSocks(t *testing.T) {
	for _, scheme := range []string{"socks5h", "socks5"} {
		s := newSocks(t)
		c, names := through(t, scheme+"://"+s.Addr().String())
		for _, host := range []string{"news.example", "hidden.onion"} {
			res, err := c.Get(context.Background(), Request{URL: "http://" + host + "/feed"})
			if err != nil || string(res.Body) != "socks" {
				t.Fatalf("%s over %s: %v", host, scheme, err)
			}
			res.Release()
		}
		if got := s.questions(); got != "3 news.example:80, 3 hidden.onion:80" || names.asked.Load() != 0 {
			t.Errorf("%s: asked for %s, %d names looked up here", scheme, got, names.asked.Load())
		}
		for _, host := range []string{"10.0.0.8", "2130706433", "[::1]", "[::ffff:7f00:1]", "169.254.169.254"} {
			if e := fails(t, c, Request{URL: "http://" + host + "/feed"}); e.Kind != Forbidden {
				t.Errorf("%s: %v", host, e)
			}
		}
		_ = s.Close()
		e := fails(t, c, Request{URL: "http://news.example/feed"})
		if e.Kind != Proxy || !strings.Contains(e.Sentence(), "nothing is asked without it") || names.asked.Load() != 0 {
			t.Errorf("with the proxy down: %v, %d names looked up here", e, names.asked.Load())
		}
	}
	s := newSocks(t)
	s.reply = 4 // host unreachable
	c, _ := through(t, "socks5h://"+s.Addr().String())
	if e := fails(t, c, Request{URL: "http://news.example/feed"}); e.Kind == Proxy || e.Kind == NoNetwork {
		t.Errorf("a host that the proxy does not reach: %v", e)
	}
}

// N11: a Tor address is refused without a look-up where there is no proxy.
func TestOnionNeedsAProxy(t *testing.T) {
	c, names := through(t, NoProxy)
	for _, url := range []string{"http://hidden.onion/feed", "http://HIDDEN.onion./feed"} {
		e := fails(t, c, Request{URL: url, AllowPrivate: true})
		if e.Kind != Forbidden || !strings.Contains(e.Sentence(), "through Tor only") || names.asked.Load() != 0 {
			t.Errorf("%v: %q, %d look-ups", e, e.Sentence(), names.asked.Load())
		}
	}
}

func TestHTTPProxy(t *testing.T) {
	var asked, login string
	status := 200
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked, login = r.Method+" "+r.RequestURI, r.Header.Get("Proxy-Authorization")
		if r.Header.Get("Authorization") != "" && status != 200 {
			t.Error("the feed's login in the request to the proxy")
		}
		w.WriteHeader(status)
		fmt.Fprint(w, "proxied")
	})
	c, names := through(t, strings.Replace(proxy, "//", "//me:canary@", 1))
	res, err := c.Get(context.Background(), Request{URL: "http://news.example/feed"})
	if err != nil || string(res.Body) != "proxied" || asked != "GET http://news.example/feed" {
		t.Fatalf("%q, %v", asked, err)
	}
	res.Release()
	if login != "Basic "+base64.StdEncoding.EncodeToString([]byte("me:canary")) || names.asked.Load() != 0 {
		t.Errorf("login %q, %d look-ups", login, names.asked.Load())
	}
	for code, kind := range map[int]Kind{407: Proxy, 403: Proxy, 502: Refused, 504: Timeout} {
		status = code
		e := fails(t, c, Request{URL: "https://news.example/feed", Token: "x"})
		if e.Kind != kind || asked != "CONNECT news.example:443" || strings.Contains(e.Error(), "canary") {
			t.Errorf("%d: %v after %s", code, e, asked)
		}
	}
	status = 407
	if e := fails(t, c, Request{URL: "http://news.example/feed"}); e.Kind != Proxy || !strings.Contains(e.Sentence(), "a name and a password") {
		t.Errorf("%v", e)
	}
}

func TestProxySettings(t *testing.T) {
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToLower(name), "")
	}
	ask := func(setting, url string) string {
		choose, err := ParseProxy(setting)
		if err != nil {
			return "fault"
		}
		r, _ := http.NewRequest(http.MethodGet, url, nil)
		u, err := choose(r)
		switch {
		case err != nil:
			return "refused"
		case u == nil:
			return "direct"
		}
		return u.String()
	}
	for _, test := range []struct{ env, setting, url, want string }{
		{"", "", "http://a.example/", "direct"},
		{"", NoProxy, "http://a.example/", "direct"},
		{"", "socks5h://127.0.0.1:9050", "https://a.example/", "socks5h://127.0.0.1:9050"},
		{"HTTPS_PROXY=http://p:3128", "", "https://a.example/", "http://p:3128"},
		{"HTTPS_PROXY=p:3128", "", "https://a.example/", "http://p:3128"},
		{"HTTPS_PROXY=http://p:3128", "", "http://a.example/", "direct"},
		{"HTTPS_PROXY=http://p:3128", NoProxy, "https://a.example/", "direct"},
		{"HTTPS_PROXY=http://p:3128", "http://q:3128", "https://a.example/", "http://q:3128"},
		{"all_proxy=socks5://p:1", "", "http://a.example/", "socks5://p:1"},
		{"ALL_PROXY=quic://p:1", "", "http://a.example/", "refused"},
		{"HTTP_PROXY=http://p p:1", "", "http://a.example/", "refused"},
		{"NO_PROXY=.a.example,10.0.0.0/8", "http://q:1", "http://news.a.example/", "direct"},
		{"no_proxy=.a.example,10.0.0.0/8", "http://q:1", "http://10.1.2.3/", "direct"},
		{"NO_PROXY=.a.example", "http://q:1", "http://b.example/", "http://q:1"},
		{"", "q:3128", "http://a.example/", "fault"},
		{"", "ftp://q:1", "http://a.example/", "fault"},
		{"", "http://q:1/path", "http://a.example/", "fault"},
	} {
		name, value, _ := strings.Cut(test.env, "=")
		if name != "" {
			t.Setenv(name, value)
		}
		if got := ask(test.setting, test.url); got != test.want {
			t.Errorf("%q with %q for %s: %s, want %s", test.setting, test.env, test.url, got, test.want)
		}
		if name != "" {
			t.Setenv(name, "")
		}
	}
}
