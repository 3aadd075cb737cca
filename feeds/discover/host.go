package discover

import (
	"net/url"
	"strings"
)

// place is where a host keeps the feeds of what one of its pages shows.
type place struct {
	hosts []string
	// feeds returns addresses and titles in turn. path holds the parts of the
	// page's path; only the first is "" for a home page.
	feeds func(u *url.URL, path []string) []string
}

// silent are hosts without feeds, by the name that people know.
func silent(host string) string {
	switch host {
	case "t.me", "telegram.me", "telegram.org":
		return "Telegram"
	case "x.com", "twitter.com", "mobile.twitter.com":
		return "X"
	case "facebook.com", "m.facebook.com", "fb.com":
		return "Facebook"
	case "instagram.com":
		return "Instagram"
	case "tiktok.com":
		return "TikTok"
	case "linkedin.com":
		return "LinkedIn"
	case "whatsapp.com":
		return "WhatsApp"
	}
	return ""
}

// knownHost returns the feeds that a host is known to keep for a page, or a
// sentence when it is known to have none.
func knownHost(u *url.URL) (found []Candidate, none string) {
	host := strings.TrimPrefix(u.Hostname(), "www.")
	if name := silent(host); name != "" {
		return nil, name + " offers no feeds. Look whether the outlet has a site of its own."
	}
	path := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	for _, p := range places() {
		if !p.serves(host) {
			continue
		}
		list := p.feeds(u, path)
		for i := 0; i+1 < len(list); i += 2 {
			found = append(found, Candidate{URL: list[i], Title: list[i+1], Where: Host})
		}
	}
	return found, ""
}

// serves reports whether a place is one of host's; "*.x" stands for all hosts
// below x.
func (p place) serves(host string) bool {
	for _, h := range p.hosts {
		below, any := strings.CutPrefix(h, "*")
		if host == h || any && strings.HasSuffix(host, below) && len(host) > len(below) {
			return true
		}
	}
	return false
}

// places are written down as these hosts document them; a page of theirs that
// is not here is read like any other.
func places() []place {
	return []place{
		{[]string{"youtube.com", "m.youtube.com"}, youtube},
		{[]string{"reddit.com", "old.reddit.com"}, reddit},
		{[]string{"github.com"}, github},
		{[]string{"gitlab.com"}, func(_ *url.URL, p []string) []string {
			if len(p) != 2 {
				return nil
			}
			at := "https://gitlab.com/" + p[0] + "/" + p[1]
			return []string{at + "/-/releases.atom", p[1] + ": releases", at + "/-/tags?format=atom", p[1] + ": tags"}
		}},
		{[]string{"medium.com"}, func(_ *url.URL, p []string) []string {
			if p[0] == "" || len(p) > 1 && !strings.HasPrefix(p[0], "@") {
				return nil
			}
			return []string{"https://medium.com/feed/" + p[0], ""}
		}},
		{[]string{"*.medium.com", "*.substack.com"}, atRoot("/feed")},
		{[]string{"*.blogspot.com"}, atRoot("/feeds/posts/default")},
		{[]string{"*.wordpress.com"}, atRoot("/feed/")},
		{[]string{"*.tumblr.com"}, atRoot("/rss")},
		{[]string{"bsky.app"}, func(_ *url.URL, p []string) []string {
			if len(p) != 2 || p[0] != "profile" {
				return nil
			}
			return []string{"https://bsky.app/profile/" + p[1] + "/rss", ""}
		}},
	}
}

func atRoot(path string) func(*url.URL, []string) []string {
	return func(u *url.URL, _ []string) []string { return []string{"https://" + u.Host + path, ""} }
}

func youtube(u *url.URL, p []string) []string {
	const feed = "https://www.youtube.com/feeds/videos.xml?"
	switch {
	case len(p) >= 2 && p[0] == "channel":
		return []string{feed + "channel_id=" + p[1], ""}
	case len(p) >= 2 && p[0] == "user":
		return []string{feed + "user=" + p[1], ""}
	case p[0] == "playlist" && u.Query().Get("list") != "":
		return []string{feed + "playlist_id=" + url.QueryEscape(u.Query().Get("list")), ""}
	}
	return nil // a page with a name names its channel in its head
}

func reddit(_ *url.URL, p []string) []string {
	if len(p) < 2 {
		return nil
	}
	kind := p[0]
	switch kind {
	case "r", "user":
	case "u":
		kind = "user"
	default:
		return nil
	}
	return []string{"https://www.reddit.com/" + kind + "/" + p[1] + "/.rss", ""}
}

func github(_ *url.URL, p []string) []string {
	if len(p) < 2 {
		return nil
	}
	at := "https://github.com/" + p[0] + "/" + p[1]
	return []string{at + "/releases.atom", p[1] + ": releases", at + "/tags.atom", p[1] + ": tags", at + "/commits.atom", p[1] + ": commits"}
}
