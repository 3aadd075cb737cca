package fetch

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// routes are the ways out. Each has connections of its own, so that one which
// was opened with the permission to reach a private address never serves a
// request without it.
type routes struct {
	public  *http.Transport // refuses private addresses
	private *http.Transport // to hosts on the local network that the user subscribed to
	proxied *http.Transport // through the proxy, which decides for itself
	proxy   func(*http.Request) (*url.URL, error)
}

func newRoutes(o Options) routes {
	r := routes{public: transport(o, true), private: transport(o, false), proxied: transport(o, false), proxy: o.Proxy}
	r.proxied.Proxy = func(req *http.Request) (*url.URL, error) { return o.Proxy(req) }
	return r
}

func transport(o Options, guarded bool) *http.Transport {
	dialer := &net.Dialer{Timeout: o.Connect, KeepAlive: 30 * time.Second}
	if guarded {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return permit(address) }
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(256)},
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

// send makes one request by the way that it must take.
func (r routes) send(req *http.Request, private bool) (*http.Response, error) {
	proxy, err := r.proxy(req)
	if err != nil {
		return nil, err
	}
	switch {
	case proxy != nil:
		if err := permitLiteral(req.URL.Hostname()); err != nil && !private {
			return nil, err
		}
		return r.proxied.RoundTrip(req)
	case private:
		return r.private.RoundTrip(req)
	}
	return r.public.RoundTrip(req)
}

func (r routes) close() {
	r.public.CloseIdleConnections()
	r.private.CloseIdleConnections()
	r.proxied.CloseIdleConnections()
}

// permit decides on an address that is about to be dialled, after its name was
// looked up: no second look-up can change it.
func permit(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &Error{Kind: Forbidden, Detail: "its address cannot be read", Err: err}
	}
	if reason := reserved(ap.Addr()); reason != "" {
		return &Error{Kind: Forbidden, Detail: reason}
	}
	return nil
}

// permitLiteral is permit for a host that a proxy will look up.
func permitLiteral(host string) error {
	if ip, err := netip.ParseAddr(host); err == nil {
		if reason := reserved(ip); reason != "" {
			return &Error{Kind: Forbidden, Detail: reason}
		}
	} else if host == "localhost" {
		return &Error{Kind: Forbidden, Detail: "this computer"}
	}
	return nil
}

// reserved tells what kind of place an address is when it is not on the public
// internet, "" when it is (IANA special-purpose registries; RFC 6890).
func reserved(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	switch {
	case ip.IsLoopback(), ip.IsUnspecified():
		return "this computer"
	case ip.IsPrivate():
		return "the local network"
	case ip.IsLinkLocalUnicast(), ip.IsLinkLocalMulticast(), ip.IsMulticast():
		return "the local network"
	}
	for _, r := range reservedRanges {
		if r.prefix.Contains(ip) {
			return r.what
		}
	}
	return ""
}

// reservedRanges are those that netip has no word for.
var reservedRanges = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this computer"},
	{netip.MustParsePrefix("100.64.0.0/10"), "the provider's own network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a reserved address"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a reserved address"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a relay"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a reserved address"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a reserved address"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a reserved address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},
	{netip.MustParsePrefix("::/96"), "an IPv4 address in disguise"},
	{netip.MustParsePrefix("64:ff9b::/96"), "an IPv4 address in disguise"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "an IPv4 address in disguise"},
	{netip.MustParsePrefix("2002::/16"), "an IPv4 address in disguise"},
	{netip.MustParsePrefix("2001::/32"), "an IPv4 address in disguise"},
	{netip.MustParsePrefix("2001:db8::/32"), "a reserved address"},
	{netip.MustParsePrefix("100::/64"), "a reserved address"},
	{netip.MustParsePrefix("fec0::/10"), "the local network"},
}

// offline reports that this machine has no address but its own.
func offline() bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			return false
		}
	}
	return true
}

// IsPrivateHost tells whether a host is written as an address outside the
// public internet. Names are not looked up.
func IsPrivateHost(host string) bool { return permitLiteral(host) != nil }
