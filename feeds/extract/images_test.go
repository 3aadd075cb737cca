package extract

import (
	"strings"
	"testing"
)

func TestImages(t *testing.T) {
	const gif = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
	for picture, want := range map[string]string{
		`<img src="/a.jpg">`:                                                "/a.jpg",
		`<img src="` + gif + `" data-src="/b.jpg">`:                         "/b.jpg",
		`<img data-original="/c.jpg">`:                                      "/c.jpg",
		`<img src="/img/placeholder.png" data-lazy-src="/d.jpg">`:           "/d.jpg",
		`<img src="/blank.gif" srcset="/e-1.jpg 320w, /e-2.jpg 640w">`:      "/e-1.jpg",
		`<amp-img src="/f.jpg" width="16" height="9"></amp-img>`:            "/f.jpg",
		`<img src="/g.jpg" data-src="/small.jpg">`:                          "/g.jpg",
		`<img src="` + gif + `" data-src="javascript:alert(1)" alt="none">`: "",
	} {
		page := site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 2)+"<figure>"+picture+"<figcaption>The old hall</figcaption></figure>"+strings.ReplaceAll(story("en", 2), "Part", "Chapter")+"</article>")
		got := extracted(t, page, Hint{URL: "https://press.example/x/y"}).HTML
		if want != "" && !strings.Contains(got, `src="https://press.example`+want+`"`) || want == "" && strings.Contains(got, "src=") {
			t.Errorf("%s: %s", picture, got)
		}
	}
}

// A caption in a box of its own stands in a figure with its picture.
func TestFigures(t *testing.T) {
	page := site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 2)+"<div class=pic><img src=/a.jpg><span class=caption>The old hall</span></div>"+strings.ReplaceAll(story("en", 2), "Part", "Chapter")+"</article>")
	got := extracted(t, page, Hint{URL: "https://press.example/x"}).HTML
	if i := strings.Index(got, "<figure>"); i < 0 || !strings.Contains(got[i:], "The old hall</figcaption></figure>") {
		t.Error(got)
	}
}
