package ui

import (
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/store"
	"sitrep/ui/page"
)

func longArabic() sample {
	var b strings.Builder
	for range 30 {
		b.WriteString("<p>سقط صاروخان قرب مطار بغداد الدولي مساء السبت، وفق مصادر أمنية تحدثت إلى الوكالة بعد منتصف الليل.</p>")
	}
	return sample{title: "تقرير", lang: "ar", ago: 2 * time.Hour, briefings: iraq, body: b.String()}
}

// An article is met again where it was left: after another one, after a restart,
// at another width; read to its end, it begins anew.
func TestPlaceIsRemembered(t *testing.T) {
	s, _ := newStore(t, longReport(), longArabic(), sample{title: "Short", lang: "en", ago: time.Minute, briefings: iraq, body: "<p>x</p>"})
	for _, size := range [][2]int{{140, 20}, {100, 20}, {60, 14}} {
		d := start(t, s, size[0], size[1])
		d.press("g j enter g ctrl+f j j") // the Arabic one
		at := d.m.reading.offset
		if at == 0 {
			t.Fatalf("it does not scroll:\n%s", d.screen())
		}
		d.press("J")
		if d.m.reading.offset != 0 {
			t.Fatal("another article begins where the last was left")
		}
		d.press("K")
		if d.m.reading.offset != at {
			t.Fatalf("%v: back at %d, want %d", size, d.m.reading.offset, at)
		}
		d.press("q k j") // a list in between
		if wide := size[0] >= wideWidth; (d.m.reading.offset == at) != wide && !d.m.areas.reading.Empty() {
			t.Fatalf("%v: the peek is at %d", size, d.m.reading.offset)
		}
		d.press("enter")
		if d.m.reading.offset != at {
			t.Fatalf("%v: opened again at %d, want %d", size, d.m.reading.offset, at)
		}
		d.press("k Q")

		d = start(t, s, size[0], size[1]) // where the reader left
		if d.m.reading.offset != at-1 {
			t.Fatalf("%v: after a restart at %d, want %d", size, d.m.reading.offset, at-1)
		}
		d.press("K J G J K")
		if d.m.reading.offset != 0 {
			t.Fatalf("%v: read to its end, it begins at %d", size, d.m.reading.offset)
		}
		d.press("q g Q")
	}
}

func TestPlaceHoldsAtAnotherWidth(t *testing.T) {
	narrow := &laidOut{passages: []page.Passage{{From: 4, To: 10}, {From: 11, To: 21}, {From: 22, To: 23}}}
	broad := &laidOut{passages: []page.Passage{{From: 3, To: 6}, {From: 7, To: 12}, {From: 13, To: 14}}}
	for _, tt := range []struct{ at, there, here int }{{0, 0, 0}, {4, 0, 0}, {5, 4, 5}, {9, 6, 9}, {10, 6, 10}, {11, 7, 11}, {14, 10, 14}, {20, 12, 20}, {22, 13, 22}, {40, 14, 23}} {
		p := narrow.placeOf(tt.at)
		if there, here := broad.lineOf(p), narrow.lineOf(p); there != tt.there || here != tt.here {
			t.Errorf("line %d is %+v, at %d and %d, want %d and %d", tt.at, p, there, here, tt.there, tt.here)
		}
	}
	if got := broad.lineOf(store.Place{Passage: 9}); got != 0 {
		t.Errorf("a passage that is gone is at %d", got)
	}
}

// A resize neither loses nor repeats the scroll.
func TestResizeKeepsThePlace(t *testing.T) {
	s, _ := newStore(t, longArabic())
	d := start(t, s, 140, 20)
	d.press("enter ctrl+f")
	at := d.m.reading.offset
	d.send(tea.WindowSizeMsg{Width: 140, Height: 22})
	if d.m.reading.offset != at {
		t.Fatalf("at %d, want %d", d.m.reading.offset, at)
	}
}
