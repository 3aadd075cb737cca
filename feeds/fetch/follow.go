package fetch

import (
	"context"
	"net/http"
	"net/url"
)

// journey is one request with the redirects that it meets.
type journey struct {
	r     Request
	first *url.URL
	at    *url.URL
	hops  int
	// home is set while no redirect has led to another place: what the user gave
	// for the first host goes nowhere else, nor back there after a detour.
	home      bool
	permanent bool // only 301 and 308 so far
	proven    bool // each redirect was vouched for by TLS
	public    bool // the first host is on the public internet
}

// follow asks u and where it is sent from there.
func (c *Client) follow(ctx context.Context, limit *deadline, r Request, u *url.URL) (*Response, error) {
	j := &journey{r: r, first: u, at: u, home: true, permanent: true, proven: true}
	for {
		res, err := c.step(ctx, j)
		if err != nil {
			return nil, withHost(err, j.at)
		}
		if !isRedirect(res.StatusCode) {
			out, err := c.answer(ctx, limit, r, res)
			if err != nil {
				return nil, withHost(err, j.at)
			}
			out.URL, out.Public = j.at.String(), j.public
			if j.hops > 0 && j.permanent {
				out.Permanent, out.Proven = withoutUser(j.at), j.proven
			}
			return out, nil
		}
		discard(res.Body)
		if err := j.turn(res); err != nil {
			return nil, err
		}
	}
}

// step makes the request of a journey's present place.
func (c *Client) step(ctx context.Context, j *journey) (*http.Response, error) {
	private := j.r.AllowPrivate && j.at.Hostname() == j.first.Hostname()
	pin := ""
	if j.home {
		pin = j.r.Pin
	}
	res, public, err := c.routes.send(c.request(ctx, j.r, j.at, j.home), private, pin)
	if j.hops == 0 {
		j.public = public
	}
	return res, err
}

// turn goes where an answer leads.
func (j *journey) turn(res *http.Response) error {
	if j.hops++; j.hops > maxRedirects {
		return &Error{Kind: Redirect, Host: j.at.Hostname(), Detail: "it sends every request somewhere else"}
	}
	next, err := redirected(j.at, res.Header.Get("Location"))
	if err != nil {
		return err
	}
	j.permanent = j.permanent && (res.StatusCode == http.StatusMovedPermanently || res.StatusCode == http.StatusPermanentRedirect)
	// An http address may upgrade itself: under https the same host proves that
	// it is the one. Any other word of a plain connection may be a hotel's.
	j.proven = j.proven && (j.at.Scheme == "https" || next.Scheme == "https" && next.Hostname() == j.at.Hostname())
	j.home = j.home && next.Host == j.first.Host && (next.Scheme == j.first.Scheme || next.Scheme == "https")
	j.at = next
	return nil
}

// withoutUser is an address as it may be shown and kept.
func withoutUser(u *url.URL) string {
	plain := *u
	plain.User = nil
	return plain.String()
}
