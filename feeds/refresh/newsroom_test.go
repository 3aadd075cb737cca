package refresh

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
)

// newsroom is a server of feeds: /n/7 is feed 7 with the number of items it has
// at the moment.
type newsroom struct {
	*httptest.Server
	items  atomic.Int64
	asked  atomic.Int64
	unsure atomic.Bool // sends no validators
	hook   func(w http.ResponseWriter, r *http.Request) bool
}

func newNewsroom(t testing.TB, items int) *newsroom {
	n := &newsroom{}
	n.items.Store(int64(items))
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Close)
	return n
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.asked.Add(1)
	if n.hook != nil && n.hook(w, r) {
		return
	}
	count := n.items.Load()
	etag := fmt.Sprintf(`"%d"`, count)
	if !n.unsure.Load() {
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	_, _ = w.Write([]byte(feedOf(r.URL.Path, int(count))))
}

func feedOf(name string, items int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Feed %s</title><link>https://news.example/</link>`, name)
	for i := items; i > 0; i-- {
		at := testNow.Add(-time.Duration(items-i) * time.Hour)
		fmt.Fprintf(&b, `<item><title>Report %d of %s</title><guid>%s-%d</guid><link>https://news.example%s/%d</link><pubDate>%s</pubDate>`+
			`<description>&lt;p&gt;What happened in Baghdad, part %d.&lt;/p&gt;</description></item>`,
			i, name, name, i, name, i, at.Format(time.RFC1123Z), i)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

func (n *newsroom) jobs(count int) (jobs []Job) {
	for i := range count {
		jobs = append(jobs, Job{Feed: feeds.Feed{ID: feeds.FeedID(i + 1), URL: fmt.Sprintf("%s/n/%d", n.URL, i), Source: "News"}, Own: []string{"iraq"}})
	}
	return jobs
}

// options are those of a test: a fixed clock, no pauses between requests.
func options(t testing.TB) Options {
	c := fetch.New(fetch.Options{Spacing: -1, PerHost: 16, Header: time.Second, Now: func() time.Time { return testNow }})
	t.Cleanup(c.Close)
	return Options{Client: c, Now: func() time.Time { return testNow }}
}
