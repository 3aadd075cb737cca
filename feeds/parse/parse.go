// Package parse turns the bytes of an RSS, Atom or JSON feed into articles.
// Foreign bytes pass a gate of our own (size, character set, repair, depth and
// width) before gofeed sees them. It is the only importer of gofeed, does no
// I/O, and never sanitises an item's HTML: that is document's.
package parse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sitrep/feeds"
)

// Hint is what is known about a body from outside it.
type Hint struct {
	URL             string // where it came from, after redirects
	ContentType     string
	ContentLocation string
	Lang            string    // the feed's language, to guess character sets and zones
	Now             time.Time // dates are judged by it
}

// Result is what a feed says.
type Result struct {
	Version  string // rss20, rss10, atom10, json11, ...
	Encoding string // the character set that it was read in, lower case
	Feed     Meta
	// Articles have no ID and no Feed; they stand as published, first item
	// first. One without a title holds nothing to read or to follow.
	Articles  []feeds.Article
	Summaries []Summary // one for each article
	Damaged   string    // what was wrong and what was done, a sentence; "" when sound
	// Incomplete is set when the body was cut: its validators must not be kept.
	Incomplete bool
}

// Summary is what a publisher wrote beside the body of an article, or in place
// of one.
type Summary struct {
	HTML string // "" where there is nothing but the body
	Base string // relative addresses in HTML resolve against it
	Only bool   // there is nothing fuller: the article's HTML is the summary, and HTML ""
}

// Meta is what a feed says of itself. Texts are plain, addresses absolute.
type Meta struct {
	Title, Description string
	Base               string // relative addresses in Description resolve against it
	Link               string // the site
	ID                 string
	Lang               string // primary tag
	Language           string // as published
	Image              string
	Published, Updated time.Time
	Authors            []feeds.Author
	Tags               []string
	TTL                time.Duration // how long the publisher wants it cached, 0 when unsaid
	Quiet              feeds.Quiet   // when the publisher wants no requests
}

// Kind is the reason why a body gave nothing.
type Kind string

// The kinds of failure.
const (
	Empty   Kind = "empty"   // no bytes, or nothing but space
	WebPage Kind = "webpage" // HTML instead of a feed
	NoFeed  Kind = "nofeed"  // some other thing
	Hostile Kind = "hostile" // past a limit of depth, width or size
	Broken  Kind = "broken"  // a feed, but beyond repair
)

// Error is why a body gave no result.
type Error struct {
	Kind   Kind
	Detail string // the cause in a few words, plain text
	Err    error
}

func (e *Error) Error() string {
	s := "parse feed: " + string(e.Kind)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Sentence says what happened and what to try, for people.
func (e *Error) Sentence() string {
	switch e.Kind {
	case Empty:
		return "The feed answers with an empty page; it may be back later."
	case WebPage:
		return "The address answers a web page, not a feed; look on the site for its feed's address."
	case Hostile:
		return "The feed was refused because it is built to harm a reader (" + e.Detail + ")."
	case Broken:
		return "The feed is damaged beyond repair (" + e.Detail + "); tell its publisher."
	}
	return "The address answers something that is no feed; check the address."
}

// Parse reads a feed. A failure is always an *Error; no input makes it panic,
// and its work is linear in the input.
func Parse(b []byte, h Hint) (result *Result, err error) {
	defer func() {
		if p := recover(); p != nil { // gofeed's, on input that the gate let through
			result, err = nil, &Error{Kind: Broken, Detail: "it confuses the parser", Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	if b, err = inflate(b); err != nil {
		return nil, err
	}
	text, encoding, valid := toUTF8(b, h.ContentType, h.Lang)
	text, repaired := cleanKnown(text, valid || utf8.Valid(text))
	r := &reader{base: documentBase(h), lang: primaryTag(h.Lang), now: h.Now, result: &Result{Encoding: encoding}}
	if repaired {
		r.note(damagedBytes)
	}
	if err := r.read(text); err != nil {
		return nil, err
	}
	r.keepNewest()
	r.result.Damaged = r.damage.sentence(len(r.result.Articles))
	return r.result, nil
}

// read finds out what a document is and reads it.
func (r *reader) read(text []byte) error {
	text = bytes.TrimLeft(text, " \t\r\n\ufeff\x00")
	if len(text) == 0 {
		return &Error{Kind: Empty}
	}
	if bytes.HasPrefix(text, []byte("/*")) { // JSON with a comment before it
		if _, rest, ok := bytes.Cut(text, []byte("*/")); ok {
			text = bytes.TrimLeft(rest, " \t\r\n")
		}
	}
	if len(text) > 0 && text[0] == '{' {
		err := r.readJSON(text)
		if r.result.Incomplete {
			r.note(damagedEnd)
		}
		return err
	}
	root, err := findRoot(text)
	if err != nil {
		return err
	}
	t := &tidier{in: text, pos: root.at, native: root.prefix, atom: root.name == "feed", base: r.base, lang: r.lang}
	t.out = make([]byte, 0, min(len(text)/8+1024, 1<<20))
	t.lifts = make([]lift, 0, min(len(text)/1000+16, 1<<12))
	if root.name == "channel" {
		t.out = append(t.out, `<rss version="2.0">`...)
	}
	if err := t.run(); err != nil {
		return err
	}
	if root.name == "channel" {
		t.out = append(t.out, "</rss>"...)
	}
	r.takeDamage(t)
	r.lifts, r.atom = t.lifts, t.atom
	if t.atom {
		return r.readAtom(t.out)
	}
	return r.readRSS(t.out)
}

// documentBase returns the address that relative links resolve against, as RFC
// 3986 section 5.1 orders them.
func documentBase(h Hint) string {
	if h.ContentLocation != "" {
		if base := resolve(h.URL, h.ContentLocation); hasWebScheme(base) {
			return base
		}
	}
	if hasWebScheme(h.URL) {
		return h.URL
	}
	return ""
}

// adoptSite makes the site the base of links when the document has no address.
func (r *reader) adoptSite() {
	if r.base == "" {
		r.base = r.result.Feed.Link
	}
}

// adoptLanguage takes the language that the feed says it is in.
func (r *reader) adoptLanguage(tag string) {
	m := &r.result.Feed
	m.Language, m.Lang = strings.TrimSpace(tag), primaryTag(tag)
	if m.Lang != "" {
		r.lang = m.Lang
	}
}

// keepNewest drops the oldest articles of a feed with too many.
func (r *reader) keepNewest() {
	res := r.result
	if len(res.Articles) <= keptItems {
		return
	}
	dates := make([]int64, len(res.Articles))
	for i := range res.Articles {
		dates[i] = res.Articles[i].Published.Unix()
	}
	slices.Sort(dates)
	limit := dates[len(dates)-keptItems]
	n := 0
	for i := range res.Articles {
		if res.Articles[i].Published.Unix() >= limit && n < keptItems {
			res.Articles[n], res.Summaries[n] = res.Articles[i], res.Summaries[i]
			n++
		}
	}
	res.Articles, res.Summaries = res.Articles[:n], res.Summaries[:n]
	r.note(damagedSize)
}
