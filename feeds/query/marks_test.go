package query

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// marked prints the text with [] around its marks.
func marked(text string, marks [][2]int) string {
	var b strings.Builder
	last := 0
	for _, m := range marks {
		b.WriteString(text[last:m[0]] + "[" + text[m[0]:m[1]] + "]")
		last = m[1]
	}
	return b.String() + text[last:]
}

func TestMarks(t *testing.T) {
	for _, tt := range []struct {
		text  string
		words []string
		want  string
	}{
		{"Iraq's oil, IRAQ", []string{"iraq"}, "[Iraq]'s oil, [IRAQ]"},
		{"Bağdat’ta İstanbul", []string{"bagdat", "istan*"}, "[Bağdat]’ta [İstanbul]"},
		{"the Green\n  Zone was", []string{"green zone"}, "the [Green\n  Zone] was"},
		{"قالَ العراقيُّ إنّ", []string{"العراقي"}, "قالَ [العراقيُّ] إنّ"},
		{`דובר צה"ל אמר`, []string{"צהל"}, `דובר [צה"ל] אמר`},
		{"al-Kadhimi", []string{"kadhimi"}, "al-[Kadhimi]"},
		{"al-Kadhimi", []string{"al-Kadhimi"}, "[al-Kadhimi]"},
		{"東京で会議", []string{"京で"}, "東[京で]会議"},
		{"Sana'a and “Kata’ib”,", []string{"sanaa", "kataib"}, "[Sana'a] and “[Kata’ib]”,"},
		{"a b c", []string{"a b", "b c"}, "[a b c]"},
		{"nothing", []string{"thing", "!"}, "nothing"},
		{"", []string{"a"}, ""},
	} {
		if got := marked(tt.text, Marks(tt.text, tt.words)); got != tt.want {
			t.Errorf("Marks(%q, %q) = %q, want %q", tt.text, tt.words, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	q, err := Parse(`a title:b* -c "d e" OR near:5(f a) OR (=g -(h i)) source:j`, options)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(Words(q.Expr), ","); got != "a,b*,d e,f,g" {
		t.Errorf("Words = %s", got)
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Lorem ipsum dolor sit amet. ", 20)
	for _, tt := range []struct {
		text  string
		words []string
		runes int
		want  string
	}{
		{"short text", nil, 40, "short text"},
		{"short text", []string{"text"}, 40, "short [text]"},
		{"  two\n\nlines\tof  text ", []string{"of"}, 40, "two lines [of] text"},
		{"a long text without a hit in it", nil, 16, "a long text…"},
		{long + "the oil minister said " + long, []string{"oil"}, 40, "…amet. the [oil] minister said Lorem…"},
		{"oil " + long + "oil minister " + long, []string{"oil", "minister"}, 30, "…[oil] [minister] Lorem…"},
		{long + "at the end oil", []string{"oil"}, 30, "…sit amet. at the end [oil]"},
		{long + "قال وزير النفط العراقي إن الصادرات " + long, []string{"النفط"}, 30, "…وزير [النفط] العراقي إن…"},
		{strings.Repeat("東", 50) + "京" + strings.Repeat("東", 50), []string{"京"}, 12, "…東東東[京]東東東東東東…"},
		{"abcdefghij klm", []string{"abcdefghij"}, 8, "abcdef…"},
		{"tiny", nil, 2, ""},
	} {
		got, marks := Snippet(tt.text, tt.words, tt.runes)
		if m := marked(got, marks); m != tt.want {
			t.Errorf("Snippet(%.30q, %q, %d) = %q, want %q", tt.text, tt.words, tt.runes, m, tt.want)
		}
	}
}

func TestSnippetProperties(t *testing.T) {
	piece := rapid.SampledFrom([]string{"oil", "Bağdat", "النفط", "a", " ", "\n", " ", "東", "é", "\u0301", "\xff", "-", "'", "ﷺ"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		words := rapid.SliceOfN(piece, 0, 3).Draw(t, "words")
		runes := rapid.IntRange(0, 30).Draw(t, "runes")
		s, marks := Snippet(text, words, runes)
		if utf8.RuneCountInString(s) > runes || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
			t.Fatalf("Snippet = %q", s)
		}
		last := 0
		for _, m := range append(marks, Marks(s, nil)...) {
			if m[0] < last || m[1] <= m[0] || m[1] > len(s) {
				t.Fatalf("Snippet = %q, %v", s, marks)
			}
			last = m[1]
		}
		if len(Marks(text, words)) > 0 && runes >= 12 && len(marks) == 0 {
			t.Fatalf("Snippet(%q, %q) = %q shows no hit", text, words, s)
		}
	})
}

func BenchmarkSnippet(b *testing.B) {
	text := strings.Repeat("The foreign minister said on Wednesday that a withdrawal could be followed. ", 33) +
		strings.Repeat("قال وزير النفط العراقي إن الصادرات مستمرة. ", 33)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Snippet(text, []string{"النفط", "minister", "withdraw*"}, 160)
	}
}
