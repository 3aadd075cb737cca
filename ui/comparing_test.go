package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/feeds"
	"sitrep/store"
)

// revise stores another text of an article, seen an hour after the last one.
func revise(t *testing.T, s *store.Store, feed feeds.FeedID, a sample, bodies ...string) {
	t.Helper()
	for _, b := range bodies {
		a.body = b
		save(t, s, feed, []sample{a})
	}
}

func rocketReport() sample {
	return sample{title: "Rockets near the airport", lang: "en", ago: time.Hour, briefings: iraq, link: "https://wire.example/rockets",
		body: "<p>Two rockets fell near the airport. Nobody was hurt.</p><p>The ministry spoke of an attack.</p>"}
}

func TestRevisionsOfAnArticle(t *testing.T) {
	a := rocketReport()
	s, feed := newStore(t, a)
	d := start(t, s, 100, 30)
	d.press("enter v")
	d.sees("the one that it came with")
	d.press("q")
	revise(t, s, feed, a, "<p>Three rockets fell near the airport. Nobody was hurt.</p><p>The ministry spoke of an attack.</p>",
		"<p>Three rockets fell near the airport. Two people were hurt.</p><p>The ministry spoke of an attack.</p><p>A group claimed it.</p>")
	d.do(d.m.freshen())
	d.sees("~ Rockets")

	d.press("enter")
	d.sees("v what changed")
	d.press("v") // against what was read: the first text
	d.sees("Text 3 of 3", "against text 1", "left and right", "[-Two-] {+Three+} rockets fell", "[-Nobody was-] {+Two", "people were+} hurt.", "{+A group claimed it.+}", "change 1/3")
	d.exact()
	if got := d.currentMatch(); got != "[-Two-]{+Three+}" {
		t.Fatalf("the current change is %q:\n%s", got, d.screen())
	}
	d.press("n n")
	d.sees("change 3/3")
	if got := d.currentMatch(); got != "{+A group claimed it.+}" {
		t.Fatalf("the current change is %q", got)
	}
	d.press("left")
	d.sees("Text 2 of 3", "against text 1", "[-Two-] {+Three+}", "Nobody was hurt.")
	d.press("left")
	d.sees("first change of the text")
	d.press("right")
	d.sees("Text 3 of 3", "against text 2", "Three rockets fell", "{+Two people were+}")
	d.press("right")
	d.sees("last change of the text")
	d.press("/")
	d.sees("First go back")
	d.press("v")
	d.seesNot("against text", "[-")
	d.sees("A group claimed it.")
	d.focused(focusReading)
	d.press("v q") // q goes back one level
	d.seesNot("against text")
	d.focused(focusReading)
	d.press("v J")
	d.sees("last article of the list")
}

// The styles of what went and what came differ, and so do their signs.
func TestRevisionsInArabicAndASCII(t *testing.T) {
	a := arabicReport()
	a.body = "<p>سقط صاروخان قرب مطار بغداد.</p><p>فقرة قديمة كاملة</p>"
	s, feed := newStore(t, a)
	revise(t, s, feed, a, "<p>سقط ثلاثة صواريخ قرب مطار بغداد.</p>")
	for _, ascii := range []bool{false, true} {
		d := start(t, s, 60, 20, func(o *Options) { o.ASCII = ascii })
		d.press("enter v")
		d.sees("{+خيراوص ةثالث+}", "[-ناخوراص-]", "طقس")
		d.exact()
		line := slices.IndexFunc(d.lines(), func(l string) bool { return strings.Contains(l, "ةميدق") })
		if line < 0 || !strings.HasSuffix(d.lines()[line], "[-ةلماك ةميدق ةرقف-]  ") {
			t.Fatalf("a paragraph that went does not stand at the right:\n%s", d.screen())
		}
		d.press("n") // the current change has a style of its own
		content := d.m.View().Content
		if !strings.Contains(content, d.m.theme.Removed.On("[-ناخوراص-]")) || !strings.Contains(content, d.m.theme.Added.On("{+خيراوص ةثالث+}")) {
			t.Fatalf("the styles are missing: %q", content)
		}
	}
}

func TestRevisionsAtEverySize(t *testing.T) {
	a := rocketReport()
	s, feed := newStore(t, a)
	revise(t, s, feed, a, "<p>Three rockets fell.</p>"+strings.Repeat("<p>More of the report.</p>", 30))
	for _, size := range [][2]int{{40, 12}, {90, 24}, {140, 30}} {
		d := start(t, s, size[0], size[1])
		d.press("enter v")
		d.sees("Text 2 of 2")
		d.exact()
		d.press("space ctrl+d G n N")
		d.exact()
		if d.m.reading.offset < 0 {
			t.Fatal("scrolled above the first line")
		}
	}
}
