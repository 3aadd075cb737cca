package revision

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// written prints a comparison with its signs, a line for each paragraph.
func written(ps []Paragraph) string {
	var lines []string
	for _, p := range ps {
		var words []string
		for _, x := range p {
			words = append(words, map[Kind]string{Same: x.Text, Removed: "[-" + x.Text + "-]", Added: "{+" + x.Text + "+}"}[x.Kind])
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name          string
		before, after []string
		want          string
	}{
		{"nothing", []string{"a b"}, []string{"a b"}, "a b"},
		{"a word", []string{"Twelve people were hurt"}, []string{"Fourteen people were hurt"}, "[-Twelve-] {+Fourteen+} people were hurt"},
		{"arabic", []string{"سقط صاروخان قرب المطار"}, []string{"سقط ثلاثة صواريخ قرب المطار"}, "سقط [-صاروخان-] {+ثلاثة صواريخ+} قرب المطار"},
		{"white space", []string{"a  b\n"}, []string{"a b"}, "a b"},
		{"a paragraph came", []string{"one", "three"}, []string{"one", "two", "three"}, "one\n{+two+}\nthree"},
		{"a paragraph went", []string{"one", "two", "three"}, []string{"one", "three"}, "one\n[-two-]\nthree"},
		{"a paragraph split", []string{"first half second half"}, []string{"first half", "second half"}, "first half {+¶+}\nsecond half"},
		{"paragraphs joined", []string{"first half", "second half"}, []string{"first half second half"}, "first half [-¶-] second half"},
		{"a paragraph went behind a change", []string{"one is here", "two"}, []string{"three is here"}, "[-one-] {+three+} is here\n[-two-]"},
		{"a paragraph came behind a change", []string{"one is here"}, []string{"three is here", "two"}, "[-one-] {+three+} is here\n{+two+}"},
		{"a paragraph came behind a longer end", []string{"it spoke.", "x"}, []string{"it spoke again.", "more", "x"}, "it [-spoke.-] {+spoke again.+}\n{+more+}\nx"},
		{"all of it", []string{"alpha beta"}, []string{"gamma delta"}, "[-alpha beta-] {+gamma delta+}"},
		{"a short word between changes", []string{"alpha of beta ends"}, []string{"gamma of delta ends"}, "[-alpha of beta-] {+gamma of delta+} ends"},
		{"from nothing", nil, []string{"one", "two"}, "{+one+}\n{+two+}"},
		{"to nothing", []string{"one", " "}, nil, "[-one-]"},
	} {
		if got := written(Compare(tt.before, tt.after)); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestChanges(t *testing.T) {
	ps := Compare([]string{"one is here", "gone", "kept"}, []string{"two is here", "kept", "came"})
	if got := Changes(ps); got != 3 {
		t.Errorf("%d changes in\n%s", got, written(ps))
	}
}

func TestOf(t *testing.T) {
	got := Of("Head", "<p>One.</p><ul><li>a<li>b</ul>", "")
	if want := []string{"Head", "One.", "- a", "- b"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// words returns the words of one side of a comparison.
func words(ps []Paragraph, side Kind) (out []string) {
	for _, p := range ps {
		for _, x := range p {
			if x.Kind != Same && x.Kind != side {
				continue
			}
			for w := range strings.FieldsSeq(x.Text) {
				if w != Break {
					out = append(out, w)
				}
			}
		}
	}
	return out
}

// TestBothTextsAreWhole: what was is all that is the same or removed, in order,
// and what is all that is the same or added.
func TestBothTextsAreWhole(t *testing.T) {
	paragraph := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "long", "word", "نص"}), 0, 6).Draw(t, "words"), " ")
	})
	text := rapid.SliceOfN(paragraph, 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		ps := Compare(before, after)
		if got, want := words(ps, Removed), strings.Fields(strings.Join(before, " ")); !slices.Equal(got, want) {
			t.Fatalf("before is %q, want %q", got, want)
		}
		if got, want := words(ps, Added), strings.Fields(strings.Join(after, " ")); !slices.Equal(got, want) {
			t.Fatalf("after is %q, want %q", got, want)
		}
		if same := slices.Equal(strings.Fields(strings.Join(before, " ")), strings.Fields(strings.Join(after, " "))); same && slices.Equal(before, after) && Changes(ps) != 0 {
			t.Fatalf("equal texts have %d changes", Changes(ps))
		}
	})
}

// TestShortest checks the length of the script against the plain recurrence.
func TestShortest(t *testing.T) {
	list := rapid.SliceOfN(rapid.Int32Range(0, 3), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		cost := 0
		x, y := 0, 0
		for _, e := range edits(a, b) {
			if e.a != x || e.b != y {
				t.Fatalf("edit %v after %d, %d", e, x, y)
			}
			x, y = e.aEnd, e.bEnd
			if !e.same {
				cost += e.aEnd - e.a + e.bEnd - e.b
			} else if !slices.Equal(a[e.a:e.aEnd], b[e.b:e.bEnd]) {
				t.Fatalf("%v and %v are not the same", a[e.a:e.aEnd], b[e.b:e.bEnd])
			}
		}
		if x != len(a) || y != len(b) {
			t.Fatalf("ends at %d, %d of %d, %d", x, y, len(a), len(b))
		}
		if want := len(a) + len(b) - 2*common(a, b); cost != want {
			t.Fatalf("%d insertions and deletions, want %d", cost, want)
		}
	})
}

// common is the length of the longest common subsequence.
func common(a, b []int32) int {
	row := make([]int, len(b)+1)
	for i := range a {
		last := 0
		for j := range b {
			was := row[j+1]
			if a[i] == b[j] {
				row[j+1] = last + 1
			} else {
				row[j+1] = max(row[j], row[j+1])
			}
			last = was
		}
	}
	return row[len(b)]
}

// TestLargeTextsTakeBoundedTime compares texts of a megabyte that have nothing, or
// much in another order, in common.
func TestLargeTextsTakeBoundedTime(t *testing.T) {
	var a, b, c []string
	for i := range 20_000 {
		a = append(a, fmt.Sprintf("a%d word here and more of it and a number %d", i, i%97))
		b = append(b, fmt.Sprintf("b%d text there or less of that or a figure %d", i, i%89))
	}
	c = slices.Clone(a)
	slices.Reverse(c)
	for name, pair := range map[string][2][]string{"unlike": {a, b}, "reversed": {a, c}, "one paragraph": {{strings.Join(a, " ")}, {strings.Join(b, " ")}}} {
		start := time.Now()
		if n := Changes(Compare(pair[0], pair[1])); n == 0 {
			t.Errorf("%s: no changes", name)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	var before []string
	for i := range 40 {
		before = append(before, fmt.Sprintf("The minister said on day %d that exports through the pipeline would go on as agreed.", i))
	}
	after := slices.Clone(before)
	after[3], after[20] = "A paragraph of another kind.", before[20]+" He did not say when."
	for b.Loop() {
		Compare(before, after)
	}
}
