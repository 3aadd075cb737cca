package safe

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// U5: a host that imitates another is shown by its true name.
func TestAddress(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "https://example.org/a?b#c", "https://example.org/a?b#c"},
		{"cyrillic that looks latin", "https://аррӏе.com/login", "https://xn--80ak6aa92e.com/login"},
		{"one cyrillic letter", "https://pаypal.com", "https://xn--pypal-4ve.com"},
		{"greek letter", "https://gοogle.com", "https://xn--gogle-rce.com"},
		{"russian host", "https://президент.рф/", "https://президент.рф/"},
		{"arabic host", "https://وزارة.العراق/ع", "https://وزارة.العراق/ع"},
		{"arabic under com", "https://السومرية.com/ع", "https://السومرية.com/ع"},
		{"turkish", "https://şırnak.example/", "https://şırnak.example/"},
		{"chinese with a number", "https://新闻24.example/", "https://新闻24.example/"},
		{"invisible", "https://exam\u00adple.org/", "https://xn--example-oka.org/"},
		{"with a port", "https://аррӏе.com:8443/x", "https://xn--80ak6aa92e.com:8443/x"},
		{"an encoded host", "https://%D0%B0%D1%80%D1%80%D3%8F%D0%B5.com/", "https://xn--80ak6aa92e.com/"},
		{"an encoded arabic host", "https://%D9%88%D8%B2%D8%A7%D8%B1%D8%A9.example/a", "https://وزارة.example/a"},
		{"a login", "https://bank@аррӏе.com/", "https://bank@xn--80ak6aa92e.com/"},
		{"a number", "http://[::1]:8080/x", "http://[::1]:8080/x"},
		{"no path", "https://аррӏе.com?q=1", "https://xn--80ak6aa92e.com?q=1"},
		{"the path may say anything", "https://example.org/аррӏе.com", "https://example.org/аррӏе.com"},
		{"escapes go away", "https://example.org/\x1b[31m", "https://example.org/[31m"},
		{"no address", "аррӏе", "аррӏе"},
		{"empty", "", ""},
	} {
		if got := Address(tt.in).String(); got != tt.want {
			t.Errorf("%s: Address(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

// FuzzPunycode compares with the library that is asked before a host is dialled.
func FuzzPunycode(f *testing.F) {
	for _, s := range []string{"аррӏе", "münchen", "新闻24", "a-b-ü", "\U0001F600x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, label string) {
		if !utf8.ValidString(label) || strings.ContainsAny(label, ".。．｡") {
			return // no label
		}
		want, err := idna.Punycode.ToASCII(label)
		if err != nil || len(label) > 50 || want == label {
			return
		}
		if got := "xn--" + punycode(label); got != want {
			t.Errorf("punycode(%q) = %q, want %q", label, got, want)
		}
	})
}
