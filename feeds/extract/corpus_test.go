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

func TestCorpus(t *testing.T) {
	sum, least, titles, dates := 0.0, 1.0, 0, 0
	pages := corpus(t)
	for _, c := range pages {
		r, err := Extract([]byte(c.page), Hint{URL: "http://fakehost/test/page.html", Now: clock})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		want := string(document.AppendText(nil, c.want))
		f := score(r.Text, want)
		sum, least = sum+f, min(least, f)
		t.Logf("%-28s %.3f %s %q by %q of %v", c.name, f, r.Kind, r.Title, r.Byline, r.Published)
		if r.Title == c.meta.Title {
			titles++
		} else {
			t.Logf("  title %q", c.meta.Title)
		}
		if r.Byline != c.meta.Byline {
			t.Logf("  byline %q", c.meta.Byline)
		}
		if published, _ := parse.Date(c.meta.PublishedTime, "", clock); r.Published.Equal(published) || c.meta.PublishedTime == "" {
			dates++
		} else {
			t.Logf("  date %s", c.meta.PublishedTime)
		}
		if (c.meta.Dir == "rtl") != (r.Dir == "rtl") {
			t.Errorf("%s: direction %s, want %s", c.name, r.Dir, c.meta.Dir)
		}
		if dump := os.Getenv("EXTRACT_DUMP"); dump != "" {
			_ = os.WriteFile(filepath.Join(dump, c.name+".got"), []byte(strings.Join(strings.Fields(r.Text), "\n")+"\n"), 0o600)
			_ = os.WriteFile(filepath.Join(dump, c.name+".want"), []byte(strings.Join(strings.Fields(want), "\n")+"\n"), 0o600)
		}
	}
	n := float64(len(pages))
	t.Logf("mean %.4f, least %.3f, %d titles, %d dates of %d", sum/n, least, titles, dates, len(pages))
}
