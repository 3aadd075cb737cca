package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sitrep/feeds"
)

func TestPerson(t *testing.T) {
	for in, want := range map[string]feeds.Author{
		"Anna Karim":                        {Name: "Anna Karim"},
		"anna@x.example":                    {Email: "anna@x.example"},
		"anna@x.example (Anna Karim)":       {Name: "Anna Karim", Email: "anna@x.example"},
		"Anna Karim (anna@x.example)":       {Name: "Anna Karim", Email: "anna@x.example"},
		"Anna Karim <anna@x.example>":       {Name: "Anna Karim", Email: "anna@x.example"},
		"Anna <a href='x'>Karim</a>":        {Name: "Anna Karim"},
		"Anna (https://anna.example/)":      {Name: "Anna", URI: "https://anna.example/"},
		"Anna (Baghdad)":                    {Name: "Anna (Baghdad)"},
		"  ":                                {},
		"mailto:anna@x.example":             {Email: "anna@x.example"},
		"آنا کریمی (anna@x.example)":        {Name: "آنا کریمی", Email: "anna@x.example"},
		"<name>Anna</name><title>x</title>": {Name: "Anna"},
		"None":                              {},
		"noreply@blogger.example (&#1575;)": {Name: "ا", Email: "noreply@blogger.example"},
	} {
		if diff := cmp.Diff(want, person(in)); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", in, diff)
		}
	}
}

