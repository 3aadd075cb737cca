package ui

import (
	"image"
	"strings"
	"testing"
)

// picture draws the areas as letters (s side, l list, r reading, - bars), one
// for each scaleX x scaleY cells.
func picture(a areas, w, h, scaleX, scaleY int) string {
	var b strings.Builder
	for y := 0; y < h; y += scaleY {
		for x := scaleX / 2; x < w; x += scaleX {
			c := byte('.')
			for _, p := range []struct {
				r image.Rectangle
				c byte
			}{{a.header, '-'}, {a.footer, '-'}, {a.side, 's'}, {a.list, 'l'}, {a.reading, 'r'}} {
				if image.Pt(x, y).In(p.r) {
					c = p.c
				}
			}
			b.WriteByte(c)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestLayoutShapes(t *testing.T) {
	for _, c := range []struct {
		name string
		in   arrangement
		want string
	}{
		{"wide", arrangement{width: 140, height: 20}, `
----------
slllllrrrr
slllllrrrr
slllllrrrr
slllllrrrr
`},
		{"medium list", arrangement{width: 100, height: 20, focus: focusList}, `
----------
ssllllllll
ssllllllll
ssrrrrrrrr
ssrrrrrrrr
`},
		{"medium reading", arrangement{width: 100, height: 20, focus: focusReading}, `
----------
ssrrrrrrrr
ssrrrrrrrr
ssrrrrrrrr
ssrrrrrrrr
`},
		{"narrow", arrangement{width: 60, height: 20, focus: focusList}, `
----------
llllllllll
llllllllll
llllllllll
llllllllll
`},
		{"zen", arrangement{width: 160, height: 20, focus: focusReading, zen: true}, `
----------
rrrrrrrrrr
rrrrrrrrrr
rrrrrrrrrr
rrrrrrrrrr
`},
	} {
		got := picture(layout(c.in), c.in.width, c.in.height, c.in.width/10, 4)
		if want := strings.TrimPrefix(c.want, "\n"); got != want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, want)
		}
	}
}

// TestLayoutInvariants: panes never overlap, never leave the screen, and the
// focused pane is always there.
func TestLayoutInvariants(t *testing.T) {
	for w := 1; w <= 260; w += 3 {
		for h := 1; h <= 80; h += 3 {
			for f := focusSide; f <= focusReading; f++ {
				for _, wanted := range []int{0, 5, 90, 400} {
					a := layout(arrangement{width: w, height: h, focus: f, side: wanted, list: wanted, zen: wanted == 90})
					if a.shape == tooSmall {
						continue
					}
					checkAreas(t, a, w, h, f)
				}
			}
		}
	}
}

func TestLayoutSharesAWideScreen(t *testing.T) {
	for _, c := range []struct{ width, list, reading int }{
		{130, 47, 61}, {150, 64, 64}, {200, 89, 89},
	} {
		a := layout(arrangement{width: c.width, height: 30})
		if a.list.Dx() != c.list || a.reading.Dx() != c.reading {
			t.Errorf("%d columns: list %d and reading %d, want %d and %d", c.width, a.list.Dx(), a.reading.Dx(), c.list, c.reading)
		}
	}
}

func checkAreas(t *testing.T, a areas, w, h int, f focus) {
	t.Helper()
	screen := image.Rect(0, 0, w, h)
	all := []image.Rectangle{a.header, a.side, a.list, a.reading, a.footer}
	for i, r := range all {
		if !r.In(screen) {
			t.Fatalf("%dx%d: area %v leaves the screen", w, h, r)
		}
		for _, s := range all[i+1:] {
			if r.Overlaps(s) {
				t.Fatalf("%dx%d: areas %v and %v overlap", w, h, r, s)
			}
		}
	}
	if [...]image.Rectangle{a.side, a.list, a.reading}[f].Empty() {
		t.Fatalf("%dx%d: the focused pane %v is not shown", w, h, f)
	}
}
