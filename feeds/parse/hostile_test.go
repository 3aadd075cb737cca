package parse

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostileDocs are built to cost a reader its stack, its memory or its patience.
// What they would do to gofeed alone is in brackets.
func hostileDocs() map[string]func() []byte {
	rss := func(inside string) []byte {
		return []byte(`<rss version="2.0" xmlns:x="urn:x"><channel><title>t</title><item><title>kept</title><guid>1</guid></item>` + inside + `</channel></rss>`)
	}
	rep := strings.Repeat
	return map[string]func() []byte{
		"deep":           func() []byte { return rss("<item>" + rep("<x:a>", 2_000_000)) }, // (stack overflow)
		"deep closed":    func() []byte { return rss("<item>" + rep("<x:a>", 300_000) + rep("</x:a>", 300_000) + "</item>") },
		"wide with text": func() []byte { return rss("<item><x:a>" + rep("text<x:b/>", 200_000) + "</x:a></item>") }, // (94 s)
		"mixed text":     func() []byte { return rss("<item><x:a>" + rep(rep("t", 1500)+"<x:b/>", 19_000) + "</x:a></item>") },
		"comments":       func() []byte { return rss("<item><x:a>" + rep("a<!---->", 300_000) + "<x:b/></x:a></item>") },
		"cdata":          func() []byte { return rss("<item><x:a>" + rep("<![CDATA[a]]>", 300_000) + "</x:a></item>") },
		"attributes":     func() []byte { return rss("<item><x:a " + rep(`b="c" `, 200_000) + "/></item>") },
		"namespaces": func() []byte {
			return rss("<item><x:a " + many(20_000, `xmlns:n%d="urn:%d" `) + ">" + rep("<x:b/>", 19_000) + "</x:a></item>")
		},
		"many items": func() []byte { return rss(many(100_000, "<item><guid>%d</guid><title>t%d</title></item>")) },
		"laughs": func() []byte {
			return append([]byte("<!DOCTYPE rss ["+many(20, `<!ENTITY l%d "&l%d;&l%[1]d;">`)+"]>"), rss("&l1;")...)
		},
		"entities": func() []byte {
			return append([]byte("<!DOCTYPE rss ["+many(50_000, `<!ENTITY l%d "%d">`)+"]>"), rss("")...)
		},
		"open doctype":  func() []byte { return append(rss("<item>"), rep("<!D<", 500_000)...) },
		"open comments": func() []byte { return rss("<item>" + rep("<!-- ", 400_000)) },
		"open cdata":    func() []byte { return rss("<item>" + rep("<![CDATA[", 200_000)) },
		"open PIs":      func() []byte { return rss("<item>" + rep("<?x ", 400_000)) },
		"open quotes":   func() []byte { return rss("<item>" + rep(`<x:a b='`, 300_000) + "'") },
		"open tags":     func() []byte { return rss("<item>" + rep("<x:a ", 400_000)) },
		"open texts":    func() []byte { return rss("<item>" + rep("<description>", 150_000)) },
		"open texts 2":  func() []byte { return rss("<item><content>" + rep("<content ", 150_000)) },
		"stray ends":    func() []byte { return rss("<item>" + rep("<x:a>", 200) + rep("</y>", 500_000)) },
		"ampersands":    func() []byte { return rss("<item><title>" + rep("&", 2_000_000) + "</title></item>") },
		"ampersands 2":  func() []byte { return rss("<item><x:a b='" + rep("&amp", 500_000) + "'/></item>") },
		"references": func() []byte {
			return rss("<item><title>" + rep("&CounterClockwiseContourIntegral;", 60_000) + "</title></item>")
		},
		"long title": func() []byte { return rss("<item><title>" + rep("word ", 2_000_000) + "</title></item>") },
		"long guid":  func() []byte { return rss("<item><title>t</title><guid>" + rep("g", 1_000_000) + "</guid></item>") },
		"long base": func() []byte {
			return rss(`<item xml:base="http://x/` + rep("y/", 500_000) + `">` + rep("<link>a</link>", 15_000) + "</item>")
		},
		"nested bases": func() []byte {
			return rss("<item>" + rep(`<x:a xml:base="`+rep("y/", 400)+`">`, 200) + rep("<link>a</link>", 15_000))
		},
		"many dates": func() []byte {
			return rss("<item>" + rep("<pubDate>Tuesday, some day in Nevermber, who knows 12 12 12</pubDate>", 30_000) + "</item>")
		},
		"many persons": func() []byte { return rss("<item>" + rep("<author>a@b (c)</author>", 19_000) + "</item>") },
		"json deep": func() []byte {
			return []byte(`{"version":"https://jsonfeed.org/version/1","items":[` + rep("[", 1_000_000))
		},
		"json restarts": func() []byte {
			return []byte(`{"version":"https://jsonfeed.org/version/1","items":[` + rep(`{"a:1},{`, 200_000))
		},
		"json strings": func() []byte { return []byte(`{"items":[{"id":"1","title":"` + rep(`\`, 2_000_001)) },
		"json attachment": func() []byte {
			return []byte(`{"items":[{"id":"1","attachments":[` + rep(`{"url":"u"},`, 150_000) + `{}]}]}`)
		},
		"nothing but <": func() []byte { return append(rss("<item>"), rep("<", 2_000_000)...) },
		"space":         func() []byte { return []byte(rep(" ", 4_000_000)) },
		"no feed":       func() []byte { return []byte(rep("<a>", 1_000_000)) },
		"gzip bomb":     func() []byte { return zipped(make([]byte, 200<<20)) },
	}
}

func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i, i+1)
	}
	return b.String()
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

// X1, X2, X7: no document may cost more than a second for each megabyte, or much memory.
func TestHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for name, build := range hostileDocs() {
		t.Run(name, func(t *testing.T) {
			doc := build()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			r, err := Parse(doc, Hint{URL: "https://x.example/feed", Now: clock})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if limit := time.Second + time.Duration(len(doc))*time.Microsecond; took > limit*slack {
				t.Errorf("%v for %.1f MB", took, float64(len(doc))/1e6)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 96<<20+uint64(40*len(doc)) {
				t.Errorf("%d MB allocated for %.1f MB", grown>>20, float64(len(doc))/1e6)
			}
			var e *Error
			switch {
			case err != nil && !errors.As(err, &e):
				t.Errorf("%T: %v", err, err)
			case err == nil && len(r.Articles) > keptItems:
				t.Errorf("%d articles", len(r.Articles))
			}
			t.Logf("%8v %5.1f MB %4d MB allocated: %s", took.Round(time.Millisecond), float64(len(doc))/1e6, (after.TotalAlloc-before.TotalAlloc)>>20, outcomeOf(r, err))
		})
	}
}

func outcomeOf(r *Result, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d articles. %s", len(r.Articles), r.Damaged)
}

// X1, X2: what is refused is refused at once, not after all of it was read by gofeed.
func TestBombsAreRefusedAtOnce(t *testing.T) {
	for name, why := range map[string]string{"deep": "nested deeper", "wide with text": "children", "json deep": "nested deeper"} {
		doc := hostileDocs()[name]()
		start := time.Now()
		_, err := Parse(doc, Hint{Now: clock})
		var e *Error
		if !errors.As(err, &e) || e.Kind != Hostile || !strings.Contains(e.Sentence(), why) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 200*time.Millisecond*slack {
			t.Errorf("%s: refused after %v", name, took)
		}
	}
}

// X6: a cut feed gives its whole items and never half a one, wherever it is cut.
func TestEveryCut(t *testing.T) {
	for _, format := range []string{"rss", "atom", "json"} {
		t.Run(format, func(t *testing.T) {
			doc := sample(format, 8)
			whole, err := Parse(doc, Hint{Now: clock})
			if err != nil || len(whole.Articles) != 8 || whole.Damaged != "" {
				t.Fatal(outcomeOf(whole, err))
			}
			last := 0
			for n := 1; n < len(doc); n++ {
				r, err := Parse(doc[:n], Hint{Now: clock})
				if err != nil {
					continue
				}
				if len(r.Articles) < last {
					t.Fatalf("cut at %d: %d articles after %d", n, len(r.Articles), last)
				}
				last = len(r.Articles)
				for i, a := range r.Articles {
					w := whole.Articles[i]
					if a.Title != w.Title || a.HTML != w.HTML || a.Link != w.Link || !a.Published.Equal(w.Published) {
						t.Fatalf("cut at %d: %+v, want %+v", n, a, w)
					}
				}
				if !r.Incomplete && n < len(doc)-2 {
					t.Fatalf("cut at %d is not noticed", n)
				}
			}
			if last != 8 {
				t.Errorf("%d articles before the last byte", last)
			}
		})
	}
}

// sample is a small sound feed with all that a news site sends.
func sample(format string, items int) []byte {
	var b strings.Builder
	switch format {
	case "rss":
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><link>https://s.example/</link>`)
	case "atom":
		b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><id>urn:x</id>`)
	case "json":
		b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[`)
	}
	for i := range items {
		at := clock.Add(-time.Duration(i) * time.Hour)
		switch format {
		case "rss":
			fmt.Fprintf(&b, `<item><title>Report %d &amp; more</title><link>https://s.example/%d</link><pubDate>%s</pubDate><description>short</description>`+
				`<content:encoded><![CDATA[<p>Text %d</p>]]></content:encoded><category>c</category></item>`, i, i, at.Format(time.RFC1123Z), i)
		case "atom":
			fmt.Fprintf(&b, `<entry><title>Report %d</title><link href="https://s.example/%d"/><id>urn:%d</id><published>%s</published>`+
				`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text <b>%d</b></p></div></content></entry>`, i, i, i, at.Format(time.RFC3339), i)
		case "json":
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, `{"id":"%d","url":"https://s.example/%d","title":"Report %d","content_html":"<p>\"Text\" {%d}</p>","date_published":"%s"}`, i, i, i, i, at.Format(time.RFC3339))
		}
	}
	switch format {
	case "rss":
		b.WriteString(`</channel></rss>`)
	case "atom":
		b.WriteString(`</feed>`)
	case "json":
		b.WriteString(`]}`)
	}
	return []byte(b.String())
}

