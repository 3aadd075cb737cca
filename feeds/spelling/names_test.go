package spelling

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var allNames = flag.Bool("allnames", false, "measure with every name, not one in five")

// TestNames measures how many native spellings of a name are found from its
// Latin one, and the other way round, among all names of the half that had no
// part in learning, and how many other names come along. About three pairs in a
// hundred are no spellings of one name (walford, هنري), which bounds the recall.
// The native names found from a Latin one number at most 12 in a search. With all
// names (-allnames) .952 of the Arabic and .951 of the Hebrew ones are found, with
// 4.2 and 4.1 others; the bounds leave room for the smaller sample.
func TestNames(t *testing.T) {
	for _, tt := range []struct {
		file               string
		script             Script
		recall, wrong      float64 // at least, at most
		back, wrongTheBack float64 // from the native spelling
	}{
		{"arabic-latin.tsv", Arabic, 0.94, 5, 0.82, 4},
		{"hebrew-latin.tsv", Hebrew, 0.94, 5, 0.84, 4},
	} {
		pairs := readNames(t, "../../../shared/corpus/names/"+tt.file, measuredHalf())
		back := make([]namePair, len(pairs))
		for i, p := range pairs {
			back[i] = namePair{p.native, p.latin}
		}
		got := measureNames(pairs, tt.script)
		t.Logf("%s: Latin to native %v", tt.file, got)
		if got.recall() < tt.recall || got.wrong > tt.wrong {
			t.Errorf("%s: want recall %.2f with at most %.0f others", tt.file, tt.recall, tt.wrong)
		}
		got = measureNames(back, Latin)
		t.Logf("%s: native to Latin %v", tt.file, got)
		if got.recall() < tt.back || got.wrong > tt.wrongTheBack {
			t.Errorf("%s: want recall %.2f with at most %.0f others from native names", tt.file, tt.back, tt.wrongTheBack)
		}
	}
}

// measured is what names are found from others.
type measured struct {
	Names    int
	RecallAt map[int]float64 // among the first so many
	wrong    float64         // other names for each
	rows     float64         // names with one of the skeletons

	clearRecall, clearWrong float64 // without the doubtful ones
}

// shown is how many names a search takes of one script.
const shown = 12

func (m measured) recall() float64 { return m.RecallAt[shown] }

func (m measured) String() string {
	r := m.RecallAt
	return fmt.Sprintf("of %d: recall@1 %.3f @5 %.3f @10 %.3f @12 %.3f, %.1f other names, without doubt %.3f and %.1f, %.0f looked at",
		m.Names, r[1], r[5], r[10], r[shown], m.wrong, m.clearRecall, m.clearWrong, m.rows)
}

// measureNames looks for the second of each pair (called native, whichever it
// is) from the first.
func measureNames(pairs []namePair, to Script) measured {
	index, right := map[string][]string{}, map[namePair]bool{}
	seen := map[string]bool{}
	for _, p := range pairs {
		right[p] = true
		if !seen[p.native] {
			seen[p.native] = true
			k := Skeleton(p.native)
			index[k] = append(index[k], p.native)
		}
	}
	step := 5
	if *allNames {
		step = 1
	}
	m := measured{RecallAt: map[int]float64{}}
	for i := 0; i < len(pairs); i += step {
		m.Names++
		var alike []string
		name := Joined(pairs[i].latin)
		for _, k := range Readings(name, to) {
			alike = append(alike, index[k]...)
		}
		m.rows += float64(len(alike))
		for rank, a := range Nearest(name, alike, shown) {
			if !right[namePair{pairs[i].latin, a.Word}] {
				m.wrong++
				if !a.Doubtful {
					m.clearWrong++
				}
			}
			if a.Word == pairs[i].native && !a.Doubtful {
				m.clearRecall++
			}
			if a.Word != pairs[i].native {
				continue
			}
			for _, k := range []int{1, 5, 10, shown} {
				if rank < k {
					m.RecallAt[k]++
				}
			}
		}
	}
	for k := range m.RecallAt {
		m.RecallAt[k] /= float64(m.Names)
	}
	m.wrong /= float64(m.Names)
	m.rows /= float64(m.Names)
	m.clearRecall /= float64(m.Names)
	m.clearWrong /= float64(m.Names)
	return m
}

