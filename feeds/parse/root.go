package parse

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
)

// maxInflated bounds a body that is compressed although nobody said so.
const maxInflated = 32 << 20

// inflate returns the inside of gzip bytes served as if they were a feed.
func inflate(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, []byte("\x1f\x8b\x08")) {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, &Error{Kind: NoFeed, Detail: "it is compressed and broken", Err: err}
	}
	out, err := io.ReadAll(io.LimitReader(z, maxInflated+1))
	if len(out) > maxInflated {
		return nil, hostile("it swells when it is unpacked")
	}
	if err != nil && len(out) == 0 {
		return nil, &Error{Kind: NoFeed, Detail: "it is compressed and broken", Err: err}
	}
	return out, nil
}

// root is the start tag of a feed.
type root struct {
	at     int
	name   string // rss, rdf, feed or channel
	prefix string
}

// rootTags is how many tags may stand before the feed begins.
const rootTags = 50

// findRoot finds where the feed begins, whatever stands before it.
func findRoot(b []byte) (root, error) {
	html, tags := false, 0
	for pos := 0; tags < rootTags; tags++ {
		i := bytes.IndexByte(b[pos:], '<')
		if i < 0 {
			break
		}
		pos += i
		if rest := b[pos:]; bytes.HasPrefix(rest, commentOpen) {
			end := bytes.Index(rest, terminators[endComment])
			pos += max(end, 1)
			continue
		}
		name := strings.ToLower(string(tagName(b[pos+1:])))
		prefix, rest := local([]byte(name))
		switch string(rest) {
		case "rss", "rdf", "feed", "channel":
			return root{pos, string(rest), string(b[pos+1 : pos+1+len(prefix)])}, nil
		case "!doctype":
			html = html || isHTMLDoctype(b[pos:])
		case "html", "head", "body", "script", "meta", "div":
			html = true
		}
		pos++
	}
	if html {
		return root{}, &Error{Kind: WebPage}
	}
	return root{}, &Error{Kind: NoFeed}
}

func isHTMLDoctype(b []byte) bool {
	return strings.Contains(strings.ToLower(string(b[:min(len(b), 40)])), "html")
}
