package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func node(t *testing.T, s string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return doc.LastChild.LastChild
}

func TestComplete(t *testing.T) {
	paragraph := func(s string) string {
		return "<p>" + s + " said on Sunday that the station north of the city would be repaired before the winter.</p>"
	}
	page := node(t, "<div class=a>"+paragraph("One")+paragraph("Two")+"</div><div class=a><h2>Second part</h2>"+paragraph("Three")+"</div>"+
		"<div class=talk>"+paragraph("Somebody")+"</div><div class=a>"+paragraph("Four")+"<p>Short.</p></div>")
	found := node(t, "<div>"+paragraph("One")+paragraph("Two")+paragraph("Four")+"</div>")
	complete(found, page)
	var firsts []string
	for _, l := range textLines(found) {
		word, _, _ := strings.Cut(l, " ")
		firsts = append(firsts, word)
	}
	if got, want := strings.Join(firsts, " "), "One Two Second Three Four"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	elsewhere := node(t, "<div>"+paragraph("Nine")+"</div>")
	complete(elsewhere, page)
	if n := len(textLines(elsewhere)); n != 1 {
		t.Errorf("a body of another place got %d paragraphs", n)
	}
}
