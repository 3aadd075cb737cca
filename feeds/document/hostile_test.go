package document

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"time"
	"unicode"

	parser "golang.org/x/net/html"
)

// M1: markup that nests, or makes parsers slow, still gives its text, quickly.
func TestM1NestedMarkup(t *testing.T) {
	rep := strings.Repeat
	var formats strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&formats, "<b id=%d>x<p>", i)
	}
	var open strings.Builder
	for i := range 300 {
		fmt.Fprintf(&open, "<b id=%d>", i)
	}
	var attributes strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&attributes, " a%d=1", i)
	}
	for _, tt := range []struct{ name, in string }{
		{"600 divs", rep("<div>", 600) + "text"},
		{"100,000 divs", rep("<div>", 100_000) + "text"},
		{"100,000 divs and quotes", rep("<div><blockquote>", 50_000) + "text"},
		{"tables in links", rep("<a><table>", 20_000) + "text"},
		{"links in tables", rep("<table><a>", 20_000) + "text"},
		{"open marks", formats.String() + "text"},
		{"marks open in every paragraph", "<p>" + open.String() + rep("<p>x", 30_000) + "text"},
		{"misnested marks", rep("<p>x</b><i>", 20_000) + "text"},
		{"attributes", "<p" + attributes.String() + ">text"},
		{"formulas", rep("<math><mi>", 20_000) + "text"},
		{"lists", rep("<ul><li>", 20_000) + "text"},
		{"wide tables", rep("<table><tr><td colspan=100>", 300) + "text"},
	} {
		started := time.Now()
		d := Parse(tt.in, "")
		took := time.Since(started)
		if !strings.HasSuffix(PlainText(d), "text") {
			t.Errorf("%s: the text is lost: %.80q", tt.name, PlainText(d))
		}
		if took > 2*time.Second {
			t.Errorf("%s: %v, want 0.5 s and never 2 s", tt.name, took)
		}
	}
}

// hostile holds markup that tries to get something past a sanitiser.
var hostile = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<img src=x onerror=alert(1)>`, `<img src="x"onerror="alert(1)">`, `<IMG SRC=javascript:alert(1)>`, `<img/src=x/onerror=alert(1)>`,
	`<img src="jav&#x09;ascript:alert(1)">`, `<img src=" &#14; javascript:alert(1)">`, `<img src=&#106;&#97;&#118;&#97;script:alert(1)>`,
	`<a href="javascript&colon;alert(1)">x</a>`, `<a href="vbscript:x">x</a>`, `<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>`,
	`<a href="JaVaScRiPt:alert(1)">x</a>`, `<a href="feed:javascript:alert(1)">x</a>`, `<a href="view-source:javascript:x">x</a>`,
	`<a href="file:///etc/passwd">x</a>`, `<a href="tel:+1">x</a>`, `<a href="vscode://x">x</a>`, `<a href=x style="behavior:url(x)">x</a>`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<math><a xlink:href="javascript:alert(1)">x</a></math>`, `<math><annotation-xml encoding="text/html"><script>x</script></annotation-xml></math>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<template><script>x</script></template>`,
	`<style>@import "//evil.example/x.css";</style>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<base href="//evil.example/">`,
	`<meta http-equiv=refresh content="0;url=//evil.example/">`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
	`<iframe src="javascript:alert(1)" title=x></iframe>`, `<object data="javascript:alert(1)">x</object>`, `<embed src="javascript:alert(1)">`,
	`<form action="javascript:alert(1)"><input type=submit></form>`, `<button formaction="javascript:alert(1)">x</button>`,
	`<video poster="javascript:alert(1)" src=x onplay=alert(1)></video>`, `<audio src="data:text/html,x" title=x></audio>`,
	`<body onload=alert(1)>`, `<details open ontoggle=alert(1)>x</details>`, `<marquee onstart=alert(1)>x</marquee>`,
	`<p style="background:url(javascript:alert(1))">x`, `<p style="width:expression(alert(1))">x`, `<div style="position:fixed;inset:0">x`,
	`<!--><script>alert(1)</script>-->`, `<!--[if IE]><script>alert(1)</script><![endif]-->`, `<![CDATA[<script>alert(1)</script>]]>`,
	`<?xml-stylesheet href="javascript:alert(1)"?>`, `<a title="</a><script>alert(1)</script>">x`, `<title><script>alert(1)</script></title>`,
	`<textarea><script>alert(1)</script></textarea>`, `<xmp><script>alert(1)</script></xmp>`, `<plaintext><script>alert(1)</script>`,
	`<img src="data:image/svg+xml;base64,PHN2Zz4=">`, `<img src="data:text/html,x">`, `<img srcset="javascript:alert(1) 1x">`,
	`<a href="https://a.example/" onclick=alert(1) target=_blank ping=//evil.example/>x</a>`, `<p id=location name=cookie class=x data-x=y>x`,
	"<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"\x01javascript:alert(1)\">x</a>", "<img src=`javascript:alert(1)`>",
	"<\x00script>alert(1)</script>", "<script\x0c>alert(1)</script>", "<a href='https://a.example/\"><script>alert(1)</script>'>x</a>",
	`<table background="javascript:alert(1)"><tr><td background="javascript:x">a<td>b<tr><td>c</table>`, `<frameset><frame src="javascript:alert(1)">`,
	`<isindex action="javascript:alert(1)">`, `<keygen autofocus onfocus=alert(1)>`, `<applet code=x></applet>`, `<bgsound src="javascript:alert(1)">`,
	`<x-widget onclick=alert(1)>x</x-widget>`, `<blink>x</blink>`, `<a href="//evil.example\@bank.example/">x</a>`,
}

