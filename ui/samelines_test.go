package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/rogpeppe/go-internal/txtar"

	"sitrep/feeds/document"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// The reading view shows line for line what page.Layout makes, which is also what
// sitrep show and sitrep render print (ui/cli, TestShowAndRenderPrintTheSameLines).
func TestScreenShowsTheSameLines(t *testing.T) {
	files, err := filepath.Glob("page/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		html := string(archive.Files[0].Data)
		for _, column := range []int{30, 72} {
			for _, mode := range []text.Mode{text.App, text.Terminal, text.Off} {
				q := requestFor(column + 4)
				q.text.Bidi = mode
				o := firstPiece(html, q)
				var got, want []string
				for _, line := range o.lines[o.top:][:len(o.source)] {
					got = append(got, strings.TrimRight(strings.TrimPrefix(ansi.Strip(line), "  "), " "))
				}
				p := page.Layout(document.Parse(html, "https://site.example/1"), page.Options{Width: column, Measure: column, Text: q.text})
				for _, line := range p.Lines {
					var b strings.Builder
					for _, s := range line {
						b.WriteString(s.Text)
					}
					want = append(want, strings.TrimRight(b.String(), " "))
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s at %d cells, mode %d: the screen shows\n%s\nthe page is\n%s", name, column, mode, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		}
	}
}
