package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sitrep/feeds/document"
	"sitrep/feeds/parse"
	"sitrep/feeds/spelling"
)

var clock = time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)

// captured is a page of the corpus that stands beside the checkout where it may
// be used, with what people found right for it.
type captured struct {
	name, page, want string
	meta             struct {
		Title, Byline, Dir, Lang, PublishedTime string
	}
}

func corpus(t testing.TB) []captured {
	t.Helper()
	folders, _ := filepath.Glob("../../../shared/corpus/pages/*/source.html")
	if len(folders) == 0 {
		t.Skip("no captured pages beside the checkout")
	}
	var out []captured
	for _, source := range folders {
		folder := filepath.Dir(source)
		c := captured{name: filepath.Base(folder), page: read(t, source), want: read(t, filepath.Join(folder, "expected.html"))}
		if err := json.Unmarshal([]byte(read(t, filepath.Join(folder, "expected-metadata.json"))), &c.meta); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// shingles counts the runs of four words of a text; a shorter text is one. Words
// are folded ones, so that Chinese has a word in every character.
func shingles(text string) map[string]int {
	words := strings.Fields(spelling.Fold(text))
	out := map[string]int{}
	if len(words) > 0 && len(words) < 4 {
		out[strings.Join(words, " ")]++
	}
	for i := 0; i+4 <= len(words); i++ {
		out[strings.Join(words[i:i+4], " ")]++
	}
	return out
}

// score is the F1 of got against want over their runs of four words.
func score(got, want string) float64 {
	g, w := shingles(got), shingles(want)
	both, all := 0, 0
	for s, n := range g {
		both += min(n, w[s])
		all += n
	}
	for _, n := range w {
		all += n
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(both) / float64(all)
}

// fixture is the address that the pages' expected links are made of.
const fixture = "http://fakehost/test/page.html"

// The expected texts are what Readability.js keeps, notices of the site and
// credits included: leaving those out costs the hundredth that is missing.
func TestCorpus(t *testing.T) {
	pages := corpus(t)
	var sums, counts [2]float64
	least := 1.0
	for i, c := range pages {
		r := extracted(t, c.page, Hint{URL: fixture})
		f := score(r.Text, string(document.AppendText(nil, c.want)))
		t.Logf("%-28s %.3f %s", c.name, f, r.Kind)
		sums[i%2] += f
		counts[i%2]++
		least = min(least, f)
		if (c.meta.Dir == "rtl") != (r.Dir == "rtl") {
			t.Errorf("%s: direction %s, want %s", c.name, r.Dir, c.meta.Dir)
		}
		if want, ok := parse.Date(c.meta.PublishedTime, "", clock); ok && !r.Published.Equal(want) {
			t.Errorf("%s: published %v, want %v", c.name, r.Published, want)
		}
		if !strings.HasPrefix(c.meta.Title, r.Title) {
			t.Errorf("%s: title %q, want %q, the outlet's name cut off", c.name, r.Title, c.meta.Title)
		}
	}
	mean := (sums[0] + sums[1]) / (counts[0] + counts[1])
	t.Logf("mean %.4f (halves %.4f, %.4f), least %.3f", mean, sums[0]/counts[0], sums[1]/counts[1], least)
	if mean < 0.99 || least < 0.93 {
		t.Errorf("mean %.4f, least %.3f", mean, least)
	}
}

// BenchmarkPage reads all captured pages; ns/page and MB/s are of one.
func BenchmarkPage(b *testing.B) {
	pages := corpus(b)
	size := 0
	for _, c := range pages {
		size += len(c.page)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range pages {
			if _, err := Extract([]byte(c.page), Hint{URL: fixture, Now: clock}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(pages)), "ns/page")
}

// BenchmarkStory reads a page of ours, as an outlet sends it.
func BenchmarkStory(b *testing.B) {
	page := []byte(site("lang=ar", "<title>t</title>", "<article><h1>h</h1>"+story("ar", 20)+"</article>"+strings.Repeat("<div class=card><a href=/x><h3>headline</h3></a></div>", 200)))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Extract(page, Hint{URL: fixture, Now: clock}); err != nil {
			b.Fatal(err)
		}
	}
}
