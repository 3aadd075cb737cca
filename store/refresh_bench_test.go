package store

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/fetch"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
)

// press serves RSS feeds, compressed and with validators, on loopback.
type press struct {
	bodies  [][]byte
	changed int // of so many feeds the first item is another one
	newest  [][]byte
}

const (
	publishedFeeds = 500
	publishedItems = 50
)

func newPress(b *testing.B) *press {
	p := &press{}
	for f := range publishedFeeds {
		g := newGenerator(uint64(f))
		items := make([]string, publishedItems+1)
		for i := range items {
			items[i] = rssItem(b, g, feeds.FeedID(f+1), i)
		}
		p.bodies = append(p.bodies, rssFeed(b, f, items[1:]))
		if f < publishedFeeds/10 {
			p.newest = append(p.newest, rssFeed(b, f, items[:publishedItems]))
		}
	}
	return p
}

func rssItem(b *testing.B, g *generator, feed feeds.FeedID, i int) string {
	e := g.entry(feed, i)
	var title strings.Builder
	if err := xml.EscapeText(&title, []byte(e.Article.Title)); err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid isPermaLink=\"false\">%s</guid><pubDate>%s</pubDate><description><![CDATA[%s]]></description></item>\n",
		title.String(), e.Article.Link, e.Article.GUID, e.Article.Published.Format(time.RFC1123Z), e.Article.HTML)
}

func rssFeed(b *testing.B, f int, items []string) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	fmt.Fprintf(z, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed %d</title><link>https://f%d.example/</link>%s</channel></rss>`,
		f, f, strings.Join(items, ""))
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func (p *press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil || f >= len(p.bodies) {
		http.NotFound(w, r)
		return
	}
	body, tag := p.bodies[f], `"first"`
	if f < p.changed {
		body, tag = p.newest[f], `"second"`
	}
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Type", "application/rss+xml")
	_, _ = w.Write(body)
}

// BenchmarkRefresh fetches, parses, routes, stores and indexes 25,000 articles
// of 500 feeds on loopback, then asks again: when nothing is new, and when a
// tenth of the feeds has one new article.
func BenchmarkRefresh(b *testing.B) {
	p := newPress(b)
	server := httptest.NewServer(p)
	defer server.Close()
	shipped, err := catalog.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	client := fetch.New(fetch.Options{PerHost: refresh.DefaultParallel})
	defer client.Close()
	o := refresh.Options{All: true, Client: client, Router: routing.Compile(shipped.Briefings)}
	run := func(b *testing.B, s *Store, want int) {
		sum, err := refresh.Run(ctx, s, o)
		if err != nil || sum.New != want || sum.Failed > 0 {
			b.Fatalf("%d new, %d failed, %v", sum.New, sum.Failed, err)
		}
	}
	for _, kind := range []struct {
		name   string
		before func(s *Store)
		want   int
	}{
		{"first", nil, publishedFeeds * publishedItems},
		{"unchanged", func(s *Store) { run(b, s, publishedFeeds*publishedItems) }, 0},
		{"tenth", func(s *Store) { run(b, s, publishedFeeds*publishedItems); p.changed = publishedFeeds / 10 }, publishedFeeds / 10},
	} {
		b.Run(kind.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				p.changed = 0
				s := subscribedStore(b, server.URL)
				if kind.before != nil {
					kind.before(s)
				}
				b.StartTimer()
				run(b, s, kind.want)
				b.StopTimer()
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// subscribedStore opens an empty store subscribed to all feeds of the press.
func subscribedStore(b *testing.B, address string) *Store {
	s, err := Open(ctx, b.TempDir(), Options{Now: func() time.Time { return t0 }})
	if err != nil {
		b.Fatal(err)
	}
	for f := range publishedFeeds {
		if _, _, err := s.AddFeed(ctx, feeds.Feed{URL: fmt.Sprintf("%s/%d", address, f)}, nil); err != nil {
			b.Fatal(err)
		}
	}
	return s
}
