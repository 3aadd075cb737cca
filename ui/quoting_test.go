package ui

import (
	"strings"
	"testing"
	"time"
)

func arabicReport() sample {
	return sample{title: "صاروخان قرب المطار", lang: "ar", ago: time.Hour, briefings: iraq, link: "https://wire.example/rockets",
		body: "<h2>بغداد</h2><p>سقط صاروخان قرب مطار بغداد الدولي مساء السبت، وفق 3 مصادر.</p><p>One\x1b[2J in English.</p><p>" + strings.Repeat("نص طويل ", 120) + "</p><p>النهاية.</p>"}
}

// Quotes are whole paragraphs in the order of the text, not of the screen.
func TestQuoteIsInLogicalOrder(t *testing.T) {
	s, _ := newStore(t, arabicReport())
	for _, size := range [][2]int{{140, 30}, {60, 24}, {40, 12}} {
		d := start(t, s, size[0], size[1])
		d.press("enter c")
		d.sees("1 paragraph chosen")
		d.exact()
		d.press("J j")
		d.sees("2 paragraphs chosen", "▌")
		d.exact()
		d.press("enter")
		want := "“سقط صاروخان قرب مطار بغداد الدولي مساء السبت، وفق 3 مصادر.\n\n“One[2J in English.”\n\nصاروخان قرب المطار\nTest Wire\n" +
			"Published: Sun 22 Nov 2026 05:07 +00:00 there, Sun 22 Nov 2026 05:07 +00:00 here\nhttps://wire.example/rockets"
		if d.clip != want {
			t.Fatalf("copied\n%s\nwant\n%s", d.clip, want)
		}
		d.sees("Copied 2 paragraphs")
		d.exact()
		if d.m.choosing() != nil {
			t.Fatal("the choice stays after copying")
		}
	}
}

func TestQuoteMovesThroughALongArticle(t *testing.T) {
	s, _ := newStore(t, arabicReport())
	d := start(t, s, 60, 14)
	d.press("enter c G")
	d.sees("5 paragraphs chosen", ".ةياهنلا")
	d.press("k")
	d.sees("4 paragraphs chosen")
	d.press("g")
	d.sees("1 paragraph chosen", "دادغب")
	before := d.clip
	d.press("s") // does nothing here and says what does
	d.sees("Choosing what to quote")
	d.press("esc")
	d.focused(focusReading)
	if d.clip != before || d.m.choosing() != nil {
		t.Fatal("esc does not leave the choice alone")
	}
	d.press("c q")
	d.focused(focusReading)
	d.press("q")
	d.focused(focusList)
	d.press("c")
	d.sees("Quotes are taken while reading")
}

func TestCopyAParagraph(t *testing.T) {
	s, _ := newStore(t, arabicReport(), sample{title: "Empty", lang: "en", ago: 2 * time.Hour, briefings: iraq})
	d := start(t, s, 140, 30)
	d.press("enter ] C")
	if want := "“بغداد”\n\nhttps://wire.example/rockets"; d.clip != want {
		t.Fatalf("copied %q, want %q", d.clip, want)
	}
	d.sees("Copied with the link")
	d.exact()
	d.press("J c")
	d.sees("There is no text here to quote")
}

// Another article ends the choice that was made in the one before.
func TestChoiceEndsWithItsArticle(t *testing.T) {
	s, _ := newStore(t, append(threeArticles(), arabicReport())...)
	d := start(t, s, 140, 30)
	d.press("enter c")
	d.do(d.m.openAt(2))
	if d.m.choosing() != nil {
		t.Fatal("the choice outlives its article")
	}
	d.seesNot("paragraph chosen")
	d.exact()
}
