package extract

import (
	"path/filepath"
	"testing"

	"sitrep/feeds/document"
	"sitrep/feeds/parse"
)

// The bodies that real feeds carry, in the markup of their publishers, come out
// of pages made around them. What a feed itself has of notices and pointers is
// what is missing from the full score.
func TestFeedBodies(t *testing.T) {
	const perFeed, long = 8, 1200
	files, _ := filepath.Glob("../../../shared/corpus/feeds/real/*")
	if len(files) == 0 {
		t.Skip("no captured feeds beside the checkout")
	}
	outlets := reports(t)
	sum, count, poor := 0.0, 0, 0
	for _, file := range files {
		parsed, err := parse.Parse([]byte(read(t, file)), parse.Hint{Now: clock})
		if err != nil {
			continue // some are captured because they are broken
		}
		left := perFeed
		for i, a := range parsed.Articles {
			want := string(document.AppendText(nil, a.HTML))
			if len(want) < long || left == 0 {
				continue
			}
			left--
			p := newPress(outlets[count%len(outlets)], uint64(i))
			page := p.doc(p.openGraph(), p.nav()+`<main class="m">`+p.h1()+p.signed()+p.share()+`<div class="x7-text">`+a.HTML+`</div>`+p.tags()+`</main>`+p.sidebar()+p.comments()+p.footer())
			f := score(extracted(t, page, Hint{URL: templateAt}).Text, want)
			sum += f
			count++
			if f < 0.9 {
				poor++
				t.Logf("%.3f %s, article %d", f, filepath.Base(file), i)
			}
		}
	}
	mean := sum / float64(max(count, 1))
	t.Logf("mean %.4f of %d bodies, %d below 0.9", mean, count, poor)
	if mean < 0.985 || 50*poor > count {
		t.Errorf("mean %.4f of %d bodies, %d below 0.9", mean, count, poor)
	}
}
