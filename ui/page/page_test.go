package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sitrep/feeds/document"
	"sitrep/ui/text"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata")

const base = "https://site.example/news/1"

// TestGolden lays out the input of every file of testdata. Its parts are named
// by width and, behind a blank, by options.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := document.Parse(string(archive.Files[0].Data), base)
		for i, part := range archive.Files[1:] {
			size, option, _ := strings.Cut(part.Name, " ")
			w, err := strconv.Atoi(size)
			if err != nil {
				t.Fatalf("%s: part %q: %v", name, part.Name, err)
			}
			p := Layout(d, Options{Width: w, Measure: 100, ASCII: option == "ascii"})
			checkPage(t, p, w)
			if got := draw(p, w); *update {
				archive.Files[i+1].Data = []byte(got)
			} else if diff := cmp.Diff(string(part.Data), got); diff != "" {
				t.Errorf("%s, width %s (-want +got):\n%s", name, part.Name, diff)
			}
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// draw prints a page between edges, with its links below.
func draw(p *Page, width int) string {
	var b strings.Builder
	for _, line := range p.Lines {
		s := join(line)
		fmt.Fprintf(&b, "|%s%s|\n", s, blank(width-ansi.StringWidth(s)))
	}
	for _, l := range p.Links {
		fmt.Fprintf(&b, "[%d] %s (%s)", l.Number, l.URL, l.Text)
		for _, at := range p.Places {
			if l.URL == "" && at.Name == l.Name {
				fmt.Fprintf(&b, " line %d", at.Line)
			}
		}
		if l.Deceives() {
			b.WriteString(" deceptive")
		}
		b.WriteByte('\n')
	}
	if len(p.Headings) > 0 {
		fmt.Fprintf(&b, "headings %v\n", p.Headings)
	}
	return b.String()
}

func join(line Line) string {
	var b strings.Builder
	for _, s := range line {
		b.WriteString(s.Text)
	}
	return b.String()
}

// checkPage wants every line to fit by both measures of the renderer.
func checkPage(t *testing.T, p *Page, width int) {
	t.Helper()
	for i, line := range p.Lines {
		s := join(line)
		if g, c := ansi.StringWidth(s), ansi.StringWidthWc(s); g != c || g > width {
			t.Fatalf("line %d %q is %d or %d cells, not %d", i, s, g, c, width)
		}
		if strings.ContainsAny(s, "\n\r\t\x1b") {
			t.Fatalf("line %d %q holds controls", i, s)
		}
	}
	if len(p.Source) != len(p.Lines) {
		t.Fatalf("%d lines know their block, of %d", len(p.Source), len(p.Lines))
	}
	for i, l := range p.Links {
		if l.Number != i+1 {
			t.Fatalf("link %d has number %d", i, l.Number)
		}
	}
	for _, h := range p.Headings {
		if h >= len(p.Lines) {
			t.Fatalf("heading at line %d of %d", h, len(p.Lines))
		}
	}
}

func TestStyles(t *testing.T) {
	d := document.Parse(`<h1>Head</h1><p>a <b>b <i>c</i></b> <a href="/x">d</a></p><blockquote>q oil</blockquote>`, base)
	p := Layout(d, Options{Width: 40, Hits: func(s string) [][2]int {
		if i := strings.Index(s, "oil"); i >= 0 {
			return [][2]int{{i, i + 3}}
		}
		return nil
	}})
	want := []Line{
		{{Text: "Head", Style: int(Heading | Bold)}},
		nil,
		{{Text: "a "}, {Text: "b ", Style: int(Bold)}, {Text: "c", Style: int(Bold | Italic)}, {Text: " "},
			{Text: "d", Style: int(Anchor.of(1))}, {Text: " [1]", Style: int(LinkRef.of(1))}},
		nil,
		{{Text: "│ ", Style: int(Dim | Quote)}, {Text: "q ", Style: int(Quote)}, {Text: "oil", Style: int(Quote | Hit.Numbered(1))}},
	}
	if diff := cmp.Diff(want, p.Lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{0}, p.Headings); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

func TestMeasure(t *testing.T) {
	d := document.Parse("<p>"+strings.Repeat("word ", 100)+"</p>", base)
	for _, tt := range []struct{ width, measure, want int }{{200, 0, 69}, {200, 100, 99}, {50, 0, 49}, {0, 0, 1}} {
		if got := width(Layout(d, Options{Width: tt.width, Measure: tt.measure}).Lines[0]); got != tt.want {
			t.Errorf("width %d, measure %d: a line of %d cells, want %d", tt.width, tt.measure, got, tt.want)
		}
	}
}

func FuzzLayout(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, name := range files {
		if a, err := txtar.ParseFile(name); err == nil {
			f.Add(string(a.Files[0].Data), 30, 0)
		}
	}
	f.Add("<ol start=-10><li>x<blockquote dir=rtl><pre>\ta\u05d0\n\n b</pre>", 5, 1)
	f.Fuzz(func(t *testing.T, s string, width, mode int) {
		width = max(1, min(width, 200))
		set := text.Setter{Bidi: text.Mode(uint(mode) % 3)}
		checkPage(t, Layout(document.Parse(s, base), Options{Width: width, Measure: 90, Text: set, ASCII: mode%2 == 0}), width)
	})
}

func article(n int, sentence string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(`<p>` + sentence + ` <a href="https://site.example/` + strconv.Itoa(i%20) + `">Wednesday</a>, <b>` + sentence + `</b></p>` + "\n")
		if i%5 == 0 {
			b.WriteString(`<h2>Oil &amp; gas</h2><ul><li>` + sentence + `</li><li>Two</li></ul><blockquote><p>` + sentence +
				`</p></blockquote><figure><img src="/1.jpg" alt="A tanker"/><figcaption>A tanker</figcaption></figure>`)
		}
	}
	return b.String()
}

func BenchmarkLayout(b *testing.B) {
	for name, in := range map[string]string{
		"english": article(9000, "The foreign minister said that a withdrawal could be followed by others."),
		"arabic":  article(9000, "وزارة الخارجية تحذر من انسحاب السفارات بعد سقوط 12 صاروخا قرب المطار."),
		"5MB":     article(5_000_000, "The foreign minister said that a withdrawal could be followed by others."),
	} {
		d := document.Parse(in, base)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				Layout(d, Options{Width: 80})
			}
		})
	}
}
