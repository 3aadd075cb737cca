package theme

import (
	"image/color"
	"math"
	"testing"
)

// contrast is the WCAG 2 contrast ratio of two colours.
func contrast(a, b color.Color) float64 {
	l := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		lin := func(v uint32) float64 {
			x := float64(v) / 0xffff
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
	}
	x, y := l(a)+0.05, l(b)+0.05
	return max(x, y) / min(x, y)
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		name    string
		ground  Ground
		against []color.Color
	}{
		{"unknown", Unknown, []color.Color{color.Black, color.White}},
		{"dark", Dark, []color.Color{color.Black, color.RGBA{0x28, 0x2c, 0x34, 0xff}}},
		{"light", Light, []color.Color{color.White, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}}},
	} {
		p := paletteFor(c.ground, Many)
		for role, col := range map[string]color.Color{"dim": p.dim, "accent": p.accent, "alarm": p.alarm} {
			for _, bg := range c.against {
				if got := contrast(col, bg); got < 4.5 {
					t.Errorf("%s ground: %s on %v has contrast %.2f, want 4.5", c.name, role, bg, got)
				}
			}
		}
	}
}

func TestNoColourKeepsAttributes(t *testing.T) {
	th := New(Unknown, None)
	if got := th.Title.On("a"); got != "\x1b[1ma\x1b[m" {
		t.Errorf("Title.On = %q", got)
	}
	if got := th.Accent.On("a"); got != "a" {
		t.Errorf("Accent.On = %q, want no colour", got)
	}
	if got := (Paint{}).On("a"); got != "a" {
		t.Errorf("zero Paint.On = %q", got)
	}
}
