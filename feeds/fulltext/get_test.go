package fulltext

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/extract"
	"sitrep/feeds/fetch"
)

var testNow = time.Date(2026, 11, 22, 6, 7, 0, 0, time.UTC)

// shelf is an Archive in memory.
type shelf struct {
	texts    []Text
	verdicts []Verdict
	chrome   extract.Chrome
	known    []string // the hosts whose chrome was asked for
}

func (s *shelf) WantedPages(context.Context, time.Time, int) ([]Job, error) { return nil, nil }
func (s *shelf) Chrome(_ context.Context, host string) (*extract.Chrome, error) {
	s.known = append(s.known, host)
	return &s.chrome, nil
}
func (s *shelf) SaveText(_ context.Context, t Text) error {
	s.chrome.Add(t.Page)
	s.texts = append(s.texts, t)
	return nil
}
func (s *shelf) SaveVerdict(_ context.Context, v Verdict) error {
	s.verdicts = append(s.verdicts, v)
	return nil
}

// report is an article's page with n paragraphs.
func report(title string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>%s</title></head><body><nav><a href='/'>Home</a></nav><article><h1>%s</h1>", title, title)
	for i := range n {
		fmt.Fprintf(&b, "<p>Paragraph %d of %s says in a few sentences what happened at the crossing, who was there, and what the ministry said about it later in the day.</p>", i+1, title)
	}
	b.WriteString("</article><footer>Contact us</footer></body></html>")
	return b.String()
}

// outlet serves pages and gets them as a subscriber of the host would.
func outlet(t *testing.T, serve http.HandlerFunc) (*Getter, *shelf, func(path string) Job) {
	t.Helper()
	srv := httptest.NewServer(serve)
	t.Cleanup(srv.Close)
	client := fetch.New(fetch.Options{Spacing: -1, Header: time.Second, Now: func() time.Time { return testNow }})
	t.Cleanup(client.Close)
	s := &shelf{}
	g := &Getter{Archive: s, Client: client, Now: func() time.Time { return testNow }}
	return g, s, func(path string) Job {
		return Job{Article: 1, Link: srv.URL + path, Title: "Crossing", Lang: "en", Length: 60, Feed: srv.URL + "/feed", AllowPrivate: true}
	}
}

func refused(t *testing.T, g *Getter, j Job) *Error {
	t.Helper()
	_, err := g.Get(context.Background(), j)
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error", err)
	}
	if e.Sentence() == "" || !strings.HasSuffix(e.Sentence(), ".") {
		t.Errorf("%q is no sentence", e.Sentence())
	}
	return e
}

func TestGet(t *testing.T) {
	var asked atomic.Int32
	var accept atomic.Value
	g, s, job := outlet(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		accept.Store(r.Header.Get("Accept"))
		fmt.Fprint(w, report("Crossing", 8))
	})
	got, err := g.Get(context.Background(), job("/a"))
	if err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 1 || len(s.texts) != 1 || len(s.verdicts) != 0 {
		t.Errorf("%d requests, %d texts, %v", asked.Load(), len(s.texts), s.verdicts)
	}
	if !strings.Contains(got.Page.HTML, "Paragraph 8") || strings.Contains(got.Page.HTML, "Contact us") {
		t.Errorf("text is %q", got.Page.HTML)
	}
	if a, _ := accept.Load().(string); !strings.HasPrefix(a, "text/html") {
		t.Errorf("a page was asked for as %q", a)
	}
}

// What gives less than the feed leaves the feed's text alone, says so, and is not
// asked again by itself unless that may help.
func TestFeedTextStays(t *testing.T) {
	wall := `<html><body><article><h1>Crossing</h1><p>` + strings.Repeat("The crossing was closed on Sunday. ", 12) +
		`</p><div class="paywall"><p>Subscribe to continue reading</p></div></article></body></html>`
	consent := `<html><body><h1>Before you continue to the site</h1><p>We value your privacy. We and our partners store cookies.</p><button>Accept all cookies</button></body></html>`
	for name, c := range map[string]struct {
		media, page string
		status      int
		sentence    string
		again       time.Duration
	}{
		"paywall":  {"text/html", wall, 200, "do not subscribe", 0},
		"consent":  {"text/html", consent, 200, "asks for consent", firstPause},
		"empty":    {"text/html", "<html><body><div id=app></div><script>run()</script></body></html>", 200, "has no text", firstPause},
		"short":    {"text/html", "<html><body><article><h1>Crossing</h1><p>The crossing was closed again on Sunday.</p></article></body></html>", 200, "the whole text", 0},
		"pdf":      {"application/pdf", "%PDF-1.7", 200, "a PDF file", 0},
		"gone":     {"text/html", "no", 404, "has no page", 0},
		"refused":  {"text/html", "no", 403, "The browser may get further", 0},
		"fault":    {"text/html", "no", 500, "fault of its own", firstPause},
		"too many": {"text/html", "no", 429, "asked too often", restPause},
	} {
		t.Run(name, func(t *testing.T) {
			g, s, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.media)
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.page)
			})
			e := refused(t, g, job("/a"))
			if !strings.Contains(e.Sentence(), c.sentence) {
				t.Errorf("says %q", e.Sentence())
			}
			if len(s.texts) != 0 || len(s.verdicts) != 1 {
				t.Fatalf("%d texts, %v", len(s.texts), s.verdicts)
			}
			v := s.verdicts[0]
			if c.again == 0 && !v.Due.IsZero() || c.again > 0 && !v.Due.Equal(testNow.Add(c.again)) || !v.Tried {
				t.Errorf("verdict %+v", v)
			}
		})
	}
}

