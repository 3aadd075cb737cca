package discover

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"sitrep/feeds"
)

// brief is a candidate in one line.
func brief(all []Candidate) []string {
	var out []string
	for _, c := range all {
		out = append(out, strings.TrimSpace(strings.Join([]string{string(c.Where), string(c.Type), c.Lang, c.URL, c.Title}, " ")))
	}
	return out
}

func TestFromPage(t *testing.T) {
	arabic, err := charmap.Windows1256.NewEncoder().String(`<meta charset="windows-1256"><link rel="alternate" type="application/rss+xml" title="السومرية" href="/ar.xml">`)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		page string
		want []string
	}{
		"all types": {`<LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="News &amp; more" HREF="/rss.xml">
			<link rel='alternate' type='application/atom+xml' href=atom.xml><link rel=alternate type=application/feed+json href="https://cdn.example/f.json" />
			<link rel="alternate" type="text/xml" title="RSS" href="//other.example/x"><link rel=feed href="/plain">`,
			[]string{"page rss  https://site.example/rss.xml News & more", "page atom  https://site.example/news/atom.xml", "page json  https://cdn.example/f.json",
				"page   https://other.example/x RSS", "page   https://site.example/plain"}},
		"languages": {`<link rel="alternate" hreflang="ar" href="/ar/"><link rel="alternate" hreflang="ar" type="application/rss+xml" href="/ar/feed" title="عربي">
			<link rel="alternate" hreflang="tr" type="application/rss+xml" href="/tr/feed" title="Türkçe">`,
			[]string{"page rss ar https://site.example/ar/feed عربي", "page rss tr https://site.example/tr/feed Türkçe"}},
		"what is no feed": {`<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2"><link rel="alternate" type="application/json+oembed" href="/oembed?feed">
			<link rel="alternate stylesheet" type="application/rss+xml" href="/x"><link rel="alternate" media="handheld" href="/m"><link rel=alternate type="application/rss+xml">
			<link rel="alternate" type="text/html" href="/feed"><!-- <link rel="alternate" type="application/rss+xml" href="/c"> --><script>'<link rel="alternate" type="application/rss+xml" href="/s">'</script>
			<a href="/feedback">Feedback</a><a href="/sitemap.xml">map</a><a href="https://feedly.com/i/subscription/feed/x">RSS in Feedly</a><a href="#rss">RSS</a><a href="https://www.facebook.com/dialog/feed?x">Share</a>`,
			[]string{"link   https://feedly.com/i/subscription/feed/x RSS in Feedly"}},
		"base":         {`<link rel="alternate" type="application/rss+xml" href="r"><base href="/deep/er/"><base href="https://second.example/">`, []string{"page rss  https://site.example/deep/er/r"}},
		"hostile base": {`<base href="javascript:x"><link rel="alternate" type="application/rss+xml" href="r">`, []string{"page rss  https://site.example/news/r"}},
		"schemes": {`<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"><link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">
			<link rel="alternate" type="application/rss+xml" href="http://"><link rel="alternate" type="application/rss+xml" href="data:text/xml,x">
			<a href="feed://f.example/rss">x</a><a href="feed:https://g.example/rss">x</a><link rel="alternate" type="application/rss+xml" href="https://me:secret@h.example/f#x">`,
			[]string{"link   https://f.example/rss x", "link   https://g.example/rss x", "page rss  https://h.example/f"}},
		"links": {`<a href="/about">About</a><a href="/world.rss"><img></a> <a href="?feed=rss2">World</a><a class="icon rss" href="/abo">Abo</a>
			<a href="/list"><span>All our</span> RSS feeds</a><a href=/a title=RSS><a href="/feeds/1">one</a>`,
			[]string{"link   https://site.example/world.rss", "link   https://site.example/news/page?feed=rss2 World", "link   https://site.example/abo Abo",
				"link   https://site.example/list All our RSS feeds", "link   https://site.example/a RSS", "link   https://site.example/feeds/1 one"}},
		"twice":     {`<link rel="alternate" type="application/rss+xml" href="/f/"><link rel="alternate" type="application/rss+xml" href="http://www.site.example/f"><a href="/f">RSS</a>`, []string{"page rss  https://site.example/f/"}},
		"encodings": {arabic, []string{"page rss  https://site.example/ar.xml السومرية"}},
		"cut":       {`<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/rss+xml" href="/b`, []string{"page rss  https://site.example/a"}},
		"nothing":   {``, nil},
	} {
		got := brief(FromPage([]byte(test.page), "text/html", "https://site.example/news/page"))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMetaRefresh(t *testing.T) {
	for content, want := range map[string]string{
		"0; url=/en/": "/en/", `5;URL='https://x.example/'`: "https://x.example/", "0,url=/a": "/a", "30": "", "30;": "", "0; /x": "",
	} {
		if got := refreshTarget(content); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}

func TestNormal(t *testing.T) {
	for typed, want := range map[string]string{
		"shafaq.com": "https://shafaq.com", " Example.ORG/News#top ": "https://example.org/News", "http://x.example": "http://x.example",
		"feed://x.example/rss": "https://x.example/rss", "feed:http://x.example/": "http://x.example/", "localhost:8080/a": "https://localhost:8080/a",
		"127.0.0.1:80": "https://127.0.0.1:80", "[::1]:80/x": "https://[::1]:80/x", "شفق.com": "https://xn--zgb0ad.com",
		"file:/etc/passwd": "", "file:///etc/passwd": "", "exec:rm -rf": "", "mailto:a@b.example": "", "javascript:alert(1)": "", "": "", "word": "",
		"https://": "", "a b.example": "", "|ls": "", "gopher://x.example/": "", "//x.example/": "", strings.Repeat("a.", 3000): "",
	} {
		got, ok := Normal(typed)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, ok, want)
		}
	}
}