// X5: one bad byte, reference or tag in an item never costs its neighbours.
func TestOneBadItem(t *testing.T) {
	doc := string(sample("rss", 50))
	for _, bad := range []string{
		"\x00", "\x1b", "\xff", "\xc3", "&#x1b;", "&#0;", "&#xFFFF;", "&bogus;", "&", "<", "<b>", "</b>", "</p>", "<br", "<!-- ", "<![CDATA[", "<?",
		"\ufffe", "\ufeff", "<x:y>", "<1>", "</", "&#99999999999;", "<a href='x>", "]]>",
	} {
		for _, at := range []string{"Report 7 ", "shor", "https://s.example/7"} {
			i := strings.Index(doc, "<item><title>Report 7 ")
			i += strings.Index(doc[i:], at) + len(at)
			r, err := Parse([]byte(doc[:i]+bad+doc[i:]), Hint{Now: clock})
			if err != nil || len(r.Articles) < 49 {
				t.Errorf("%q after %q: %s", bad, at, outcomeOf(r, err))
			}
		}
	}
}

// FuzzParse looks for input that panics, or that costs more than a second for
// each megabyte.
func FuzzParse(f *testing.F) {
	for _, format := range []string{"rss", "atom", "json"} {
		f.Add(sample(format, 3), "application/xml; charset=windows-1256")
	}
	for name, build := range hostileDocs() {
		if doc := build(); !strings.Contains(name, "gzip") {
			f.Add(doc[:min(len(doc), 2000)], "")
		}
	}
	f.Fuzz(func(t *testing.T, doc []byte, contentType string) {
		start := time.Now()
		r, err := Parse(doc, Hint{URL: "https://x.example/feed", ContentType: contentType, Now: clock})
		if limit := 500*time.Millisecond + time.Duration(len(doc))*time.Microsecond; time.Since(start) > limit*slack {
			t.Fatalf("%v for %d bytes", time.Since(start), len(doc))
		}
		var e *Error
		if err != nil {
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			if e.Err != nil && strings.Contains(e.Err.Error(), "panic") {
				t.Fatal(err)
			}
			return
		}
		checkResult(t, r)
	})
}

