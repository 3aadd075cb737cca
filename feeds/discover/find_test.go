package discover

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/fetch"
)

var testNow = time.Date(2026, 11, 22, 6, 7, 0, 0, time.UTC)

// sites is the network of a test: an address and what it answers, a body or a
// number, the status of a refusal. All other addresses answer 404.
type sites struct {
	mu      sync.Mutex
	answers map[string]string
	asked   []string
	private []string
}

func (s *sites) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL)
	if r.AllowPrivate {
		s.private = append(s.private, r.URL)
	}
	body, ok := s.answers[r.URL]
	if to, moved := strings.CutPrefix(body, "moved "); moved {
		return &fetch.Response{Status: 200, URL: to, Permanent: to, Body: []byte(s.answers[to]), ContentType: "text/html"}, nil
	}
	status := 0
	switch fmt.Sscan(body, &status); {
	case body == "no network":
		return nil, &fetch.Error{Kind: fetch.NoNetwork}
	case body == "no answer":
		return nil, &fetch.Error{Kind: fetch.Timeout, Host: "slow.example"}
	case !ok:
		status = 404
		fallthrough
	case status > 0:
		return nil, &fetch.Error{Kind: fetch.Status, Status: status, Host: "site.example"}
	}
	return &fetch.Response{Status: 200, URL: r.URL, Body: []byte(body), ContentType: "text/html"}, nil
}

func rss(title string, items int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title><language>en</language>`, title)
	for i := range items {
		fmt.Fprintf(&b, `<item><title>%s %d</title><link>https://site.example/%d</link><pubDate>%s</pubDate></item>`,
			title, i, i, testNow.Add(-time.Duration(i+1)*time.Hour).Format(time.RFC1123Z))
	}
	return b.String() + `</channel></rss>`
}

