package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"sitrep/store"
	"sitrep/ui/text"
)

// drawn is a row on one line or two, without styles.
func drawn(r store.Row, width int, tall bool) string {
	st := rowStyle{signs: signsFor(false), text: text.Setter{}, now: testNow, zone: time.UTC, width: width, tall: tall}
	return ansi.Strip(strings.Join(drawRow(r, false, st), "\n"))
}

func TestSignsAreNeverCut(t *testing.T) {
	r := store.Row{Title: "Bread prices rise", Source: "An outlet with a name that is far too long for its column", Starred: true, Paywall: true, At: testNow}
	for _, tall := range []bool{true, false} {
		for _, width := range []int{40, 64, 80, 120} {
			if got := drawn(r, width, tall); (tall || width >= 64) && !strings.Contains(got, " $ ★") {
				t.Errorf("width %d, tall %v: the signs are missing:\n%s", width, tall, got)
			}
		}
	}
}

func TestSignsFollowARightToLeftSource(t *testing.T) {
	r := store.Row{Title: "Bread", Source: "وكالة الأنباء", Starred: true, At: testNow}
	if got, want := drawn(r, 60, true), "ءابنألا ةلاكو ★"; !strings.Contains(got, want) {
		t.Errorf("want %q in\n%s", want, got)
	}
	r.Source = "وكالة أنباء اسمها طويل جدا"
	if got := drawn(r, 64, false); !strings.Contains(got, " …") || strings.Contains(got, "… ★") {
		t.Errorf("the cut is not where the name ends:\n%s", got)
	}
}
