package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
)

// Defaults of Options.
const (
	DefaultMaxBytes    = 32 << 20 // of a decoded body
	DefaultTimeout     = 60 * time.Second
	DefaultPerHost     = 2
	DefaultConcurrency = 64
	DefaultSpacing     = 200 * time.Millisecond
)

// maxRedirects is how often one request may be sent elsewhere.
const maxRedirects = 5

// Options of a Client; the zero value is good.
type Options struct {
	UserAgent   string        // "" for the program's name and version
	Timeout     time.Duration // a whole request with its redirects and body
	Connect     time.Duration // until a connection stands, TLS apart
	Header      time.Duration // from the request to the answer's header
	MinRate     MinRate       // of a body
	PerHost     int           // requests to one host at the same time
	Concurrency int           // requests at the same time
	Spacing     time.Duration // between the starts of two requests to one public host; negative for none
	// Proxy says which proxy a request takes; what ParseProxy makes of "" when it
	// is not set. A request with a proxy never goes out directly.
	Proxy    ProxyFunc
	Resolver *net.Resolver  // of names, nil for the system's
	RootCAs  *x509.CertPool // who is trusted to sign certificates, nil for the system's
	Now      func() time.Time

	reserved func(netip.Addr) string // the function of that name, but for tests
}

// MinRate is the least progress of a body: a slower one is given up.
type MinRate struct {
	Bytes int64
	Per   time.Duration
}

func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&o.Timeout, DefaultTimeout)
	def(&o.Connect, 10*time.Second)
	def(&o.Header, 15*time.Second)
	def(&o.Spacing, DefaultSpacing)
	if o.MinRate.Per == 0 {
		o.MinRate = MinRate{18 << 10, 18 * time.Second}
	}
	if o.PerHost == 0 {
		o.PerHost = DefaultPerHost
	}
	if o.Concurrency == 0 {
		o.Concurrency = DefaultConcurrency
	}
	if o.UserAgent == "" {
		o.UserAgent = "sitrep/" + version() + " (newsreader)"
	}
	if o.Proxy == nil {
		o.Proxy = fromEnvironment()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.reserved == nil {
		o.reserved = reserved
	}
	return o
}

// version is the program's own as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return "devel"
}

// Client fetches. It is safe for concurrent use.
type Client struct {
	o       Options
	routes  *routes
	hosts   *hosts
	running chan struct{} // one for each request under way
	bodies  *bodies
}

// New returns a client.
func New(o Options) *Client {
	o = o.withDefaults()
	return &Client{
		o:       o,
		routes:  newRoutes(o),
		hosts:   newHosts(o.PerHost, o.Spacing),
		running: make(chan struct{}, o.Concurrency),
		bodies:  newBodies(),
	}
}

// Close drops idle connections.
func (c *Client) Close() { c.routes.close() }

// Get makes one conditional request and follows its redirects. A failure is
// always an *Error. The caller must Release the response: only a few bodies
// may be in memory at a time, and the next one waits for it.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	if r.MaxBytes <= 0 {
		r.MaxBytes = DefaultMaxBytes
	}
	u, err := parseURL(r.URL)
	if err == nil {
		err = r.fault()
	}
	if err != nil {
		return nil, &Error{Kind: BadURL, URL: redacted(r.URL), Err: err}
	}
	release, err := c.enter(ctx, u, r.AllowPrivate)
	if err != nil {
		return nil, c.explain(ctx, err, r, u)
	}
	defer release()
	ctx, limit := newDeadline(ctx, c.o.Timeout)
	defer limit.end()
	res, err := c.follow(ctx, limit, r, u)
	if err != nil {
		return nil, c.explain(ctx, err, r, u)
	}
	return res, nil
}

var errTooLong = errors.New("the request took too long")

// deadline ends a request that takes too long. It can be halted while the
// request waits for us and not for its server.
type deadline struct {
	cancel context.CancelCauseFunc
	timer  *time.Timer
	ends   time.Time
}

func newDeadline(ctx context.Context, after time.Duration) (context.Context, *deadline) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, &deadline{cancel, time.AfterFunc(after, func() { cancel(errTooLong) }), time.Now().Add(after)}
}

// halt stops the clock until the returned function is called.
func (d *deadline) halt() (resume func()) {
	d.timer.Stop()
	left := time.Until(d.ends)
	return func() {
		d.ends = time.Now().Add(left)
		d.timer.Reset(max(left, 0))
	}
}

func (d *deadline) end() {
	d.timer.Stop()
	d.cancel(context.Canceled)
}

// enter waits for a place with the host, then for one among all requests.
func (c *Client) enter(ctx context.Context, u *url.URL, private bool) (release func(), err error) {
	leave, err := c.hosts.enter(ctx, u.Hostname(), !private)
	if err != nil {
		return nil, err
	}
	select {
	case c.running <- struct{}{}:
		return func() { <-c.running; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

func parseURL(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil:
		return nil, errors.New("parse address: malformed")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("parse address: neither http nor https")
	case u.Hostname() == "":
		return nil, errors.New("parse address: no host")
	}
	u.Fragment = ""
	return u, normalHost(u)
}

// redacted is an address without user and password, for messages; "" when it
// cannot be told where they stand in it.
func redacted(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil && strings.Contains(s, "@"):
		return ""
	case err != nil || u.User == nil:
		return s
	}
	return withoutUser(u)
}
