package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sitrep/feeds"
	"sitrep/store"
	"sitrep/ui/theme"
)

const sentenceEnglish = "The foreign minister said on Wednesday that a withdrawal could be followed by others. "

// report is an article of about n bytes.
func report(n int, sentence string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `<p>%d. %s<a href="https://site.example/%d">A link</a>, <b>%s</b></p>`, i, sentence, i%50, sentence)
		if i%8 == 0 {
			b.WriteString("<h2>" + sentence + "</h2><ul><li>" + sentence + "</li><li>Two</li></ul><blockquote><p>" + sentence + "</p></blockquote>")
		}
	}
	return b.String()
}

func requestFor(width int) pageRequest {
	return pageRequest{width: width, measure: 72, theme: theme.New(theme.Dark, theme.Many), now: testNow, zone: time.UTC, hyperlinks: true, ways: waysOut{"x", "o"}}
}

func firstPiece(html string, q pageRequest) *laidOut {
	a := feeds.Article{ID: 7, Title: "One report", Source: "Test Wire", HTML: html, Base: "https://site.example/1", Published: testNow}
	return layOut(a, feeds.Status{}, nil, nil, store.FullText{}, q)
}

// allPieces lays out what is left.
func allPieces(o *laidOut) (_ *laidOut, pieces int) {
	for o.rest != nil {
		o = o.next()
		pieces++
	}
	return o, pieces
}

// A long article comes in pieces that only add lines, and ends as if it had been
// laid out at once.
func TestLongArticleInPieces(t *testing.T) {
	html := report(1_200_000, sentenceEnglish)
	first := firstPiece(html, requestFor(80))
	if first.rest == nil || len(first.lines) < firstLines {
		t.Fatalf("the first piece has %d lines, rest %v", len(first.lines), first.rest)
	}
	seen := slices.Clone(first.lines)
	last, pieces := allPieces(first)
	if pieces < 3 {
		t.Errorf("%d pieces", pieces)
	}
	if !slices.Equal(seen, first.lines) || !slices.Equal(seen, last.lines[:len(seen)]) {
		t.Error("lines that have been shown changed")
	}
	text := ansi.Strip(strings.Join(last.lines, "\n"))
	if !strings.Contains(text, "[50] site.example/49") || !strings.Contains(text, last.article.HTML[strings.LastIndex(last.article.HTML, "<p>")+3:][:5]) {
		t.Errorf("the end is missing: %q", text[len(text)-300:])
	}
	const references = 51 // a blank line, 50 addresses
	if n := len(last.lines) - last.top - references; len(last.source) != n {
		t.Errorf("%d lines of text know their block, of %d", len(last.source), n)
	}
}

// Somebody deep in a long article stays there when the width changes.
func TestWidthKeepsThePlace(t *testing.T) {
	for _, size := range []int{20_000, 600_000} {
		s, _ := newStore(t, sample{title: "Long", body: report(size, sentenceEnglish), ago: time.Hour, briefings: []string{"iraq"}})
		d := start(t, s, 140, 30)
		d.press("enter G ctrl+u ctrl+u ctrl+u ctrl+u")
		r := &d.m.reading
		block := r.block()
		for _, w := range []int{100, 60, 200} {
			d.send(tea.WindowSizeMsg{Width: w, Height: 30})
			if got := r.block(); got < block-1 || got > block+1 {
				t.Errorf("%d bytes at width %d: block %d at the top, was %d", size, w, got, block)
			}
		}
		d.write(":measure 40")
		d.press("enter")
		if got := r.block(); got < block-1 || got > block+1 {
			t.Errorf("%d bytes at measure 40: block %d at the top, was %d", size, got, block)
		}
		if column := r.shown.lines[r.shown.top]; ansi.StringWidth(strings.TrimRight(ansi.Strip(column), " ")) > 42 {
			t.Errorf("line %q is wider than the measure", ansi.Strip(column))
		}
	}
}

