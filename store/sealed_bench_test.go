package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sitrep/feeds/query"
)

// BenchmarkSealed compares a plain store with an encrypted one: a first refresh,
// then opening, the list, a search for a common word and for a rare one, and its
// size. Set -benchtime 1x.
func BenchmarkSealed(b *testing.B) {
	const n = 10_000
	for _, name := range []string{"plain", "encrypted"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				var k *Key
				dir := b.TempDir()
				if name == "encrypted" {
					k = sealedLibrary(b, dir, 4)
				}
				s, ids := benchSealed(b, dir, k)
				g := newGenerator(1)
				all := g.batches(ids, 0, n)
				b.StartTimer()
				cl, err := s.Claim(ctx)
				if err != nil {
					b.Fatal(err)
				}
				for _, batch := range all {
					if _, err := s.Save(ctx, batch); err != nil {
						b.Fatal(err)
					}
				}
				if err := cl.Release(); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				reading(b, s, g)
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// reading reports how long acts of reading take in a store that was just opened
// by nobody else, in ms, the median of many.
func reading(b *testing.B, s *Store, g *generator) {
	words := map[string]string{"common": g.latin[3], "rare": g.latin[9000]}
	for what, word := range words {
		b.ReportMetric(median(b, func() error {
			_, err := s.List(ctx, Scope{Filter: query.Word{Text: word}}, Window{Limit: 50})
			return err
		}), "search-"+what+"-ms")
	}
	b.ReportMetric(median(b, func() error {
		_, err := s.List(ctx, Scope{}, Window{Limit: 50})
		return err
	}), "list-ms")
	b.ReportMetric(median(b, func() error {
		f, err := s.Check(ctx)
		if err == nil && !f.Sound() {
			err = fmt.Errorf("%v", f.Sentences())
		}
		return err
	}), "check-ms")
}

func median(b *testing.B, f func() error) float64 {
	times := make([]float64, 5)
	for i := range times {
		began := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		times[i] = time.Since(began).Seconds() * 1000
	}
	slices.Sort(times)
	return times[len(times)/2]
}
