package ui

import (
	"slices"
	"strings"
	"testing"

	"sitrep/feeds/catalog"
)

// general counts the subscribed general feeds of a briefing by language.
func (d *driver) general(briefing string) map[string]int {
	d.t.Helper()
	over, err := d.store.Overview(d.m.do.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	shelf := d.m.set.shelf
	by := map[string]int{}
	for _, f := range over.Feeds {
		if !slices.Contains(f.Briefings, briefing) {
			continue
		}
		for _, g := range shelf.General(briefing) {
			if g.Catalog == f.Catalog {
				by[g.Lang]++
			}
		}
	}
	return by
}

// tick moves the cursor of the chooser to the line with the label and presses space.
func (d *driver) tick(label string) {
	d.t.Helper()
	d.press("g")
	for range 60 {
		for _, l := range d.lines() {
			if strings.HasPrefix(l, d.m.signs.cursor) && strings.Contains(l, label) {
				d.press("space")
				return
			}
		}
		d.press("j")
	}
	d.t.Fatalf("no line %q:\n%s", label, d.screen())
}

// Languages of general feeds are ticked as they are subscribed, and ticking one
// leaves the others alone.
func TestChooserKeepsLanguages(t *testing.T) {
	shelf, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := emptyStore(t)
	d := start(t, s, 100, 44, func(o *Options) { o.Catalog = shelf; o.Offline = true })
	d.sees("☑ Iraq", "☑ Security")
	d.press("enter")
	first := d.general("iraq")
	if first["en"] == 0 || first["ar"] != 0 {
		t.Fatalf("after the start: %v", first)
	}

	d.press("B")
	d.tick("Arabic")
	d.sees("☑ English", "☑ Arabic")
	d.press("enter")
	if both := d.general("iraq"); both["en"] != first["en"] || both["ar"] == 0 {
		t.Fatalf("with Arabic: %v, before %v", both, first)
	}

	// Another briefing takes the ticked languages; the first keeps its own.
	d.press("B")
	d.tick("Turkey")
	d.press("enter")
	if got := d.general("turkey"); got["en"] == 0 {
		t.Errorf("Turkey: %v", got)
	}

	d.press("B")
	d.tick("English")
	d.press("enter")
	if rest := d.general("iraq"); rest["en"] != 0 || rest["ar"] == 0 {
		t.Errorf("without English: %v", rest)
	}
}

// What accepting changes nothing about stays as the command line chose it.
func TestChooserLeavesAChoiceAlone(t *testing.T) {
	shelf, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, ctx := emptyStore(t)
	one := ""
	for _, f := range shelf.General("iraq") {
		if f.Lang == "en" && !f.Disabled {
			one = f.Catalog
			break
		}
	}
	if err := s.Subscribe(ctx, "iraq", []string{one}); err != nil {
		t.Fatal(err)
	}
	d := start(t, s, 100, 44, func(o *Options) { o.Catalog = shelf; o.Offline = true })
	d.press("B")
	d.tick("Arabic")
	d.press("enter")
	if got := d.general("iraq"); got["en"] != 1 || got["ar"] == 0 {
		t.Errorf("%v, want the one English feed and the Arabic ones", got)
	}
}

// Each feed is counted once, and a count of one is no plural.
func TestChooserCountsFeedsOnce(t *testing.T) {
	shelf, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := emptyStore(t)
	d := start(t, s, 130, 40, func(o *Options) { o.Catalog = shelf; o.Offline = true })
	c := d.m.overlays[len(d.m.overlays)-1].(*chooser)
	sum := c.sum(120)
	d.press("enter")
	over, err := s.Overview(d.m.do.ctx)
	if err != nil {
		t.Fatal(err)
	}
	active, own := 0, map[string]bool{}
	for _, id := range []string{"iraq", "security"} {
		for _, f := range shelf.Own(id) {
			own[f.Catalog] = true
		}
	}
	general := 0
	for _, f := range over.Feeds {
		if f.Disabled {
			continue
		}
		active++
		if !own[f.Catalog] {
			general++
		}
	}
	if want := "2 briefings, " + number(active-general) + " feeds of their own and " + number(general) + " general ones"; sum != want {
		t.Errorf("says %q, subscribed %q", sum, want)
	}
	for n, want := range map[int64]string{400: "1 kB", 62_000: "62 kB", 960_000: "1.0 MB", 2_340_000: "2.3 MB"} {
		if got := (offer{feeds: 1, bytes: n}).String(); got != "1 feed, about "+want+" when it has news" {
			t.Errorf("%d bytes: %q", n, got)
		}
	}
}