// Whatever is at the top of the view when an article is laid out anew, a screen of
// lines is there below it: the view need not move up.
func TestNewLayoutFillsTheScreen(t *testing.T) {
	html := report(600_000, sentenceEnglish)
	for _, q := range []pageRequest{requestFor(80), requestFor(40)} {
		for reach := 1; reach < 400; reach += 7 {
			q.reach = reach
			o := firstPiece(html, q)
			if _, to := o.linesOf(reach); len(o.source)-to < 100 {
				t.Fatalf("width %d, block %d: %d lines follow", q.width, reach, len(o.source)-to)
			}
		}
	}
}

// Somebody who left deep in a long article finds it there, at once.
func TestRestartKeepsThePlace(t *testing.T) {
	s, _ := newStore(t, sample{title: "Long", body: report(600_000, sentenceEnglish), ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 140, 30)
	d.press("enter G ctrl+u ctrl+u ctrl+u ctrl+u")
	offset := d.m.reading.offset
	d.press("Q")
	d = start(t, s, 140, 30)
	if got := d.m.reading.offset; got != offset || d.m.restore.Offset != 0 {
		t.Errorf("after a restart line %d is at the top, was %d", got, offset)
	}
	q := d.m.pageRequest()
	q.least = 3000
	if o := firstPiece(report(600_000, sentenceEnglish), q); len(o.lines) < 3000 {
		t.Errorf("only %d lines come first", len(o.lines))
	}
}

// endless is markup that is too much of something.
func endless() map[string]string {
	rep := strings.Repeat
	return map[string]string{
		"600 divs":            rep("<div>", 600) + "<p>text</p>",
		"100,000 divs":        rep("<div>", 100_000) + "text",
		"100,000 divs closed": rep("<div>text</div>", 100_000),
		"100,000 cells":       "<table>" + rep("<tr>"+rep("<td>cell</td>", 10)+"</tr>", 10_000) + "</table>",
		"one row":             "<table><tr>" + rep("<td>cell", 100_000) + "</table>",
		"tables in links":     rep("<a><table>", 20_000) + "text",
		"links in tables":     rep("<table><a>", 20_000) + "text",
		"a 5 MB word":         rep("x", 5_000_000),
		"a 5 MB word, arabic": rep("ش", 2_500_000),
		"1 M breaks":          rep("<br>x", 1_000_000),
		"1 M marks":           "a" + rep("\u0301", 1_000_000) + " text",
		"1 M arabic marks":    "ب" + rep("\u064e", 1_000_000) + " text",
		"joiners":             rep("\U0001f468\u200d", 300_000) + " text",
		"an endless list":     "<ul>" + rep("<li>text", 200_000),
		"endless links":       rep("<a href=https://a.example/>text</a> ", 200_000),
		"50 MB":               rep("<p>The foreign minister said that a withdrawal.</p>", 1_000_000),
		"12 MB of nothing":    rep("<span></span>", 900_000),
		"code":                "<pre>" + rep("text\n", 400_000) + "</pre>",
		"marks in paragraphs": "<p>" + rep("<b><i><u><s>", 80) + rep("<p>text", 100_000),
		"12 MB of arabic":     rep("<p>صاروخان قرب المطار في بغداد</p>", 200_000),
	}
}

// M8: what is far too much is shown from its start, soon, to a limit that is
// named; scrolling never waits for it.
func TestM8Endless(t *testing.T) {
	if testing.Short() {
		t.Skip("lays out 130 MB")
	}
	for name, html := range endless() {
		started := time.Now()
		o := firstPiece(html, requestFor(80))
		first := time.Since(started)
		whole, pieces := allPieces(o)
		t.Logf("%-20s %8d kB: first screen %4d ms, all %5d ms in %d pieces, %d lines", name, len(html)>>10, first.Milliseconds(), time.Since(started).Milliseconds(), pieces, len(whole.lines))
		if first > time.Second { // 100 ms on a machine of one's own
			t.Errorf("%s: the first screen takes %v", name, first)
		}
		if len(whole.lines) > maxLines+100 {
			t.Errorf("%s: %d lines", name, len(whole.lines))
		}
		tail := strings.Join(strings.Fields(ansi.Strip(strings.Join(whole.lines[max(0, len(whole.lines)-8):], " "))), " ")
		cut := len(html) > maxMarkup || len(whole.source) >= maxLines
		if cut && !strings.Contains(tail, "o opens all of it in the browser") {
			t.Errorf("%s: nothing says that it was cut: %q", name, tail)
		}
		for _, l := range whole.lines[:min(len(whole.lines), 300)] {
			if ansi.StringWidth(l) != 80 {
				t.Errorf("%s: a line of %d cells: %q", name, ansi.StringWidth(l), l)
				break
			}
		}
	}
}

// p99 is the time that 99 of 100 take at most.
func p99(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)*99/100]
}

