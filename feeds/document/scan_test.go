package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAppendText(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Oil exports resume", "Oil exports resume"},
		{"white space", "  Oil \n\t exports  ", "Oil exports"},
		{"inline", "<b>w</b>ord <i>x</i>", "word x"},
		{"blocks", "<p>one</p>\n <p>two<br/>three</p><div>four</div>", "one\ntwo\nthree\nfour"},
		{"cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"script", "a<script>if (a<b) '</p>'</script>b<STYLE>x{}</style >c", "abc"},
		{"script without end", "a<script>b", "a"},
		{"entities", "AT&amp;T &lt;b&gt; &#8217;&#x2019;&eacute;&nbsp;x &unknown; & &#27 &copy 1", "AT&T <b> ’’é\u00a0x &unknown; & \x1b © 1"},
		{"entity space", "a&#32;&#10; b", "a b"},
		{"windows entity", "&#147;x&#x94;", "“x”"},
		{"comment", "a<!-- <p>x</p> -->b<!-->c<!--->d<!-- x --!>e", "abcde"},
		{"comment without end", "a<!-- b", "a"},
		{"quoted attribute", `<a title="a > b" href='x>y'>c</a>`, "c"},
		{"apostrophe in an attribute", "<a title=it's>c</a> it's", "c it's"},
		{"quote without end", `<a href="x>c</a> d`, "c d"},
		{"less than", "a < b <3 <", "a < b <3 <"},
		{"tag without end", "a <b", "a"},
		{"fallbacks", "a<noscript>n</noscript><iframe>i</iframe><video>v</video><svg><title>s</title></svg>b", "ab"},
		{"video without end", "a<video>b", "ab"},
		{"hidden", `a<div style="display: none">x<div>y</div>z</div>b<span hidden>h</span>c<p class="hidden">d</p>`, "a\nbc\nd"},
		{"image", "one<img src=x alt=y>two", "one two"},
		{"declaration", "<!DOCTYPE html><?xml ?>a</ >b", "ab"},
		{"arabic", "<p>صاروخان&nbsp;قرب <b>المطار</b></p>", "صاروخان\u00a0قرب المطار"},
		{"empty", "", ""},
	} {
		if got := string(AppendText([]byte("> "), tt.in)); got != "> "+tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, "> "+tt.want)
		}
	}
}

// article is markup as news sites write it, about n bytes.
func article(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(`<p>The foreign minister said on <a href="https://example.org/news/2026/11/22/story?utm_source=rss">Wednesday</a> ` +
			`that a withdrawal could be followed by others, which would be &#8220;dangerous&#8221; for the region.</p>` + "\n")
		if i%5 == 0 {
			b.WriteString(`<h2 class="wp-block-heading">Oil &amp; gas</h2><ul><li>Exports resume through <strong>Ceyhan</strong></li>` +
				`<li>Two officials said so</li></ul><blockquote><p>It is a beginning.</p></blockquote>` +
				`<figure><img src="https://example.org/i/1.jpg" alt="A tanker" width="600" height="400"/><figcaption>A tanker</figcaption></figure>`)
		}
	}
	return b.String()
}

func TestAppendTextDoesNotAllocate(t *testing.T) {
	in := article(9000)
	dst := make([]byte, 0, len(in))
	if n := testing.AllocsPerRun(20, func() { dst = AppendText(dst[:0], in) }); n != 0 {
		t.Errorf("AppendText allocates %v times", n)
	}
}

// TestAppendTextIsLinear reads markup that makes naive scanners search the
// rest for every tag.
func TestAppendTextIsLinear(t *testing.T) {
	for _, part := range []string{"<video>", "<div hidden>", "<!-- --!>", `<a b="`, "<a b='>", "</", "<!", "&", "<script></scrip>", "<title>x", "<p", "<"} {
		AppendText(nil, strings.Repeat(part, 2_000_000/len(part)))
	}
}

func FuzzAppendText(f *testing.F) {
	for _, s := range []string{article(500), "<a b='<!--", "<!-- --!> -->", "&#x110000;&amp", "<div hidden><div>", "</script"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := string(AppendText(nil, s))
		if len(got) > 2*len(s) {
			t.Fatalf("%d bytes of text from %d of markup", len(got), len(s))
		}
		if got != "" && strings.Trim(got[:1]+got[len(got)-1:], " \n") == "" {
			t.Fatalf("%q has white space around it", got)
		}
		if !strings.ContainsAny(s, "<&") && strings.Join(strings.Fields(s), "") != strings.Join(strings.Fields(got), "") {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func BenchmarkAppendText(b *testing.B) {
	run := func(name, in string) {
		b.Run(name, func(b *testing.B) {
			dst := make([]byte, 0, len(in))
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				dst = AppendText(dst[:0], in)
			}
		})
	}
	run("made", article(9000))
	for _, page := range []string{"nytimes-1", "rtl-1", "bbc-1"} {
		if in, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpus", "pages", page, "expected.html")); err == nil {
			run(page, string(in))
		}
	}
}
