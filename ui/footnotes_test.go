package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A footnote is opened by its number, and leads back.
func TestFootnotes(t *testing.T) {
	body := `<p>Claim.<sup id="r1"><a href="#f1">1</a></sup></p>` + strings.Repeat("<p>More text.</p>", 40) + `<ol><li id=f1>The source. <a href="#r1">back</a></li></ol>` +
		strings.Repeat("<p>The end.</p>", 40)
	s, _ := newStore(t, sample{title: "One report", body: body, ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 140, 30)
	d.press("enter 1")
	d.sees("link 1: enter opens", "a place in this text")
	d.press("enter")
	d.sees("1. The source. back [2]")
	d.seesNot("Claim.")
	d.press("2 enter")
	d.sees("Claim.¹ [1]")
	d.press("L")
	d.sees("This article has no links in its text and no files.")
}

// The measure changes while reading, by a command or in a prompt that shows each
// width as it is typed.
func TestMeasureWhileReading(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>" + strings.Repeat("twelve cells ", 40), ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 200, 30)
	d.press("enter")
	column := func() (n int) {
		o := d.m.reading.shown
		return len(strings.TrimRight(o.lines[o.top], " "))
	}
	if got := column(); got < 66 || got > 74 {
		t.Errorf("a line of %d cells at first", got)
	}
	d.press(":")
	d.write("measure 40")
	d.sees("widest line of an article")
	d.press("enter")
	if got := column(); got > 42 {
		t.Errorf("a line of %d cells at measure 40", got)
	}
	d.press(":")
	d.write("measure")
	d.press("enter")
	d.write("26")
	if got := column(); got > 28 {
		t.Errorf("a line of %d cells while 26 is typed", got)
	}
	d.press("esc")
	if got := column(); got > 42 || got < 30 {
		t.Errorf("a line of %d cells after esc", got)
	}
	d.press(":")
	d.write("measure 7")
	d.press("enter")
	d.sees(`A line has 20 to 400 cells; "7" is no such number.`)
}

// M7: an article asks nobody for anything: what it refers to is listed.
func TestM7NoRequests(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	body := strings.ReplaceAll(`<p>Text</p><img src="HOST/1.png" width=1 height=1><img src="HOST/0.png" width=0><div hidden><img src="HOST/h.png"></div>
		<img srcset="HOST/s.png 1x, HOST/l.png 2x" alt="A tanker"><video src="HOST/v.mp4" poster="HOST/p.png" title="A film"></video>
		<audio src="HOST/a.mp3" title="A song"></audio><iframe src="HOST/f" title="A frame"></iframe><link rel=stylesheet href="HOST/x.css">
		<style>@import "HOST/y.css"</style><script src="HOST/x.js"></script><object data="HOST/o.swf"></object>`, "HOST", server.URL)
	s, _ := newStore(t, sample{title: "One report", body: body, ago: time.Hour, briefings: []string{"iraq"}})
	d := start(t, s, 140, 40)
	d.press("enter j G g L esc")
	d.sees("[online image: A tanker] [1]", "[online video: A film] [2]", "[online audio: A song] [3]", "[online embed: A frame] [4]")
	d.seesNot("1.png", "0.png", "h.png")
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}
