package fetch

import (
	"errors"
	"time"
)

// Kind is the reason of a failure, for callers that decide on it.
type Kind string

// The kinds of failure.
const (
	NoNetwork Kind = "no-network" // this machine reaches nobody: no route, no name server
	DNS       Kind = "dns"        // the name does not exist or its server failed
	Timeout   Kind = "timeout"    // no connection, no answer or too slow an answer
	Refused   Kind = "refused"    // the connection was refused or broken off
	TLS       Kind = "tls"        // certificate or protocol
	Status    Kind = "status"     // an answer outside 2xx and 304
	TooBig    Kind = "too-big"    // the decoded body passed the limit
	Redirect  Kind = "redirect"   // too many, a loop, or to where we do not go
	Forbidden Kind = "forbidden"  // an address that must not be dialled
	BadURL    Kind = "bad-url"    // not an http or https address
	Garbled   Kind = "garbled"    // a broken body or header
	Canceled  Kind = "canceled"   // the caller's context ended
)

// Error is why a request gave no body.
type Error struct {
	Kind       Kind
	URL        string        // as asked
	Host       string        // the host that failed, after redirects
	Status     int           // for Kind Status
	RetryAfter time.Duration // 0 when the server named none
	Wire       int64         // bytes of body read before the failure
	Detail     string        // the cause in a few words, plain text
	Err        error         // what the network said, may be nil
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

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of an error of this package, "" for any other.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Sentence says what happened and what to try, for people.
func (e *Error) Sentence() string { return e.Error() }
