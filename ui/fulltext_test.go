package ui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/fetch"
	"sitrep/feeds/fulltext"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

// outlet is a publisher on loopback with one feed in a store, whose articles link
// to its pages.
type outlet struct {
	*httptest.Server
	asked atomic.Int32
	page  string // the body of every page
	store *store.Store
	feed  feeds.FeedID
	get   *fulltext.Getter
}

func wholeReport(extra string) string {
	return "<html><body><nav>Menu of the site</nav><article><h1>Crossing</h1>" +
		strings.Repeat("<p>The crossing was closed on Sunday after a long dispute, and the ministry said that it would stay so for a week.</p>", 4) +
		"<p>" + extra + "</p></article></body></html>"
}

func newOutlet(t *testing.T, articles int) *outlet {
	t.Helper()
	o := &outlet{page: wholeReport("A clerk named Zubaydan stamped the last papers.")}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		o.asked.Add(1)
		fmt.Fprint(w, o.page)
	}))
	t.Cleanup(o.Close)
	s, _ := newStore(t)
	var err error
	o.store = s
	o.feed, _, err = s.AddFeed(context.Background(), feeds.Feed{URL: o.URL + "/feed", Title: "Outlet", Lang: "en"}, []string{"iraq"})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, o.feed, nil)
	o.publish(t, articles)
	client := fetch.New(fetch.Options{Spacing: -1, Now: func() time.Time { return testNow }})
	t.Cleanup(client.Close)
	o.get = &fulltext.Getter{Archive: s, Client: client, Now: func() time.Time { return testNow }}
	return o
}

func (o *outlet) publish(t *testing.T, n int) {
	t.Helper()
	var all []sample
	for i := range n {
		all = append(all, sample{title: fmt.Sprintf("Crossing report %d", i+1), body: fmt.Sprintf("<p>The feed says little of it, part %d.</p>", i+1), lang: "en",
			ago: time.Duration(i) * time.Hour, briefings: iraq, link: fmt.Sprintf("%s/a/%d", o.URL, i+1)})
	}
	save(t, o.store, o.feed, all)
}

// getPage is the reader's PageGetter.
func (o *outlet) getPage(ctx context.Context, id feeds.ArticleID) error {
	job, err := o.store.PageJob(ctx, id)
	if err == nil {
		_, err = o.get.Get(ctx, job)
	}
	return err
}

// refresh asks no feed, only for the wanted pages.
func (o *outlet) refresh(ctx context.Context, opt refresh.Options) (refresh.Summary, error) {
	opt.Pages, opt.Client, opt.Only = o.store, o.get.Client, []feeds.FeedID{9999}
	return refresh.Run(ctx, o.store, opt)
}

func (o *outlet) online(opt *Options) { opt.Pages, opt.Refresh = o.getPage, o.refresh }

func (o *outlet) offline(opt *Options) { opt.Offline = true }

func TestFullText(t *testing.T) {
	o := newOutlet(t, 2)
	d := start(t, o.store, 140, 30, o.online)
	d.press("enter")
	d.sees("The feed says little of it, part 1.")
	d.seesNot("¶")

	d.press("x")
	d.sees("stamped the last papers", "¶ full text", "Full text, ", "x shows what the feed gave")
	d.seesNot("Menu of the site", "The feed says little of it, part 1.")
	d.exact()

	// The same key shows the one and the other, and asks nobody.
	d.press("x")
	d.sees("The feed says little of it, part 1.", "feed's text")
	d.press("x")
	d.sees("stamped the last papers", "¶ full text")
	if o.asked.Load() != 1 {
		t.Errorf("the page was asked for %d times", o.asked.Load())
	}

	o.page = wholeReport("A correction: the clerk is called Karimova.")
	d.press(":")
	d.write("page-again")
	d.press("enter")
	d.sees("the clerk is called Karimova", "¶ full text")
	o.page = wholeReport("A clerk named Zubaydan stamped the last papers.")
	d.press(":")
	d.write("page-again")
	d.press("enter q")
	d.sees("Test Wire ¶")
	d.exact()

	// It is there after a restart without any network, and searches find it.
	d = start(t, o.store, 100, 30, o.offline)
	d.press("/")
	d.write("zubaydan")
	d.press("enter")
	d.sees("1 found", "Zubaydan")
	d.press("enter")
	d.sees("stamped the last papers")
}

func TestFullTextInASCII(t *testing.T) {
	o := newOutlet(t, 1)
	d := start(t, o.store, 140, 30, o.online, func(opt *Options) { opt.ASCII = true })
	d.press("x")
	d.sees("# full text", "Test Wire #")
	d.seesNot("¶")
	d.exact()
}

// From the list x marks nothing read: it fetches for later.
func TestFullTextFromTheList(t *testing.T) {
	o := newOutlet(t, 2)
	d := start(t, o.store, 140, 30, o.online)
	d.press("j x")
	d.focused(focusList)
	d.sees("2 unread", "stamped the last papers")
}

