package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Kind is the reason of a failure, for callers that decide on it.
type Kind string

// The kinds of failure.
const (
	NoNetwork Kind = "no-network" // this machine reaches nobody: no route, no address
	DNS       Kind = "dns"        // the name does not exist or its server failed
	Timeout   Kind = "timeout"    // no connection, no answer or too slow an answer
	Refused   Kind = "refused"    // the connection was refused or broken off
	TLS       Kind = "tls"        // certificate or protocol
	Status    Kind = "status"     // an answer outside 2xx and 304
	TooBig    Kind = "too-big"    // little was sent that unpacks to more than the limit
	Redirect  Kind = "redirect"   // too many, a loop, or to where we do not go
	Forbidden Kind = "forbidden"  // an address that must not be dialled
	BadURL    Kind = "bad-url"    // not an http or https address
	Garbled   Kind = "garbled"    // a broken body or header
	Proxy     Kind = "proxy"      // the proxy cannot be reached or used
	Locked    Kind = "locked"     // what the user set for the feed could not be read; no request was made
	Canceled  Kind = "canceled"   // the caller's context ended
)

// Error is why a request gave no body.
type Error struct {
	Kind        Kind
	URL         string        // as asked, without user and password
	Host        string        // the host that failed, after redirects
	Status      int           // for Kind Status
	RetryAfter  time.Duration // 0 when the server named none
	Wire        int64         // bytes of body read before the failure
	Limit       int64         // for Kind TooBig: bytes that were allowed
	Certificate string        // for Kind TLS of a pinned feed: SHA-256 of the one that the server showed
	Missing     bool          // for Kind DNS: the name does not exist
	Detail      string        // the cause in a few words, plain text
	Err         error         // what the network said, may be nil
}

func (e *Error) Error() string {
	s := "get " + e.URL + ": " + string(e.Kind)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Resting reports that the host asked to be left alone for a while: by a 429, or by
// a 503 with Retry-After (RFC 6585, 4; RFC 9110, 15.6.4).
func (e *Error) Resting() bool {
	return e.Kind == Status && (e.Status == 429 || e.Status == 503 && e.RetryAfter > 0)
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of an error of this package, "" for any other.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// explain makes the *Error that Get returns.
func (c *Client) explain(ctx context.Context, err error, r Request, u *url.URL) *Error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
	}
	var e *Error
	if found := (*Error)(nil); errors.As(err, &found) {
		copied := *found
		e = &copied
	} else {
		e = &Error{Kind: kindOf(err), Err: err}
	}
	e.URL, e.Limit = redacted(r.URL), r.MaxBytes
	if e.Host == "" {
		e.Host = u.Hostname()
	}
	var dns *net.DNSError
	if e.Kind == DNS && errors.As(err, &dns) {
		e.Missing = dns.IsNotFound
		if offline() {
			e.Kind = NoNetwork
		}
	}
	if e.Kind == TLS && e.Detail == "" {
		e.Detail = tlsDetail(err, c.o.Now())
	}
	return e
}

// withHost notes the host that an error came from.
func withHost(err error, u *url.URL) error {
	var e *Error
	if errors.As(err, &e) && e.Host == "" {
		e.Host = u.Hostname()
	}
	return err
}

// kindOf sorts an error of the network.
func kindOf(err error) Kind {
	var own *Error
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &own):
		return own.Kind
	case errors.Is(err, errTooBig):
		return TooBig
	case errors.Is(err, errTooLong), errors.Is(err, errTooSlow):
		return Timeout
	case errors.Is(err, context.Canceled):
		return Canceled
	case throughProxy(err):
		return Proxy
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.ENETDOWN), errors.Is(err, syscall.EADDRNOTAVAIL):
		return NoNetwork
	case errors.As(err, &dns): // its timeouts, too, are those of a name server
		return DNS
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	case isTLS(err):
		return TLS
	case errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EHOSTUNREACH),
		errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return Refused
	}
	return Garbled
}

// throughProxy tells a failure of the proxy from one of the host behind it: no
// connection to it, or a login that it does not take.
func throughProxy(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "proxyconnect" ||
		op.Op == "socks connect" && strings.Contains(op.Err.Error(), "authentication"))
}

func isTLS(err error) bool {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &alert) ||
		strings.Contains(err.Error(), "tls: ")
}

// tlsDetail says what is wrong with a certificate.
func tlsDetail(err error, now time.Time) string {
	var invalid x509.CertificateInvalidError
	var hostname x509.HostnameError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if now.Before(invalid.Cert.NotBefore) {
			return "its certificate is not valid yet; is this computer's clock right?"
		}
		return "its certificate ended on " + invalid.Cert.NotAfter.Format("2 January 2006")
	case errors.As(err, &hostname):
		return "its certificate is for another name"
	case errors.As(err, &unknown):
		return "nobody we trust has signed its certificate"
	case strings.Contains(err.Error(), "protocol version"):
		return "it only speaks an encryption that is too old"
	}
	return "its encryption failed"
}