func TestWebLink(t *testing.T) {
	const base = "https://a.example/dir/feed.xml"
	for in, want := range map[string]string{
		"https://x.example/a b":              "https://x.example/a%20b",
		"/y?z=1&a=2":                         "https://a.example/y?z=1&a=2",
		"y":                                  "https://a.example/dir/y",
		"//h.example/x":                      "https://h.example/x",
		"?q":                                 "https://a.example/dir/feed.xml?q",
		" https://x.example/\n a ":           "https://x.example/%20a",
		"HTTPS://X.example/":                 "HTTPS://X.example/",
		"javascript:alert(1)":                "",
		"file:///etc/passwd":                 "",
		"data:text/html,x":                   "",
		"mailto:a@b":                         "",
		"https://bank.example@evil.example/": "https://evil.example/",
		"http://h/\r\nX: y":                  "http://h/X:%20y",
		"-oProxyCommand=x":                   "https://a.example/dir/-oProxyCommand=x",
		"":                                   "",
		"http://":                            "",
		"https://x.example/<script>":         "",
		"https://x.example/" + strings.Repeat("a", maxLink): "",
	} {
		if got := webLink(base, in); got != want {
			t.Errorf("%.60q: %.60q, want %q", in, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"a &amp; b &lt;c&gt; &quot;&apos;":  `a & b <c> "'`,
		"&eacute;&#233;&#xE9;&#XE9;":        "éééé",
		"&nbsp;|":                           "\u00a0|",
		"?a=1&copy=2&lt=3":                  "?a=1&copy=2&lt=3",
		"&notit; &bogus; &;":                "&notit; &bogus; &;",
		"&#27;&#x1b;&#0;&#xFFFE;&#xD800;|":  "|",
		"&#146;&#x93;":                      "’“",
		"&#128512; &#x110000; &#999999999;": "😀  ",
		"&amp;amp; &amp;#27;":               "&amp; &#27;",
		"& &":                               "& &",
	} {
		if got := string(appendDecoded(nil, []byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestGuessTitle(t *testing.T) {
	for in, want := range map[string]string{
		"a < b > c":                     "a < b > c",
		"The <em>new</em> rules":        "The new rules",
		"AT&amp;T &#8217;s":             "AT&T ’s",
		"a <made-up> tag":               "a <made-up> tag",
		" two\n lines\t":                "two lines",
		"x &amp;lt;b&amp;gt;":           "x &lt;b&gt;",
		"if a<b then":                   "if a<b then",
		"<script>alert(1)</script>Real": "Real",
		"كتاب <b>جديد</b>":              "كتاب جديد",
	} {
		if got := guessTitle(in, true); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	long := guessTitle(strings.Repeat("word ", 1000), true)
	if len(long) > maxTitle+3 || !strings.HasSuffix(long, "word…") {
		t.Errorf("%d bytes: …%q", len(long), long[len(long)-20:])
	}
	marks := guessTitle("ا"+strings.Repeat("\u064e", 5000), true)
	if len(marks) > maxTitle+3 {
		t.Errorf("%d bytes of marks", len(marks))
	}
}

func TestPrimaryTag(t *testing.T) {
	for in, want := range map[string]string{
		"en-US": "en", "ar_IQ": "ar", "iw": "he", "TUR": "tr", "ckb": "ckb", "und": "", "x": "", "english": "en", "12": "", "": "", "de, en": "de",
	} {
		if got := primaryTag(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// H11: the same feed in every character set gives the same text.
func TestCharsets(t *testing.T) {
	const text = `<rss version="2.0"><channel><title>أخبار</title><item><title>بغداد</title><guid>1</guid></item></channel></rss>`
	wide := func(mark string, big bool) string {
		b := []byte(mark)
		for _, r := range text {
			if big {
				b = append(b, byte(r>>8), byte(r))
			} else {
				b = append(b, byte(r), byte(r>>8))
			}
		}
		return string(b)
	}
	for name, doc := range map[string]string{
		"utf-8":    text,
		"bom":      "\ufeff" + text,
		"utf-16le": wide("\xff\xfe", false),
		"utf-16be": wide("\xfe\xff", true),
		"no mark":  wide("", false),
		"declared": `<?xml version="1.0" encoding="utf-16"?>` + text,
		"unknown":  `<?xml version="1.0" encoding="x-unheard-of"?>` + text,
		"twice":    `<?xml version="1.0"?><?xml version="1.0"?>` + text,
		"gzip":     string(zipped([]byte(text))),
	} {
		r, err := Parse([]byte(doc), Hint{ContentType: "text/xml; charset=iso-8859-1", Now: clock})
		if err != nil || r.Feed.Title != "أخبار" || len(r.Articles) != 1 || r.Articles[0].Title != "بغداد" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestUndeclaredByLanguage(t *testing.T) {
	doc := []byte("<rss><channel><item><title>\xc8\xdb\xcf\xc7\xcf</title></item></channel></rss>")
	r, err := Parse(doc, Hint{Lang: "ar", Now: clock})
	if err != nil || r.Articles[0].Title != "بغداد" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestSentences(t *testing.T) {
	for doc, words := range map[string]string{
		"":                      "an empty page",
		"<html><p>Hello</html>": "a web page, not a feed",
		"PK\x03\x04":            "no feed",
		`{"a": 1}`:              "no feed",
	} {
		_, err := Parse([]byte(doc), Hint{})
		e, ok := err.(*Error)
		if !ok || !strings.Contains(e.Sentence(), words) || !strings.HasSuffix(e.Sentence(), ".") {
			t.Errorf("%q: %v", doc, err)
		}
	}
}

// TestTextInTexts has elements where a text should stand: what was lifted out of
// them never shows as the mark that held its place.
func TestTextInTexts(t *testing.T) {
	const doc = `<rss version="2.0"><channel><title>Cloud</title><item><title>One</title><guid>1</guid>
		<author><name>Anna Karim</name><title>Editor</title><company></company></author>
		<category><title>Water</title> and power</category></item></channel></rss>`
	r, err := Parse([]byte(doc), Hint{Now: clock})
	if err != nil || len(r.Articles) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	a := r.Articles[0]
	if len(a.Authors) != 1 || a.Authors[0] != (feeds.Author{Name: "Anna Karim"}) {
		t.Errorf("authors %+v", a.Authors)
	}
	if all := fmt.Sprintf("%+v", a); strings.Contains(all, markOpen) {
		t.Errorf("a mark shows: %s", all)
	}
}

// TestMixedCharsets is a template in Latin-1 around texts in UTF-8.
func TestMixedCharsets(t *testing.T) {
	doc := func(texts, stray string) string {
		return `<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Bold</title><item><title>` +
			texts + `</title><guid>1</guid><description>bes` + stray + `ge</description></item></channel></rss>`
	}
	for _, c := range []struct{ texts, stray, title, body string }{
		{strings.Repeat("Brøndby ", 60), "\xf8", strings.Repeat("Brøndby ", 60), "besøge"},
		{"Br\xf8ndby", "\xf8", "Brøndby", "besøge"},
		{"Br\xc3\xb8ndby", "\xf8", "BrÃ¸ndby", "besøge"}, // one is no proof
	} {
		r, err := Parse([]byte(doc(c.texts, c.stray)), Hint{Now: clock})
		if err != nil || len(r.Articles) != 1 || r.Articles[0].Title != strings.TrimSpace(c.title) || r.Articles[0].HTML != c.body {
			t.Errorf("%.20q: %+v, %v", c.texts, r.Articles, err)
		}
	}
}
