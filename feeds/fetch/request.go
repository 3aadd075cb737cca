package fetch

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
)

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// redirected returns where an answer from u sends its reader.
func redirected(u *url.URL, location string) (*url.URL, error) {
	fail := func(detail string) (*url.URL, error) {
		return nil, &Error{Kind: Redirect, Host: u.Hostname(), Detail: detail}
	}
	if location == "" {
		return fail("it does not say where to")
	}
	next, err := u.Parse(location)
	if err != nil {
		return fail("its new address is none")
	}
	switch {
	case next.Scheme != "http" && next.Scheme != "https" || next.Hostname() == "":
		return fail("it leads to something that is no web address")
	case u.Scheme == "https" && next.Scheme == "http":
		return fail("it leads from https to http, where anybody could read and change it")
	}
	if err := normalHost(next); err != nil {
		return fail("its new address is none")
	}
	next.User, next.Fragment = nil, ""
	if next.Host == u.Host {
		next.User = u.User
	}
	return next, nil
}

// acceptFeeds are the media types of feeds.
const acceptFeeds = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"

// request builds what goes over the wire. Everything that tells one reader from
// another is left out, apart from the validators that the publisher gave, and
// at home what the user set for this feed.
func (c *Client) request(ctx context.Context, r Request, u *url.URL, home bool) *http.Request {
	req := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}}).WithContext(ctx)
	h := req.Header
	h.Set("User-Agent", c.o.UserAgent)
	h.Set("Accept", cmp.Or(r.Accept, acceptFeeds))
	h.Set("Accept-Encoding", acceptEncoding)
	if r.ETag != "" && validHeader(r.ETag) {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" && validHeader(r.LastModified) {
		h.Set("If-Modified-Since", r.LastModified)
	}
	if !home {
		return req
	}
	for _, f := range r.Header {
		h.Set(f.Name, f.Value)
	}
	if login := r.authorization(u); login != "" {
		h.Set("Authorization", login)
	}
	return req
}

// answer turns a final answer into a Response.
func (c *Client) answer(ctx context.Context, limit *deadline, r Request, res *http.Response) (*Response, error) {
	now := c.o.Now()
	retry := retryAfter(res.Header.Get("Retry-After"), now)
	out := &Response{
		Status: res.StatusCode, RetryAfter: retry, MaxAge: maxAge(res.Header, now),
		ETag: validator(res.Header.Get("ETag")), LastModified: lastModified(res.Header.Get("Last-Modified"), now),
	}
	switch conditional := r.ETag != "" || r.LastModified != ""; {
	case res.StatusCode == http.StatusNotModified && conditional:
		discard(res.Body)
		out.NotModified = true
		if out.ETag == "" && out.LastModified == "" {
			out.ETag, out.LastModified = r.ETag, r.LastModified
		}
		return out, nil
	case res.StatusCode < 200 || res.StatusCode > 299:
		discard(res.Body)
		return nil, &Error{Kind: Status, Status: res.StatusCode, RetryAfter: retry, Detail: challenge(res.Header)}
	}
	out.ContentType = res.Header.Get("Content-Type")
	out.ContentLocation = res.Header.Get("Content-Location")
	out.Links = res.Header.Values("Link")
	if err := c.readBody(ctx, limit, r, res, out); err != nil {
		return nil, err
	}
	return out, nil
}

// discard ends an answer whose body nobody wants; a short one is read so that
// its connection can be used again.
func discard(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, 2<<10)
	_ = body.Close()
}
