package refresh

import (
	"bytes"
	"errors"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/parse"
)

// parseAnswer reads the feed in an answer.
func parseAnswer(a answer, now time.Time) (*parse.Result, error) {
	p, err := parse.Parse(a.res.Body, parse.Hint{
		URL: a.res.URL, ContentType: a.res.ContentType, ContentLocation: a.res.ContentLocation, Lang: a.job.Feed.Lang, Now: now,
	})
	var e *parse.Error
	if errors.As(err, &e) && e.Kind == parse.WebPage && isChallenge(a.res.Body) {
		return nil, &fetch.Error{Kind: fetch.Status, URL: a.res.URL, Host: feeds.Hostname(a.res.URL), Status: a.res.Status, Wire: a.res.Wire, Detail: "it wants a browser to prove itself"}
	}
	return p, err
}

// challenges are in the pages that stand before a site and let browsers in only,
// under status 200, too: of Cloudflare, DDoS-Guard, Imperva, SiteGround, Sucuri
// and DataDome, in this order.
var challenges = [][]byte{
	[]byte("/cdn-cgi/challenge-platform/"), []byte("cf-chl-"), []byte("ddos-guard"), []byte("_Incapsula_Resource"),
	[]byte("sgcaptcha"), []byte("sucuri_cloudproxy"), []byte("captcha-delivery.com"),
}

// challengeSize is the largest page that is taken for a challenge, in bytes: an
// outlet's own page carries some of these scripts, too.
const challengeSize = 40 << 10

// isChallenge tells a page that wants a browser to prove itself from other ones.
func isChallenge(page []byte) bool {
	if len(page) > challengeSize {
		return false
	}
	for _, sign := range challenges {
		if bytes.Contains(page, sign) {
			return true
		}
	}
	return false
}
