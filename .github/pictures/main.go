// Command pictures turns a captured terminal screen into an SVG picture for
// the README. It reads what `tmux capture-pane -e -p` prints and writes the
// picture to standard output; make.sh beside it runs the program and takes the
// screens.
//
// A terminal shows right-to-left text in the order of the cells; a viewer of
// SVG would order it again and not join the letters. So such runs are written
// in reverse with their direction forced, which gives the same places with
// joined letters.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"html"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

const (
	cellWidth  = 8.4
	cellHeight = 18.0
	margin     = 12.0
)

// ink is the style of a run of cells.
type ink struct {
	fg                           string // "#rrggbb", "" for the default
	bold, faint, italic, reverse bool
}

// run is text of one style that starts at a column.
type run struct {
	column, width int
	text          string
	ink           ink
}

func main() {
	light := flag.Bool("light", false, "a light ground")
	flag.Parse()
	var lines []string
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		lines = append(lines, in.Text())
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "read screen:", err)
		os.Exit(1)
	}
	fmt.Print(picture(lines, *light))
}

// picture draws the lines.
func picture(lines []string, light bool) string {
	back, front := "#15181e", "#d8dbe0"
	if light {
		back, front = "#ffffff", "#20242c"
	}
	columns := 0
	var body strings.Builder
	var at ink // goes on from line to line
	for y, l := range lines {
		var drawn []run
		drawn, at = runs(l, at)
		for _, r := range drawn {
			columns = max(columns, r.column+r.width)
			drawRun(&body, r, y, back, front)
		}
	}
	w, h := float64(columns)*cellWidth+2*margin, float64(len(lines))*cellHeight+2*margin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="ui-monospace,'DejaVu Sans Mono','Noto Sans Mono',Menlo,Consolas,monospace" font-size="14" xml:space="preserve">
<rect width="100%%" height="100%%" rx="6" fill="%s"/>
%s</svg>
`, w, h, w, h, back, body.String())
}

func drawRun(b *strings.Builder, r run, y int, back, front string) {
	fg, bg := r.ink.fg, ""
	if fg == "" {
		fg = front
	}
	if r.ink.reverse {
		fg, bg = back, fg
	}
	x, top := margin+float64(r.column)*cellWidth, margin+float64(y)*cellHeight
	if bg != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.0f" fill="%s"/>`, x, top, float64(r.width)*cellWidth, cellHeight, bg)
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	style := ""
	if r.ink.bold {
		style += ` font-weight="bold"`
	}
	if r.ink.italic {
		style += ` font-style="italic"`
	}
	if r.ink.faint {
		style += ` opacity="0.65"`
	}
	text := r.text
	if strings.IndexFunc(text, rightToLeft) >= 0 {
		text = reversed(text)
		style += ` direction="rtl" text-anchor="end" style="unicode-bidi:bidi-override"`
	} else {
		style += fmt.Sprintf(` textLength="%.1f"`, float64(r.width)*cellWidth)
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="%s"%s>%s</text>`+"\n", x, top+13.5, fg, style, html.EscapeString(text))
}

func rightToLeft(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }

// reversed turns a run round, marks staying behind their letters.
func reversed(s string) string {
	pairs := strings.NewReplacer("(", ")", ")", "(", "[", "]", "]", "[", "«", "»", "»", "«", "<", ">", ">", "<")
	var clusters []string
	for _, r := range pairs.Replace(s) {
		if unicode.In(r, unicode.Mn) && len(clusters) > 0 {
			clusters[len(clusters)-1] += string(r)
			continue
		}
		clusters = append(clusters, string(r))
	}
	slices.Reverse(clusters)
	return strings.Join(clusters, "")
}

// runs cuts a line that begins in a style into runs of one style and one
// direction, and returns the style at its end.
func runs(line string, at ink) ([]run, ink) {
	var out []run
	column := 0
	var state byte
	for len(line) > 0 {
		seq, width, n, next := ansi.DecodeSequence(line, state, nil)
		line, state = line[n:], next
		if width == 0 {
			if strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") {
				at = at.set(seq[2 : len(seq)-1])
			} else if len(out) > 0 && !strings.HasPrefix(seq, "\x1b") {
				out[len(out)-1].text += seq
			}
			continue
		}
		out = appendCell(out, seq, width, column, at)
		column += width
	}
	return out, at
}

// appendCell adds a cell to the last run when it continues it. Box drawing and
// spaces around right-to-left words stay out of their run.
func appendCell(out []run, cell string, width, column int, at ink) []run {
	r := []rune(cell)[0]
	if n := len(out) - 1; n >= 0 && out[n].ink == at && out[n].column+out[n].width == column {
		last := strings.IndexFunc(out[n].text, rightToLeft) >= 0
		if last == rightToLeft(r) || last && (unicode.IsPunct(r) || unicode.IsDigit(r)) && r < 0x2500 {
			out[n].text += cell
			out[n].width += width
			return out
		}
	}
	return append(out, run{column, width, cell, at})
}

// indexed is a colour of the 256 that terminals number, from 16 on.
func indexed(n int) string {
	if n >= 232 {
		grey := 8 + 10*(n-232)
		return fmt.Sprintf("#%02x%02x%02x", grey, grey, grey)
	}
	level := func(n int) int {
		if n == 0 {
			return 0
		}
		return 55 + 40*n
	}
	n = max(0, n-16)
	return fmt.Sprintf("#%02x%02x%02x", level(n/36), level(n/6%6), level(n%6))
}

// set applies the parameters of an SGR sequence (ECMA-48, 8.3.117).
func (k ink) set(params string) ink {
	ps := strings.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ':' })
	if len(ps) == 0 {
		return ink{}
	}
	for i := 0; i < len(ps); i++ {
		n, _ := strconv.Atoi(ps[i])
		switch {
		case n == 0:
			k = ink{}
		case n == 1:
			k.bold = true
		case n == 2:
			k.faint = true
		case n == 3:
			k.italic = true
		case n == 7:
			k.reverse = true
		case n == 22:
			k.bold, k.faint = false, false
		case n == 23:
			k.italic = false
		case n == 27:
			k.reverse = false
		case n == 39:
			k.fg = ""
		case n == 38 && i+4 < len(ps) && ps[i+1] == "2":
			var c [3]int
			for j := range c {
				c[j], _ = strconv.Atoi(ps[i+2+j])
			}
			k.fg = fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
			i += 4
		case n == 38 && i+2 < len(ps):
			c, _ := strconv.Atoi(ps[i+2])
			k.fg = indexed(c)
			i += 2
		}
	}
	return k
}
