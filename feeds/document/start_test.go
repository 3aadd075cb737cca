package document

import (
	"strings"
	"testing"
)

// What Start reads is what Parse begins with.
func TestStart(t *testing.T) {
	for name, in := range map[string]string{
		"article":    article(40_000),
		"one list":   "<ul>" + strings.Repeat("<li>An item with <b>some</b> text</li>", 2000) + "</ul>",
		"quotes":     strings.Repeat("<blockquote><p>One</p><p>Two</p></blockquote>", 1000),
		"arabic":     "<div>" + strings.Repeat("<p>صاروخان قرب المطار</p>", 2000),
		"breaks":     strings.Repeat("A line<br>", 5000),
		"links away": strings.Repeat(`<p><a href="https://bank.example@evil.example/">x</a></p>`, 500),
	} {
		whole := Parse(in, "https://site.example/")
		start, all := Start(in, "https://site.example/", 8192)
		if all || len(start.Blocks) == 0 {
			t.Fatalf("%s: all %v, %d blocks", name, all, len(start.Blocks))
		}
		want, got := dump(whole), dump(start)
		if got = strings.TrimSuffix(got, "\n"); !strings.HasPrefix(want, got) {
			t.Errorf("%s: the start differs:\n%.300s\nfrom\n%.300s", name, got, want)
		}
		if len(PlainText(start)) < 400 {
			t.Errorf("%s: only %d bytes of text", name, len(PlainText(start)))
		}
	}
	if d, all := Start("<p>short", "", 8192); !all || dump(d) != "paragraph: \"short\"\n" {
		t.Errorf("short markup is cut: %s", dump(d))
	}
	if d, _ := Start(strings.Repeat("ش", 10_000), "", 8191); strings.ContainsRune(PlainText(d), '\ufffd') {
		t.Error("the cut splits a character")
	}
}
