package extract

import (
	"fmt"
	"strings"
	"testing"
)

func TestChrome(t *testing.T) {
	const motto = "The Herald has been printed by the river since the year of the great flood."
	var c Chrome
	page := func(n int) string {
		own := strings.ReplaceAll(story("en", 5), "Part", fmt.Sprint("Report ", n, " part"))
		return site("", fmt.Sprintf("<title>Headline of report number %d</title>", n), "<article>"+own+"<p>"+motto+"</p></article>")
	}
	for n := range 5 {
		for again := range 3 { // reading a page again teaches nothing
			r := extracted(t, page(n), Hint{Chrome: &c})
			if got, want := strings.Contains(r.Text, motto), n < 2 || n == 2 && again == 0; got != want {
				t.Errorf("page %d: motto %v, want %v", n, got, want)
			}
			if !strings.Contains(r.Text, "part 5") {
				t.Errorf("page %d lost its text", n)
			}
			c.Add(r)
		}
	}
	if c.Repeated("part") || (*Chrome)(nil).Repeated(motto) {
		t.Error("more is repeated than was seen")
	}
}

// One text under many headlines is an article, not chrome.
func TestChromeKeepsArticles(t *testing.T) {
	var c Chrome
	for n := range 6 {
		r := extracted(t, site("", fmt.Sprintf("<title>Headline of report number %d</title>", n), "<article>"+story("en", 5)+"</article>"), Hint{Chrome: &c})
		if !strings.Contains(r.Text, "Part 5") {
			t.Fatalf("page %d lost its text", n)
		}
		c.Add(r)
	}
}
