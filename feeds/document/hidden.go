package document

import (
	"strings"

	"golang.org/x/net/html"
)

// hides reports whether a style attribute keeps an element from readers: it is
// not displayed, has no size, or its text has the colour of its background.
// painted says that a background was set around it, on which white text would
// be seen; without one it stands on white, as in the mails and pages that hide
// words so.
func hides(style string, painted bool) bool {
	colour, ground := "", ""
	for style != "" {
		var declaration string
		declaration, style, _ = strings.Cut(style, ";")
		name, value, _ := strings.Cut(declaration, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		value = strings.ToLower(strings.TrimSpace(strings.Replace(value, "!important", "", 1)))
		switch name {
		case "display":
			if value == "none" {
				return true
			}
		case "visibility":
			if value == "hidden" || value == "collapse" {
				return true
			}
		case "opacity", "font-size":
			if strings.Trim(value, "0.pxemrt%") == "" && strings.HasPrefix(value, "0") && !strings.ContainsAny(value, "123456789") {
				return true
			}
		case "color":
			colour = plainColour(value)
		case "background", "background-color":
			ground = plainColour(value)
		}
	}
	if colour == "" {
		return false
	}
	return colour == ground || ground == "" && !painted && colour == white
}

const white = "#ffffff"

// plainColour writes the spellings of white and black and short numbers in one
// way; others stay.
func plainColour(c string) string {
	switch c = strings.ReplaceAll(c, " ", ""); {
	case c == "white", c == "rgb(255,255,255)", c == "rgba(255,255,255,1)":
		return white
	case c == "black":
		return "#000000"
	case len(c) == 4 && c[0] == '#':
		return string([]byte{'#', c[1], c[1], c[2], c[2], c[3], c[3]})
	}
	return c
}

// setsGround reports whether the inside of a tag sets a background.
func setsGround(attributes string) bool {
	return strings.Contains(attributes, "background") || strings.Contains(attributes, "bgcolor")
}

// canvas knows while a tree is walked whether a background has been set so far.
type canvas struct{ painted bool }

// hides reports whether n is text in the colour of what it stands on.
func (c *canvas) hides(n *html.Node) bool {
	for i := range n.Attr {
		a := &n.Attr[i]
		if a.Key == "bgcolor" || a.Key == "background" || a.Key == "style" && setsGround(a.Val) {
			c.painted = true
		}
	}
	style := attribute(n, "style")
	return strings.Contains(style, "color") && hides(style, c.painted)
}

// keepsLines reports whether line ends below n end lines (CSS Text 3, 3):
// as its style says, else as outside of it.
func keepsLines(n *html.Node, outside bool) bool {
	_, value, found := strings.Cut(attribute(n, "style"), "white-space")
	if !found {
		return outside
	}
	value = strings.TrimLeft(value, ": ")
	return strings.HasPrefix(value, "pre") || strings.HasPrefix(value, "break-spaces")
}
