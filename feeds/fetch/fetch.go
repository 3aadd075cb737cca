// Package fetch turns an address into bytes: conditional requests, redirects,
// decompression, limits of size and time, politeness towards hosts, and who may
// be dialled at all. It never looks into what it fetched, keeps no cookies,
// sends no Referer, and never retries on its own.
package fetch

import (
	"context"
	"time"
)

// Request says what to fetch and what we already have.
type Request struct {
	URL          string
	ETag         string // validators of the last answer, "" for none
	LastModified string
	Accept       string // media types that are wanted, "" for those of feeds
	MaxBytes     int64  // where a decoded body is cut, 0 for DefaultMaxBytes
	// AllowPrivate lets the request reach private, loopback and link-local
	// addresses of the host in URL, because the user subscribed to that very
	// host. A redirect to another host loses the permission.
	AllowPrivate bool

	// What the user set for this feed. None of it is sent to any other host.
	Header         []Field
	User, Password string
	Token          string // bearer
	Pin            string // SHA-256 of the one certificate to trust, in hexadecimal digits
}

// Response is an answer of class 2xx or 304; all else is an *Error.
type Response struct {
	Status          int
	URL             string // where the body came from, after redirects
	Permanent       string // the new address when only 301 and 308 led there, else ""
	Proven          bool   // nobody on the way can have made Permanent up
	Public          bool   // the host in Request.URL was seen at a public address
	NotModified     bool   // 304: Body is empty, the validators are the request's own or newer ones
	ETag            string // safe to send back as they are
	LastModified    string
	ContentType     string
	ContentLocation string
	Links           []string      // values of the Link field (RFC 8288)
	Body            []byte        // decoded; valid until Release
	Wire            int64         // bytes of body as sent
	RetryAfter      time.Duration // 0 when the server named none
	MaxAge          time.Duration // freshness by Cache-Control or Expires, 0 when unknown
	// Cut is set when the body broke off: Body is what came before, and there
	// are no validators.
	Cut   bool
	Limit int64 // set with Cut when it broke off at the largest size allowed, in bytes

	hold *hold
}

// Release gives the body's memory back for the next answer. The response must
// not be used after it; a second call does nothing.
func (r *Response) Release() {
	if r.hold != nil {
		r.hold.release()
		r.hold, r.Body = nil, nil
	}
}

// Getter is the one thing that callers need of a Client.
type Getter interface {
	Get(ctx context.Context, r Request) (*Response, error)
}
