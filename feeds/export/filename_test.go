package export

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFileName(t *testing.T) {
	for _, tt := range []struct {
		title  string
		number int
		want   string
	}{
		{"Ministers warn against embassy pull-out", 1, "Ministers warn against embassy pull-out.md"},
		{"صاروخان قرب المطار", 2, "صاروخان قرب المطار 2.md"},
		{"../../.bashrc", 1, "bashrc.md"},
		{"/etc/x", 1, "etc x.md"},
		{"a\x00b\x1b[2J", 1, "ab[2J.md"},
		{"gpj.\u202eexe", 1, "gpj.exe.md"},
		{"-oProxyCommand=x", 1, "oProxyCommand=x.md"},
		{"", 1, "article.md"},
		{"...", 1, "article.md"},
		{"NUL", 1, "article NUL.md"},
		{"com1.txt", 1, "article com1.txt.md"},
		{"Oil: up? \"no\" <b> | yes*", 12, "Oil up no b yes 12.md"},
		{"trailing. ", 1, "trailing.md"},
	} {
		if got := FileName(tt.title, ".md", tt.number); got != tt.want {
			t.Errorf("FileName(%q, %d) = %q, want %q", tt.title, tt.number, got, tt.want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	f.Add(strings.Repeat("e\u0301", 3000), 1)
	f.Add(strings.Repeat("ن", 4096), 3)
	f.Add("..\\..\\x", 1)
	f.Fuzz(func(t *testing.T, title string, number int) {
		got := FileName(title, ".html", max(1, min(number, 1000)))
		switch {
		case got != filepath.Base(got) || !filepath.IsLocal(got) || strings.ContainsAny(got, `/\`):
			t.Errorf("%q leaves its folder", got)
		case len(got) > maxFileName || !utf8.ValidString(got):
			t.Errorf("%q is %d bytes", got, len(got))
		case strings.HasPrefix(got, ".") || strings.HasPrefix(got, "-") || got == ".html":
			t.Errorf("%q is hidden or an option", got)
		case strings.ContainsFunc(got, unicode.IsControl):
			t.Errorf("%q holds a control", got)
		}
	})
}
