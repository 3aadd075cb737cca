package fetch

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// fallback is how long a host's IPv6 addresses are tried before its IPv4 ones
// are tried beside them (RFC 8305, 5).
const fallback = 250 * time.Millisecond

// routes are the ways out. Each has connections of its own, so that one which
// was opened with the permission to reach a private address never serves a
// request without it.
type routes struct {
	o       Options
	public  *http.Transport // refuses private addresses
	private *http.Transport // to hosts on the local network that the user subscribed to
	proxied *http.Transport // through the proxy, which decides for itself

	mu     sync.Mutex
	pinned map[pinnedRoute]*http.Transport // to hosts whose certificate the user vouches for
}

// pinnedRoute is a route with one certificate.
type pinnedRoute struct {
	pin string
	to  *http.Transport // the route it is like
}

func newRoutes(o Options) *routes {
	r := &routes{o: o, public: transport(o, true), private: transport(o, false), proxied: transport(o, false), pinned: map[pinnedRoute]*http.Transport{}}
	r.proxied.Proxy = o.Proxy
	r.proxied.OnProxyConnectResponse = proxyAnswer
	return r
}

func transport(o Options, guarded bool) *http.Transport {
	dialer := &net.Dialer{Timeout: o.Connect, KeepAlive: 30 * time.Second, FallbackDelay: fallback, Resolver: o.Resolver}
	if guarded {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return permit(address, o.reserved) }
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        tlsConfig(o),
		TLSHandshakeTimeout:    o.Connect,
		ResponseHeaderTimeout:  o.Header,
		MaxResponseHeaderBytes: 64 << 10,
		MaxConnsPerHost:        o.PerHost,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    o.PerHost,
		IdleConnTimeout:        20 * time.Second,
		DisableCompression:     true, // we unpack ourselves, with a limit
		ForceAttemptHTTP2:      true,
	}
}

func tlsConfig(o Options) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(256),
		RootCAs: o.RootCAs, Time: o.Now,
	}
}

// send makes one request by the way that it must take. public reports that it
// was answered from the public internet as far as that can be told.
func (r *routes) send(req *http.Request, private bool, pin string) (res *http.Response, public bool, err error) {
	proxy, err := r.o.Proxy(req)
	if err != nil {
		return nil, false, err
	}
	host := req.URL.Hostname()
	way := r.public
	switch {
	case proxy != nil:
		if err := permitLiteral(host); err != nil && !private {
			return nil, false, err
		}
		way = r.proxied
	case isOnion(host):
		return nil, false, &Error{Kind: Forbidden, Detail: "the Tor network"}
	case private:
		way = r.private
		req = req.WithContext(r.traced(req.Context(), &public))
	default:
		public = true
	}
	if pin != "" && req.URL.Scheme == "https" {
		way = r.vouched(way, pin)
	}
	res, err = way.RoundTrip(req)
	if err == nil && proxy != nil && res.StatusCode == http.StatusProxyAuthRequired {
		discard(res.Body)
		return nil, false, &Error{Kind: Proxy, Detail: wantsLogin}
	}
	return res, public, err
}

// traced notes whether the connection that is used leads to a public address.
func (r *routes) traced(ctx context.Context, public *bool) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		ap, err := netip.ParseAddrPort(i.Conn.RemoteAddr().String())
		*public = err == nil && r.o.reserved(ap.Addr()) == ""
	}})
}

// vouched returns a route like way that takes the certificate with that
// fingerprint and no other, whoever signed it.
func (r *routes) vouched(way *http.Transport, pin string) *http.Transport {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := pinnedRoute{pin, way}
	t := r.pinned[key]
	if t == nil {
		t = way.Clone()
		t.TLSClientConfig = tlsConfig(r.o)
		t.TLSClientConfig.InsecureSkipVerify = true // VerifyConnection is stricter
		t.TLSClientConfig.VerifyConnection = func(s tls.ConnectionState) error {
			if got := fingerprint(s); got != pin {
				return &Error{Kind: TLS, Detail: "its certificate is not the one that you trusted; the new one is " + got, Certificate: got}
			}
			return nil
		}
		r.pinned[key] = t
	}
	return t
}

// fingerprint is SHA-256 of the server's certificate, in hexadecimal digits.
func fingerprint(s tls.ConnectionState) string {
	if len(s.PeerCertificates) == 0 {
		return ""
	}
	sum := sha256.Sum256(s.PeerCertificates[0].Raw)
	return hex.EncodeToString(sum[:])
}

func (r *routes) close() {
	for _, t := range []*http.Transport{r.public, r.private, r.proxied} {
		t.CloseIdleConnections()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.pinned {
		t.CloseIdleConnections()
	}
}

const wantsLogin = "it asks for a name and a password"

// proxyAnswer says why a proxy makes no connection.
func proxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	switch {
	case res.StatusCode == http.StatusOK:
		return nil
	case res.StatusCode == http.StatusProxyAuthRequired:
		return &Error{Kind: Proxy, Detail: wantsLogin}
	case res.StatusCode == http.StatusGatewayTimeout:
		return &Error{Kind: Timeout}
	case res.StatusCode >= 500: // it tried
		return &Error{Kind: Refused}
	}
	return &Error{Kind: Proxy, Detail: "it answers " + res.Status}
}
