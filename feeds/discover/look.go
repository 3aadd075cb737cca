package discover

import (
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
)

// likelyXML marks media types that feeds have, and other things too.
const likelyXML Type = "xml"

// typeOf returns the format that a media type stands for, and whether it is that
// of feeds alone.
func typeOf(media string) (t Type, sure bool) {
	if m, _, err := mime.ParseMediaType(media); err == nil {
		media = m
	}
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "application/rss+xml", "application/x-rss+xml", "application/rss", "text/rss+xml", "text/rss":
		return RSS, true
	case "application/atom+xml", "application/x.atom+xml", "application/x-atom+xml", "application/atom", "text/atom+xml":
		return Atom, true
	case "application/feed+json":
		return JSON, true
	case "application/json": // WordPress names its interface for programs so
		return JSON, false
	case "application/rdf+xml", "application/xml", "text/xml":
		return likelyXML, false
	}
	return Unknown, false
}

// feedWords are what feeds are called in addresses and on buttons.
var feedWords = []string{"rss", "rss2", "feed", "feeds", "atom", "rdf", "xml"}

// otherReaders take feeds and have none of their own to give.
var otherReaders = []string{
	"feedly.com", "inoreader.com", "netvibes.com", "newsblur.com", "feedspot.com", "bloglovin.com", "theoldreader.com", "my.yahoo.com",
	"add.my.yahoo.com", "subscribe.to", "validator.w3.org",
}

// looksLikeFeed reports whether an address is written as those of feeds are.
func looksLikeFeed(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if slices.Contains(otherReaders, host) || silent(host) != "" {
		return false
	}
	p := strings.ToLower(strings.Trim(u.Path, "/"))
	last := path.Base(p)
	switch path.Ext(last) {
	case ".rss", ".atom", ".rdf":
		return true
	case ".xml":
		return !strings.Contains(last, "sitemap") && !strings.Contains(last, "opensearch") && !strings.Contains(last, "browserconfig")
	case ".json":
		return strings.Contains(p, "feed")
	}
	if slices.Contains(feedWords, last) {
		return true
	}
	if strings.HasPrefix(p, "feeds/") || strings.HasPrefix(p, "feed/") || strings.Contains(p, "/feeds/") {
		return true
	}
	q := u.Query()
	for _, key := range []string{"feed", "format", "type", "output", "alt"} {
		switch strings.ToLower(q.Get(key)) {
		case "rss", "rss2", "atom", "feed", "rdf":
			return true
		}
	}
	return false
}

// hrefLooks is looksLikeFeed for a link as a page writes it.
func hrefLooks(href string) bool {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return looksLikeFeed(u)
}

// isFeedWord reports whether a short text is what buttons for feeds say.
func isFeedWord(s string) bool {
	if len(s) > 40 {
		return false
	}
	for _, w := range words(s) {
		if w == "rss" || w == "atom" && len(s) < 12 || w == "feed" && len(s) < 12 {
			return true
		}
	}
	return false
}

// speaksOfFeeds reports whether a title says that it is one of a feed.
func speaksOfFeeds(title string) bool {
	for _, w := range words(title) {
		if w == "rss" || w == "atom" || w == "feed" || w == "feeds" {
			return true
		}
	}
	return false
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80) })
}

// says reports whether a title names anything: "RSS 2.0" does not.
func says(title string) bool {
	for _, w := range words(title) {
		switch w {
		case "rss", "rss2", "atom", "feed", "feeds", "xml", "json", "2", "0", "1", "10", "20", "92", "rdf", "subscribe", "icon":
		default:
			return true
		}
	}
	return false
}

// ofVisitors reports whether a feed holds what a site's visitors write.
func ofVisitors(address, title string) bool {
	return strings.Contains(address, "/comments/") || strings.Contains(address, "comments-rss") || strings.Contains(strings.ToLower(title), "comments")
}