// M2: of hostile markup nothing that acts is left, and never more tags than
// there were.
func TestM2HostileMarkup(t *testing.T) {
	all := append([]string{strings.Join(hostile, "\n")}, hostile...)
	for _, in := range all {
		out := Sanitize(in, "https://site.example/news/1")
		checkSanitized(t, in, out)
		tags := strings.ToLower(html.UnescapeString(tagsOf(out)))
		for _, bad := range []string{"javascript:", "vbscript:", "data:", "srcdoc", "@import", "expression(", "url("} {
			if strings.Contains(tags, bad) {
				t.Errorf("%q becomes %q with %s", in, out, bad)
			}
		}
		if again := Sanitize(out, "https://site.example/news/1"); countTags(again) > countTags(out) {
			t.Errorf("%q grows when it is sanitised again: %q", out, again)
		}
		checkBlocks(t, Parse(in, "https://site.example/news/1").Blocks)
	}
}

// tagsOf returns what stands between angle brackets.
func tagsOf(s string) string {
	var b strings.Builder
	for s != "" {
		var tag string
		_, s, _ = strings.Cut(s, "<")
		tag, s, _ = strings.Cut(s, ">")
		b.WriteString(tag + " ")
	}
	return b.String()
}

// countTags counts start tags, as a browser reads them.
func countTags(s string) (n int) {
	z := parser.NewTokenizer(strings.NewReader(s))
	for kind := z.Next(); kind != parser.ErrorToken; kind = z.Next() {
		if kind == parser.StartTagToken || kind == parser.SelfClosingTagToken {
			n++
		}
	}
	return n
}

// M3: no control character is left, however often the text is decoded.
func TestM3EncodedControls(t *testing.T) {
	for _, in := range []string{
		"a&#27;[31mb", "a&amp;#27;[2Jb", "a&amp;amp;#x9b;2Jb", "a&amp;amp;amp;#x1B;]0;x&#7;b", "<![CDATA[a&#27;b]]>ab", "a&#x9b;b", "a&#155;b", "a\x1bb", "a\u009bb",
		"a&amp;#0027b", "a&#&#27;27;b", "a&amp;#&amp;#27;27;b", `<p title="a&amp;#27;b">ab</p>`, `<img src="https://a.example/1.jpg" alt="a&amp;#x1b;b">ab`,
		"a&amp;#8;b", "a&amp;#x7f;b", "a&amp;#0;b",
	} {
		for name, s := range map[string]string{"Sanitize": Sanitize(in, ""), "twice": Sanitize(Sanitize(in, ""), "")} {
			for i := range 6 {
				if k := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); k >= 0 {
					t.Errorf("%s of %q has a control after %d decodes: %q", name, in, i, s)
				}
				s = html.UnescapeString(s)
			}
			if !strings.Contains(s, "b") || !strings.Contains(s, "a") {
				t.Errorf("%s of %q loses what stands around: %q", name, in, s)
			}
		}
	}
	if got := Sanitize("AT&amp;amp;T &amp;#8217; &#169;", ""); got != "AT&amp;amp;T &amp;#8217; ©" {
		t.Errorf("harmless references become %q", got)
	}
}

