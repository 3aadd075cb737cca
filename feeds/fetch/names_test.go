package fetch

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a server of names on loopback. What is not in it does not exist.
type names struct {
	mu      sync.Mutex
	answers map[string][]netip.Addr
	then    map[string][]netip.Addr // the answers after the first question
	code    dnsmessage.RCode
	silent  bool
	asked   atomic.Int64
	conn    net.PacketConn
}

func newNames(t testing.TB, answers map[string]string, set ...func(*names)) *names {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{answers: map[string][]netip.Addr{}, then: map[string][]netip.Addr{}, conn: conn}
	for name, list := range answers {
		n.answers[name+"."] = addresses(list)
	}
	for _, f := range set {
		f(n)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go n.serve()
	return n
}

func addresses(list string) (out []netip.Addr) {
	for s := range strings.FieldsSeq(list) {
		out = append(out, netip.MustParseAddr(s))
	}
	return out
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", n.conn.LocalAddr().String())
	}}
}

func (n *names) serve() {
	buf := make([]byte, 1500)
	for {
		size, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		n.asked.Add(1)
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || n.silent {
			continue
		}
		out, _ := n.answer(m)
		_, _ = n.conn.WriteTo(out, from)
	}
}

func (n *names) answer(m dnsmessage.Message) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	q := m.Questions[0]
	name := strings.ToLower(q.Name.String())
	list, ok := n.answers[name]
	re := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, RCode: n.code}, Questions: m.Questions}
	if !ok && n.code == 0 {
		re.RCode = dnsmessage.RCodeNameError
	}
	h := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}
	for _, ip := range list {
		switch {
		case ip.Is4() && q.Type == dnsmessage.TypeA:
			re.Answers = append(re.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: ip.As4()}})
		case ip.Is6() && q.Type == dnsmessage.TypeAAAA:
			re.Answers = append(re.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
		}
	}
	if next := n.then[name]; next != nil && q.Type == dnsmessage.TypeA {
		n.answers[name] = next
	}
	return re.Pack()
}

// serveOn serves at an address.
func serveOn(t testing.TB, address string, h http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

func here(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") }

// butFor is reserved for a test that takes one address of loopback for public.
func butFor(public netip.Addr) func(netip.Addr) string {
	return func(ip netip.Addr) string {
		if ip == public {
			return ""
		}
		return reserved(ip)
	}
}

// port is the port of a server, with its colon.
func port(url string) string { return url[strings.LastIndex(url, ":"):] }

// N5: each fault of a name has words of its own, and none takes long.
func TestNamesThatGiveNoAddress(t *testing.T) {
	for _, test := range []struct {
		name   string
		set    func(*names)
		kind   Kind
		phrase string
	}{
		{"no such name", func(*names) {}, DNS, "There is no host named nowhere.example"},
		{"its server failed", func(n *names) { n.code = dnsmessage.RCodeServerFailure }, DNS, "could not be looked up"},
		{"no answer", func(n *names) { n.silent = true }, DNS, "could not be looked up"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := newNames(t, nil, test.set)
			c := client(t, Options{Resolver: n.resolver(), Connect: 150 * time.Millisecond})
			start := time.Now()
			e := fails(t, c, Request{URL: "http://nowhere.example/feed"})
			if e.Kind != test.kind && !offline() || time.Since(start) > time.Second {
				t.Errorf("%v after %v", e, time.Since(start))
			}
			if e.Kind == DNS && !strings.Contains(e.Sentence(), test.phrase) {
				t.Errorf("%q", e.Sentence())
			}
		})
	}
}

// N5: when a host's IPv6 address swallows what is sent to it, its IPv4 address
// is tried beside it soon. An address that nobody routes stands for that; where
// the system refuses it at once there is nothing to wait for, either.
func TestIPv4BesideDeadIPv6(t *testing.T) {
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	full := fullListener(t)
	n := newNames(t, map[string]string{"both.example": "::1 127.0.0.1"})
	c := client(t, Options{Resolver: n.resolver()})
	if full != "" { // the IPv4 server must have the port of the deaf one
		url = serveOn(t, "127.0.0.1"+full, here)
	}
	start := time.Now()
	get(t, c, Request{URL: "http://both.example" + port(url)})
	if took := time.Since(start); took > time.Second {
		t.Errorf("after %v", took)
	}
}

// N6: what is dialled is decided on the address that is dialled: a name that is
// public at first and private when it is asked again leads nowhere.
func TestNameThatTurnsPrivate(t *testing.T) {
	var asked atomic.Int64
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Connection", "close")
	})
	n := newNames(t, map[string]string{"turns.example": "127.9.9.9", "mixed.example": "127.0.0.1 127.0.0.2", "six.example": "::1"},
		func(n *names) { n.then["turns.example."] = addresses("127.0.0.1") })
	public := netip.MustParseAddr("127.9.9.9") // as far as this test is concerned
	c := client(t, Options{Resolver: n.resolver(), Spacing: -1, reserved: butFor(public)})
	lone := serveOn(t, "127.9.9.9"+port(url), here)
	res, err := c.Get(context.Background(), Request{URL: "http://turns.example" + port(lone)})
	if err != nil || !res.Public {
		t.Fatalf("while it is public: %+v, %v", res, err)
	}
	c.Close() // drops the connection, so that the name is asked again
	for _, name := range []string{"turns.example", "mixed.example", "six.example"} {
		if e := fails(t, c, Request{URL: "http://" + name + port(url)}); e.Kind != Forbidden || !strings.Contains(e.Sentence(), "this computer") {
			t.Errorf("%s: %v", name, e)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("the local server was asked %d times", asked.Load())
	}
	// Typed by the user, the name may be private, and it is told whether it was.
	res = get(t, c, Request{URL: "http://mixed.example" + port(url)})
	if res.Public || asked.Load() != 1 {
		t.Errorf("with permission: %+v, asked %d times", res, asked.Load())
	}
}