// Each text keeps the place where it was left.
func TestFullTextKeepsBothPlaces(t *testing.T) {
	o := newOutlet(t, 1)
	o.page = wholeReport(strings.Repeat("And so it went on for a long time. ", 200))
	d := start(t, o.store, 80, 24, o.online)
	d.press("enter x pgdown pgdown")
	if d.m.reading.offset == 0 {
		t.Fatal("the full text does not scroll")
	}
	at := d.m.reading.offset
	d.press("x")
	if d.m.reading.offset != 0 {
		t.Errorf("the feed's text begins at line %d", d.m.reading.offset)
	}
	d.press("x")
	if d.m.reading.offset != at {
		t.Errorf("the full text came back at line %d, was left at %d", d.m.reading.offset, at)
	}
}

func TestFullTextOffline(t *testing.T) {
	o := newOutlet(t, 1)
	d := start(t, o.store, 140, 30, o.offline)
	d.press("enter x")
	d.sees("Nothing is fetched now: the article's page is wanted, and comes with the next refresh.")
	d.press("x k")
	d.sees("The article's page is wanted, and comes with the next", "The feed says little of it")
	if o.asked.Load() != 0 {
		t.Fatal("a page was asked for offline")
	}

	d = start(t, o.store, 140, 30, o.online)
	d.press("r")
	d.sees("1 full text", "¶")
	d.press("enter")
	d.sees("stamped the last papers")
	if o.asked.Load() != 1 {
		t.Errorf("the page was asked for %d times", o.asked.Load())
	}
}

func TestFullTextWithoutNetwork(t *testing.T) {
	o := newOutlet(t, 1)
	o.get.Client = unplugged{}
	d := start(t, o.store, 140, 30, o.online)
	d.press("x")
	d.sees("There is no network: the article's page is wanted, and comes with the next refresh.")
	full, err := o.store.FullText(context.Background(), d.m.reading.want)
	if err != nil || !full.Wanted {
		t.Errorf("%+v, %v", full, err)
	}
}

type unplugged struct{}

func (unplugged) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	return nil, &fetch.Error{Kind: fetch.NoNetwork}
}

// What is no gain leaves the feed's text, and the screen says why, now and later.
func TestFullTextThatIsNone(t *testing.T) {
	o := newOutlet(t, 1)
	o.page = `<html><body><article><h1>Crossing</h1><p>` + strings.Repeat("The crossing was closed on Sunday. ", 8) +
		`</p><div class="paywall">Subscribe to continue reading</div></article></body></html>`
	d := start(t, o.store, 140, 30, o.online)
	d.press("enter x")
	d.sees("127.0.0.1 shows only the beginning to those who do not subscribe.", "The feed says little of it")
	d.seesNot("¶")
	d = start(t, o.store, 140, 30, o.offline)
	d.press("enter")
	d.sees("127.0.0.1 shows only the beginning to those")
}

func TestFullTextStops(t *testing.T) {
	o := newOutlet(t, 1)
	started, ended := make(chan bool, 1), make(chan error, 1)
	slow := func(opt *Options) {
		opt.Pages = func(ctx context.Context, id feeds.ArticleID) error {
			started <- true
			<-ctx.Done()
			ended <- ctx.Err()
			return ctx.Err()
		}
	}
	d := start(t, o.store, 140, 30, slow)
	d.press("enter")
	_, cmd := d.m.Update(keyPress("x"))
	back := make(chan tea.Msg, 1)
	go func() { back <- cmd() }()
	<-started
	d.sees("Getting the article's page; x again stops.", "getting a page", "The feed says little of it")
	d.press("q") // the screen goes on
	d.focused(focusList)
	d.press("x")
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	d.send(<-back)
	d.sees("Stopped; the text stays as it was.", "The feed says little of it")
	d.seesNot("getting a page")
}

func TestFullTextOfArticleWithoutLink(t *testing.T) {
	s, id := newStore(t)
	out := refresh.Outcome{Feed: id, State: refresh.State{Health: feeds.Health{State: feeds.OK, Checked: testNow}}}
	art := feeds.Article{Feed: id, Title: "No link", GUID: "n", Published: testNow, FirstSeen: testNow}
	out.Articles = []refresh.Entry{{Article: art, Keys: feeds.Keys(&art, nil), Content: 1, Title: []byte("no link")}}
	if _, err := s.Save(context.Background(), refresh.Batch{Now: testNow, Outcomes: []refresh.Outcome{out}, Articles: 1}); err != nil {
		t.Fatal(err)
	}
	d := start(t, s, 140, 30)
	d.press("x")
	d.sees("This article has no link, so there is no page to get.")
}

// A setting brings the pages of new articles, of that feed or briefing only, and
// of those that came before not.
func TestAlwaysFullText(t *testing.T) {
	o := newOutlet(t, 2)
	d := start(t, o.store, 140, 30, o.online)
	d.press("j :")
	d.write("always")
	d.press("enter")
	d.sees("The pages of new articles of Outlet come with each refresh from now on")
	d.press("r")
	if o.asked.Load() != 0 {
		t.Fatal("pages of articles were asked for that were there before")
	}
	var more []sample
	for i := range 3 {
		more = append(more, sample{title: fmt.Sprintf("Later report %d", i), body: "<p>Little.</p>", lang: "en", briefings: iraq, link: fmt.Sprintf("%s/b/%d", o.URL, i)})
	}
	save(t, o.store, o.feed, more)
	d.press("r")
	d.sees("3 full texts")
	if o.asked.Load() != 3 {
		t.Errorf("%d pages were asked for", o.asked.Load())
	}
	d.press(":")
	d.write("always")
	d.press("enter")
	d.sees("no longer come by themselves")
}