func atom(title string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom"><title>` + title + `</title><entry><title>` + title + ` 0</title><link href="https://site.example/0"/><updated>2026-11-22T05:07:00Z</updated></entry></feed>`
}

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"https://site.example/j","title":"j"}]}`

// link is a link tag of a page.
func link(kind, title, href string) string {
	return `<link rel="alternate" type="application/` + kind + `" title="` + title + `" href="` + href + `">`
}

var shelf = &catalog.Catalog{Feeds: []catalog.Feed{
	{Feed: feeds.Feed{Catalog: "low", URL: "https://outlet.example/low", Title: "Low", Site: "https://www.outlet.example", Disabled: true}},
	{Feed: feeds.Feed{Catalog: "en", URL: "https://feeds.example/en", Title: "English", Site: "https://www.outlet.example/en", Lang: "en"}},
	{Feed: feeds.Feed{Catalog: "ar", URL: "https://outlet.example/ar.xml", Title: "Arabic", Site: "https://www.outlet.example/ar", Lang: "ar"}},
	{Feed: feeds.Feed{Catalog: "other", URL: "https://other.example/rss", Title: "Other", Site: "https://other.example/"}},
}}

// TestFind goes through sites of all kinds. asked counts the requests.
func TestFind(t *testing.T) {
	const site = "https://site.example"
	for name, test := range map[string]struct {
		typed   string
		answers map[string]string
		want    []string // where type lang address title items
		asked   int
	}{
		"a feed": {"site.example/f", map[string]string{site + "/f": rss("F", 3)}, []string{"address rss en " + site + "/f F 3"}, 1},
		"all types, the fullest first": {"site.example", map[string]string{
			site: link("rss+xml", "", "/empty") + link("feed+json", "Mine", "/j") + link("atom+xml", "Atom", "/a") + link("rss+xml", "Gone", "/gone"), site + "/empty": rss("Empty", 0),
			site + "/j": jsonFeed, site + "/a": atom("A")},
			[]string{"page json  " + site + "/j Mine 1", "page atom  " + site + "/a A 1", "page rss en " + site + "/empty Empty 0"}, 5},
		"one feed in two formats": {"site.example", map[string]string{site: link("rss+xml", "RSS", "/r") + link("atom+xml", "Atom", "/a") + `<a href="/feed/">RSS</a>`,
			site + "/r": rss("Same", 1), site + "/a": atom("Same"), site + "/feed/": rss("Same", 1)}, []string{"page rss en " + site + "/r Same 1"}, 4},
		"comments last": {"site.example", map[string]string{site: link("rss+xml", "Site » Comments Feed", "/comments/feed/") + link("rss+xml", "Site » Feed", "/feed/"),
			site + "/comments/feed/": rss("C", 2), site + "/feed/": rss("S", 2)},
			[]string{"page rss en " + site + "/feed/ Site » Feed 2", "page rss en " + site + "/comments/feed/ Site » Comments Feed 2"}, 3},
		"refused for now": {"site.example", map[string]string{site: link("rss+xml", "A", "/a") + link("rss+xml", "B", "/b"), site + "/a": "403", site + "/b": rss("B", 1)},
			[]string{"page rss en " + site + "/b B 1", "page rss  " + site + "/a A 0"}, 3},
		"a page of links": {"site.example", map[string]string{site: `<a href="/rss">RSS</a>`, site + "/rss": `<a href="/world.xml">World</a> <a href="/sport.xml">Sport</a>`,
			site + "/world.xml": rss("W", 1), site + "/sport.xml": rss("S", 1)},
			[]string{"link rss en " + site + "/world.xml World 1", "link rss en " + site + "/sport.xml Sport 1"}, 4},
		"the usual places":       {"site.example", map[string]string{site: "<h1>Hi</h1>", site + "/rss.xml": rss("R", 1), site + "/atom.xml": atom("no")}, []string{"path rss en " + site + "/rss.xml R 1"}, 4},
		"below a section":        {"site.example/ar/", map[string]string{site + "/ar/": "<h1>Hi</h1>", site + "/ar/rss": rss("R", 1)}, []string{"path rss en " + site + "/ar/rss R 1"}, 3},
		"a refusal ends guesses": {"site.example", map[string]string{site: "<h1>Hi</h1>", site + "/rss": "429"}, nil, 3},
		"redirects":              {"site.example", map[string]string{site: "moved https://www.site.example/en/", "https://www.site.example/en/": link("rss+xml", "", "f"), "https://www.site.example/en/f": rss("F", 1)}, []string{"page rss en https://www.site.example/en/f F 1"}, 2},
		"a meta refresh":         {"site.example", map[string]string{site: `<meta http-equiv="refresh" content="0;url=/en">`, site + "/en": link("rss+xml", "", "/f"), site + "/f": rss("F", 1)}, []string{"page rss en " + site + "/f F 1"}, 3},
		"moved feeds":            {"site.example", map[string]string{site: link("rss+xml", "F", "/f"), site + "/f": "moved " + site + "/new", site + "/new": rss("F", 1)}, []string{"page rss en " + site + "/new F 1"}, 2},
		"a known host":           {"https://github.com/o/r", map[string]string{"https://github.com/o/r/releases.atom": atom("R")}, []string{"host atom  https://github.com/o/r/releases.atom r: releases 1"}, 3},
		"an outlet of the catalogue": {"outlet.example", map[string]string{"https://outlet.example": link("rss+xml", "", "/ar.xml") + link("rss+xml", "New", "/new"), "https://outlet.example/ar.xml": rss("X", 2), "https://outlet.example/new": rss("N", 1)},
			[]string{"catalogue  en https://feeds.example/en English 0", "catalogue rss ar https://outlet.example/ar.xml Arabic 2", "catalogue   https://outlet.example/low Low 0", "page rss en https://outlet.example/new New 1"}, 3},
		"a section of an outlet": {"outlet.example/ar/news", map[string]string{}, []string{"catalogue  ar https://outlet.example/ar.xml Arabic 0"}, 1},
		"an outlet without network": {"outlet.example/en", map[string]string{"https://outlet.example/en": "no network"},
			[]string{"catalogue  en https://feeds.example/en English 0"}, 1},
	} {
		net := &sites{answers: test.answers}
		got, err := Find(context.Background(), net, test.typed, Options{Catalog: shelf, Now: func() time.Time { return testNow }})
		var lines []string
		for i, c := range got {
			lines = append(lines, fmt.Sprintf("%s %d", brief(got[i : i+1])[0], c.Items))
		}
		if diff := cmp.Diff(test.want, lines); diff != "" || (err != nil) != (test.want == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
		if len(net.asked) != test.asked {
			t.Errorf("%s: %d requests, want %d: %v", name, len(net.asked), test.asked, net.asked)
		}
	}
}

func TestFindDetails(t *testing.T) {
	net := &sites{answers: map[string]string{"https://site.example": link("rss+xml", "", "/f"), "https://site.example/f": rss("F", 3)}}
	got, err := Find(context.Background(), net, "site.example", Options{Now: func() time.Time { return testNow }})
	if err != nil || len(got) != 1 || !got[0].Asked || !got[0].Newest.Equal(testNow.Add(-time.Hour)) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestFailures wants a sentence for each way to find nothing.
func TestFailures(t *testing.T) {
	const site = "https://site.example"
	for typed, test := range map[string]struct {
		answer, sentence string
		offline          bool
		kind             Kind
	}{
		"exec:ls":                {"", "no address of a site", false, NoAddress},
		site:                     {"no network", "There is no network, so site.example could not be asked", false, NoNetwork},
		site + "/slow":           {"no answer", "slow.example does not answer", false, NoAnswer},
		site + "/404":            {"404", "site.example has no page at that address", false, NoAnswer},
		site + "/none":           {"<p>none</p>", "No feed was found at site.example", false, NoFeed},
		"https://t.me/x":         {"<p>none</p>", "Telegram offers no feeds.", false, NoFeed},
		"https://off.example":    {"<p>none</p>", "There is no network", true, NoNetwork},
		"https://github.com/a/b": {"no network", "There is no network", false, NoNetwork},
	} {
		net := &sites{answers: map[string]string{typed: test.answer}}
		for _, known := range []string{"releases", "tags", "commits"} {
			net.answers[typed+"/"+known+".atom"] = "no network"
		}
		_, err := Find(context.Background(), net, typed, Options{Offline: test.offline})
		var e *Error
		if !errors.As(err, &e) || e.Kind != test.kind || !strings.Contains(e.Sentence(), test.sentence) {
			t.Errorf("%s: %v", typed, err)
		}
		if test.offline && len(net.asked) > 0 {
			t.Errorf("%s: asked although offline", typed)
		}
	}
	got, err := Find(context.Background(), nil, "www.outlet.example", Options{Catalog: shelf, Offline: true})
	if err != nil || len(got) != 3 {
		t.Errorf("the catalogue needs no network: %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Find(ctx, &sites{}, site, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestPrivateHosts: a page cannot send us around the local network, the reader
// can.
func TestPrivateHosts(t *testing.T) {
	net := &sites{answers: map[string]string{"https://site.example": link("rss+xml", "", "http://192.168.1.1/feed") + link("rss+xml", "", "http://[::1]/feed") +
		link("rss+xml", "", "http://localhost/feed") + link("rss+xml", "", "http://printer.example/feed") + link("rss+xml", "", "/f"),
		"https://site.example/f": rss("F", 1), "http://printer.example/feed": rss("P", 1)}}
	if _, err := Find(context.Background(), net, "site.example", Options{}); err != nil {
		t.Fatal(err)
	}
	for _, asked := range net.asked {
		if strings.Contains(asked, "192.168") || strings.Contains(asked, "::1") || strings.Contains(asked, "localhost") {
			t.Errorf("asked %s", asked)
		}
	}
	if slices.ContainsFunc(net.private, func(s string) bool { return !strings.HasPrefix(s, "https://site.example") }) {
		t.Errorf("allowed on the local network: %v", net.private)
	}

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/f" {
			fmt.Fprint(w, rss("Local", 1))
			return
		}
		fmt.Fprint(w, link("rss+xml", "", "/f"))
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Spacing: -1})
	defer client.Close()
	got, err := Find(context.Background(), client, server.URL, Options{})
	if err != nil || len(got) != 1 || got[0].Title != "Local" {
		t.Errorf("typed: %v, %v", got, err)
	}
}
