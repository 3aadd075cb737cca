package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// currentMatch gives what is drawn as the match that n has come to.
func (d *driver) currentMatch() string {
	m := regexp.MustCompile("\x1b\\[1;4;7;?[0-9;]*m([^\x1b]*)").FindAllStringSubmatch(d.m.View().Content, -1)
	var parts []string
	for _, p := range m {
		parts = append(parts, p[1])
	}
	return strings.Join(parts, "")
}

// underlined gives the words that are drawn as those of watches.
func (d *driver) underlined() (out []string) {
	for _, m := range regexp.MustCompile("\x1b\\[(?:4;)?4m([^\x1b]*)").FindAllStringSubmatch(d.m.View().Content, -1) {
		out = append(out, m[1])
	}
	return out
}

func longReport() sample {
	filler := strings.Repeat("<p>Nothing of note was said in this part of the report, which goes on.</p>", 12)
	return sample{title: "Oil report", lang: "en", ago: 6 * time.Hour, briefings: iraq,
		body: "<p>Oil and gas, and oil again.</p>" + filler + "<h2>Ceyhan</h2><p>The oil<b>field</b> and the oil.</p>" + filler + "<h2>Basra</h2><p>The end of it.</p>" + filler}
}

// n goes from match to match, not from line to line, and back to the first one
// after the last.
func TestFindStepsFromMatchToMatch(t *testing.T) {
	s, _ := newStore(t, longReport())
	d := start(t, s, 100, 30)
	d.press("enter /")
	d.write("oil")
	d.press("enter")
	d.sees("match 1/5") // the headline, two on a line, one word in two styles, one far below
	if got := d.currentMatch(); got != "Oil" {
		t.Fatalf("the current match is %q", got)
	}
	d.press("n n n")
	d.sees("match 4/5", "Ceyhan")
	if got := d.currentMatch(); got != "oilfield" {
		t.Fatalf("the current match is %q:\n%s", got, d.screen())
	}
	d.exact()
	d.press("n n")
	d.sees("match 1/5", "Oil and gas")
	d.press("N")
	d.sees("match 5/5")
	d.press("/")
	for range "oil" {
		d.press("backspace")
	}
	d.write("nothinglikeit")
	d.press("enter n") // stays in the article
	d.sees("nothinglikeit is not in this article", "no match", "Ceyhan")
	d.press("esc")
	d.seesNot("match ")
	if got := d.currentMatch(); got != "" {
		t.Fatalf("%q is still the current match", got)
	}
}

// Words are looked for from where the reader is, and esc goes back there.
func TestFindStartsWhereTheReaderIs(t *testing.T) {
	s, _ := newStore(t, longReport())
	d := start(t, s, 60, 14)
	d.press("enter ctrl+f ctrl+f")
	before := d.m.reading.offset
	d.press("/")
	d.write("oil")
	d.sees("search article: oil", "match 4/5")
	d.write("q")
	d.sees("search article: oilq", "no match")
	d.exact()
	d.press("backspace")
	if got := d.currentMatch(); got != "oilfield" || d.m.reading.offset <= before {
		t.Fatalf("the current match is %q, at line %d after %d:\n%s", got, d.m.reading.offset, before, d.screen())
	}
	d.press("esc")
	if d.m.reading.offset != before || d.m.reading.find != "" {
		t.Fatalf("esc leaves %q at line %d, want %d", d.m.reading.find, d.m.reading.offset, before)
	}
	d.press("/")
	d.write("oil")
	d.press("enter N")
	d.sees("match 3/5")
}

// The search in an article takes words for what the search in all takes them for.
func TestFindInArticleFoldsAndExpands(t *testing.T) {
	body := "<p>قال الكاظمي إن الوزارة وببغداد مكتباً لها. " + strings.Repeat("نص ", 5) + "</p><p>Kazemi spoke.</p>"
	s, _ := newStore(t, sample{title: "تقرير", lang: "ar", ago: time.Hour, briefings: iraq, body: body})
	d := start(t, s, 100, 30)
	for _, tt := range []struct {
		typed string
		want  []string
	}{
		{"kadhimi", []string{"يمظاكلا", "Kazemi"}},
		{"بغداد", []string{"دادغببو"}},
		{"مكتبا", []string{"ابتكم"}},
	} {
		d.press("enter /")
		d.write(tt.typed)
		d.press("enter")
		got := d.marked()
		for i, w := range got { // marks of vowels stand where the terminal puts them
			got[i] = strings.Map(func(r rune) rune {
				if r >= 0x64b && r <= 0x652 {
					return -1
				}
				return r
			}, w)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s marks %q, want %q:\n%s", tt.typed, got, tt.want, d.screen())
		}
		d.exact()
		d.press("esc esc q")
	}
}

