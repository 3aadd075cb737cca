package query

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sitrep/feeds/spelling"
)

func TestMarker(t *testing.T) {
	for _, tt := range []struct{ query, text, want string }{
		{`oil "green zone"`, "Oil in the Green Zone", "[Oil] in the [Green Zone]"},
		{`exp*`, "Exports expand, the ex", "[Exports] [expand], the ex"},
		{`=Şırnak`, "Sirnak, şırnak, Şırnak", "Sirnak, şırnak, [Şırnak]"},
		{`oil -gas`, "oil and gas", "[oil] and gas"},
		{`near:3(dam river)`, "the river, the dam", "the [river], the [dam]"},
		{`صاروخ`, "سقط الصاروخ، صاروخٌ آخر", "سقط الصاروخ، [صاروخٌ] آخر"},
		{`source:oil`, "oil", "oil"},
	} {
		q, err := Parse(tt.query, options)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(tt.text, NewMarker(q.Expr).Marks(tt.text)); got != tt.want {
			t.Errorf("%s in %q: %q, want %q", tt.query, tt.text, got, tt.want)
		}
	}
	const text = "وفي بغداد وببغداد، והאיש"
	for q, want := range map[string]string{"بغداد": "وفي بغداد [وببغداد]، והאיש", "איש": "وفي بغداد وببغداد، [והאיש]", "oil -بغداد": text} {
		if got := marked(text, NewMarker(Attached(Read(q, options).Expr)...).Marks(text)); got != want {
			t.Errorf("what %s is attached to: %q, want %q", q, got, want)
		}
	}
	var none *Marker
	if !none.Empty() || none.Marks("a") != nil || !NewMarker(All{}).Empty() {
		t.Error("an empty marker finds something")
	}
}

// TestMarkerFindsWhatMatchFinds: a word is marked exactly where the search says
// that the text has it.
func TestMarkerFindsWhatMatchFinds(t *testing.T) {
	word := rapid.SampledFrom([]string{"ab", "a", "abc", "b", "a b", "b a", "ç", "Ab"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 8).Draw(t, "text"), rapid.SampledFrom([]string{" ", ", ", "-"}).Draw(t, "between"))
		w, prefix := word.Draw(t, "word"), rapid.Bool().Draw(t, "prefix")
		e := Word{Text: w, Prefix: prefix}
		marks := NewMarker(e).Marks(text)
		if found := find([]byte(spelling.Fold(text)), []byte(spelling.Fold(w)), 0, prefix) >= 0; found != (len(marks) > 0) {
			t.Fatalf("%q (prefix %v) in %q: %v, marks %v", w, prefix, text, found, marks)
		}
	})
}

func BenchmarkMarker(b *testing.B) {
	text := strings.Repeat("The foreign minister said that a withdrawal could be followed by others. ", 100)
	var words Or
	for i := range 200 {
		words = append(words, Word{Text: "word" + strings.Repeat("x", i%7)})
	}
	m := NewMarker(words, Word{Text: "follow", Prefix: true})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Marks(text)
	}
}
