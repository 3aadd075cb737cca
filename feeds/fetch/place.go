package fetch

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// permit decides on an address that is about to be dialled, after its name was
// looked up: no second look-up can change it.
func permit(address string, reserved func(netip.Addr) string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &Error{Kind: Forbidden, Detail: "an address that cannot be read", Err: err}
	}
	if reason := reserved(ap.Addr()); reason != "" {
		return &Error{Kind: Forbidden, Detail: reason}
	}
	return nil
}

// permitLiteral is permit for a host that a proxy will look up.
func permitLiteral(host string) error {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return &Error{Kind: Forbidden, Detail: "this computer"}
	}
	if plain, err := numericHost(host); err != nil {
		return &Error{Kind: Forbidden, Detail: "an address that cannot be read"}
	} else if ip, err := netip.ParseAddr(plain); err == nil {
		if reason := reserved(ip); reason != "" {
			return &Error{Kind: Forbidden, Detail: reason}
		}
	}
	return nil
}

// IsPrivateHost tells whether a host is written as an address outside the
// public internet. Names are not looked up.
func IsPrivateHost(host string) bool { return permitLiteral(host) != nil }

// isOnion tells a name that only Tor can look up; anybody else would learn from
// the question who is read (RFC 7686).
func isOnion(host string) bool {
	return strings.HasSuffix(strings.TrimSuffix(host, "."), ".onion")
}

// normalHost writes the host of an address the one way that it is compared and
// dialled: in lower case, and an IPv4 address in four parts.
func normalHost(u *url.URL) error {
	host, err := numericHost(strings.ToLower(u.Hostname()))
	if err != nil {
		return err
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		host = net.JoinHostPort(strings.Trim(host, "[]"), port)
	}
	u.Host = host
	return nil
}

var errNumber = errors.New("parse address: the host is a number that is no address")

// numericHost turns the forms of an IPv4 address that systems take besides the
// usual one (2130706433, 0x7f.1, 0177.0.0.1) into four decimal parts, as
// browsers do (WHATWG URL, 3.5). Other hosts come back as they are.
func numericHost(host string) (string, error) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if _, ok := number(parts[len(parts)-1]); !ok || strings.Contains(host, ":") {
		return host, nil
	}
	if len(parts) > 4 {
		return "", errNumber
	}
	var ip uint64
	for i, p := range parts {
		n, ok := number(p)
		room := 8
		if i == len(parts)-1 { // the last part fills what is left
			room = 8 * (5 - len(parts))
		}
		if !ok || n>>room != 0 {
			return "", errNumber
		}
		ip = ip<<room | n
	}
	return netip.AddrFrom4([4]byte{byte(ip >> 24), byte(ip >> 16), byte(ip >> 8), byte(ip)}).String(), nil
}

// number reads a decimal, octal or hexadecimal number as C does.
func number(s string) (n uint64, ok bool) {
	base := 10
	switch {
	case s == "":
		return 0, false
	case strings.HasPrefix(s, "0x"):
		if s, base = s[2:], 16; s == "" {
			return 0, true
		}
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	if strings.Trim(s, "0123456789abcdef") != "" || base != 16 && strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, 64)
	if err != nil { // 08, or larger than any address
		return 1 << 63, true
	}
	return n, true
}
