package text

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// unicodeFile opens one of Unicode's test files, which live beside the
// checkout.
func unicodeFile(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "corpus", "unicode", name))
	if err != nil {
		t.Skipf("no Unicode test files beside the checkout: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return bufio.NewScanner(z)
}

var classNames = map[string]bidi.Class{
	"L": bidi.L, "R": bidi.R, "EN": bidi.EN, "ES": bidi.ES, "ET": bidi.ET, "AN": bidi.AN, "CS": bidi.CS, "B": bidi.B,
	"S": bidi.S, "WS": bidi.WS, "ON": bidi.ON, "BN": bidi.BN, "NSM": bidi.NSM, "AL": bidi.AL, "LRO": bidi.LRO,
	"RLO": bidi.RLO, "LRE": bidi.LRE, "RLE": bidi.RLE, "PDF": bidi.PDF, "LRI": bidi.LRI, "RLI": bidi.RLI,
	"FSI": bidi.FSI, "PDI": bidi.PDI,
}

// baseLevel is the paragraph level for the test files' numbers: automatic,
// left to right, right to left.
func baseLevel(d Dir, classes []bidi.Class) uint8 {
	if d == RTL || d == Auto && firstStrong(classes) == RTL {
		return 1
	}
	return 0
}

// checkLine compares levels and order with a test file's columns.
func checkLine(r *resolver, classes []bidi.Class, bracket func(int) (rune, bool), base uint8, levels, order string) error {
	got := r.resolve(classes, bracket, base)
	resetSpaces(classes, got, base)
	var shown []uint8
	var index []int
	for i, want := range strings.Fields(levels) {
		if want == "x" {
			continue
		}
		if want != strconv.Itoa(int(got[i])) {
			return fmt.Errorf("level of %d is %d, want %s", i, got[i], want)
		}
		shown, index = append(shown, got[i]), append(index, i)
	}
	var visual []string
	for _, i := range visualOrder(nil, shown) {
		visual = append(visual, strconv.Itoa(index[i]))
	}
	if s := strings.Join(visual, " "); s != strings.TrimSpace(order) {
		return fmt.Errorf("order is %s, want %s", s, order)
	}
	return nil
}

func TestBidiTest(t *testing.T) {
	in := unicodeFile(t, "BidiTest.txt.gz")
	var r resolver
	var levels, order string
	passed, failed := 0, 0
	for in.Scan() {
		line := in.Text()
		switch {
		case line == "" || line[0] == '#':
			continue
		case strings.HasPrefix(line, "@Levels:"):
			levels = strings.TrimPrefix(line, "@Levels:")
			continue
		case strings.HasPrefix(line, "@Reorder:"):
			order = strings.TrimPrefix(line, "@Reorder:")
			continue
		}
		input, dirs, _ := strings.Cut(line, ";")
		var classes []bidi.Class
		for _, name := range strings.Fields(input) {
			classes = append(classes, classNames[name])
		}
		set, err := strconv.Atoi(strings.TrimSpace(dirs))
		if err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		for d := Auto; d <= RTL; d++ {
			if set&(1<<d) == 0 {
				continue
			}
			if err := checkLine(&r, classes, nil, baseLevel(d, classes), levels, order); err != nil {
				if failed++; failed < 10 {
					t.Errorf("%s, direction %d: %v", line, d, err)
				}
				continue
			}
			passed++
		}
	}
	t.Logf("%d passed, %d failed", passed, failed)
}

func TestBidiCharacterTest(t *testing.T) {
	in := unicodeFile(t, "BidiCharacterTest.txt.gz")
	var r resolver
	passed, failed := 0, 0
	for in.Scan() {
		fields := strings.Split(in.Text(), ";")
		if len(fields) != 5 || in.Text()[0] == '#' {
			continue
		}
		var runes []rune
		var classes []bidi.Class
		for _, hex := range strings.Fields(fields[0]) {
			c, err := strconv.ParseInt(hex, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			runes, classes = append(runes, rune(c)), append(classes, classOf(rune(c)))
		}
		dir := map[string]Dir{"0": LTR, "1": RTL, "2": Auto}[fields[1]]
		base := baseLevel(dir, classes)
		bracket := func(i int) (rune, bool) { return bracketOf(runes[i]) }
		err := checkLine(&r, classes, bracket, base, fields[3], fields[4])
		if err == nil && strconv.Itoa(int(base)) != fields[2] {
			err = fmt.Errorf("paragraph level is %d, want %s", base, fields[2])
		}
		if err != nil {
			if failed++; failed < 10 {
				t.Errorf("%s: %v", in.Text(), err)
			}
			continue
		}
		passed++
	}
	t.Logf("%d passed, %d failed", passed, failed)
}
