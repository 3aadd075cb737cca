package fulltext

import (
	"cmp"
	"fmt"
	"time"

	"sitrep/feeds/extract"
	"sitrep/feeds/fetch"
)

// reason is why a page that came is of no use.
type reason string

const (
	broken reason = "broke off"
	noPage reason = "is no page"
	noMore reason = "has no more text than the feed"
)

// Error is why an article keeps the text that the feed gave.
type Error struct {
	Host  string
	Kind  extract.Kind // what the page turned out to be, "" when it was not read
	Fetch *fetch.Error // why no page came, nil when one did
	Err   error        // what else went wrong
	Wire  int64        // bytes of body that came

	why     reason
	detail  string
	unasked bool // the host wants to be left alone, so that nobody was asked
}

func (e *Error) Error() string {
	s := "get full text from " + e.Host
	switch {
	case e.Fetch != nil:
		return s + ": " + e.Fetch.Error()
	case e.Err != nil:
		return s + ": " + e.Err.Error()
	case e.Kind != "":
		return s + ": the page is a " + string(e.Kind)
	}
	return s + ": the page " + string(e.why)
}

func (e *Error) Unwrap() error {
	if e.Fetch != nil {
		return e.Fetch
	}
	return e.Err
}

// NoNetwork reports that nobody was reached because this machine reaches nobody.
func (e *Error) NoNetwork() bool {
	return e.Fetch != nil && (e.Fetch.Kind == fetch.NoNetwork || e.Fetch.Kind == fetch.Proxy)
}

// Canceled reports that the caller gave up.
func (e *Error) Canceled() bool { return e.Fetch != nil && e.Fetch.Kind == fetch.Canceled }

// Complete reports that the feed gave as much as the page.
func (e *Error) Complete() bool { return e.why == noMore }

// Kept reports that a page came and was read, and that the feed's text is the
// better one all the same.
func (e *Error) Kept() bool { return e.Kind != "" || e.why == noMore }

// Unasked reports that the host was left alone because it wanted that.
func (e *Error) Unasked() bool { return e.unasked }

// reached reports that somebody was asked, or would have been but for the address.
func (e *Error) reached() bool {
	return !e.unasked && !e.NoNetwork() && (e.Fetch == nil || e.Fetch.Kind != fetch.Locked)
}

// rests is how long the host wants to be left alone, 0 when it did not say that.
func (e *Error) rests() time.Duration {
	if e.Fetch == nil || !e.Fetch.Resting() {
		return 0
	}
	return cmp.Or(e.Fetch.RetryAfter, restPause)
}

// passes reports whether the reason may be gone after a while.
func (e *Error) passes() bool {
	if e.Fetch == nil {
		return e.why == broken || e.Kind == extract.Consent || e.Kind == extract.Empty
	}
	switch e.Fetch.Kind {
	case fetch.Timeout, fetch.Refused, fetch.DNS, fetch.Garbled, fetch.TLS, fetch.Locked:
		return true
	case fetch.Status:
		return e.Fetch.Status == 408 || e.Fetch.Status == 429 || e.Fetch.Status >= 500
	}
	return false
}

// Sentence says what happened, for people: plain text of one or two sentences.
func (e *Error) Sentence() string {
	switch e.Kind {
	case extract.Teaser:
		return fmt.Sprintf("%s shows only the beginning to those who do not subscribe. The text stays as it is.", e.Host)
	case extract.Consent:
		return fmt.Sprintf("%s asks for consent or a sign-in before it shows the article. The text stays as it is; the browser may get further.", e.Host)
	case extract.Listing:
		return fmt.Sprintf("The page at %s leads to articles and is none. The text stays as it is.", e.Host)
	case extract.Empty:
		return fmt.Sprintf("The page at %s has no text that can be read without running its programs. The text stays as it is.", e.Host)
	}
	switch e.why {
	case broken:
		return fmt.Sprintf("The page of %s broke off before its end. The text stays as it is.", e.Host)
	case noPage:
		return fmt.Sprintf("The link leads to %s at %s, not to a page with text.", e.detail, e.Host)
	case noMore:
		return fmt.Sprintf("The feed gave the whole text: the page at %s has no more.", e.Host)
	}
	if e.Fetch != nil {
		return fetched(e.Fetch)
	}
	if s, ok := e.Err.(interface{ Sentence() string }); ok {
		return s.Sentence()
	}
	return fmt.Sprintf("The page could not be read: %v.", e.Err)
}

// fetched is why no page came. What fetch says is about feeds.
func fetched(f *fetch.Error) string {
	switch f.Kind {
	case fetch.NoNetwork:
		return "There is no network."
	case fetch.DNS:
		if f.Missing {
			return fmt.Sprintf("There is no host named %s, where the article's page should be.", f.Host)
		}
		return fmt.Sprintf("The name %s could not be looked up.", f.Host)
	case fetch.Refused:
		return fmt.Sprintf("%s does not take the connection, or breaks it off.", f.Host)
	case fetch.Timeout:
		return fmt.Sprintf("%s does not send the page in time.", f.Host)
	case fetch.TLS:
		return fmt.Sprintf("%s cannot be trusted: %s.", f.Host, f.Detail)
	case fetch.TooBig:
		return fmt.Sprintf("%s sends a few bytes that unpack to more than the %d MB that a page may have.", f.Host, MaxPage>>20)
	case fetch.Redirect:
		return fmt.Sprintf("%s sends its readers on, but %s.", f.Host, f.Detail)
	case fetch.Forbidden:
		return fmt.Sprintf("%s leads to %s, where no article's link may lead.", f.Host, f.Detail)
	case fetch.BadURL:
		return "The article's link is no web address."
	case fetch.Locked:
		return fmt.Sprintf("The page was not asked for, because what opens its site could not be read: %s.", f.Detail)
	case fetch.Canceled:
		return "Getting the page was stopped."
	case fetch.Status:
		return status(f)
	}
	return f.Sentence()
}

func status(f *fetch.Error) string {
	switch {
	case f.Status == 404 || f.Status == 410:
		return fmt.Sprintf("%s has no page at the article's link any more (%d).", f.Host, f.Status)
	case f.Status == 401 || f.Status == 402 || f.Status == 403 || f.Status == 451:
		return fmt.Sprintf("%s does not give the page to sitrep (%d). The browser may get further.", f.Host, f.Status)
	case f.Resting():
		return f.Sentence()
	case f.Status >= 500:
		return fmt.Sprintf("%s has a fault of its own (%d).", f.Host, f.Status)
	}
	return fmt.Sprintf("%s answered with %d in place of the page.", f.Host, f.Status)
}
