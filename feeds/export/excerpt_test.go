package export

import (
	"strings"
	"testing"

	"sitrep/feeds"
)

func TestExcerpt(t *testing.T) {
	got := Excerpt(samples()[0], []string{"One.\nStill one.", "قال الوزير.\x1b[2J\u202e"}, options)
	want := "“One.\nStill one.\n\n“قال الوزير.[2J”\n\nMinisters [warn] against <b> pull-out[31m\nShafaq *News* · A. Writer, desk@example.org\n" +
		"Published: Sun 22 Nov 2026 05:55 +03:00 there, Sun 22 Nov 2026 03:55 +01:00 here\nhttps://example.org/a_(b)?x=1&y=2"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Excerpt(samples()[1], nil, options); strings.Contains(got, "“") || !strings.HasPrefix(got, "Untitled\nوكالة\nFirst seen: ") || strings.Contains(got, "javascript") {
		t.Errorf("without passages: %q", got)
	}
	if got, want := Passage(Item{Article: feeds.Article{Link: "https://a.example/"}}, "One."), "“One.”\n\nhttps://a.example/"; got != want {
		t.Errorf("Passage = %q, want %q", got, want)
	}
}
