package extract

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"sitrep/feeds/document"
)

// maxPage is the largest page that is read, in bytes.
const maxPage = 32 << 20

// Kind says what a page turned out to be.
type Kind string

// The kinds of pages. Only the text of an Article is worth more than what the
// feed itself carried.
const (
	Article Kind = "article"
	Teaser  Kind = "teaser"  // the beginning of an article that is for subscribers
	Consent Kind = "consent" // asks for consent, a login or a proof to be human
	Listing Kind = "listing" // leads to articles and is none
	Empty   Kind = "empty"   // no text worth the name
)

// Hint is what is known about a page from outside it.
type Hint struct {
	URL         string // where it came from, after redirects
	ContentType string // the header of that name
	Lang        string // the feed's language, for character sets and dates
	Title       string // the headline in the feed, to find the same one in the page
	Now         time.Time
	Chrome      *Chrome // what is known of the outlet's pages, nil for nothing
}

// Result is the article of a page. Title, Byline, Site and Text are plain text
// that is still foreign.
type Result struct {
	Kind      Kind
	Title     string
	Byline    string // names, separated by commas
	Site      string
	Text      string // paragraphs with a blank line between them, no captions
	HTML      string // sanitised, addresses absolute
	Lang      string // BCP 47, as declared where the text agrees
	Dir       string // ltr or rtl
	Published time.Time
}

// Error is why a page could not be read.
type Error struct {
	Size  int    // bytes, where they are too many
	Panic string // what a library broke down with, "" where it did not
}

func (e *Error) Error() string {
	if e.Panic != "" {
		return "read page: panic: " + e.Panic
	}
	return fmt.Sprintf("read page: %d bytes are too many", e.Size)
}

// Sentence says what happened, for people.
func (e *Error) Sentence() string {
	if e.Panic != "" {
		return "The page could not be read: a library broke down over it (" + e.Panic + ")."
	}
	return fmt.Sprintf("The page is larger than %d MB and was not read.", maxPage>>20)
}

// Extract reads a page. A failure is always an *Error; no input makes it panic,
// and its work is linear in the input.
func Extract(page []byte, h Hint) (r *Result, err error) {
	if len(page) > maxPage {
		return nil, &Error{Size: len(page)}
	}
	defer func() {
		if p := recover(); p != nil {
			r, err = nil, &Error{Panic: fmt.Sprint(p)}
		}
	}()
	text := decode(page, h)
	if r := treePage(text, h); r != nil {
		return r, nil
	}
	return flatPage(text, h), nil
}

// treePage reads a page as a tree. It returns nil where that is too deep or too
// large, or where a library panics over it.
func treePage(text string, h Hint) (r *Result) {
	defer func() {
		if recover() != nil {
			r = nil
		}
	}()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil || !bounded(doc) {
		return nil
	}
	m := readMeta(doc, h)
	scene := look(doc)
	showImages(doc)
	prune(doc, m)
	body := chooseBody(doc, m)
	if size := plainLength(body); size < 2*enough {
		body = rescue(body, size, text, m, scene)
	}
	if body != nil {
		m.dir = firstOf(directionAround(doc, body), m.dir)
		addLead(body, doc, m)
	}
	return result(body, m, scene, h)
}

// result puts together what is known of a page and its body.
func result(body *html.Node, m *meta, s scene, h Hint) *Result {
	r := &Result{Title: m.title, Byline: m.byline, Site: m.site, Published: m.published}
	if body != nil {
		if tidy(body, m, h.Chrome) {
			r.Text = bareText(body)
		} else {
			r.Text = plainText(body)
		}
		r.HTML = document.Sanitize(render(body), m.base)
	}
	r.Lang = language(m.lang, r.Title+"\n"+r.Text, h.Lang)
	r.Dir = direction(m.dir, r.Title+"\n"+r.Text)
	r.Kind = kindOf(r, body, m, s)
	return r
}

// address parses the address of a page; one that is none gives the empty one.
func address(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return &url.URL{}
	}
	return u
}