func TestBrokenOffPageIsNoText(t *testing.T) {
	g, s, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		fmt.Fprint(w, report("Crossing", 8))
	})
	if e := refused(t, g, job("/a")); !strings.Contains(e.Sentence(), "broke off") || len(s.texts) != 0 {
		t.Errorf("%v, %d texts", e, len(s.texts))
	}
}

func TestRestingHostIsLeftAlone(t *testing.T) {
	var asked atomic.Int32
	g, s, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	refused(t, g, job("/a"))
	often := job("/b")
	often.Tries = maxTries - 1
	e := refused(t, g, often)
	if asked.Load() != 1 || !strings.Contains(e.Sentence(), "10 minutes") {
		t.Errorf("%d requests; %q", asked.Load(), e.Sentence())
	}
	if v := s.verdicts[1]; v.Tried || !v.Due.Equal(testNow.Add(10*time.Minute)) {
		t.Errorf("a page that nobody was asked for: %+v", v)
	}
	g.Now = func() time.Time { return testNow.Add(11 * time.Minute) }
	refused(t, g, job("/b"))
	if asked.Load() != 2 {
		t.Errorf("%d requests after the rest", asked.Load())
	}
}

// A page is on the local network only where the feed is that the reader
// subscribed to: same host, same port, and never by a redirect elsewhere.
func TestLocalNetworkIsOutOfReach(t *testing.T) {
	var inside atomic.Int32
	secret := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		inside.Add(1)
		fmt.Fprint(w, report("Router settings", 8))
	}))
	t.Cleanup(secret.Close)
	other := strings.Replace(secret.URL, "127.0.0.1", "localhost", 1)
	g, s, job := outlet(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other, http.StatusFound) })

	public := job("/a")
	public.AllowPrivate = false
	elsewhere := job("/a")
	elsewhere.Link = secret.URL + "/admin"
	foreign := job("/a")
	foreign.Link, foreign.Feed = secret.URL, "https://news.example/feed"
	for name, j := range map[string]Job{"redirect": job("/go"), "no permission": public, "other port": elsewhere, "feed elsewhere": foreign} {
		e := refused(t, g, j)
		if e.Fetch == nil || e.Fetch.Kind != fetch.Forbidden || !strings.Contains(e.Sentence(), "no article's link may lead") {
			t.Errorf("%s: %v", name, e)
		}
	}
	if inside.Load() != 0 || len(s.texts) != 0 {
		t.Errorf("%d requests got inside, %d texts", inside.Load(), len(s.texts))
	}
}

func TestLinksThatAreNoAddresses(t *testing.T) {
	g, _, job := outlet(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	for _, link := range []string{"file:///etc/passwd", "javascript:alert(1)", "://", "gopher://x/"} {
		j := job("/")
		j.Link = link
		if e := refused(t, g, j); e.Fetch == nil || e.Fetch.Kind != fetch.BadURL {
			t.Errorf("%s: %v", link, e)
		}
	}
}

// What the reader set for a feed goes to its own origin only.
func TestLoginStaysAtHome(t *testing.T) {
	granted := ""
	g, _, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, report("Crossing", 8)) })
	g.Grant = func(_ context.Context, _ feeds.Access, address string, req *fetch.Request) error {
		granted = address
		req.User = "me"
		return nil
	}
	home := job("/a")
	if _, err := g.Get(context.Background(), home); err != nil || granted != home.Link {
		t.Errorf("granted %q, %v", granted, err)
	}
	granted = ""
	away := job("/a")
	away.Feed = "https://feeds.example/rss"
	refused(t, g, away)
	if granted != "" {
		t.Errorf("granted %q", granted)
	}
}

