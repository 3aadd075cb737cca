package spelling

import (
	"bufio"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"strings"
	"testing"
)

func TestSkeleton(t *testing.T) {
	for _, group := range [][]string{
		{"Barzani", "بارزانی", "ברזאני", "Berzani", "البارزاني"},
		{"Kadhimi", "Kazemi", "Kazimi", "الكاظمي", "کاظمی"},
		{"Hussein", "Husayn", "حسين", "חוסיין"},
		{"Mohammed", "Muhammad", "Mehmet", "محمد", "מוחמד"},
		{"Ahmed", "Ahmet", "أحمد"},
		{"Talabani", "طالباني", "تالەبانی"},
		{"Sinjar", "سنجار"},
		{"Charles", "تشارلز", "צ'ארלס"},
		{"Christopher", "كريستوفر"},
		{"Ali", "علي"},
	} {
		for _, name := range group {
			got, want := Skeleton(Fold(name)), Skeleton(Fold(group[0]))
			if got != want || got == "" {
				t.Errorf("Skeleton(%s) = %q, that of %s is %q", name, got, group[0], want)
			}
		}
	}
	for _, s := range []string{"", "aye", "f16", "κυπρος", "москва", strings.Repeat("b", 100)} {
		if got := Skeleton(s); got != "" {
			t.Errorf("Skeleton(%q) = %q", s, got)
		}
	}
}

// TestSkeletonOnNames measures how many native spellings of a name have the
// skeleton of its Latin one, and how many other names do. Half of the names, by
// hash, served to choose the rules; the other half judges them here.
func TestSkeletonOnNames(t *testing.T) {
	for _, tt := range []struct {
		file   string
		recall float64 // at least
		wrong  float64 // other names per query, at most
	}{
		{"arabic-latin.tsv", 0.85, 25},
		{"hebrew-latin.tsv", 0.80, 20},
	} {
		pairs := readNames(t, "../../../shared/corpus/names/"+tt.file)
		natives := map[string]map[string]bool{}
		for _, p := range pairs {
			k := Skeleton(p.native)
			if natives[k] == nil {
				natives[k] = map[string]bool{}
			}
			natives[k][p.native] = true
		}
		found, others := 0, 0
		for _, p := range pairs {
			k := Skeleton(p.latin)
			if k == "" {
				continue
			}
			others += len(natives[k])
			if natives[k][p.native] {
				found++
				others--
			}
		}
		recall, wrong := float64(found)/float64(len(pairs)), float64(others)/float64(len(pairs))
		t.Logf("%s: %d pairs, recall %.3f, %.1f other names per query", tt.file, len(pairs), recall, wrong)
		if recall < tt.recall || wrong > tt.wrong {
			t.Errorf("%s: recall %.3f, %.1f others; want %.2f and %.0f", tt.file, recall, wrong, tt.recall, tt.wrong)
		}
	}
}

type namePair struct{ latin, native string }

// readNames reads the half of the file that judges.
func readNames(t *testing.T, path string) []namePair {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the name lists are not beside the checkout: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []namePair
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) < 2 {
			continue
		}
		p := namePair{Fold(cols[0]), Fold(cols[1])}
		h := fnv.New32a()
		h.Write([]byte(p.latin))
		if h.Sum32()%2 == 1 {
			out = append(out, p)
		}
	}
	return out
}

func BenchmarkSkeleton(b *testing.B) {
	for b.Loop() {
		Skeleton("kadhimi")
		Skeleton("الكاظمي")
	}
}