// What was searched by another spelling is marked in the article as well.
func TestSpellingsOfASearchAreMarked(t *testing.T) {
	s, _ := newStore(t, sample{title: "Report", lang: "en", ago: time.Hour, briefings: iraq, body: "<p>Then Kazemi spoke.</p>"})
	d := start(t, s, 140, 30)
	d.press("/")
	d.write("kadhimi")
	d.press("enter")
	if got := d.marked(); len(got) != 2 || got[1] != "Kazemi" {
		t.Fatalf("marked %q:\n%s", got, d.screen())
	}
}

func TestWordsOfWatchesAreMarkedInTheirOwnWay(t *testing.T) {
	s, feed := newStore(t)
	save(t, s, feed, []sample{
		{title: "One", body: "<p>Exports through Ceyhan.</p>", lang: "en", ago: time.Hour, briefings: iraq},
		{title: "Two", body: "<p>Ceyhan sports club.</p>", lang: "en", ago: 2 * time.Hour, briefings: iraq},
	})
	watch(t, s, "Pipes", "ceyhan -sports")
	d := start(t, s, 140, 30)
	d.press("enter")
	if got := d.underlined(); !slices.Equal(got, []string{"Ceyhan"}) {
		t.Fatalf("underlined %q:\n%s", got, d.screen())
	}
	if got := d.marked(); len(got) != 0 {
		t.Fatalf("%q is marked as if it were searched", got)
	}
	d.press("J") // no article of the watch
	d.sees("sports club")
	if got := d.underlined(); len(got) != 0 {
		t.Fatalf("underlined %q", got)
	}
}

// A watch that is made, changed or removed while an article is open shows at once.
func TestAWatchThatIsMadeMarksWhatIsShown(t *testing.T) {
	s, feed := newStore(t)
	save(t, s, feed, []sample{{title: "One", body: "<p>Exports through Ceyhan.</p>", lang: "en", ago: time.Hour, briefings: iraq}})
	d := start(t, s, 140, 30)
	d.press("enter w")
	d.write("ceyhan")
	d.press("enter")
	d.press("enter")
	if got := d.underlined(); !slices.Equal(got, []string{"Ceyhan"}) {
		t.Fatalf("underlined %q:\n%s", got, d.screen())
	}
	d.press("h h :")
	d.write("remove-watch")
	d.press("enter enter")
	if got := d.underlined(); len(got) != 0 {
		t.Fatalf("underlined %q:\n%s", got, d.screen())
	}
}

func TestJumpByHeading(t *testing.T) {
	s, _ := newStore(t, append(threeArticles(), longReport())...)
	d := start(t, s, 60, 20)
	d.press("]")
	d.sees("opens one")
	d.press("G enter ]")
	if got := d.lines()[1]; !strings.Contains(got, "Ceyhan") {
		t.Fatalf("the first line is %q:\n%s", got, d.screen())
	}
	d.press("}")
	if got := d.lines()[1]; !strings.Contains(got, "Basra") {
		t.Fatalf("the first line is %q:\n%s", got, d.screen())
	}
	d.press("]")
	d.sees("no heading further down")
	d.press("[")
	if got := d.lines()[1]; !strings.Contains(got, "Ceyhan") {
		t.Fatalf("the first line is %q", got)
	}
	d.press("[")
	d.sees("Oil report", "no heading further up")
	d.press("q k enter ]")
	d.sees("This article has no headings")
}

func TestNthHeading(t *testing.T) {
	lines := []int{3, 10, 20}
	for _, tt := range []struct {
		at, n, want int
		ok          bool
	}{{0, 1, 3, true}, {3, 1, 10, true}, {3, 2, 20, true}, {3, 9, 20, true}, {20, 1, 0, false}, {20, -1, 10, true}, {11, -2, 3, true}, {11, -9, 3, true}, {3, -1, 0, false}} {
		if got, ok := nthHeading(lines, tt.at, tt.n); got != tt.want || ok != tt.ok {
			t.Errorf("from %d by %d: %d %v, want %d %v", tt.at, tt.n, got, ok, tt.want, tt.ok)
		}
	}
}
