package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"

	"sitrep/feeds/safe"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		width    int
		dir      Dir
		want     string
	}{
		{"padded", "Iraq", 6, Auto, "Iraq  "},
		{"exact", "Iraq", 4, Auto, "Iraq"},
		{"cut", "Oil exports", 6, Auto, "Oil e…"},
		{"no space before the cut", "Oil exports", 5, Auto, "Oil… "},
		{"one cell", "Oil", 1, Auto, "…"},
		{"no cell", "Oil", 0, Auto, ""},
		{"empty", "", 3, Auto, "   "},
		{"wide", "日本語", 5, Auto, "日本…"},
		{"wide does not fit", "日本語", 4, Auto, "日… "},
		{"hebrew", "שלום", 6, Auto, "  םולש"},
		{"hebrew in a left column", "שלום", 6, LTR, "םולש  "},
		{"hebrew cut", "שלום עולם", 6, Auto, " …םולש"},
		{"arabic with number", "سقط 12 جريحا", 14, Auto, "  احيرج 12 طقس"},
		{"latin in arabic", "شركة BP النفطية", 16, Auto, " ةيطفنلا BP ةكرش"},
		{"arabic in latin", "The daily المدى reports", 24, Auto, "The daily ىدملا reports "},
		{"brackets are mirrored", "(שלום)", 6, Auto, "(םולש)"},
		{"marks stay on their letter", "מָה", 3, Auto, " המָ"},
		{"latin in a right column", "Iraq.", 6, RTL, " .Iraq"},
		{"isolate", "a \u2067שלום\u2069 b", 8, LTR, "a םולש b"},
		{"variation selector", "❤\ufe0f ok", 5, Auto, "❤ ok "},
		{"keycap", "1\ufe0f\u20e3", 2, Auto, "1\u20e3 "},
		{"family", "\U0001F468\u200d\U0001F469\u200d\U0001F467!", 4, Auto, "\U0001F468! "},
		{"skin tone", "\U0001F44D\U0001F3FD!", 4, Auto, "\U0001F44D! "},
		{"flag", "\U0001F1EE\U0001F1F6!", 4, Auto, "\U0001F1EE\U0001F1F6! "},
		{"half a flag", "\U0001F1EE!", 3, Auto, "I! "},
		{"mark without base", "\u0301a", 2, Auto, "a "},
		{"soft hyphen", "Regie\u00adrung", 9, Auto, "Regierung"},
	} {
		if got := Line(safe.New(tt.in), tt.width, tt.dir); got != tt.want {
			t.Errorf("%s: Line(%q, %d) = %q, want %q", tt.name, tt.in, tt.width, got, tt.want)
		}
	}
}

func TestSetterModes(t *testing.T) {
	s := safe.New("שלום (a)")
	for _, tt := range []struct {
		set  Setter
		want string
	}{
		{Setter{Bidi: App}, "  (a) םולש"},
		{Setter{Bidi: Terminal}, "  \u2067שלום (a)\u2069"},
		{Setter{Bidi: Off}, "שלום (a)  "},
	} {
		if got := tt.set.Line(s, 10, Auto); got != tt.want {
			t.Errorf("mode %d: %q, want %q", tt.set.Bidi, got, tt.want)
		}
	}
	if got := (Setter{ASCII: true}).Line(safe.New("Oil exports"), 7, Auto); got != "Oil... " {
		t.Errorf("ASCII: %q", got)
	}
	if got := (Setter{Bidi: Terminal}).Line(safe.New("  a שלום"), 8, LTR); got != "  \u2066a שלום\u2069" {
		t.Errorf("spaces at the left: %q", got)
	}
	if got := (Setter{Bidi: Terminal}).Line(safe.New("ab \u2067שלום עולם\u2069"), 8, Auto); got != "\u2066ab \u2067שלום…\u2069\u2069" {
		t.Errorf("a cut isolate: %q", got)
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		width, w int
	}{{"Iraq", "Iraq", 9, 4}, {"שלום", "םולש", 9, 4}, {"日本語", "日…", 4, 3}, {"a", "", 0, 0}} {
		if got, w := Fit(safe.New(tt.in), tt.width); got != tt.want || w != tt.w {
			t.Errorf("Fit(%q, %d) = %q, %d, want %q, %d", tt.in, tt.width, got, w, tt.want, tt.w)
		}
	}
}

func TestMarksAreCapped(t *testing.T) {
	got := Line(safe.New("a"+strings.Repeat("\u0301", 1_000_000)+"b"), 2, Auto)
	if want := "a" + strings.Repeat("\u0301", maxMarks) + "b"; got != want {
		t.Errorf("%d bytes remain, want %d", len(got), len(want))
	}
	got = Line(safe.New("a"+strings.Repeat("\u200d\u20dd", 300_000)), 2, Auto)
	if len(got) > 4*maxMarks {
		t.Errorf("a chain of joiners keeps %d bytes", len(got))
	}
}