// M4: what is hidden on the page is hidden in every form of it: what is read,
// what is searched and quoted in results, what is exported.
func TestM4HiddenText(t *testing.T) {
	for _, in := range []string{
		`<p style="display:none">secret</p>`, `<p style="DISPLAY : NONE">secret</p>`, `<p STYLE="display:none">secret</p>`, `<p style='visibility:hidden'>secret</p>`,
		`<p hidden>secret</p>`, `<p hidden="until-found">secret</p>`, `<p style="color:#fff">secret</p>`, `<p style="color:white">secret</p>`, `<font style="color:#FFFFFF !important">secret</font>`,
		`<p style="background:#eee;color:#eeeeee">secret</p>`, `<p style="font-size:0">secret</p>`, `<p style="opacity:0.0">secret</p>`,
		`<template>secret</template>`, `<noscript>secret</noscript>`, `<!-- secret -->`, `<!-- secret`, `<script>secret</script>`, `<style>secret</style>`,
		`<div style="display:none"><p>secret</p><div>secret</div></div>`, `<title>secret</title>`, `<textarea>secret</textarea>`,
	} {
		in = "<p>seen</p>" + in
		for name, got := range map[string]string{"view": PlainText(Parse(in, "")), "search": string(AppendText(nil, in)), "export": Sanitize(in, "")} {
			if strings.Contains(got, "secret") || !strings.Contains(got, "seen") {
				t.Errorf("%s of %s is %q", name, in, got)
			}
		}
	}
}

// M6: addresses resolve as in a browser (WHATWG URL); who they claim to be goes
// away.
func TestM6Addresses(t *testing.T) {
	const base = "https://site.example/news/1?q#f"
	for _, tt := range []struct{ in, want string }{
		{"x", "https://site.example/news/x"}, {"/x", "https://site.example/x"}, {"../x", "https://site.example/x"}, {"../../../x", "https://site.example/x"},
		{"?a=b", "https://site.example/news/1?a=b"}, {"//host.example", "https://host.example"}, {`\\host.example\a`, "https://host.example/a"},
		{`/a\b?c\d`, `https://site.example/a/b?c\d`}, {`https:\\host.example\a`, "https://host.example/a"}, {"https:/host.example/a", "https://site.example/host.example/a"},
		{"https:host.example/a", "https://site.example/news/host.example/a"}, {"http:/host.example/a", "http://host.example/a"}, {"https:///host.example/a", "https://host.example/a"}, {"http:host.example/a", "http://host.example/a"},
		{"HTTPS://HOST.example/A", "https://host.example/A"}, {" https://host.example/a b ", "https://host.example/a%20b"},
		{"https://host.example/a\r\nX: y", "https://host.example/aX:%20y"}, {"ht\ntps://host.example/", "https://host.example/"}, {"\x01 https://host.example/\x1f", "https://host.example/"},
		{"https://bank.example@evil.example/", "https://evil.example/"}, {"https://bank.example:x@evil.example/", "https://evil.example/"},
		{"//bank.example@evil.example/", "https://evil.example/"}, {"https://bank.example%40evil.example/", ""}, {"https://a@b@evil.example/", "https://evil.example/"},
		{"mailto:desk@site.example", "mailto:desk@site.example"}, {"javascript:x", ""}, {"java\tscript:x", ""}, {"data:text/html,x", ""}, {"file:///x", ""},
		{"ftp://host.example/", ""}, {"#f", ""}, {"", ""}, {"https://", ""}, {"http://[::1", ""}, {"https://host.example:99999/", ""},
		{"https://host.example/%zz", "https://host.example/%zz"}, {"https://host.example/ä?ö", "https://host.example/%C3%A4?%C3%B6"},
		{"https://host.example/\u202etxt.exe", "https://host.example/%E2%80%AEtxt.exe"}, {"https://ho st.example/", ""},
	} {
		if got := resolve(parseBase(base), tt.in); got != tt.want {
			t.Errorf("resolve(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
