package parse

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// morning is a feed of 50 articles with 4 kB of text each, as news sites send
// them: in CDATA, or escaped.
func morning(escaped bool) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Morning</title>`)
	paragraph := `<p>The minister said on Sunday that <a href="https://m.example/?a=1&amp;b=2">talks</a> would go on&nbsp;&#8212; قال الوزير يوم الأحد إن المحادثات ستستمر.</p>` + "\n"
	body := strings.Repeat(paragraph, 22)
	if escaped {
		body = string(appendEscaped(nil, body))
	} else {
		body = "<![CDATA[" + body + "]]>"
	}
	for i := range 50 {
		fmt.Fprintf(&b, `<item><title>Report %d</title><link>https://m.example/%d</link><guid isPermaLink="false">m-%d</guid><pubDate>Sun, 22 Nov 2026 07:00:00 +0300</pubDate>`+
			`<dc:creator>Anna Karim</dc:creator><category>Politics</category><description>A short version.</description><content:encoded>%s</content:encoded></item>`, i, i, i, body)
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	for name, doc := range map[string][]byte{"CDATA": morning(false), "escaped": morning(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				if r, err := Parse(doc, Hint{Now: clock}); err != nil || len(r.Articles) != 50 {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGate is the part of Parse before gofeed.
func BenchmarkGate(b *testing.B) {
	for name, doc := range map[string][]byte{"CDATA": morning(false), "escaped": morning(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				text, _, valid := toUTF8(doc, "", "")
				text, _ = cleanKnown(text, valid)
				root, err := findRoot(text)
				if err != nil {
					b.Fatal(err)
				}
				t := &tidier{in: text, pos: root.at, native: root.prefix}
				if err := t.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGofeed is gofeed with its defaults on the same bytes: the measure of
// what the gate may cost.
func BenchmarkGofeed(b *testing.B) {
	for name, doc := range map[string][]byte{"CDATA": morning(false), "escaped": morning(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := gofeed.NewParser().Parse(bytes.NewReader(doc)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
