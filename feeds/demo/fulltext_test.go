package demo

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	visible "sitrep/feeds/document"
	"sitrep/feeds/extract"
)

var caption = regexp.MustCompile(`<figcaption>[^<]*</figcaption>`)

// dropShort drops the captions of a few words, as full text does.
func dropShort(caption string) string {
	if len(strings.Fields(caption)) < 5 {
		return ""
	}
	return caption
}

// The full text of every sample is what its page was made of: all of it, and
// nothing of the menu, the related links and the footer.
func TestFullText(t *testing.T) {
	now := time.Now()
	s, err := Serve(context.Background(), now, WithDelay(0))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pages := 0
	for _, src := range s.sources {
		for _, a := range src.articles {
			e := s.entry(a, time.Hour)
			r, err := extract.Extract([]byte(s.articlePage(a, time.Hour)), extract.Hint{URL: e.link, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			pages++
			want := strings.Join(strings.Fields(string(visible.AppendText(nil, caption.ReplaceAllStringFunc(e.page, dropShort)))), " ")
			if got := strings.Join(strings.Fields(r.Text), " "); got != want {
				t.Errorf("%s: text\n%s\nwant\n%s", e.link, got, want)
			}
			if r.Title != e.title || r.Byline != e.by || !r.Published.Equal(e.at.Truncate(time.Second)) || r.Kind != extract.Article {
				t.Errorf("%s: %s %q by %q of %v, want %q by %q of %v", e.link, r.Kind, r.Title, r.Byline, r.Published, e.title, e.by, e.at)
			}
		}
	}
	t.Log(pages, "pages")
}
