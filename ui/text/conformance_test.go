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
	"unicode"

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
	if passed < 770_000 {
		t.Errorf("only %d lines were read", passed)
	}
}

// table reads one of Unicode's tables: fields between semicolons, # for comments.
func table(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpus", "unicode", name))
	if err != nil {
		t.Skipf("no Unicode tables beside the checkout: %v", err)
	}
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Split(line, ";")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if fields[0] != "" {
			rows = append(rows, fields)
		}
	}
	return rows
}

func hexRune(t *testing.T, s string) rune {
	t.Helper()
	r, err := strconv.ParseInt(s, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return rune(r)
}

// TestBidiMirroring: every character mirrors what Unicode says, and no other
// mirrors anything.
func TestBidiMirroring(t *testing.T) {
	want := map[rune]rune{}
	for _, row := range table(t, "BidiMirroring.txt") {
		want[hexRune(t, row[0])] = hexRune(t, row[1])
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if m, ok := want[r]; ok && mirror(r) != m || !ok && mirror(r) != r {
			t.Errorf("%U mirrors %U, want %U", r, mirror(r), m)
		}
	}
	if len(want) < 400 {
		t.Errorf("only %d pairs were read", len(want))
	}
}

// TestBidiBrackets: the pairs of BD14 to BD16 are Unicode's.
func TestBidiBrackets(t *testing.T) {
	paired := map[rune]bool{}
	for _, row := range table(t, "BidiBrackets.txt") {
		r, other := hexRune(t, row[0]), hexRune(t, row[1])
		paired[r] = true
		pair, opens := bracketOf(r)
		same, _ := bracketOf(other)
		if pair == 0 || pair != same || opens != (row[2] == "o") {
			t.Errorf("%U: pair %U, opens %v; its other side has %U", r, pair, opens, same)
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if pair, _ := bracketOf(r); pair != 0 && !paired[r] {
			t.Errorf("%U is no bracket", r)
		}
	}
	if len(paired) < 120 {
		t.Errorf("only %d brackets were read", len(paired))
	}
}

// TestArabicJoiningIsRightToLeft: what Unicode 17 joins in scripts that run from
// right to left has a class that does, although the tables of x/text are older.
func TestArabicJoiningIsRightToLeft(t *testing.T) {
	n := 0
	for _, row := range table(t, "ArabicShaping.txt") {
		r := hexRune(t, row[0])
		if r < 0x590 || r >= 0x900 && r < 0x10840 || unicode.In(r, unicode.Mn, unicode.Cf) || row[2] == "T" || row[2] == "U" {
			continue // Mongolian, Phags-pa and what is transparent
		}
		n++
		if c := classOf(r); c != bidi.R && c != bidi.AL && r < 0x11000 {
			t.Errorf("%U %s has the class %v", r, row[1], c)
		}
	}
	if n < 400 {
		t.Errorf("only %d letters were read", n)
	}
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
	if passed < 91_000 {
		t.Errorf("only %d lines were read", passed)
	}
}
