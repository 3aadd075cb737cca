package parse

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// X3: nothing that a document type declares is expanded, opened or asked for, and
// the items beside it are read.
func TestDocumentTypes(t *testing.T) {
	const feed = `<rss version="2.0"><channel><title>T</title><item><title>One &a; end</title><guid>1</guid></item><item><title>Two</title><guid>2</guid></item></channel></rss>`
	for name, doctype := range map[string]string{
		"internal":  `<!DOCTYPE rss [<!ENTITY a "canary">]>`,
		"laughs":    `<!DOCTYPE rss [<!ENTITY z "canary"><!ENTITY y "&z;&z;&z;"><!ENTITY a "&y;&y;&y;">]>`,
		"external":  `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>`,
		"parameter": `<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/canary"> %p; <!ENTITY a "%p;canary">]>`,
		"address":   `<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">`,
		"public":    `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">`,
	} {
		r, err := Parse([]byte(doctype+feed), Hint{Now: clock})
		if err != nil || len(r.Articles) != 2 || r.Articles[1].Title != "Two" {
			t.Errorf("%s: %s", name, outcomeOf(r, err))
			continue
		}
		if title := r.Articles[0].Title; strings.Contains(title, "canary") || !strings.HasPrefix(title, "One") || !strings.HasSuffix(title, "end") {
			t.Errorf("%s: %q", name, title)
		}
	}
}

// X4: null, or a value of another type, at any place of a JSON feed costs at most
// the item that it stands in.
func TestWrongTypesInJSON(t *testing.T) {
	const item = `{"id":"%d","url":"https://s.example/%[1]d","title":"Report %[1]d","content_html":"<p>Text","date_published":"2026-11-22T05:00:00Z",` +
		`"language":"en","tags":["a","b"],"authors":[{"name":"A","url":"https://a.example"}],"author":{"name":"B"},"image":"https://s.example/i.png",` +
		`"attachments":[{"url":"https://s.example/a.mp3","mime_type":"audio/mpeg","size_in_bytes":3}]}`
	doc := `{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://s.example","language":"en","authors":[{"name":"C"}],"hubs":[{"type":"x"}],"items":[` +
		fmt.Sprintf(item, 1) + "," + fmt.Sprintf(item, 2) + "," + fmt.Sprintf(item, 3) + `]}`
	var feed any
	if err := json.Unmarshal([]byte(doc), &feed); err != nil {
		t.Fatal(err)
	}
	places := 0
	mutate(feed, func(path string) {
		places++
		text, err := json.Marshal(feed)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Parse(text, Hint{Now: clock})
		least := 3
		switch {
		case path == ".items" || path == ".version":
			least = 0
		case strings.HasPrefix(path, ".items["):
			least = 2
		}
		if err != nil && least > 0 || err == nil && len(r.Articles) < least {
			t.Errorf("%s in %s: %s", path, text, outcomeOf(r, err))
		}
	})
	if places < 300 {
		t.Errorf("only %d places were tried", places)
	}
}

// mutate puts other values in each place of a JSON value, one after the other,
// and calls f with each.
func mutate(v any, f func(path string)) {
	others := []any{nil, true, -1.5e300, "x", "", []any{}, []any{nil}, map[string]any{}, map[string]any{"x": nil}}
	var walk func(v any, path string)
	try := func(old any, path string, set func(any)) {
		for _, other := range others {
			set(other)
			f(path)
		}
		set(old)
		walk(old, path)
	}
	walk = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for key, old := range v {
				try(old, path+"."+key, func(to any) { v[key] = to })
			}
		case []any:
			for i, old := range v {
				try(old, fmt.Sprintf("%s[%d]", path, i), func(to any) { v[i] = to })
			}
		}
	}
	walk(v, "")
}

// X7: an endless title is cut at a character that a reader sees as one, and of
// too many items the newest are kept.
func TestTooMuchOfEverything(t *testing.T) {
	title := "x" + strings.Repeat("e\u0301", 2_000_000)
	r, err := Parse([]byte("<rss><channel><item><title>"+title+"</title></item></channel></rss>"), Hint{Now: clock})
	if err != nil || len(r.Articles) != 1 {
		t.Fatal(outcomeOf(r, err))
	}
	if got := strings.TrimSuffix(r.Articles[0].Title, "…"); len(got) > maxTitle || !utf8.ValidString(got) || !strings.HasSuffix(got, "é") && !strings.HasSuffix(got, "e\u0301") {
		t.Errorf("%d bytes, ends with %q", len(got), got[max(0, len(got)-8):])
	}
	var b strings.Builder
	b.WriteString("<rss><channel>")
	for i := range keptItems + 500 { // the oldest first
		fmt.Fprintf(&b, "<item><title>N%d</title><guid>%d</guid><pubDate>%s</pubDate></item>", i, i, clock.Add(time.Duration(i-keptItems-500)*time.Minute).Format(time.RFC1123Z))
	}
	b.WriteString("</channel></rss>")
	r, err = Parse([]byte(b.String()), Hint{Now: clock})
	if err != nil || len(r.Articles) != keptItems {
		t.Fatal(outcomeOf(r, err))
	}
	kept := map[string]bool{}
	for _, a := range r.Articles {
		kept[a.Title] = true
	}
	if !kept[fmt.Sprint("N", keptItems+499)] || !kept["N500"] || kept["N499"] {
		t.Error("the newest items are not those that were kept")
	}
}

// X8: what is no well-formed XML, as found in the wild, and how many items it has.
func TestIllFormed(t *testing.T) {
	one, two := "<item><title>One</title><guid>1</guid></item>", "<item><title>Two</title><guid>2</guid></item>"
	for doc, items := range map[string]int{
		"<rss><channel><dc:creator>x</dc:creator>" + one + "<media:thumbnail url='https://x.example/i.png'/></channel></rss>": 1,
		"<rss>" + one + two + "</rss>": 2,
		"<rss><channel>" + one + "</channel></rss><rss><channel>" + two + "</channel></rss>":         1,
		"\ufeff  \n<?xml version='1.0'?><rss><channel>" + one + "</channel></rss>":                   1,
		"<rss><channel>" + one + "<item><title><![CDATA[Two</title></item></channel></rss>":          1,
		"<rss><channel><title>T" + one + two + "</channel></rss>":                                    2,
		"<rss><channel>" + one + "</item>" + two + "</rss>":                                          2,
		"<RSS><CHANNEL>" + strings.ToUpper(one) + "</CHANNEL></RSS>":                                 1,
		"<rss><channel>" + strings.Replace(one, "<item>", "<item", 1) + two + "</channel></rss>":     1,
		"<rss version=2.0 x><channel y=z>" + one + two + "</channel></rss>":                          2,
		"<?xml version='1.0' encoding='utf-8' standalone='maybe'?><!-- -- --><rss>" + one + "</rss>": 1,
		"<p>Warning: mysql_connect()</p><rss><channel>" + one + "</channel></rss>":                   1,
		"<rss><channel>" + one + two + "</channel></rss><!-- cached --><script>x()</script>":         2,
		"<feed><entry><title>One</title><id>1</id></entry><entry><title>Two</entry></feed>":          2,
	} {
		r, err := Parse([]byte(doc), Hint{Now: clock})
		if err != nil || len(r.Articles) < items {
			t.Errorf("%s: %s, want %d", doc, outcomeOf(r, err), items)
		}
	}
}
