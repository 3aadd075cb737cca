package export

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"iter"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sitrep/feeds"
	"sitrep/feeds/document"
)

var update = flag.Bool("update", false, "write the golden files")

// samples are two articles: one with everything, one with hardly anything.
func samples() []Item {
	at := time.Date(2026, 11, 22, 2, 55, 0, 0, time.UTC)
	return []Item{{
		Article: feeds.Article{
			ID: feeds.FirstID(at), Story: feeds.StoryID(feeds.FirstID(at)), Feed: 7, Source: "Shafaq *News*", Lang: "en",
			Link: "https://example.org/a_(b)?x=1&y=2", Title: "Ministers [warn] against <b> pull-out\x1b[31m", Base: "https://example.org/",
			HTML: "<h2>Section 1</h2><p>The <b>foreign minister </b>said on <i>Wed<b>nesday</b></i> that <a href='/x'>a <code>with`drawal</code></a> could be " +
				"followed by others.<br>1. No, it *could not*.</p><ol start=3><li>three<li>four<ul><li>inner</ul></ol>" +
				"<blockquote><p># quoted</p><p>twice</p></blockquote><pre>code ``` here\n  indented</pre>" +
				"<table><tr><th>a|b<th>c<tr><td>1<td>2</table><hr><figure><img src='/i.png' alt='An image'><figcaption>Caption</figcaption></figure>" +
				"<p>" + strings.Repeat("More text follows here. ", 20) + "</p>",
			Authors: []feeds.Author{{Name: "A. Writer"}, {Email: "desk@example.org"}}, Tags: []string{"oil", "a\tb"},
			Enclosures: []feeds.Enclosure{{URL: "https://example.org/a.mp3", Type: "audio/mpeg", Length: 5}},
			Published:  at, Zone: 3 * 3600, FirstSeen: at.Add(10 * time.Minute), Updated: at.Add(time.Hour),
		},
		Status:    feeds.Status{Starred: true, Arrived: at.Add(11 * time.Minute)},
		Briefings: []string{"iraq", "security"},
	}, {
		Article: feeds.Article{ID: 5, Source: "وكالة", Link: "javascript:alert(1)", HTML: "<p>قال الوزير إن الصادرات مستمرة.</p>", FirstSeen: at},
		Status:  feeds.Status{Read: true},
	}}
}

var options = Options{Location: time.FixedZone("CET", 3600)}

func TestGolden(t *testing.T) {
	full := options
	full.Full = true
	for _, tt := range []struct {
		name  string
		print func(io.Writer, iter.Seq[Item], Options) error
		o     Options
	}{
		{"text.txt", Text, options}, {"text-full.txt", Text, full},
		{"markdown.md", Markdown, options}, {"markdown-full.md", Markdown, full},
		{"list.jsonl", JSON, options}, {"page.html", HTML, options}, {"mail.mbox", Mbox, options},
	} {
		var b bytes.Buffer
		if err := tt.print(&b, slices.Values(samples()), tt.o); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		path := filepath.Join("testdata", tt.name)
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestNothingForeign checks that no format lets a control character through.
func TestNothingForeign(t *testing.T) {
	bad := "a\x1b]0;x\x07\u009b\u202e\u2028\xffb\r\nFrom me"
	it := Item{Article: feeds.Article{
		Title: bad, Source: bad, Lang: bad, Link: "https://example.org/" + bad, Tags: []string{bad}, Image: bad, Comments: bad,
		Authors: []feeds.Author{{Name: bad, Email: bad, URI: bad}}, Enclosures: []feeds.Enclosure{{URL: bad, Type: bad}},
		HTML: "<p title='" + bad + "'>" + bad + "</p><pre>" + bad + "</pre><a href='https://e.example/" + bad + "'>x</a><script>x</script>",
	}, Briefings: []string{bad}}
	for name, print := range map[string]func(io.Writer, iter.Seq[Item], Options) error{
		"text": Text, "markdown": Markdown, "json": JSON, "html": HTML, "mbox": Mbox,
	} {
		var b bytes.Buffer
		if err := print(&b, slices.Values([]Item{it}), Options{Full: true}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !utf8.Valid(b.Bytes()) || strings.ContainsAny(b.String(), "\x1b\x07\r\u009b\u202e\u2028") {
			t.Errorf("%s prints %q", name, b.String())
		}
	}
}

// Code keeps its indentation in every format that has code.
func TestCodeKeepsItsIndentation(t *testing.T) {
	it := Item{Article: feeds.Article{ID: 5, Title: "Code", HTML: "<pre><code>func main() {\n\tprint(1)\n}</code></pre>"}}
	full := options
	full.Full = true
	for name, print := range map[string]func(io.Writer, iter.Seq[Item], Options) error{"markdown": Markdown, "html": HTML} {
		var out bytes.Buffer
		if err := print(&out, slices.Values([]Item{it}), full); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "\n    print(1)\n") {
			t.Errorf("%s: the line is not indented:\n%s", name, &out)
		}
	}
}

func TestJSONDecodes(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, slices.Values(samples()), options); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, l := range lines {
		var m map[string]any
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Error(err)
		}
		for k, v := range m {
			if v == nil {
				t.Errorf("%s is null", k)
			}
		}
	}
}

