package feeds

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestCanonicalLink(t *testing.T) {
	for link, want := range map[string]string{
		"https://www.news.example/2026/a-b/":                    "news.example/2026/a-b",
		"http://NEWS.example:80/2026/a-b#top":                   "news.example/2026/a-b",
		"https://m.news.example/2026/a-b?utm_source=x&fbclid=2": "news.example/2026/a-b",
		"https://amp.news.example/2026/a-b/amp/":                "news.example/2026/a-b",
		"https://news.example/amp/2026/a-b":                     "news.example/2026/a-b",
		"https://news.example/2026/a-b.amp?output=amp":          "news.example/2026/a-b",
		"https://news.example:8080/?b=2&a=1&utm_medium=rss":     "news.example:8080?a=1&b=2",
		"https://news.example/story?id=7&src=rss":               "news.example/story?id=7",
		"https://news.example/story?src=7":                      "news.example/story?src=7",
		"https://news.example/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF":   "news.example/بغداد",
		"https://news.example/بغداد":                            "news.example/بغداد",
		"//news.example/a":                                      "news.example/a",
		"https://www.example/a":                                 "www.example/a",
		"mailto:desk@news.example":                              "",
		"javascript:alert(1)":                                   "",
		"/relative":                                             "",
		"http://[::1":                                           "",
		"":                                                      "",
	} {
		if got := CanonicalLink(link); got != want {
			t.Errorf("%s: got %q, want %q", link, got, want)
		}
	}
}

func TestOwnHost(t *testing.T) {
	for _, c := range []struct {
		link, site string
		want       bool
	}{
		{"https://www.news.example/a", "http://news.example/feed", true},
		{"https://news.example/a", "https://feeds.news.example/rss", true},
		{"https://sport.bbc.co.uk/a", "https://feeds.bbc.co.uk/rss", true},
		{"https://a.co.uk/x", "https://b.co.uk/x", false},
		{"https://a.com.tr/x", "https://b.com.tr/x", false},
		{"https://elsewhere.example/a", "https://news.example/", false},
		{"https://fakenews.example/a", "https://news.example/", false},
		{"", "https://news.example/", false},
	} {
		if got := OwnHost(c.link, c.site); got != c.want {
			t.Errorf("%s on %s: %v", c.link, c.site, got)
		}
	}
}

func TestKeysStay(t *testing.T) {
	date := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	text := []byte(strings.Repeat("The ministry said on Wednesday. ", 6))
	base := Article{GUID: "https://news.example/?p=7", Link: "https://news.example/2026/slug", Title: "Ministers warn", Published: date}
	for name, change := range map[string]func(a *Article){
		"guid":            func(a *Article) { a.GUID = "tag:7" },
		"guid and link":   func(a *Article) { a.GUID, a.Link = "tag:7", "https://new.example/7" },
		"all but date":    func(a *Article) { a.GUID, a.Link, a.Title = "tag:7", "https://new.example/7", "Other" },
		"link and title":  func(a *Article) { a.Link, a.Title, a.Published = "https://new.example/7", "Other", time.Time{} },
		"title and dates": func(a *Article) { a.GUID, a.Title, a.Published = "", "Other", date.Add(time.Hour) },
	} {
		a := base
		change(&a)
		shared := 0
		for _, k := range Keys(&base, text) {
			for _, l := range Keys(&a, text) {
				if k == l {
					shared++
				}
			}
		}
		if shared == 0 {
			t.Errorf("%s: no key is left", name)
		}
	}
	if n := len(Keys(&Article{}, nil)); n != 0 {
		t.Errorf("an empty item has %d keys", n)
	}
	permalink := Article{GUID: "http://www.news.example/a", Link: "https://news.example/a?utm_source=rss"}
	if k := Keys(&permalink, nil); len(k) != 1 || k[0].Kind != KeyLink {
		t.Errorf("a guid that is the link gives %v", k)
	}
}

func TestMarkShared(t *testing.T) {
	item := func(guid string, i int) []Key {
		return Keys(&Article{GUID: guid, Link: fmt.Sprintf("https://news.example/%d", i), Title: fmt.Sprint(i), Published: time.Unix(1e9, 0)}, nil)
	}
	items := [][]Key{item("same", 1), item("same", 2), item("own", 3), item("own", 3), item("third", 4)}
	MarkShared(items)
	for i, keys := range items {
		for _, k := range keys {
			if want := i < 2 && k.Kind == KeyGUID; k.Shared != want {
				t.Errorf("item %d: %+v", i, k)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	guid, link, content := Key{Kind: KeyGUID}, Key{Kind: KeyLink}, Key{Kind: KeyContent}
	for name, c := range map[string]struct {
		claimants []Claimant
		taken     []ArticleID
		want      ArticleID
	}{
		"none":             {nil, nil, 0},
		"guid before link": {[]Claimant{{link, 1, true}, {guid, 2, true}}, nil, 2},
		"own feed first":   {[]Claimant{{link, 1, false}, {link, 2, true}}, nil, 2},
		"older first":      {[]Claimant{{content, 9, true}, {content, 4, true}}, nil, 4},
		"link elsewhere":   {[]Claimant{{link, 5, false}}, nil, 5},
		"guid elsewhere":   {[]Claimant{{guid, 5, false}, {content, 6, false}}, nil, 0},
		"taken":            {[]Claimant{{guid, 5, true}, {link, 6, true}}, []ArticleID{5}, 6},
		"shared":           {[]Claimant{{Key{Kind: KeyGUID, Shared: true}, 5, true}}, nil, 0},
	} {
		taken := map[ArticleID]bool{}
		for _, id := range c.taken {
			taken[id] = true
		}
		if got := Resolve(c.claimants, taken); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func FuzzCanonicalLink(f *testing.F) {
	f.Add("https://www.news.example/2026/a-b/amp/?utm_source=x#top")
	f.Add("http://[::1]:80/%zz")
	f.Fuzz(func(t *testing.T, link string) {
		link = strings.TrimSpace(link)
		c := CanonicalLink(link)
		if c == "" || strings.Contains(link, "#") {
			return
		}
		if got := CanonicalLink(link + "#fragment"); got != c {
			t.Errorf("%q gives %q, with a fragment %q", link, c, got)
		}
	})
}