// BenchmarkFirstScreen lays out what is shown first of articles of all sizes.
func BenchmarkFirstScreen(b *testing.B) {
	for name, html := range map[string]string{
		"9kB":         report(9_000, sentenceEnglish),
		"9kB-arabic":  report(9_000, "وزارة الخارجية تحذر من انسحاب السفارات بعد سقوط 12 صاروخا قرب المطار. "),
		"120kB":       report(120_000, sentenceEnglish),
		"5MB":         report(5_000_000, sentenceEnglish),
		"5MB-arabic":  report(5_000_000, "وزارة الخارجية تحذر من انسحاب السفارات بعد سقوط 12 صاروخا قرب المطار. "),
		"50MB":        report(50_000_000, sentenceEnglish),
		"100k-cells":  endless()["100,000 cells"],
		"5MB-word":    endless()["a 5 MB word"],
		"1M-breaks":   endless()["1 M breaks"],
		"100k-divs":   endless()["100,000 divs"],
		"1M-marks":    endless()["1 M marks"],
		"table-links": endless()["tables in links"],
	} {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				started := time.Now()
				firstPiece(html, requestFor(100))
				times = append(times, time.Since(started))
			}
			b.ReportMetric(float64(p99(times).Microseconds())/1000, "p99-ms")
		})
	}
}

// BenchmarkScroll moves through a 5 MB article by line and by page: Update and
// View together.
func BenchmarkScroll(b *testing.B) {
	s, _ := newStore(b, sample{title: "Long", body: report(5_000_000, sentenceEnglish), ago: time.Hour, briefings: []string{"iraq"}})
	d := start(b, s, 200, 60, func(o *Options) { o.Hyperlinks = true })
	d.press("enter")
	keys := []tea.KeyPressMsg{keyPress("j"), keyPress("ctrl+f"), keyPress("j"), keyPress("k"), keyPress("ctrl+d")}
	var times []time.Duration
	i := 0
	for b.Loop() {
		started := time.Now()
		d.m.Update(keys[i%len(keys)])
		d.m.View()
		times = append(times, time.Since(started))
		if i++; i%2000 == 0 {
			d.m.Update(keyPress("g"))
		}
	}
	b.ReportMetric(float64(p99(times).Microseconds())/1000, "p99-ms")
}

// BenchmarkScrollToLastByte is the same from the key to the last byte of what the
// renderer writes, which waits for its next frame.
func BenchmarkScrollToLastByte(b *testing.B) {
	s, _ := newStore(b, sample{title: "Long", body: report(5_000_000, sentenceEnglish), ago: time.Hour, briefings: []string{"iraq"}})
	d := start(b, s, 200, 60, func(o *Options) { o.Hyperlinks = true })
	d.press("enter")
	p, out := d.run(b, 200, 60)
	time.Sleep(time.Second)
	var times []time.Duration
	for b.Loop() {
		out.Lock()
		before := out.Len()
		out.Unlock()
		started := time.Now()
		p.Send(keyPress("j"))
		for end := started.Add(time.Second); ; time.Sleep(200 * time.Microsecond) {
			out.Lock()
			n, last := out.Len(), out.last
			out.Unlock()
			if n > before && time.Since(last) > 2*time.Millisecond {
				times = append(times, last.Sub(started))
				break
			}
			if time.Now().After(end) {
				b.Fatal("nothing was written")
			}
		}
	}
	b.ReportMetric(float64(p99(times).Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms") // in order now
}