// TestMboxIsMail reads a printed message as mail.
func TestMboxIsMail(t *testing.T) {
	var b bytes.Buffer
	if err := Mbox(&b, slices.Values(samples()[:1]), options); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), "\n")
	m, err := mail.ReadMessage(strings.NewReader(rest))
	if err != nil {
		t.Fatal(err)
	}
	if at, err := m.Header.Date(); err != nil || !at.Equal(samples()[0].Article.Published) {
		t.Errorf("date %v, %v", at, err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || !strings.Contains(string(body), "foreign minister said") {
		t.Errorf("body %.60q, %v", body, err)
	}
}

func TestQuote(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"<p>Short.</p><p>Two.</p>", "Short. Two."},
		{"<p>" + strings.Repeat("A sentence of some length. ", 30) + "</p>", strings.TrimSpace(strings.Repeat("A sentence of some length. ", 14))},
		{"<p>" + strings.Repeat("word ", 200) + "</p>", strings.TrimSpace(strings.Repeat("word ", 80)) + "…"},
		{"<p>" + strings.Repeat("م", 500) + "</p>", strings.Repeat("م", 400) + "…"},
	} {
		if got := quote(&feeds.Article{HTML: tt.in}); got != tt.want {
			t.Errorf("quote(%.30q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrors(t *testing.T) {
	for name, print := range map[string]func(io.Writer, iter.Seq[Item], Options) error{
		"text": Text, "markdown": Markdown, "json": JSON, "html": HTML, "mbox": Mbox,
	} {
		if err := print(failing{}, slices.Values(samples()), options); err == nil {
			t.Errorf("%s: no error from a full disk", name)
		}
	}
}

// TestInlineKeepsText checks that marks only add signs to a text.
func TestInlineKeepsText(t *testing.T) {
	span := rapid.Custom(func(t *rapid.T) document.Span {
		return document.Span{
			Text:  rapid.SampledFrom([]string{"a", " b", "c ", " ", "d\ne", "\n", "f g", ""}).Draw(t, "text"),
			Style: document.Style(rapid.IntRange(0, 15).Draw(t, "style")),
			Link:  rapid.SampledFrom([]string{"", "https://x.example/", "https://y.example/"}).Draw(t, "link"),
		}
	})
	strip := strings.NewReplacer("*", "", "~", "", "`", "", "[", "", "](https://x.example/)", "", "](https://y.example/)", "", "\\\n", " ")
	rapid.Check(t, func(t *rapid.T) {
		var want strings.Builder
		spans := rapid.SliceOfN(span, 0, 6).Draw(t, "spans")
		for _, s := range spans {
			want.WriteString(s.Text)
		}
		got := inline(spans)
		if g, w := strings.Join(strings.Fields(strip.Replace(got)), " "), strings.Join(strings.Fields(want.String()), " "); g != w {
			t.Fatalf("inline(%+v) = %q", spans, got)
		}
		if strings.Contains(got, "[ ") || strings.Contains(got, " ]") {
			t.Fatalf("inline(%+v) = %q", spans, got)
		}
	})
}
