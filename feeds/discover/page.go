package discover

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"sitrep/feeds"
)

// Limits of what is read of a page.
const (
	maxPage    = 4 << 20 // bytes
	maxNamed   = 50      // feeds of a page
	maxAddress = 4096    // bytes
	maxTitle   = 300     // bytes
)

// FromPage returns the feeds that a web page names: in its head (WHATWG HTML,
// 4.6.7.1, link type alternate) and in links that look like feeds. address is
// where the page came from, contentType what its server said of it; both may be
// "". Nothing is fetched, and what is not named with an http or https address is
// left out. The work is linear in the page.
func FromPage(page []byte, contentType, address string) []Candidate {
	return readPage(page, contentType, address).candidates()
}

// pageScan is what a page says of feeds, its links not yet resolved.
type pageScan struct {
	address string
	base    string
	onward  string // where a meta refresh leads
	named   []named
	open    int // place of the open link in named, -1 for none
	text    []byte
}

// named is a link as the page writes it.
type named struct {
	href, title, lang string
	kind              Type
	where             Where
	sure              bool // that it is a feed is said, not only likely
}

// readPage reads a page; links are those of its answer's header, which come first.
func readPage(page []byte, contentType, address string, links ...map[string]string) *pageScan {
	page = page[:min(len(page), maxPage)]
	e, _, _ := charset.DetermineEncoding(page[:min(len(page), 1024)], contentType)
	s := &pageScan{address: address, open: -1}
	for _, l := range links {
		s.link(l)
	}
	z := html.NewTokenizer(e.NewDecoder().Reader(bytes.NewReader(page)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			s.closeLink()
			return s
		case html.TextToken:
			if s.open >= 0 && len(s.text) < maxTitle {
				s.text = append(s.text, z.Text()...)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			s.tag(string(name), more, z)
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "a" {
				s.closeLink()
			}
		}
	}
}

func (s *pageScan) tag(name string, more bool, z *html.Tokenizer) {
	switch name {
	case "base", "link", "meta", "a", "area":
	default:
		return
	}
	a := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, twice := a[string(key)]; !twice && len(value) <= maxAddress {
			a[string(key)] = string(value)
		}
	}
	switch name {
	case "base":
		if s.base == "" {
			s.base = a["href"]
		}
	case "meta":
		if strings.EqualFold(a["http-equiv"], "refresh") && s.onward == "" {
			s.onward = refreshTarget(a["content"])
		}
	case "link":
		s.link(a)
	default:
		s.closeLink()
		s.anchor(a)
	}
}

// link takes a link of the head.
func (s *pageScan) link(a map[string]string) {
	rel := strings.Fields(strings.ToLower(a["rel"]))
	is := func(word string) bool { return slices.Contains(rel, word) }
	if a["href"] == "" || is("stylesheet") || !is("alternate") && !is("feed") {
		return
	}
	kind, sure := typeOf(a["type"])
	likely := speaksOfFeeds(a["title"]) || hrefLooks(a["href"])
	if !sure && !is("feed") && (kind == Unknown && a["type"] != "" || !likely) {
		return // another language, another medium, an interface for programs
	}
	if kind == likelyXML {
		kind = Unknown
	}
	s.add(named{href: a["href"], title: a["title"], lang: a["hreflang"], kind: kind, where: Page, sure: true})
}

// anchor takes a link of the body; unless it looks like one to a feed, or says
// so, its text decides.
func (s *pageScan) anchor(a map[string]string) {
	kind, sure := typeOf(a["type"])
	if kind == likelyXML {
		kind = Unknown
	}
	href := strings.TrimSpace(a["href"])
	if rest, ok := cutFold(href, "feed:"); ok {
		href, sure = rest, true
	}
	if href == "" || href[0] == '#' {
		return
	}
	sure = sure || hrefLooks(href) || isFeedWord(a["title"]) || isFeedWord(a["aria-label"]) || isFeedWord(a["class"])
	s.pending(named{href: href, title: a["title"], lang: a["hreflang"], kind: kind, where: Link, sure: sure})
}

// pending adds a link whose text is still to come.
func (s *pageScan) pending(n named) {
	if len(s.named) >= maxNamed {
		return
	}
	s.named = append(s.named, n)
	s.open, s.text = len(s.named)-1, s.text[:0]
}

// closeLink ends the open link: its text is its title, and the last reason to
// keep it.
func (s *pageScan) closeLink() {
	if s.open < 0 {
		return
	}
	n := &s.named[s.open]
	text := shorten(string(s.text))
	if !n.sure && !isFeedWord(text) {
		s.named = s.named[:s.open]
	} else if n.title == "" {
		n.title = text
	}
	s.open = -1
}

func (s *pageScan) add(n named) {
	s.closeLink()
	if len(s.named) < maxNamed {
		s.named = append(s.named, n)
	}
}

// candidates resolves the links.
func (s *pageScan) candidates() []Candidate {
	base, err := url.Parse(s.address)
	if err != nil {
		base = &url.URL{}
	}
	if b, err := base.Parse(strings.TrimSpace(s.base)); err == nil && s.base != "" && feeds.ValidAddress(b.String()) {
		base = b
	}
	seen := map[string]bool{}
	var out []Candidate
	for _, n := range s.named {
		link, ok := resolve(base, n.href)
		if !ok || seen[plain(link)] {
			continue
		}
		seen[plain(link)] = true
		title := shorten(n.title)
		out = append(out, Candidate{URL: link, Title: title, Lang: n.lang, Type: n.kind, Where: n.where, comments: ofVisitors(link, title)})
	}
	return out
}

// resolve returns the address that a link leads to. A user name in it is
// dropped: pages do not say who we are.
func resolve(base *url.URL, href string) (string, bool) {
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil || u.Hostname() == "" {
		return "", false
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	s := u.String()
	return s, feeds.ValidAddress(s) && len(s) <= maxAddress
}

// refreshTarget returns where the content of a meta refresh leads, "" when it
// only reloads the page.
func refreshTarget(content string) string {
	_, rest, ok := strings.Cut(content, ";")
	if !ok {
		_, rest, ok = strings.Cut(content, ",")
	}
	rest, named := cutFold(strings.TrimSpace(rest), "url")
	rest, equals := strings.CutPrefix(strings.TrimSpace(rest), "=")
	if !ok || !named || !equals {
		return ""
	}
	return strings.Trim(strings.TrimSpace(rest), `'"`)
}

// cutFold is strings.CutPrefix for a prefix in any case.
func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxTitle {
		s = strings.ToValidUTF8(s[:maxTitle], "")
	}
	return s
}