func TestKnownHosts(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.youtube.com/channel/UC123/videos": "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
		"https://m.youtube.com/user/me":                "https://www.youtube.com/feeds/videos.xml?user=me",
		"https://youtube.com/playlist?list=PL1":        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1",
		"https://www.youtube.com/@name":                "",
		"https://old.reddit.com/r/iraq/top":            "https://www.reddit.com/r/iraq/.rss",
		"https://reddit.com/u/me":                      "https://www.reddit.com/user/me/.rss",
		"https://www.reddit.com/":                      "",
		"https://github.com/owner/repo":                "https://github.com/owner/repo/releases.atom https://github.com/owner/repo/tags.atom https://github.com/owner/repo/commits.atom",
		"https://github.com/owner":                     "",
		"https://gitlab.com/a/b":                       "https://gitlab.com/a/b/-/releases.atom https://gitlab.com/a/b/-/tags?format=atom",
		"https://medium.com/@me/story-1":               "https://medium.com/feed/@me",
		"https://medium.com/publication":               "https://medium.com/feed/publication",
		"https://me.medium.com/":                       "https://me.medium.com/feed",
		"https://letter.substack.com/p/one":            "https://letter.substack.com/feed",
		"https://me.blogspot.com/":                     "https://me.blogspot.com/feeds/posts/default",
		"https://bsky.app/profile/me.example":          "https://bsky.app/profile/me.example/rss",
		"https://notsubstack.com/":                     "",
		"https://substack.com.evil.example/":           "",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		found, none := knownHost(u)
		var got []string
		for _, c := range found {
			got = append(got, c.URL)
		}
		if none != "" || strings.Join(got, " ") != want {
			t.Errorf("%s: %v %s, want %s", address, got, none, want)
		}
	}
	u, _ := url.Parse("https://t.me/s/channel")
	if found, none := knownHost(u); len(found) > 0 || !strings.HasPrefix(none, "Telegram offers no feeds.") {
		t.Errorf("Telegram: %v %s", found, none)
	}
}

func TestFromPageIsLinear(t *testing.T) {
	for _, piece := range []string{"<a href=x>", "<a href='", "<link rel=alternate ", "<!--", "<script>", "<a ", "<base href=x>", "<link rel=alternate type=application/rss+xml href=/x>", "<a>RSS", "&amp;"} {
		began := time.Now()
		FromPage([]byte(strings.Repeat(piece, maxPage/len(piece))), "", "https://site.example/")
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%q: %v", piece, took)
		}
	}
}

func FuzzFromPage(f *testing.F) {
	f.Add([]byte(`<base href="/x/"><link rel="alternate" type="application/rss+xml" title="T" href="f"><a href="/rss">RSS</a>`), "text/html; charset=windows-1256", "https://site.example/")
	f.Add([]byte("\xff\xfe<\x00a\x00"), "", "")
	f.Fuzz(func(t *testing.T, page []byte, contentType, address string) {
		seen := map[string]bool{}
		all := FromPage(page, contentType, address)
		for _, c := range all {
			u, err := url.Parse(c.URL)
			if err != nil || !feeds.ValidAddress(c.URL) || u.User != nil || len(c.URL) > maxAddress || seen[c.URL] {
				t.Errorf("%q: %v", c.URL, err)
			}
			if len(c.Title) > maxTitle || strings.ContainsAny(c.Title, "\n\t") {
				t.Errorf("title %q", c.Title)
			}
			seen[c.URL] = true
		}
		if len(all) > maxNamed {
			t.Errorf("%d candidates", len(all))
		}
	})
}

func TestMayBeFeed(t *testing.T) {
	late := &Error{Kind: NoAnswer}
	for address, want := range map[string]bool{"https://a.example": false, "https://a.example/": false, "https://a.example/?feed=rss": true, "https://a.example/x": true} {
		if got := MayBeFeed(address, late); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if MayBeFeed("https://a.example/x", &Error{Kind: NoFeed}) {
		t.Error("a page without feeds was looked at and is none")
	}
	if !SameHost("https://a.example/x", "http://a.example/") || SameHost("https://a.example", "https://b.a.example") {
		t.Error("same host")
	}
}
