package discover

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

func TestHeaderLinks(t *testing.T) {
	for value, want := range map[string][]map[string]string{
		`</feed>; rel="alternate"; type="application/rss+xml"`: {{"href": "https://h.example/feed", "rel": "alternate", "type": "application/rss+xml"}},
		`<a>;rel=alternate;Title="A, \"b\"; c" , <b>; rel=next`: {
			{"href": "https://h.example/a", "rel": "alternate", "title": `A, "b"; c`}, {"href": "https://h.example/b", "rel": "next"},
		},
		`<a>; rel=alternate; rel=next; href=c; crossorigin`: {{"href": "https://h.example/a", "rel": "alternate"}},
		`<a>; crossorigin; rel = feed`:                      {{"href": "https://h.example/a", "crossorigin": "", "rel": "feed"}},
		`, ,<a,b;c>;rel="x`:                                 {{"href": "https://h.example/a,b;c", "rel": "x"}},
		`<a`:                                                nil,
		`a; rel=alternate`:                                  nil,
		`<a> junk, <b>; rel=x`:                              {{"href": "https://h.example/a"}},
		"":                                                  nil,
	} {
		if diff := cmp.Diff(want, headerLinks([]string{value}, "https://h.example/")); diff != "" {
			t.Errorf("%s: %s", value, diff)
		}
	}
	if got := headerLinks([]string{strings.Repeat("<a>,", 1000)}, "https://h.example/"); len(got) != maxHeaderLinks {
		t.Errorf("%d links", len(got))
	}
}

// A site may name its feeds in the answer's header alone.
func TestFeedsInTheHeader(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Link", `</style.css>; rel=preload, <ar.xml>; rel="alternate"; type="application/rss+xml"; title="Arabic"; hreflang=ar`)
		w.Header().Add("Link", `</wp-json/>; rel="https://api.w.org/"`)
		_, _ = w.Write([]byte("<base href=/elsewhere/><title>News</title><p>Hello"))
	})
	mux.HandleFunc("/ar.xml", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>x</title><item><title>One</title></item></channel></rss>`))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	client := fetch.New(fetch.Options{Spacing: -1})
	defer client.Close()
	found, err := Find(context.Background(), client, server.URL, Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].URL != server.URL+"/ar.xml" || found[0].Title != "Arabic" || found[0].Lang != "ar" || found[0].Where != Page {
		t.Errorf("%+v", found)
	}
}

func FuzzHeaderLinks(f *testing.F) {
	f.Add(`<a>; rel="alternate"; title="x\"", <b>;c`)
	f.Fuzz(func(t *testing.T, value string) {
		for _, link := range headerLinks([]string{value}, "https://h.example/") {
			if !feeds.ValidAddress(link["href"]) {
				t.Errorf("%q from %q", link, value)
			}
		}
	})
}