// TestNearest looks at names of the news among words that sound much like them.
func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		name  string
		found []string
		want  string // the first
	}{
		{"barzani", []string{"براي", "بحراني", "بارزاني", "بارني"}, "بارزاني"},
		{"barzani", []string{"ברני", "ברזאני"}, "ברזאני"},
		{"witkoff", []string{"تكفي", "ويتكوف"}, "ويتكوف"},
		{"mashhadani", []string{"مشهد", "المشهداني"}, "المشهداني"},
		{"pezeshkian", []string{"پزشكيان", "پزشكان"}, "پزشكيان"},
		{"guterres", []string{"גטר", "גוטרש"}, "גוטרש"},
		{"غوتيريش", []string{"guitars", "guterres", "gutters"}, "guterres"},
		{"נתניהו", []string{"netanyahu", "nathan"}, "netanyahu"},
		{"kazimi", []string{"academy", "kazemi"}, "kazemi"},
		{"برزاني", []string{"ברזאני", "בזן"}, "ברזאני"},
	} {
		got := Nearest(tt.name, tt.found, shown)
		if len(got) == 0 || got[0].Word != tt.want || got[0].Doubtful {
			t.Errorf("Nearest(%s, %v) = %v, want %s first", tt.name, tt.found, got, tt.want)
		}
	}
	for _, tt := range []struct{ name, word string }{
		{"kazimi", "academy"}, {"government", "قمر"}, {"sudani", "sedan"}, {"برزاني", "בזן"},
	} {
		if got := Nearest(tt.name, []string{tt.word}, shown); len(got) > 0 {
			t.Errorf("%s is taken for %s: %v", tt.word, tt.name, got)
		}
	}
}

// TestReadings holds that a name is looked for where Skeleton puts its spellings.
func TestReadings(t *testing.T) {
	for _, group := range [][]string{
		{"Barzani", "بارزانی", "ברזאני", "Berzani", "البارزاني"},
		{"Kadhimi", "Kazemi", "Kazimi", "الكاظمي", "کاظمی"},
		{"Christopher", "كريستوفر"},
		{"Viktor", "فيكتور", "ויקטור"},
		{"Sharon", "شارون", "שרון"},
	} {
		for _, a := range group {
			for _, b := range group[1:] {
				a, b := Fold(a), Fold(b)
				if k := Skeleton(b); !slices.Contains(Readings(a, ScriptOf(b)), k) {
					t.Errorf("%s is not looked for under %s, which is that of %s", a, k, b)
				}
			}
		}
	}
	for _, w := range []string{"", "f16", "κυπρος", "東", strings.Repeat("b", 100), "بabc"} {
		if got := Readings(w, Arabic); got != nil {
			t.Errorf("Readings(%q) = %q", w, got)
		}
	}
}

// TestLetters holds letters.csv to its form.
func TestLetters(t *testing.T) {
	for line := range strings.Lines(lettersCSV) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) != 4 || f[0] != "Arab" && f[0] != "Hebr" || f[1] == "" || len(f[1]) > maxLetters || utf8.RuneCountInString(f[2]) > maxLetters {
			t.Fatalf("%q", line)
		}
		if cost, err := strconv.Atoi(f[3]); err != nil || cost < 1 || cost > maxCost {
			t.Errorf("%q: cost %d, %v", line, cost, err)
		}
		for _, r := range f[2] {
			if _, ok := semiticClasses[r]; !ok {
				t.Errorf("%q: %c has no class", line, r)
			}
		}
	}
}

func BenchmarkReadings(b *testing.B) {
	for b.Loop() {
		Readings("mashhadani", Arabic)
		Readings("المشهداني", Latin)
	}
}

func BenchmarkNearest(b *testing.B) {
	found := slices.Repeat([]string{"المشهداني", "مشهد", "الشهداء", "مستشاري"}, 250)
	for b.Loop() {
		Nearest("mashhadani", found, shown)
	}
}

// tuning measures with the development half, which chose the bounds.
var tuning = flag.Bool("tuning", false, "measure the names that the costs and bounds were chosen with")

func measuredHalf() uint32 {
	if *tuning {
		return development
	}
	return judging
}
