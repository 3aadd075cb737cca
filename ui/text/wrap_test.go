package text

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"sitrep/feeds/safe"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		width    int
		want     string // lines separated by |
	}{
		{"words", "Oil exports resume through Ceyhan", 12, "Oil exports|resume|through|Ceyhan"},
		{"exact", "Oil exports", 11, "Oil exports"},
		{"one line", "Oil", 11, "Oil"},
		{"nothing", "", 5, ""},
		{"spaces hang", "ab    cd", 3, "ab|cd"},
		{"indent stays", "  ab cd", 4, "  ab|cd"},
		{"hyphen", "a long-term plan", 7, "a long-|term|plan"},
		{"minus", "from -5 to", 6, "from|-5 to"},
		{"long word", "abcdefgh ij", 3, "abc|def|gh|ij"},
		{"address", "https://example.org/a/long-path", 12, "https://|example.org/|a/long-path"},
		{"no break space", "Wednesday\u00a0[12]", 10, "Wednesday\u00a0|[12]"},
		{"one cell", "ab c", 1, "a|b|c"},
		{"cjk", "日本語と中国語。", 5, "日本|語と|中国|語。"},
		{"cjk opening", "日本「中国」", 6, "日本|「中|国」"},
		{"cjk with words", "日本 Tokyo 中国", 7, "日本|Tokyo|中国"},
		{"wide in one cell", "日a", 1, "?|a"},
		{"soft hyphen", "Bundes\u00adregierung tagt", 10, "Bundes-|regierung|tagt"},
		{"soft hyphen unused", "Bundes\u00adrat tagt", 9, "Bundesrat|tagt"},
		{"zero width space", "ab\u200bcd", 3, "ab|cd"},
		{"closing stays with its word", "un oui ! non", 6, "un|oui !|non"},
		{"opening stays", "a « mot »", 6, "a|« mot|»"},
		{"decimals move", "from .5 on", 6, "from|.5 on"},
		{"arabic punctuation", "قال : نعم ، لا", 7, ": لاق|، معن|ال"},
		{"number of a link behind cjk", "日本語\u00a0[1]", 8, "日本|語\u00a0[1]"},
		{"quotes beside cjk", "彼は\"日本\"と", 8, "彼は\"日|本\"と"},
		{"hebrew", "שלום עולם יפה", 9, "םלוע םולש|הפי"},
		{"order is the paragraph's", "אבג one two three דהו", 10, "one גבא|two three|והד"},
		{"marks", "e\u0301e\u0301 e\u0301", 2, "e\u0301e\u0301|e\u0301"},
	} {
		var lines []string
		for _, l := range Wrap([]Run{{Text: safe.New(tt.in)}}, tt.width, Auto) {
			lines = append(lines, join(l))
		}
		if got := strings.Join(lines, "|"); got != tt.want {
			t.Errorf("%s: Wrap(%q, %d) = %q, want %q", tt.name, tt.in, tt.width, got, tt.want)
		}
	}
}

func TestWrapKeepsStyles(t *testing.T) {
	runs := []Run{{safe.New("one "), 1}, {safe.New("two th"), 2}, {safe.New(""), 3}, {safe.New("ree"), 4}}
	got := Wrap(runs, 7, Auto)
	want := [][]Segment{{{"one ", 1}, {"two", 2}}, {{"th", 2}, {"ree", 4}}}
	for i := range want {
		if len(got) != len(want) || len(got[i]) != len(want[i]) || got[i][0] != want[i][0] || got[i][1] != want[i][1] {
			t.Fatalf("Wrap = %+v, want %+v", got, want)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runs, set := anyRuns(t), anySetter(t)
		width := rapid.IntRange(1, 40).Draw(t, "width")
		lines := set.Wrap(runs, width, Dir(rapid.IntRange(0, 2).Draw(t, "dir")))
		var got strings.Builder
		for _, l := range lines {
			line := join(l)
			w, _ := Setter{Bidi: Off}.Fit(safe.New(line), 1000)
			if cells := (Setter{}).Width(safe.New(line)); cells > width {
				t.Fatalf("line %q is %d cells, not %d", w, cells, width)
			}
			checkWidth(t, line, (Setter{}).Width(safe.New(line)))
			got.WriteString(line)
		}
		if set.Bidi != App || width < 2 {
			return
		}
		// The whole as one line holds the same letters, whatever the order.
		all := join(set.LineRuns(runs, 10_000, LTR))
		if a, b := letters(got.String()), letters(all); a != b {
			t.Fatalf("wrapped text has %v letters, the line %v", a, b)
		}
	})
}

// letters counts the letters of s by script.
func letters(s string) (n [4]int) {
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
		case r < 0x500:
			n[0]++
		case r < 0x800:
			n[1]++
		case r < 0x3000:
			n[2]++
		default:
			n[3]++
		}
	}
	return n
}

// FuzzLine and FuzzWrap want no panic and no line that is wider than asked.
func FuzzLine(f *testing.F) {
	f.Add("שלום (a) 12", 7, 0)
	f.Add("नमस्ते \U0001F468\u200d\U0001F469", 3, 2)
	f.Fuzz(func(t *testing.T, s string, width, dir int) {
		width = min(width, 300)
		checkWidth(t, Line(safe.New(s), width, Dir(dir)), max(0, width))
	})
}

func FuzzWrap(f *testing.F) {
	f.Add("שלום (a) 12", "नमस्ते \U0001F468\u200d\U0001F469", 3)
	f.Fuzz(func(t *testing.T, a, b string, width int) {
		for _, l := range Wrap([]Run{{safe.New(a), 1}, {safe.New(b), 2}}, width, Auto) {
			line := join(l)
			if w := Width(safe.New(line)); w > width {
				t.Fatalf("%q is %d cells, not %d", line, w, width)
			}
		}
	})
}

func BenchmarkWrap(b *testing.B) {
	for name, s := range map[string]string{
		"english": strings.Repeat("The foreign minister said on Wednesday that a withdrawal could be followed by others. ", 100),
		"turkish": strings.Repeat("Merkez bankası dolar ihalesini genişletti, piyasalar yönünü arıyor; yatırımcı bekliyor. ", 100),
		"arabic":  strings.Repeat("وزارة الخارجية تحذر من انسحاب السفارات بعد سقوط 12 صاروخا قرب المطار. ", 100),
		"cjk":     strings.Repeat("外務大臣は水曜日に撤退の可能性について述べた。", 100),
	} {
		runs := []Run{{Text: safe.New(s)}}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Wrap(runs, 72, Auto)
			}
		})
	}
}

// TestOffIsLogical: with nobody to order it text stays as it was written, also
// where it takes more than the short way for simple text.
func TestOffIsLogical(t *testing.T) {
	off := Setter{Bidi: Off}
	for _, s := range []string{"قال: (12) نص", "\u2068قال\u2069 abc نص", "عسّوي 😀 قال", "לֹא abc"} {
		want := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(s)
		var wrapped, line strings.Builder
		for _, x := range off.Wrap([]Run{{Text: safe.New(s)}}, 40, RTL)[0] {
			wrapped.WriteString(x.Text)
		}
		for _, x := range off.LineRuns([]Run{{Text: safe.New(s)}}, 40, Auto) {
			line.WriteString(x.Text)
		}
		for _, got := range []string{wrapped.String(), strings.TrimRight(line.String(), " ")} {
			if plain := strings.ReplaceAll(got, separator, ""); plain != want {
				t.Errorf("%q became %q", s, got)
			}
		}
	}
}
