package extract

import (
	"strings"
	"testing"
)

func TestEchoes(t *testing.T) {
	long := func(s string) string {
		return s + " said on Sunday that the pumping station north of the city would be repaired before the winter."
	}
	page := site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 2)+
		"<p>"+long("The mayor")+" He did not say by whom.</p><blockquote><p>"+long("The mayor")+"</p></blockquote>"+
		"<blockquote><p>"+long("His wife")+"</p></blockquote><p>"+long("The baker")+"</p><p>Yes.</p><p>"+long("The baker")+"</p><p>Yes.</p></article>")
	got := extracted(t, page, Hint{}).Text
	for s, want := range map[string]int{long("The mayor"): 1, long("His wife"): 1, long("The baker"): 1, "Yes.": 2} {
		if n := strings.Count(got, s); n != want {
			t.Errorf("%q stands %d times, want %d, in\n%s", s, n, want, got)
		}
	}
}

func TestHeadlinesBetweenParagraphs(t *testing.T) {
	between := func(s string) string {
		return site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 3)+s+strings.ReplaceAll(story("en", 3), "Part", "Chapter")+"</article>")
	}
	for s, stays := range map[string]bool{
		"<p><a href=/x>Grain prices fall for a third year</a></p>":                      false,
		"<p><a href=/x>The ministry has published the report with all figures.</a></p>": true,
		"<p>This is the list:</p><p><a href=/x>Upper Ford and Lower Ford</a></p>":       true,
		"<p><a href=/x>Two words</a></p>":                                               true,
		"<h2><a href=/x>Grain prices fall for a third year</a></h2>":                    true,
		"<p>Short one.</p><p><a href=/x>Grain prices fall for a third year</a></p>":     true,
		"<p><a href=/x>Grain prices fall</a> for a third year in all of the provinces.": true,
	} {
		text := s[strings.LastIndex(s, "/x>")+3:]
		text = text[:strings.Index(text, "<")]
		if got := strings.Contains(extracted(t, between(s), Hint{}).Text, text); got != stays {
			t.Errorf("%s: stays %v", s, got)
		}
	}
}

func TestCounters(t *testing.T) {
	page := site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 2)+"<p>3 / 12</p><p>0:00 / 3:41</p><p>14 comments</p><p>1,024 views</p><p>In 2026</p><p>40 engineers</p>"+
		strings.ReplaceAll(story("en", 2), "Part", "Chapter")+"<table><tr><td>12/3</td><td>4</td></tr></table></article>")
	got := extracted(t, page, Hint{}).Text
	for s, stays := range map[string]bool{"3 / 12": false, "3:41": false, "14 comments": false, "views": false, "In 2026": true, "40 engineers": true, "12/3": true} {
		if strings.Contains(got, s) != stays {
			t.Errorf("%q: stays %v in\n%s", s, !stays, got)
		}
	}
}
