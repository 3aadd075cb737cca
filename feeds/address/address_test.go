package address

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHost(t *testing.T) {
	for _, tt := range []struct {
		address, want string
		odd           bool
	}{
		{"https://www.Wire.example/a?b#c", "www.wire.example", false},
		{"https://аррӏе.com/", "xn--80ak6aa92e.com", true},
		{"https://%D0%B0%D1%80%D1%80%D3%8F%D0%B5.com/", "xn--80ak6aa92e.com", true},
		{"https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", true},
		{"https://pаypal.com", "xn--pypal-4ve.com", true}, // а is Cyrillic
		{"https://пример.рф/", "пример.рф", false},
		{"https://москва.com/", "москва.com", false},
		{"https://хор.рф/", "хор.рф", false}, // looks Latin, among Cyrillic names
		{"https://www.وكالة-الأنباء.com/", "www.وكالة-الأنباء.com", false},
		{"https://ישראל.co.il", "ישראל.co.il", false},
		{"https://şırnak.com.tr", "şırnak.com.tr", false},
		{"https://twıtter.com", "xn--twtter-q9a.com", true},
		{"https://müller.de", "müller.de", false},
		{"https://ɑpple.com", "xn--pple-p5b.com", true},
		{"https://東京でnews.jp", "東京でnews.jp", false},
		{"https://aا.com", "xn--a-zmc.com", true},
		{"https://[2001:db8::1]:80/", "2001:db8::1", false},
		{"mailto:a@b.example", "", false},
		{"https://10.0.0.1/", "10.0.0.1", false},
		{"%zz", "", false},
	} {
		if got, odd := Host(tt.address); got != tt.want || odd != tt.odd {
			t.Errorf("Host(%s) = %s %v, want %s %v", tt.address, got, odd, tt.want, tt.odd)
		}
	}
}

func TestShow(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?y=1#z":                         "https://a.example/x?y=1#z",
		"https://%D0%B0%D1%80%D1%80%D3%8F%D0%B5.com:8080/p": "https://xn--80ak6aa92e.com:8080/p",
		"https://%D9%85%D8%AB%D8%A7%D9%84.com/":             "https://مثال.com/",
		"https://me:secret@a.example/x":                     "https://a.example/x",
		"https://[2001:db8::1]:80/x":                        "https://[2001:db8::1]:80/x",
		"https://exam\u00adple.org/":                        "https://example.org/",
		"https://a.example/\x1b[31m":                        "https://a.example/[31m",
		"":                                                  "",
		"mailto:a@b.example":                                "mailto:a@b.example",
	} {
		if got := Show(in).String(); got != want {
			t.Errorf("Show(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestClaim(t *testing.T) {
	for _, tt := range []struct{ text, address, want string }{
		{"https://bank.example", "https://evil.example/", "bank.example"},
		{"https://bank.example/login", "https://bank.example.evil.test/", "bank.example"},
		{"Sign in at www.bank.com/login now.", "https://evil.com", "www.bank.com"},
		{"bank.example", "https://evil.example/", "bank.example"},
		{"BBC.co.uk/news", "https://bbc.com.evil.org", "bbc.co.uk"},
		{"https://bank.example@evil.example/", "https://evil.example/", "bank.example"},
		{`https:\\bank.example`, "https://evil.example/", "bank.example"},
		{"https://a.github.io", "https://b.github.io", "a.github.io"},
		{"https://аррӏе.com", "https://apple.com/", "аррӏе.com"},

		{"https://bank.example", "https://www.bank.example/a", ""},
		{"www.bbc.co.uk", "https://news.bbc.co.uk/1", ""},
		{"HTTPS://WIRE.EXAMPLE/…", "https://wire.example/long", ""},
		{"https://مثال.com", "https://xn--mgbh0fb.com/", ""},
		{"Node.js", "https://nodejs.org/", ""},
		{"the U.S. said", "https://a.example/", ""},
		{"report.pdf", "https://a.example/report.pdf", ""},
		{"me@bank.example", "https://a.example/", ""},
		{"Statement", "https://mofa.example/s", ""},
		{"", "https://a.example/", ""},
		{"https://bank.example", "mailto:a@b.example", ""},
	} {
		if got := Claim(tt.text, tt.address); got != tt.want {
			t.Errorf("Claim(%q, %s) = %q, want %q", tt.text, tt.address, got, tt.want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://аррӏе.com/", "https://bank.example")
	f.Add("http://[::1", "www.")
	f.Fuzz(func(t *testing.T, link, text string) {
		host, _ := Host(link)
		Show(link)
		Claim(text, link)
		if utf8.ValidString(link) && strings.ContainsAny(host, "/ ") && !strings.Contains(host, "%") && !strings.ContainsAny(link, "%[") {
			t.Errorf("Host(%q) = %q", link, host)
		}
	})
}
