package fulltext

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/extract"
	"sitrep/feeds/fetch"
)

// MaxPage is the largest page that is asked for, in bytes.
const MaxPage = 8 << 20

// accept says that a page is wanted and not a feed (RFC 9110, 12.5.1).
const accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

// How long a page that gave nothing is left alone. After maxTries it is not asked
// again by itself.
const (
	maxTries   = 4
	firstPause = 15 * time.Minute // four times as long after each try
	restPause  = time.Hour        // of a host that wants to be left alone and does not say how long
)

// Getter gets pages. It is safe for concurrent use.
type Getter struct {
	Archive Archive
	Client  fetch.Getter
	Now     func() time.Time
	// Grant puts into a request what the reader set for the feed. It is called for
	// pages of the feed's own origin only; nil when nothing is ever set.
	Grant func(ctx context.Context, a feeds.Access, address string, req *fetch.Request) error

	resting resting
}

// Get asks for a page once and keeps what came of it. That there is no text is an
// *Error; the archive knows about it then. Any other error is the archive's.
func (g *Getter) Get(ctx context.Context, job Job) (*Text, error) {
	t, err := g.read(ctx, job)
	keep := context.WithoutCancel(ctx)
	if err == nil {
		return t, g.Archive.SaveText(keep, *t)
	}
	var e *Error
	if errors.As(err, &e) && !e.Canceled() {
		if failed := g.Archive.SaveVerdict(keep, g.verdict(job, e)); failed != nil {
			return nil, failed
		}
	}
	return nil, err
}

// read asks for a page and takes the article out of it. A panic over it costs
// this page only. The error is an *Error, or the archive's.
func (g *Getter) read(ctx context.Context, job Job) (t *Text, err error) {
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, &Error{Host: feeds.Hostname(job.Link), Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	res, err := g.ask(ctx, job)
	if err != nil {
		return nil, err
	}
	defer res.Release()
	host := feeds.Hostname(res.URL)
	switch {
	case res.Cut:
		return nil, &Error{Host: host, Wire: res.Wire, why: broken}
	case !isPage(res.ContentType):
		return nil, &Error{Host: host, Wire: res.Wire, why: noPage, detail: mediaName(res.ContentType)}
	}
	chrome, err := g.Archive.Chrome(ctx, host)
	if err != nil {
		return nil, err
	}
	page, err := extract.Extract(res.Body, extract.Hint{
		URL: res.URL, ContentType: res.ContentType, Lang: job.Lang, Title: job.Title, Now: g.Now(), Chrome: chrome,
	})
	if err != nil {
		return nil, &Error{Host: host, Wire: res.Wire, Err: err}
	}
	if page.Kind != extract.Article {
		return nil, &Error{Host: host, Wire: res.Wire, Kind: page.Kind}
	}
	if length(page.HTML) <= job.Length {
		return nil, &Error{Host: host, Wire: res.Wire, why: noMore}
	}
	return &Text{Article: job.Article, Fetched: g.Now(), URL: res.URL, Page: page, Wire: res.Wire}, nil
}

// ask makes the request.
func (g *Getter) ask(ctx context.Context, job Job) (*fetch.Response, error) {
	if e := g.resting.asks(feeds.Hostname(job.Link), g.Now()); e != nil {
		return nil, e
	}
	req := fetch.Request{URL: feeds.WithoutLogin(job.Link), Accept: accept, AllowPrivate: job.AllowPrivate && samePlace(job.Link, job.Feed)}
	if g.Grant != nil && (feeds.Access{Host: feeds.Origin(job.Feed)}).For(job.Link) {
		if err := g.Grant(ctx, job.Access, job.Link, &req); err != nil {
			return nil, wrap(err)
		}
	}
	req.MaxBytes = MaxPage
	res, err := g.Client.Get(ctx, req)
	if err != nil {
		e := wrap(err)
		g.resting.note(e, g.Now())
		return nil, e
	}
	return res, nil
}

// verdict says when a page that gave nothing is asked again by itself.
func (g *Getter) verdict(job Job, e *Error) Verdict {
	v := Verdict{Article: job.Article, At: g.Now(), Tried: e.reached(), Reason: e.Sentence()}
	switch {
	case e.Complete():
		v.Reason = "" // nothing is missing
	case e.NoNetwork():
		v.Due = v.At
	case !e.passes() || e.reached() && job.Tries+1 >= maxTries:
	case e.rests() > 0:
		v.Due = v.At.Add(e.rests())
	default:
		v.Due = v.At.Add(firstPause << (2 * job.Tries))
	}
	return v
}

// samePlace reports whether two addresses have the same host and port: that the
// reader subscribed to one service on a machine opens no other one to what its
// feed links to.
func samePlace(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	return err == nil && err2 == nil && x.Host != "" && strings.EqualFold(x.Host, y.Host)
}

// isPage reports whether a media type is one of pages. A server that names none
// may send one.
func isPage(contentType string) bool {
	switch mediaType(contentType) {
	case "", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream", "text/xml", "application/xml":
		return true
	}
	return false
}

func mediaType(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
	}
	return strings.ToLower(strings.TrimSpace(media))
}

// mediaName is a media type in words.
func mediaName(contentType string) string {
	media := mediaType(contentType)
	kind, _, _ := strings.Cut(media, "/")
	switch {
	case media == "application/pdf":
		return "a PDF file"
	case kind == "image":
		return "a picture"
	case kind == "video":
		return "a video"
	case kind == "audio":
		return "a sound recording"
	}
	return "a file of type " + media
}

// length is that of the visible text of HTML, in characters.
func length(html string) int { return Length(string(document.AppendText(nil, html))) }

// Length is the number of characters of a text, white space counted as one.
func Length(text string) (n int) {
	for i, word := range strings.Fields(text) {
		if i > 0 {
			n++
		}
		n += utf8.RuneCountInString(word)
	}
	return n
}

// wrap makes an *Error of what fetching says.
func wrap(err error) *Error {
	var f *fetch.Error
	if errors.As(err, &f) {
		return &Error{Host: f.Host, Wire: f.Wire, Fetch: f}
	}
	return &Error{Err: fmt.Errorf("get page: %w", err)}
}
