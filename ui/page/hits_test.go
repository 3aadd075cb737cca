package page

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// marksOf looks for what a query looks for.
func marksOf(t *testing.T, q string) func(string) [][2]int {
	t.Helper()
	parsed, err := query.Parse(q, query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return query.NewMarker(parsed.Expr).Marks
}

// found returns the text of every match by its number.
func found(p *Page) (all []string) {
	for _, line := range p.Lines {
		for _, s := range line {
			n := Style(s.Style).Match()
			if n == 0 {
				continue
			}
			for len(all) < n {
				all = append(all, "")
			}
			all[n-1] += s.Text
		}
	}
	return all
}

func TestMatchesAreNumberedInOrder(t *testing.T) {
	for _, tt := range []struct {
		name, html, query string
		want              []string
	}{
		{"several on a line", "<p>oil and gas and oil</p>", "oil", []string{"oil", "oil"}},
		{"a phrase over two lines", "<p>one two three green zone four</p>", `"green zone"`, []string{"green" + "zone"}},
		{"a phrase over a change of style", "<p>the green <b>zone</b></p>", `"green zone"`, []string{"green zone"}},
		{"a word in two styles", "<p>Wed<b>nesday</b></p>", "wednesday", []string{"Wednesday"}},
		{"a phrase over the number of a link", `<p><a href="https://a.example/">green</a> zone</p>`, `"green zone"`, []string{"green zone"}},
		{"in code, a list, a table and a caption", "<pre>oil</pre><ul><li>oil</ul><table><tr><td>oil<td>b<tr><td>c<td>oil</table><figure><img src='/a.png'><figcaption>oil</figcaption></figure>", "oil", []string{"oil", "oil", "oil", "oil", "oil"}},
		{"not over a line end", "<p>green<br>zone</p>", `"green zone"`, nil},
		{"arabic", "<p>سقط صاروخان قرب مطار بغداد</p>", "مطار", []string{"راطم"}},
	} {
		p := Layout(document.Parse(tt.html, base), Options{Width: 20, Hits: marksOf(t, tt.query)})
		if got := found(p); !slices.Equal(got, tt.want) {
			t.Errorf("%s: matches %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWatchedWordsAreNoMatches(t *testing.T) {
	p := Layout(document.Parse("<p>oil and gas</p>", base), Options{Width: 40, Hits: marksOf(t, "oil"), Watched: marksOf(t, "gas OR oil"), Matches: 4})
	styles := map[string]Style{}
	for _, s := range p.Lines[0] {
		styles[s.Text] = Style(s.Style)
	}
	if got := styles["gas"]; got != Watched {
		t.Errorf("gas has style %b", got)
	}
	if got := styles["oil"]; got != Watched|Hit|5<<matchShift {
		t.Errorf("oil has style %b", got)
	}
}

// TestMarkKeepsText: marking changes styles only, and a match is exactly the text
// that was found, whichever runs it is in.
func TestMarkKeepsText(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b ", " a", "ab", "نص ", "", "é"})
	rapid.Check(t, func(t *rapid.T) {
		var runs []text.Run
		var plain, all strings.Builder
		for range rapid.IntRange(0, 8).Draw(t, "runs") {
			r := text.Run{Text: safe.New(word.Draw(t, "text")), Style: rapid.SampledFrom([]int{0, int(Bold), int(LinkRef)}).Draw(t, "style")}
			if runs = append(runs, r); r.Style != int(LinkRef) {
				plain.WriteString(r.Text.String())
			}
			all.WriteString(r.Text.String())
		}
		look := query.NewMarker(query.Word{Text: "a"}, query.Word{Text: "نص"}).Marks
		out, next := Options{Hits: look, Watched: look}.Mark(runs, 3)
		var got strings.Builder
		found := map[int]string{}
		for _, r := range out {
			got.WriteString(r.Text.String())
			if n := Style(r.Style).Match(); n > 0 {
				found[n] += r.Text.String()
			}
		}
		if got.String() != all.String() {
			t.Fatalf("%q became %q", all.String(), got.String())
		}
		want := look(plain.String())
		if next != 3+len(want) {
			t.Fatalf("the next match is %d after %d", next, len(want))
		}
		for i, w := range want {
			if s := plain.String()[w[0]:w[1]]; found[3+i] != s {
				t.Fatalf("match %d is %q, want %q", 3+i, found[3+i], s)
			}
		}
	})
}

func TestPassages(t *testing.T) {
	const html = `<h2>Head</h2><p>One <b>two</b><br>three\u001b[31m.</p><ul><li>a<li>b</ul><blockquote><p>قال الوزير</p></blockquote><hr><p> </p>
		<table><tr><td>1<td>2<tr><td>3<td>4</table><pre>code
		in</pre>`
	p := Layout(document.Parse(html, base), Options{Width: 40})
	var got []string
	line := 0
	for _, x := range p.Passages {
		if x.From < line || x.To <= x.From || x.To > len(p.Lines) {
			t.Fatalf("passage %d to %d after line %d of %d", x.From, x.To, line, len(p.Lines))
		}
		line = x.To
		got = append(got, x.Text())
	}
	want := []string{"Head", "One two\nthree\\u001b[31m.", "a", "b", "قال الوزير", "1 2\n3 4", "code\n in"}
	if !slices.Equal(got, want) {
		t.Errorf("passages\n%q, want\n%q", got, want)
	}
	if s := strings.TrimSpace(Passage{}.Text()); s != "" {
		t.Errorf("no passage has the text %q", s)
	}
}
