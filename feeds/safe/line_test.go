package safe

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct{ in, want []string }{
		{[]string{"a", "b\tc", "\x1bd"}, []string{"a", "b c", "d"}},
		{[]string{"a \u2067", "שלום", "\u2069 b"}, []string{"a \u2067", "שלום", "\u2069 b"}},
		{[]string{"a \u2067", "שלום"}, []string{"a \u2067", "שלום\u2069"}},
		{[]string{"a \u2069", "b\u2068"}, []string{"a ", "b\u2068\u2069"}},
		{nil, []string{}},
	} {
		var got []string
		for _, text := range Line(tt.in) {
			got = append(got, text.String())
		}
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("Line(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if all := strings.Join(got, ""); New(all).String() != all {
			t.Errorf("the parts of Line(%q) together are not safe: %q", tt.in, all)
		}
	}
}

// FuzzLine wants of parts what New gives for the whole.
func FuzzLine(f *testing.F) {
	f.Add("a\u2066", "b\u2069\t", "\nc\u2067")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var all string
		for _, text := range Line([]string{a, b, c}) {
			all += text.String()
		}
		if again := New(all).String(); again != all {
			t.Fatalf("%q is not safe, but %q", all, again)
		}
	})
}

func TestSlice(t *testing.T) {
	if got := New("oil exports").Slice(4, 7).String(); got != "exp" {
		t.Errorf("Slice = %q", got)
	}
}
