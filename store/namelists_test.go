package store

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"sitrep/feeds/query"
	"sitrep/feeds/spelling"
)

var allNames = flag.Bool("allnames", false, "search an archive of all judging names, not of one in ten")

// TestNameLists searches an archive that holds the names of the half of the name
// lists that had no part in learning, each in one article, for their Latin
// spellings. An archive of a few thousand articles takes no doubtful spelling;
// one of all names (-allnames) does.
func TestNameLists(t *testing.T) {
	if raced {
		t.Skip("one goroutine, and a dozen times slower under the race detector")
	}
	step, recall, wrong := 10, 0.86, 1.0
	if *allNames {
		step, recall, wrong = 1, 0.93, 5.2
	}
	for _, list := range []struct {
		file, text string
		script     spelling.Script
	}{
		{"arabic-latin.tsv", "قال %s في بيان من بغداد", spelling.Arabic},
		{"hebrew-latin.tsv", "אמר %s על של את", spelling.Hebrew},
	} {
		pairs := judgingNames(t, "../../shared/corpus/names/"+list.file, step)
		right, texts := map[[2]string]bool{}, map[string]bool{}
		for _, p := range pairs {
			right[p] = true
			texts[fmt.Sprintf(list.text, p[1])] = true
		}
		s := openNames(t, slices.Sorted(maps.Keys(texts))...)
		names, found, others := 0, 0, 0
		for i := 0; i < len(pairs); i += 40 / step {
			p := pairs[i]
			names++
			also, _, err := s.Spellings(context.Background(), query.Word{Text: p[0]})
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range also {
				switch w = spelling.Fold(w); {
				case w == p[1]:
					found++
				case !right[[2]string{p[0], w}]:
					others++
				}
			}
		}
		got, more := float64(found)/float64(names), float64(others)/float64(names)
		t.Logf("%s, %d articles, %d names: %.3f found, with %.1f others", list.file, len(texts), names, got, more)
		if got < recall || more > wrong {
			t.Errorf("want %.2f with at most %.1f others", recall, wrong)
		}
	}
}

// judgingNames reads every step-th pair of Latin and other name of the half of a
// list that TestNames in package spelling is judged by.
func judgingNames(t *testing.T, path string, step int) (out [][2]string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("the name lists are not beside the checkout: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		cols := strings.Split(line, "\t")
		if len(cols) < 2 {
			continue
		}
		p := [2]string{spelling.Fold(cols[0]), spelling.Fold(cols[1])}
		h := fnv.New32a()
		h.Write([]byte("2026-11-26 " + p[0]))
		if h.Sum32()>>16&1 == 1 {
			if n%step == 0 {
				out = append(out, p)
			}
			n++
		}
	}
	return out
}
