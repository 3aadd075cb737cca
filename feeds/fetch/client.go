package fetch

import (
	"context"
	"time"
)

// Defaults of Options.
const (
	DefaultMaxBytes    = 32 << 20 // of a decoded body
	DefaultTimeout     = 60 * time.Second
	DefaultPerHost     = 2
	DefaultConcurrency = 32
)

// Options of a Client; the zero value is good.
type Options struct {
	UserAgent   string        // "" for the program's own
	Timeout     time.Duration // a whole request with its redirects and body
	PerHost     int           // requests to one host at the same time
	Concurrency int           // requests at the same time
	Spacing     time.Duration // between two requests to one public host
}

// Client fetches. It is safe for concurrent use.
type Client struct{}

// New returns a client.
func New(o Options) *Client { return &Client{} }

// Get makes one conditional request. A failure is always an *Error.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	return nil, &Error{Kind: NoNetwork, URL: r.URL}
}

// Close drops idle connections.
func (c *Client) Close() {}

type bodies struct{}

func (b *bodies) put([]byte) {}
