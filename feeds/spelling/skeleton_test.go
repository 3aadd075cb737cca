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
		{"Hariri", "الحريري", "Hariry"},
		{"Mohammed", "Muhammad", "Mehmet", "محمد", "מוחמד"},
		{"Ahmed", "Ahmet", "أحمد"},
		{"Talabani", "طالباني", "تالەبانی"},
		{"Sinjar", "سنجار"},
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

type namePair struct{ latin, native string }

const (
	development = 0
	judging     = 1
	salt        = "2026-11-26 " // another one splits the names anew
)

// readNames reads one half of the file.
func readNames(t *testing.T, path string, half uint32) []namePair {
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
		h.Write([]byte(salt + p.latin))
		if h.Sum32()>>16&1 == half { // the last bit is only that of the sum of the letters
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
