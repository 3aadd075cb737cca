package extract

import (
	"strings"
	"testing"
	"time"

	"sitrep/feeds/document"
)

// within is how long the worst page may take; the usual one takes a hundredth.
const within = 2 * time.Second * slack

func repeat(n int, s string) string { return strings.Repeat(s, n) }

// hostile are pages that cost parsers more than they should.
func hostile() map[string]string {
	sentence := "The council said on Sunday that the water would be back by noon, and that nobody knew why it had gone. "
	return map[string]string{
		"600 nested divs":           repeat(600, "<div>") + "<p>" + repeat(10, sentence) + repeat(600, "</div>"),
		"500 nested divs with text": repeat(500, "<div>"+sentence),
		"many deep towers":          repeat(60, repeat(480, "<div>")+"<p>"+sentence+"</p>"+repeat(480, "</div>")),
		"100,000 divs":              repeat(100_000, "<div>"),
		"100,000 empty divs":        repeat(100_000, "<div></div>"),
		"100,000 cells":             "<table><tr>" + repeat(100_000, "<td>cell") + "</table>",
		"30,000 paragraphs":         repeat(30_000, "<p>"+sentence),
		"20,000 nested tables":      repeat(20_000, "<table><tr><td>"),
		"20,000 anchors":            repeat(20_000, "<a href=x>link") + sentence,
		"5 MB word":                 "<p>" + repeat(5<<20, "x"),
		"a million br":              "<p>" + repeat(1_000_000, "<br>"),
		"20,000 lines by br":        "<div>" + repeat(20_000, sentence+"<br>") + "</div>",
		"unclosed formatting":       repeat(3_000, "<b><i><p>"+sentence),
		"20,000 attributes":         "<p " + repeat(20_000, "a=b ") + ">" + sentence,
		"wide and deep lists":       repeat(100, "<ul><li>") + repeat(5_000, "<li><a href=x>elsewhere</a>"),
		"endless json":              `<script type="application/ld+json">` + repeat(100_000, `{"@graph":[`) + `</script>` + sentence,
		"long class":                `<div class="` + repeat(500_000, "a-") + `">` + sentence + "</div>",
		"10,000 classes":            repeat(10_000, `<div class="author date byline">`+sentence+"</div>"),
		"10,000 articles":           repeat(10_000, `<article><h1>News</h1><p>`+repeat(6, sentence)+"</article>"),
		"10,000 pointers":           repeat(10_000, "<p>Read more</p><ul><li><a href=x>elsewhere</a></ul>"),
		"8,000 quotations":          "<article><h1>News</h1>" + repeat(3_000, "<p>"+sentence+"</p>") + repeat(8_000, "<blockquote>"+sentence+"It said so twice.</blockquote>"),
		"sections that are missing": "<article><h1>News</h1>" + repeat(4_000, "<div><p>"+sentence+"<p>"+sentence+"</div><hr>"),
		"nothing":                   "",
		"binary":                    "%PDF-1.7\x00\xff\xfe" + repeat(1000, "\x00\x01\x02"),
	}
}

func TestHostilePages(t *testing.T) {
	for name, page := range hostile() {
		t.Run(name, func(t *testing.T) {
			var r *Result
			var err error
			took := time.Hour
			for range 2 { // the machine may have been busy with something else
				begun := time.Now()
				r, err = Extract([]byte(page), Hint{URL: "https://news.example/a", Now: clock})
				if took = min(took, time.Since(begun)); took <= within {
					break
				}
			}
			if took > within {
				t.Errorf("took %v", took)
			} else {
				t.Log(took.Round(time.Millisecond), r.Kind, len(r.Text))
			}
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(page, "council") && !strings.Contains(r.Text, "council") {
				t.Error("the text is lost")
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	_, err := Extract(make([]byte, maxPage+1), Hint{})
	if err == nil || !strings.Contains(err.(*Error).Sentence(), "32 MB") {
		t.Error(err)
	}
}

// No page panics, costs more than a second for each MB (and one to begin with),
// or gets markup past the sanitiser.
func FuzzExtract(f *testing.F) {
	for _, page := range hostile() {
		if len(page) < 20_000 {
			f.Add(page)
		}
	}
	f.Add(`<html dir=rtl><head><title>x | y</title><meta property="og:title" content=z><script type="application/ld+json">{"@type":["NewsArticle"],"author":[{"name":["a"]}],"articleBody":"<b"}</script><body><article><h1>x</h1><time datetime=2026-11-26>`)
	f.Fuzz(func(t *testing.T, page string) {
		begun := time.Now()
		r, err := Extract([]byte(page), Hint{URL: "https://news.example/a", Now: clock})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > slack*(time.Second+time.Duration(len(page))*time.Microsecond) {
			t.Errorf("%d bytes took %v", len(page), took)
		}
		if again := document.Sanitize(r.HTML, ""); strings.Contains(again, "<script") || strings.Contains(r.HTML, "<script") {
			t.Errorf("script in %q", r.HTML)
		}
	})
}

// fragments are what FuzzRepeated builds pages of.
var fragments = []string{"<div>", "</div>", "<p>", "</p>", "<table><tr><td>", "</table>", "<ul><li>", "</ul>", "<a href=/x>", "</a>", "<b>", "</b>", "<span class='share related'>",
	"</span>", "<section class=article-body>", "</section>", "<br>", "<img src=/x.png>", "<figure><figcaption>", "</figure>", "<h1>", "</h1>", "<h2>", "</h2>", "<form>", "</form>",
	"<noscript><img src=/y.png></noscript>", "<article>", "</article>", "Read more: ", "A sentence of the article, with commas, and with enough words to count as one. ", "word ",
	"<time datetime=2026-11-22>", "</time>", "<div class='author date' itemprop=author>", "<font>", "<center>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<svg>", "</svg>"}

// A pattern of fragments over and over finds work that grows faster than a page.
// A build for fuzzing is some five times slower than the usual one.
func FuzzRepeated(f *testing.F) {
	f.Add([]byte{0, 2, 30, 0, 2, 30, 1}, uint16(2000))
	f.Add([]byte{14, 30, 16, 16, 8, 31, 9}, uint16(3000))
	f.Fuzz(func(t *testing.T, pattern []byte, times uint16) {
		var b strings.Builder
		for _, c := range pattern[:min(len(pattern), 40)] {
			b.WriteString(fragments[int(c)%len(fragments)])
		}
		page := strings.Repeat(b.String(), min(int(times), 1<<20/max(1, b.Len())))
		begun := time.Now()
		if _, err := Extract([]byte(page), Hint{URL: "https://news.example/a", Now: clock}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 3*within {
			t.Errorf("%d bytes took %v", len(page), took)
		}
	})
}