// Offline, what a link leads to is not there.
func TestLinksOfflineSayThatTheyNeedTheNetwork(t *testing.T) {
	s, _ := newStore(t, threeArticles()...)
	d := start(t, s, 140, 30, func(o *Options) { o.Offline = true })
	d.press("enter")
	d.sees("[1] needs the network: mofa.example/s")
}

// What comes of a page when the cursor is on another article says of which.
func TestFullTextThatComesLater(t *testing.T) {
	o := newOutlet(t, 2)
	d := start(t, o.store, 140, 30, o.online)
	_, cmd := d.m.Update(keyPress("x"))
	d.press("j")
	d.send(cmd())
	d.sees("Crossing report 1: Full text, ", "The feed says little of it, part 2.", "Test Wire ¶")
	d.press("k")
	d.sees("stamped the last papers")
}

// What is saved and piped is the text that is shown.
func TestTheShownTextIsSaved(t *testing.T) {
	o := newOutlet(t, 1)
	home := t.TempDir()
	d := start(t, o.store, 140, 30, o.online, into(home))
	saved := func(name string) string {
		t.Helper()
		d.command("save txt " + name)
		b, err := os.ReadFile(filepath.Join(home, "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	d.press("enter x")
	if got := saved("full"); !strings.Contains(got, "stamped the last papers") {
		t.Errorf("the full text is shown, saved is %q", got)
	}
	d.command("pipe cat")
	d.sees("stamped the last papers")
	d.press("esc x")
	if got := saved("feed"); strings.Contains(got, "stamped the last papers") {
		t.Errorf("the feed's text is shown, saved is %q", got)
	}
	wants(t, talk(t, o.store, "1\nsave txt "+filepath.Join(home, "lines")+"\nq\n"), "stamped the last papers", "Saved as")
	if b, err := os.ReadFile(filepath.Join(home, "lines")); err != nil || !strings.Contains(string(b), "stamped the last papers") {
		t.Errorf("saved is %q, %v", b, err)
	}
}

// A page that is got again with no network is not promised for the next refresh.
func TestPageAgainWithNoNetwork(t *testing.T) {
	o := newOutlet(t, 1)
	d := start(t, o.store, 140, 30, o.online)
	d.press("enter x")
	d.send(pageMsg{id: d.m.reading.want, words: 90, err: &fulltext.Error{Fetch: &fetch.Error{Kind: fetch.NoNetwork}}})
	d.sees("There is no network; the full text stays as it is.")
	d.seesNot("next refresh")
}

func TestLinearFullText(t *testing.T) {
	o := newOutlet(t, 1)
	got := talk(t, o.store, "x\n1\nx\nx\nx\n", o.online)
	wants(t, got, "Read an article first", "The feed says little of it", "Getting the article's page.", "Full text, ", "stamped the last papers",
		"The text as the feed gave it; x prints the full text.", "The feed says little of it", "stamped the last papers")
	if o.asked.Load() != 1 {
		t.Errorf("the page was asked for %d times", o.asked.Load())
	}

	o = newOutlet(t, 1)
	wants(t, talk(t, o.store, "1\nx\n", o.offline), "Nothing is fetched now: the article's page is wanted, and comes with the\nnext refresh.")
}

// A page that gave nothing and will be asked again says why it is not there yet.
func TestAPageThatIsAskedAgainSaysWhy(t *testing.T) {
	o := newOutlet(t, 1)
	o.page = `<html><body><main><p>We value your privacy. We and our partners store and access information on a device. Accept all cookies to continue.</p></main></body></html>`
	d := start(t, o.store, 140, 30, o.online)
	d.press("enter x J")
	d.sees("asks for consent", "It is asked for again with a later refresh.")
	d.seesNot("comes with the next refresh")
}

// Below the text stands why there is no full text yet, and whether it is asked for
// again.
func TestWhyThereIsNoFullText(t *testing.T) {
	for want, v := range map[string]fulltext.Verdict{
		"It is slow. It is asked for again with a later refresh.": {Due: testNow.Add(time.Hour), Tried: true, Reason: "It is slow."},
		"It is for subscribers.":                                  {Tried: true, Reason: "It is for subscribers."},
	} {
		o := newOutlet(t, 1)
		rows, err := o.store.List(context.Background(), store.Scope{}, store.Window{Limit: 1})
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		v.Article, v.At = rows[0].ID, testNow
		if err := o.store.SaveVerdict(context.Background(), v); err != nil {
			t.Fatal(err)
		}
		d := start(t, o.store, 140, 30, o.online)
		d.press("enter")
		d.sees(want)
		if v.Due.IsZero() {
			d.seesNot("asked for again")
		}
	}
}
