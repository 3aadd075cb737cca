package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

func TestHealthView(t *testing.T) {
	s, wire := newStore(t, sample{title: "One", body: "text", briefings: []string{"iraq"}})
	gone, _, err := s.AddFeed(context.Background(), feeds.Feed{URL: "https://gone.example/feed", Title: "Gone Paper"}, []string{"iraq"})
	if err != nil {
		t.Fatal(err)
	}
	state := refresh.State{Health: feeds.Health{State: feeds.Gone, Reason: "gone.example has ended this feed for good (410).", Status: 410,
		Checked: testNow, NextDue: testNow.Add(7 * 24 * time.Hour), Errors: 3, BytesUsed: 1_500_000, Items: 20, BodyLength: 1234, Newest: testNow.AddDate(0, 0, -2)}}
	if _, err := s.Save(context.Background(), refresh.Batch{Now: testNow, Outcomes: []refresh.Outcome{{Feed: gone, State: state}}}); err != nil {
		t.Fatal(err)
	}
	for _, size := range []struct{ w, h int }{{140, 40}, {100, 30}, {60, 20}, {40, 12}} {
		var asked []feeds.FeedID
		d := start(t, s, size.w, size.h, func(o *Options) {
			o.Refresh = func(_ context.Context, r refresh.Options) (refresh.Summary, error) {
				asked = r.Only
				return refresh.Summary{}, nil
			}
		})
		d.press("H")
		lines := strings.Split(d.screen(), "\n")
		first := strings.Join(lines[1:4], "\n")
		for _, want := range []string{"State", "gone", "Gone Paper", "Fri 06:07"} {
			if !strings.Contains(first, want) {
				t.Errorf("%dx%d: %q is missing at the top of\n%s", size.w, size.h, want, d.screen())
			}
		}
		if screen := d.screen(); !strings.Contains(screen, "ended this feed") || size.w > 90 && !strings.Contains(screen, "20 items of about 1,234 characters · 1.5 MB so far · HTTP 410") {
			t.Errorf("%dx%d: no reason in\n%s", size.w, size.h, screen)
		}
		d.press("j")
		for d.m.overlays[0].(*healthView).at != wire {
			before := d.m.overlays[0].(*healthView).row
			if d.press("j"); d.m.overlays[0].(*healthView).row == before {
				t.Fatal("the cursor does not reach the last feed")
			}
		}
		d.press("r")
		if len(asked) != 1 || asked[0] != wire {
			t.Errorf("r asks %v", asked)
		}
		d.press("G g y esc")
		if len(d.m.overlays) != 0 {
			t.Error("esc does not close it")
		}
	}
}

func TestHealthViewWithoutFeeds(t *testing.T) {
	s, _ := newStore(t)
	d := start(t, s, 100, 30)
	d.m.over.Feeds = nil
	d.press("H")
	if len(d.m.overlays) != 0 || !strings.Contains(d.m.note.text, "No feed is subscribed") {
		t.Errorf("%d overlays, %q", len(d.m.overlays), d.m.note.text)
	}
}
