package spelling

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var learn = flag.Bool("learn", false, "write letters.csv anew from the development half of the name lists")

// aligner learns how likely letters of one script stand for letters of the
// other, by expectation maximisation over all ways to cut a pair of words into
// pairs of letters (Ristad and Yianilos, Learning String-Edit Distance, IEEE
// PAMI 20, 1998; letters taken together as in Jiampojamarn and others, HLT 2007).
type aligner struct {
	script Script
	ids    map[string]int
	names  []string
	prob   []float64
	pairs  []lattice
}

type lattice struct {
	n, m   int
	likely float64 // log likelihood a letter
	arcs   []arc   // by i, then j, of where they start
}

type arc struct{ i, j, k, l, op int32 }

func (a *aligner) add(latin, native string) {
	s, t := []byte(latin), []rune(native)
	x := lattice{n: len(s), m: len(t)}
	for i := 0; i <= len(s); i++ {
		for j := 0; j <= len(t); j++ {
			for k := i + 1; k <= min(len(s), i+maxLetters); k++ {
				for l := j; l <= min(len(t), j+maxLetters); l++ {
					if k-i > 1 && l-j > 1 && s[k-1] != 'h' { // two for two only for ch, kh and their like
						continue
					}
					x.arcs = append(x.arcs, arc{int32(i), int32(j), int32(k), int32(l), int32(a.id(string(s[i:k]), string(t[j:l])))})
				}
			}
		}
	}
	a.pairs = append(a.pairs, x)
}

func (a *aligner) id(s, t string) int {
	name := s + "," + t
	id, ok := a.ids[name]
	if !ok {
		id = len(a.names)
		a.ids[name] = id
		a.names = append(a.names, name)
		a.prob = append(a.prob, 1)
	}
	return id
}

func (a *aligner) iterate() (likelihood float64) {
	count := make([]float64, len(a.prob))
	for n, x := range a.pairs {
		w := x.m + 1
		fwd, bwd := make([]float64, (x.n+1)*w), make([]float64, (x.n+1)*w)
		fwd[0], bwd[len(bwd)-1] = 1, 1
		for _, c := range x.arcs {
			fwd[int(c.k)*w+int(c.l)] += fwd[int(c.i)*w+int(c.j)] * a.prob[c.op]
		}
		total := fwd[len(fwd)-1]
		if total == 0 {
			continue
		}
		a.pairs[n].likely = math.Log(total) / float64(x.n+x.m)
		for _, c := range slices.Backward(x.arcs) {
			bwd[int(c.i)*w+int(c.j)] += bwd[int(c.k)*w+int(c.l)] * a.prob[c.op]
		}
		for _, c := range x.arcs {
			count[c.op] += fwd[int(c.i)*w+int(c.j)] * a.prob[c.op] * bwd[int(c.k)*w+int(c.l)] / total
		}
		likelihood += math.Log(total)
	}
	for name, n := range romanisations(a.script) {
		count[a.ids[name]] += n
	}
	sum := 0.0
	for _, c := range count {
		sum += c
	}
	for i, c := range count {
		a.prob[i] = c / sum
		if c < 1 {
			a.prob[i] *= c
		}
	}
	return likelihood / float64(len(a.pairs))
}

// bare is the native spelling without an article that the Latin one has not:
// names are compared so.
func bare(p namePair) string {
	if isVowel(p.latin[0]) {
		return p.native
	}
	return WithoutArticle(p.native)
}

// prune drops the pairs that are least likely to be spellings of one name.
func (a *aligner) prune() {
	slices.SortFunc(a.pairs, func(x, y lattice) int { return cmp.Compare(y.likely, x.likely) })
	a.pairs = a.pairs[:len(a.pairs)*96/100]
}

// romanisations are ways of writing that the lists hardly show and the news
// does: of Arabic by ALA-LC and in French, of Persian and Kurdish letters, of
// Turkish c. Each counts as if it had been seen so often.
func romanisations(s Script) map[string]float64 {
	out := map[string]float64{}
	ways := "dh:ذ,ظ,ض d:ض,ظ,ذ z:ظ,ذ,ض,ز th:ث,ذ t:ط kh:خ gh:غ ch:ش,چ,خ sh:ش dj:ج j:ج,ژ,ي q:ق,غ g:گ,غ,ق " +
		"p:پ c:ج,چ,ك zh:ژ x:خ k:ق v:و,ف w:و s:ص,ش e:ه,ا,ي a:ه,ع i:ع,ي u:ع,و o:ع,و ou:و oo:و ee:ي aa:ا,عا ^a:ع,ا ^i:ع,ا ^e:ع,ا ^o:ع ^u:ع h:ح,ه n$:ن"
	if s == Hebrew {
		ways = "ch:ח,כ kh:ח,כ h:ח,ה tz:צ ts:צ z:צ,ז sh:ש s:ש,ס v:ב,ו b:ב w:ו,וו f:פ p:פ k:ק,כ q:ק t:ט,ת th:ת,ט j:ג dh:ד gh:ג,ר g:ג a:ע,א i:ע,י ^a:ע,א ^i:ע,א ^e:ע,א ^o:ע"
	}
	for _, way := range strings.Fields(ways) {
		latin, natives, _ := strings.Cut(way, ":")
		for _, native := range strings.Split(natives, ",") {
			out[latin+","+native] = 60
		}
	}
	return out
}

func TestLearn(t *testing.T) {
	if !*learn {
		t.Skip("only with -learn")
	}
	var lines []string
	for script, file := range []string{"arabic-latin.tsv", "hebrew-latin.tsv"} {
		a := &aligner{script: []Script{Arabic, Hebrew}[script], ids: map[string]int{}}
		for _, p := range readNames(t, "../../../shared/corpus/names/"+file, development) {
			if l, ok := bounded(p.latin); ok && len(p.latin) < 16 && utf8.RuneCountInString(p.native) < 16 && !strings.Contains(p.native, " ") {
				a.add(l, bare(p))
			}
		}
		for name := range romanisations(a.script) {
			latin, native, _ := strings.Cut(name, ",")
			a.id(latin, native)
		}
		for i := range a.prob {
			a.prob[i] = 1 / float64(len(a.prob))
		}
		for i := range 14 {
			t.Logf("%s %d: %.3f", file, i, a.iterate())
			if i == 6 {
				a.prune()
			}
		}
		for i, p := range a.prob {
			_, native, _ := strings.Cut(a.names[i], ",")
			known := native == "" || ScriptOf(native) != Other // and no Yiddish ligature
			if cost := -math.Log(p) * 10; cost < maxCost && known {
				lines = append(lines, fmt.Sprintf("%s,%s,%.0f", []string{"Arab", "Hebr"}[script], a.names[i], cost))
			}
		}
	}
	slices.Sort(lines)
	t.Logf("%d lines", len(lines))
	if err := os.WriteFile("letters.csv", []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