// FuzzRepeated looks for superlinear work: whatever stands in a feed again and
// again, a quarter of a megabyte of it is read within a second for a megabyte.
func FuzzRepeated(f *testing.F) {
	for _, s := range []string{
		"<item>", "<a>x", "<x:y xmlns:x='u'>", "<title>", "<![CDATA[", "<!--", "&amp;", "<item><title>&lt;b&gt;", "<?x ", "<!ENTITY a 'b'>",
		"</item>", "]]>", "<b a='", "<media:group>", "{\"items\":[", "[", "<description><div>", "<link>", "\u0301", "<channel>",
	} {
		f.Add("<rss><channel><item>", s)
		f.Add("<feed><entry><content type='xhtml'>", s)
		f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[`, s)
	}
	f.Fuzz(func(t *testing.T, head, again string) {
		if again == "" {
			return
		}
		doc := []byte(head + strings.Repeat(again, 1+(256<<10)/len(again)))
		start := time.Now()
		r, err := Parse(doc, Hint{URL: "https://x.example/feed", Now: clock})
		if limit := 200*time.Millisecond + time.Duration(len(doc))*time.Microsecond; time.Since(start) > limit*slack {
			t.Fatalf("%v for %d bytes", time.Since(start), len(doc))
		}
		if err == nil {
			checkResult(t, r)
		}
	})
}

// checkResult holds a result to what the package promises of any.
func checkResult(t *testing.T, r *Result) {
	t.Helper()
	if len(r.Summaries) != len(r.Articles) {
		t.Fatalf("%d summaries of %d articles", len(r.Summaries), len(r.Articles))
	}
	for i := range r.Articles {
		a := &r.Articles[i]
		switch {
		case strings.ContainsAny(a.Title, "\n\r\t") || len(a.Title) > maxTitle+8:
			t.Fatalf("title %q", a.Title)
		case a.Link != "" && !hasWebScheme(a.Link):
			t.Fatalf("link %q", a.Link)
		}
		for _, e := range a.Enclosures {
			if !hasWebScheme(e.URL) {
				t.Fatalf("enclosure %q", e.URL)
			}
		}
	}
}