func TestLineRuns(t *testing.T) {
	runs := []Run{{safe.New("ab "), 1}, {safe.New("שלום"), 2}, {safe.New("\u05b0 עולם"), 3}}
	got := LineRuns(runs, 14, Auto)
	want := []Segment{{"ab ", 1}, {"םלוע ", 3}, {"ם\u05b0\u200bולש", 2}, {"  ", 0}}
	if len(got) != len(want) {
		t.Fatalf("LineRuns = %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("segment %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}

// TestSimpleTables holds the short cuts against the renderer's tables.
func TestSimpleTables(t *testing.T) {
	for r := rune(' '); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		if w := simpleWidth(r); w > 0 {
			before, _ := ansi.FirstGraphemeCluster("a"+s, ansi.GraphemeWidth)
			after, _ := ansi.FirstGraphemeCluster(s+"a", ansi.GraphemeWidth)
			if !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z) {
				t.Errorf("%U is not assigned", r)
			}
			if before != "a" || after != s || w != ansi.StringWidth(s) || w != ansi.StringWidthWc(s) {
				t.Errorf("%U is not simple: %q %q, widths %d %d", r, before, after, ansi.StringWidth(s), ansi.StringWidthWc(s))
			}
		}
		if isSimpleMark(r) {
			with, w := ansi.FirstGraphemeCluster("a"+s, ansi.GraphemeWidth)
			if with != "a"+s || w != 1 || ansi.StringWidthWc("a"+s) != 1 || simpleWidth(r) != 0 {
				t.Errorf("%U is no simple mark", r)
			}
		}
		switch c := classOf(r); c {
		case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI, bidi.FSI:
			// Numbers alone never move, and safe text holds no embeddings.
			if !needsBidi(s) && c != bidi.AN && c != bidi.RLE && c != bidi.RLO && unicode.In(r, unicode.L, unicode.M, unicode.Cf, unicode.N, unicode.P) {
				t.Errorf("needsBidi(%U) is false, its class is %v", r, c)
			}
		}
	}
}

// alphabets are what random text is made of: every script that behaves in its
// own way, and what is known to break widths.
var alphabets = [][]rune{
	[]rune("abc XYZ 0123 .,:;()[]-/'\""), []rune("אבגדה וזח()"), []rune("ابتثجح 123٤٥٦، (لله)"), []rune("\u064b\u064e\u05b0\u0301\u0300\u20dd\u0670"),
	[]rune("日本語、。「」한글カナ"), []rune("\u1100\u1161\u11a8각ᄀ"), []rune("กำลังนี้ที่"), []rune("नमस्ते क्षत्रिय ஸ்ரீ தமிழ் বাংলা"),
	[]rune("\U0001F468\U0001F469\U0001F467\u200d\ufe0f\u2764\U0001F3FD\U0001F1EE\U0001F1F6#1\u20e3\u00a9\U0001F3F4"),
	[]rune("\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u00ad\u2060\u00a0\u202f\u3000"),
	[]rune("\u0600\u06dd\u070f\u0890\u110bd\u0903\u0e33\u0eb3\ua953\u1cf3\u0897\U00016d63\U0001e5ee"),
}

func anyText(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 30).Draw(t, "stretches") {
		letters := rapid.SampledFrom(alphabets).Draw(t, "alphabet")
		for range rapid.IntRange(1, 6).Draw(t, "length") {
			b.WriteRune(rapid.SampledFrom(letters).Draw(t, "letter"))
		}
	}
	return b.String()
}

func anySetter(t *rapid.T) Setter {
	return Setter{Bidi: Mode(rapid.IntRange(0, 2).Draw(t, "mode")), ASCII: rapid.Bool().Draw(t, "ascii")}
}

// checkWidth fails unless both of the renderer's measures agree on want.
func checkWidth(t interface{ Fatalf(string, ...any) }, line string, want int) {
	if g, w := ansi.StringWidth(line), ansi.StringWidthWc(line); g != want || w != want {
		t.Fatalf("%q is %d cells by grapheme, %d by character, want %d", line, g, w, want)
	}
}

func TestLineIsExactlyAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, set := safe.New(anyText(t)), anySetter(t)
		width := rapid.IntRange(0, 40).Draw(t, "width")
		dir := Dir(rapid.IntRange(0, 2).Draw(t, "dir"))
		checkWidth(t, set.Line(s, width, dir), width)
		fitted, w := set.Fit(s, width)
		checkWidth(t, fitted, w)
		if full := set.Width(s); full <= width && w != full || w > width {
			t.Fatalf("Fit is %d of %d cells, Width %d", w, width, full)
		}
	})
}

func anyRuns(t *rapid.T) (runs []Run) {
	for i := range rapid.IntRange(0, 4).Draw(t, "runs") {
		runs = append(runs, Run{safe.New(anyText(t)), i + 1})
	}
	return runs
}

func join(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestLineRunsIsExactlyAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runs, set := anyRuns(t), anySetter(t)
		width := rapid.IntRange(0, 40).Draw(t, "width")
		checkWidth(t, join(set.LineRuns(runs, width, Dir(rapid.IntRange(0, 2).Draw(t, "dir")))), width)
	})
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":  "Ministers warn against embassy pull-out as talks resume in the capital after a week",
		"latin":  "Merkez bankası dolar ihalesini genişletti, piyasalar yönünü arıyor; yatırımcı bekliyor",
		"arabic": "وزارة الخارجية تحذر من انسحاب السفارات بعد سقوط 12 صاروخا قرب المطار يوم الأربعاء",
		"mixed":  "وزارة النفط توقع عقدا مع BP (British Petroleum) بقيمة 25 مليار دولار في كركوك",
		"emoji":  "Breaking ❤\ufe0f \U0001F468\u200d\U0001F469\u200d\U0001F467 news from नमस्ते and 日本語 today",
	} {
		t := safe.New(s)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Line(t, 100, Auto)
			}
		})
	}
}
