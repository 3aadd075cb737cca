package store

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkSaveText stores full texts of 600 words, each in a transaction of its
// own, and reads one as the reading view does.
func BenchmarkSaveText(b *testing.B) {
	s := large(b)
	rows, err := s.List(ctx, Scope{}, Window{Limit: 2000})
	if err != nil {
		b.Fatal(err)
	}
	g := newGenerator(4)
	i := 0
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			var html strings.Builder
			for n := range 600 {
				fmt.Fprintf(&html, "%s ", g.latin[(n*n+i*31)%len(g.latin)])
			}
			keepText(b, s, rows[i%len(rows)].ID, "<p>"+html.String()+"</p>")
			i++
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.FullText(ctx, rows[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
}
