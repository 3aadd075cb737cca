package document

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata")

// TestGolden runs every printer that a file of testdata has a part for.
func TestGolden(t *testing.T) {
	const base = "https://site.example/news/1"
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		input := string(archive.Files[0].Data)
		got := map[string]func() string{
			"document":  func() string { return dump(Parse(input, base)) },
			"plain":     func() string { return PlainText(Parse(input, base)) },
			"text":      func() string { return string(AppendText(nil, input)) },
			"sanitized": func() string { return Sanitize(input, base) },
		}
		for i, part := range archive.Files[1:] {
			got := tidyLines(got[part.Name]())
			if *update {
				archive.Files[i+1].Data = []byte(got)
			} else if diff := cmp.Diff(tidyLines(string(part.Data)), got); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, part.Name, diff)
			}
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// tidyLines removes what an editor would: blanks at line ends and line ends at
// the end.
func tidyLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// dump prints d for golden files.
func dump(d *Document) string {
	var b strings.Builder
	dumpBlocks(&b, d.Blocks, "")
	return b.String()
}

var kindNames = [...]string{"paragraph", "heading", "list", "item", "quote", "pre", "table", "figure", "rule", "definitions", "term", "detail"}

func dumpBlocks(b *strings.Builder, blocks []Block, indent string) {
	for _, in := range blocks {
		b.WriteString(indent + kindNames[in.Kind])
		switch {
		case in.Kind == Heading:
			fmt.Fprintf(b, " %d", in.Level)
		case in.Ordered:
			fmt.Fprintf(b, " from %d", in.Start)
		case in.Number != 0:
			b.WriteString(" " + in.Label())
		case in.Cite != "":
			b.WriteString(" from " + in.Cite)
		case in.Kind == Table && in.Grid.Head != 0:
			fmt.Fprintf(b, " head %d", in.Grid.Head)
		case in.Media != nil:
			fmt.Fprintf(b, " %s %s (%s)", in.Media.Kind, in.Media.URL, in.Media.Alt)
			if in.Media.Link != "" {
				b.WriteString(" → " + in.Media.Link)
			}
		}
		b.WriteString([...]string{"", " ltr", " rtl"}[in.Dir])
		for _, name := range in.Names {
			b.WriteString(" #" + name)
		}
		if in.Lang != "" {
			b.WriteString(" lang " + in.Lang)
		}
		if in.Media == nil || len(in.Spans) > 0 {
			b.WriteByte(':')
		}
		dumpSpans(b, in.Spans)
		b.WriteByte('\n')
		if in.Grid != nil {
			for _, row := range in.Grid.Rows {
				b.WriteString(indent + " ")
				for _, c := range row {
					b.WriteString(" |")
					if c.Head {
						b.WriteString(" th")
					}
					if c.Across > 1 {
						fmt.Fprintf(b, " across %d", c.Across)
					}
					if c.Down != 0 && c.Down != 1 {
						fmt.Fprintf(b, " down %d", c.Down)
					}
					dumpSpans(b, c.Spans)
				}
				b.WriteByte('\n')
			}
		}
		dumpBlocks(b, in.Blocks, indent+"  ")
	}
}

func dumpSpans(b *strings.Builder, spans []Span) {
	for _, s := range spans {
		fmt.Fprintf(b, " %q", s.Text)
		if s.Style != 0 {
			b.WriteByte('/')
			for i, letter := range "bicsmu" {
				if s.Style&(1<<i) != 0 {
					b.WriteRune(letter)
				}
			}
		}
		if s.Link != "" {
			b.WriteString("→" + s.Link)
		}
		if s.Note != "" {
			b.WriteString("→#" + s.Note)
		}
	}
}

func TestDeepMarkupFallsBackToText(t *testing.T) {
	in := strings.Repeat("<div><blockquote>", 5000) + "deep <b>text</b><p>second</p>"
	want := "paragraph: \"deep text\"\nparagraph: \"second\"\n"
	if got := dump(Parse(in, "")); got != want {
		t.Errorf("Parse = %s, want %s", got, want)
	}
	if got := Sanitize(in, ""); got != "<p>deep text</p>\n<p>second</p>\n" {
		t.Errorf("Sanitize = %s", got)
	}
}

