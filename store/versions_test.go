package store

import (
	"fmt"
	"strings"
	"testing"
)

// The texts of an article are those of one moment, also while it is revised: each
// has its own number.
func TestVersionsOfOneMoment(t *testing.T) {
	s, _ := openTest(t)
	f := addFeed(t, s, "news")
	save(t, s, answer(f, t0))
	it := item{guid: "1", link: "https://news.example/1", title: "Report", at: t0}
	text := func(n int) string { return fmt.Sprintf("<p>Text number %d.</p>", n) }
	it.html = text(1)
	save(t, s, answer(f, t0, it))
	rows, err := s.List(ctx, Scope{}, Window{})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	const last = 60
	done := make(chan error, 1)
	go func() {
		for {
			all, err := s.Versions(ctx, rows[0].ID)
			for _, v := range all {
				if err == nil && v.HTML != text(v.Number) {
					err = fmt.Errorf("text %d of %d is %q", v.Number, len(all), strings.TrimSpace(v.HTML))
				}
			}
			if err != nil || len(all) == last {
				done <- err
				return
			}
		}
	}()
	for n := 2; n <= last; n++ {
		it.html = text(n)
		save(t, s, answer(f, t0, it))
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
