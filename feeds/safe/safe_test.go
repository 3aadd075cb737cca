package safe

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestNew(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Oil exports resume", "Oil exports resume"},
		{"spaces stay", "a  b ", "a  b "},
		{"arabic", "صاروخان قرب المطار", "صاروخان قرب المطار"},
		{"joiners", "می\u200cخواهم \U0001F468\u200d\U0001F469", "می\u200cخواهم \U0001F468\u200d\U0001F469"},
		{"marks", "a\u200e \u200f\u061cb", "a\u200e \u200f\u061cb"},
		{"line ends", "a\r\nb\n\n\tc\u2028d\u2029\u0085e", "a b c d e"},
		{"title set", "\x1b]0;owned\x07after", "]0;ownedafter"},
		{"open sequence at the end", "before\x1b[31", "before[31"},
		{"C1 as UTF-8", "a\u009b2Jb", "a2Jb"},
		{"C1 as a byte", "a\x9b2Jb", "a\ufffd2Jb"},
		{"backspace", "rm\b\b\bok", "rmok"},
		{"invalid bytes", "\xff\xfe\xe2\x82", "\ufffd\ufffd\ufffd\ufffd"},
		{"override", "user\u202egnp.exe", "usergnp.exe"},
		{"embeddings", "\u202aa\u202b\u202cb\u202d", "ab"},
		{"open isolate", "a\u2067b", "a\u2067b\u2069"},
		{"balanced isolate", "\u2068a\u2069b", "\u2068a\u2069b"},
		{"stray closer", "a\u2069b", "ab"},
		{"tags", "\U0001F3F4\U000E0067\U000E007Fx", "\U0001F3F4x"},
		{"byte order mark", "\ufeffa", "a"},
		{"noncharacters", "\uffff\ufdd0\U0001FFFE", "\ufffd\ufffd\ufffd"},
		{"deprecated formats", "\u206a\u206fa\ufff9b", "ab"},
		{"empty", "", ""},
		{"nothing left", "\x00\x1b\x7f", ""},
	} {
		if got := New(tt.in).String(); got != tt.want {
			t.Errorf("%s: New(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestNewBoundsIsolates(t *testing.T) {
	got := New(strings.Repeat("\u2067", 1000) + "x" + strings.Repeat("\u2069", 1000) + "y").String()
	want := strings.Repeat("\u2067", maxIsolates) + "x" + strings.Repeat("\u2069", maxIsolates) + "y"
	if got != want {
		t.Errorf("New kept %d runes, want %d", utf8.RuneCountInString(got), utf8.RuneCountInString(want))
	}
}

func TestNewDoesNotCopySafeText(t *testing.T) {
	for _, s := range []string{"Ministers warn against embassy pull-out", "وكالة الأنباء العراقية"} {
		if n := testing.AllocsPerRun(100, func() { New(s) }); n != 0 {
			t.Errorf("New(%q) allocates %v times", s, n)
		}
	}
}

func TestJoin(t *testing.T) {
	if got := Join(" \x1b· ", New("a"), New("b")).String(); got != "a · b" {
		t.Errorf("Join = %q", got)
	}
	if !Join(", ").IsEmpty() || Join(", ", New("a")).IsEmpty() {
		t.Error("IsEmpty is wrong about a join")
	}
}

// FuzzNew states everything that New promises of any input.
func FuzzNew(f *testing.F) {
	for _, s := range []string{"plain", "a\x1b[31mb", "\u2067\u2066a\u2069", "\u202e\xff\u2028", "می\u200cخواهم"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := New(s).String()
		depth, plain := 0, true
		for _, r := range got {
			switch {
			case unicode.Is(unicode.Cc, r), r >= 0x202a && r <= 0x202e, r == 0x2028, r == 0x2029, r >= 0xe0000 && r <= 0xe007f:
				t.Fatalf("New(%q) = %q holds %U", s, got, r)
			case r >= 0x2066 && r <= 0x2068:
				depth++
			case r == 0x2069:
				depth--
			}
			if depth < 0 {
				t.Fatalf("New(%q) = %q closes what is not open", s, got)
			}
		}
		if depth != 0 || !utf8.ValidString(got) {
			t.Fatalf("New(%q) = %q: %d isolates open, valid %v", s, got, depth, utf8.ValidString(got))
		}
		if again := New(got).String(); again != got {
			t.Fatalf("New is not idempotent: %q, then %q", got, again)
		}
		closers := strings.Count(s, "\u2066") + strings.Count(s, "\u2067") + strings.Count(s, "\u2068")
		if utf8.RuneCountInString(got) > utf8.RuneCountInString(s)+closers {
			t.Fatalf("New(%q) = %q grew", s, got)
		}
		for _, r := range s {
			plain = plain && r >= ' ' && r < 0x7f
		}
		if plain && got != s {
			t.Fatalf("New(%q) = %q changed plain text", s, got)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":  strings.Repeat("Ministers warn against it ", 6),
		"arabic": strings.Repeat("صاروخان قرب المطار ", 6),
		"dirty":  strings.Repeat("Ministers\nwarn\x1b[m ", 8),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				New(s)
			}
		})
	}
}
