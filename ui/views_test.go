package ui

import (
	"context"
	"errors"
	"html"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/discover"
	"sitrep/feeds/document"
	"sitrep/feeds/refresh"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
	"sitrep/store"
)

// The cases U1, U4, U7, U8 and U9 hold for every view with any text in any
// field. soaked makes a store in which every foreign field of a feed, a watch
// and an article is one of some texts; views leads to every place that shows
// them.

// soaked stores one article for each text, which is also its source, author,
// tag, language and enclosure, and feeds and watches that are called so.
func soaked(t *testing.T, texts []string) *store.Store {
	t.Helper()
	s, _ := newStore(t)
	ctx := context.Background()
	for i, x := range texts {
		f := feeds.Feed{URL: "https://wire.example/" + string(rune('a'+i%26)) + strings.Repeat("x", i/26), Title: x, Source: x, Lang: "en"}
		feed, _, err := s.AddFeed(ctx, f, []string{"iraq"})
		if err != nil {
			t.Fatal(err)
		}
		if i < 8 {
			if name, err := feeds.WatchName(x); err == nil {
				s.AddWatch(ctx, feeds.Watch{Name: name, Query: "title:report OR " + query1(x)}) // a text may be no query
			}
		}
		soak(t, s, feed, x, i)
	}
	return s
}

// query1 is the first word of a text that a query may hold.
func query1(x string) string {
	for _, w := range strings.Fields(x) {
		return `"` + strings.ReplaceAll(w, `"`, "") + `"`
	}
	return "x"
}

// soak saves an article in which every field is x, of a feed that failed with x.
func soak(t *testing.T, s *store.Store, feed feeds.FeedID, x string, n int) {
	t.Helper()
	link := "https://wire.example/" + x
	body := "<h2>" + html.EscapeString(x) + "</h2><p>" + html.EscapeString(x) + ` <a href="https://wire.example/` + html.EscapeString(x) + `">` + html.EscapeString(x) +
		"</a></p><ul><li>" + html.EscapeString(x) + "</ul><pre>" + html.EscapeString(x) + "</pre><blockquote>" + html.EscapeString(x) +
		"</blockquote><table><tr><td>" + html.EscapeString(x) + "<td>" + html.EscapeString(x) + `</table><img src="https://wire.example/i" alt="` + html.EscapeString(x) + `">`
	a := feeds.Article{Feed: feed, Source: x, GUID: x + string(rune('a'+n%26)), Link: link, Title: x, HTML: body, Base: "https://wire.example/", Lang: x,
		Authors: []feeds.Author{{Name: x}}, Tags: []string{x}, Enclosures: []feeds.Enclosure{{URL: link, Type: x, Length: 3 << 20}},
		Published: testNow.Add(-time.Duration(n) * time.Minute), FirstSeen: testNow}
	folded := spelling.AppendFold(nil, document.AppendText(nil, a.HTML))
	e := refresh.Entry{Article: a, Keys: feeds.Keys(&a, folded), Content: int64(n + 1), Title: spelling.AppendFold(nil, []byte(x)), Body: folded,
		Briefings: []routing.Match{{Briefing: "iraq"}}}
	health := feeds.Health{State: feeds.Broken, Reason: x, Checked: testNow, Errors: 3}
	claim, err := s.Claim(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	batch := refresh.Batch{Now: testNow, Articles: 1, Outcomes: []refresh.Outcome{{Feed: feed, State: refresh.State{Health: health}, Articles: []refresh.Entry{e}}}}
	if _, err := s.Save(context.Background(), batch); err != nil {
		t.Fatal(err)
	}
}

// hostileWorld has every answer from outside say x.
func hostileWorld(x string) func(*Options) {
	return func(o *Options) {
		o.Discover = func(context.Context, string) ([]discover.Candidate, error) {
			c := discover.Candidate{URL: "https://wire.example/" + x, Title: x, Lang: x, Reason: x}
			return []discover.Candidate{c, c}, nil
		}
		o.Refresh = func(context.Context, refresh.Options) (refresh.Summary, error) {
			return refresh.Summary{}, errors.New(x)
		}
		o.Where = x
		o.AskBidi = true
	}
}

// view is a place on the screen: what leads to it from a fresh start.
type view struct {
	name string
	open func(d *driver, x string)
}

func keys(s string) func(*driver, string) { return func(d *driver, _ string) { d.press(s) } }

// typing opens a prompt and puts x into it.
func typing(open, then string) func(*driver, string) {
	return func(d *driver, x string) {
		d.press(open)
		d.send(tea.PasteMsg{Content: x})
		d.press(then)
	}
}

func command(name string) func(*driver, string) {
	return func(d *driver, _ string) {
		d.press(":")
		d.write(name)
		d.press("enter")
	}
}

func views() []view {
	return []view{
		{"list", keys("j k")},
		{"list without the question", keys("esc")},
		{"briefings", keys("shift+tab + j")},
		{"feeds of a briefing", keys("h j + j j")},
		{"watch", keys("h G k")},
		{"article", keys("enter")},
		{"end of the article", keys("enter G")},
		{"links", keys("enter L j")},
		{"link alone", keys("Y")},
		{"link by number", keys("esc enter 1")},
		{"copied link", keys("y")},
		{"marked", keys("m s A u")},
		{"help", keys("?")},
		{"palette", keys(":")},
		{"palette, typed", typing(":", "")},
		{"unknown command", typing(":", "enter")},
		{"search", typing("/", "")},
		{"search, middle of the line", typing("/", "home right right")},
		{"results", func(d *driver, x string) { d.press("/"); d.write("wire OR lang"); d.press("enter") }},
		{"results of the text", typing("/", "enter")},
		{"filter", typing("f", "")},
		{"filtered", typing("f", "enter")},
		{"find", typing("enter /", "")},
		{"found", typing("enter /", "enter n")},
		{"health", keys("H j j")},
		{"chooser", keys("B j j")},
		{"add a feed", typing("a", "")},
		{"no address", typing("a", "enter")},
		{"feeds of a site", func(d *driver, x string) { d.press("a"); d.write("paper.example"); d.press("enter") }},
		{"watch words", typing("w", "enter")},
		{"watch name", func(d *driver, x string) {
			d.press("w")
			d.write("wire")
			d.press("enter")
			d.send(tea.PasteMsg{Content: x})
		}},
		{"rename a watch", func(d *driver, x string) { d.press("h G k"); command("rename-watch")(d, x) }},
		{"change a watch", func(d *driver, x string) { d.press("h G k"); command("change-watch")(d, x) }},
		{"remove a watch", func(d *driver, x string) { d.press("h G k"); command("remove-watch")(d, x) }},
		{"paste outside a prompt", func(d *driver, x string) { d.send(tea.PasteMsg{Content: x}) }},
		{"failed refresh", keys("R")},
		{"damage", func(d *driver, x string) { d.send(damageMsg{x}) }},
		{"error instead of an article", func(d *driver, x string) {
			d.press("enter")
			d.send(articleMsg{gen: d.m.reading.gen, err: errors.New(x)})
		}},
		{"browser", func(d *driver, x string) { d.send(browsedMsg{link: "https://wire.example/" + x}) }},
		{"no browser", func(d *driver, x string) {
			d.send(browsedMsg{link: "https://wire.example/" + x, err: errors.New(x)})
		}},
		{"zen", keys("enter z")},
	}
}