// What a page holds against its readers stays behind.
func TestHostilePages(t *testing.T) {
	body := strings.Repeat("<p>The crossing was closed on Sunday, and the ministry said that it would stay so for a week at least.</p>", 8)
	for name, page := range map[string]string{
		"scripts": "<article><h1>Crossing</h1>" + body + `<p onclick="steal()">Read <a href="javascript:steal()">more</a> <img src=x onerror=steal()></p>` +
			`<script>steal()</script><iframe src="https://steal.example"></iframe><form action="https://steal.example"><input name=steal></form><style>steal{}</style></article>`,
		"deep":     "<article><h1>Crossing</h1>" + body + strings.Repeat("<div><b>", 200_000) + "</article>",
		"tables":   "<article><h1>Crossing</h1>" + body + strings.Repeat("<table><tr><td>", 20_000) + "</article>",
		"entities": "<article><h1>Crossing</h1>" + body + "<p>" + strings.Repeat("&#x1b;[2J&#x202e;&zwj;", 5000) + "</p></article>",
		"links":    "<article><h1>Crossing</h1>" + body + strings.Repeat("<a href='/x'>x</a> ", 50_000) + "</article>",
		"noise":    "<article><h1>Crossing</h1>" + body + strings.Repeat("\x00\xff<\x1b]8;;", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			g, s, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				fmt.Fprint(w, "<html><body>"+page)
			})
			began := time.Now()
			_, err := g.Get(context.Background(), job("/a"))
			var e *Error
			if err != nil && !errors.As(err, &e) {
				t.Fatal(err)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
			for _, text := range s.texts {
				for _, bad := range []string{"steal", "<script", "onerror", "javascript:", "<iframe", "<form"} {
					if strings.Contains(text.Page.HTML, bad) {
						t.Errorf("%s is left in %.300q", bad, text.Page.HTML)
					}
				}
			}
			if name == "scripts" && len(s.texts) != 1 {
				t.Error("the article was lost with what stood around it", err)
			}
		})
	}
}

// A host that never sends anything is left when the reader gives up, and nothing
// is held against it.
func TestGiveUp(t *testing.T) {
	began, end := make(chan bool), make(chan bool)
	g, s, job := outlet(t, func(http.ResponseWriter, *http.Request) { close(began); <-end })
	defer close(end)
	ctx, stop := context.WithCancel(context.Background())
	go func() { <-began; stop() }()
	_, err := g.Get(ctx, job("/a"))
	var e *Error
	if !errors.As(err, &e) || !e.Canceled() || len(s.verdicts) != 0 {
		t.Errorf("%v, %v", err, s.verdicts)
	}
}

func TestNoNetworkKeepsThePageWanted(t *testing.T) {
	s := &shelf{}
	g := &Getter{Archive: s, Client: unreachable{}, Now: func() time.Time { return testNow }}
	e := refused(t, g, Job{Article: 1, Link: "https://news.example/a", Tries: 3})
	if !e.NoNetwork() || len(s.verdicts) != 1 || s.verdicts[0].Tried || !s.verdicts[0].Due.Equal(testNow) {
		t.Errorf("%v, %+v", e, s.verdicts)
	}
}

type unreachable struct{}

func (unreachable) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	return nil, &fetch.Error{Kind: fetch.NoNetwork, Host: "news.example"}
}

// What repeats on the pages of an outlet is dropped once it is known.
func TestChromeIsLearnt(t *testing.T) {
	const boast = "Founded in the capital, this agency has told the news of the whole region every day since its first bulletin."
	n := 0
	g, s, job := outlet(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		fmt.Fprint(w, strings.Replace(report(fmt.Sprintf("Crossing %d", n), 6), "</article>", "<p>"+boast+"</p></article>", 1))
	})
	for range 5 {
		if _, err := g.Get(context.Background(), job("/a")); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(s.texts[0].Page.HTML, boast) {
		t.Fatal("the first page already lacks what nobody can know yet")
	}
	if last := s.texts[4].Page.HTML; strings.Contains(last, boast) || !strings.Contains(last, "Paragraph 6") {
		t.Errorf("the fifth page has %q", last)
	}
}

// moved is a client that every link leads from one host to another.
type moved struct{ to string }

func (m moved) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	return &fetch.Response{Status: 200, URL: m.to, ContentType: "text/html", Body: []byte(report("Crossing", 8))}, nil
}

// What is known of pages is looked up by the host that they came from, by which it
// was learnt, and not by that of the link.
func TestChromeIsThatOfThePagesHost(t *testing.T) {
	s := &shelf{}
	g := &Getter{Archive: s, Client: moved{"https://www.news.example/a"}, Now: func() time.Time { return testNow }}
	text, err := g.Get(context.Background(), Job{Article: 1, Link: "http://news.example/a", Title: "Crossing", Lang: "en"})
	if err != nil || feeds.Hostname(text.URL) != "www.news.example" || len(s.known) != 1 || s.known[0] != "www.news.example" {
		t.Errorf("the chrome of %v was asked for; %v", s.known, err)
	}
}