func TestDeepBoxesCostNothing(t *testing.T) {
	in := strings.Repeat("<div><span>", 5000) + `deep <b>text</b></span></div><div>next <a href="https://a.example/">link</a><h2>Head</h2>`
	want := "paragraph: \"deep \" \"text\"/b\nparagraph: \"next \" \"link\"→https://a.example/\nheading 2: \"Head\"\n"
	if got := dump(Parse(in, "")); got != want {
		t.Errorf("Parse = %s, want %s", got, want)
	}
}

func TestImage(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`<p>x</p><IMG alt="a>b" src='https://a.example/1.jpg?a=1&amp;b=2'>`, "https://a.example/1.jpg?a=1&b=2"},
		{`<img src="/p.gif" width=1 height="1"><img src=/r.jpg>`, "/r.jpg"},
		{`<img src="data:image/gif;base64,x" data-src="/late.jpg"/>`, "/late.jpg"},
		{`<img class="emoji" src="/e.png"><imgx src=no><img><img srcset="/s.jpg 1x, /l.jpg 2x">`, "/l.jpg"},
		{`text & <b>no</b> <im`, ""},
		{`<img src="`, ""},
	} {
		if got := Image(tt.in); got != tt.want {
			t.Errorf("Image(%s) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// FuzzParse wants no panic and nothing in a document that Parse promises not
// to put there.
func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s, base string) {
		d := Parse(s, base)
		checkBlocks(t, d.Blocks)
		PlainText(d)
		Image(s)
	})
}

func seed(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, name := range files {
		if a, err := txtar.ParseFile(name); err == nil {
			f.Add(string(a.Files[0].Data), "https://site.example/news/1")
		}
	}
	f.Add("<table><tr><td colspan=99 rowspan=99><li>x<dd>y</table><a href='//[::1'>", "::")
}

func checkBlocks(t *testing.T, blocks []Block) {
	for _, b := range blocks {
		if b.Kind == Pre {
			if textOf(b.Spans) != b.Text {
				t.Fatalf("preformatted spans %q of %q", textOf(b.Spans), b.Text)
			}
			continue
		}
		for _, s := range b.Spans {
			checkSpan(t, s)
		}
		if b.Grid != nil {
			for _, row := range b.Grid.Rows {
				if len(row) != len(b.Grid.Rows[0]) {
					t.Fatalf("a row of %d cells in a table of %d", len(row), len(b.Grid.Rows[0]))
				}
			}
		}
		if b.Media != nil && !strings.HasPrefix(b.Media.URL, "http") {
			t.Fatalf("media at %q", b.Media.URL)
		}
		checkBlocks(t, b.Blocks)
	}
}

func checkSpan(t *testing.T, s Span) {
	if s.Text == "" || strings.ContainsAny(s.Text, "\t\r\f") || strings.Contains(s.Text, "  ") {
		t.Fatalf("span %q", s.Text)
	}
	checkAddress(t, s.Link)
}

func checkAddress(t *testing.T, s string) {
	ok := s == "" || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "mailto:")
	if !ok || strings.ContainsFunc(s, unicode.IsControl) {
		t.Fatalf("address %q", s)
	}
}

// FuzzSanitize reads what Sanitize returns as a browser would.
func FuzzSanitize(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s, base string) {
		checkSanitized(t, s, Sanitize(s, base))
	})
}

// checkSanitized reads what Sanitize made of in as a browser would.
func checkSanitized(t *testing.T, in, out string) {
	t.Helper()
	if had, has := strings.Count(in, "<"), countTags(out); has > had {
		t.Fatalf("%q becomes %q: %d tags of %d", in, out, has, had)
	}
	z := html.NewTokenizer(strings.NewReader(out))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		tok := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%q becomes %q with %v", in, out, tok)
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			extra, ok := allowed[tok.DataAtom]
			if tok.DataAtom == atom.Img {
				extra, ok = "src alt width height", true
			}
			if !ok {
				t.Fatalf("%q becomes %q with %v", in, out, tok)
			}
			for _, a := range tok.Attr {
				if !hasWord(extra+" dir lang title", a.Key) {
					t.Fatalf("%q becomes %q with attribute %v", in, out, a)
				}
				if a.Key == "href" || a.Key == "cite" || a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/") {
					checkAddress(t, a.Val)
				}
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	in := article(9000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(in, "https://site.example/")
	}
}

func BenchmarkSanitize(b *testing.B) {
	in := article(9000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		Sanitize(in, "https://site.example/")
	}
}
