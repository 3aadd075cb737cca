package document

import (
	"strings"

	"golang.org/x/net/html"
)

// A mark that is never closed goes on in every paragraph that follows: the
// parser must open it there again (HTML 13.2.4.3). With hundreds of them 100 kB
// of markup grow to gigabytes, so markup that would is read without its marks.

// maxReopened bounds the elements that may come of opening marks again.
const maxReopened = 1 << 19

// markNames are the elements that are opened again, but for links, which end
// one another.
var markNames = [...]string{"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

// reopens estimates from above how many elements the parser would open again
// in markup, and reports whether that is more than maxReopened.
func reopens(markup string) bool {
	var m openMarks
	tags, most := 0, 0
	for {
		i := strings.IndexByte(markup, '<')
		if i < 0 || i+2 >= len(markup) {
			break
		}
		markup = markup[i+1:]
		tags++
		m.tag(markup)
		most = max(most, m.total)
	}
	const usual = 8
	return most > usual && most*tags > maxReopened
}

// openMarks counts marks that are open. An end tag closes only what was opened
// in its own table cell.
type openMarks struct {
	inside [len(markNames)]int
	total  int
	odd    bool // elements have been seen within which end tags close nothing
}

// tag reads the tag whose inside starts s.
func (m *openMarks) tag(s string) {
	end := s[0] == '/'
	if end {
		s = s[1:]
	}
	var lower [8]byte
	n := 0
	for n < len(s) && n < len(lower) && isLetter(s[n]) {
		lower[n] = s[n] | 0x20
		n++
	}
	name := string(lower[:n]) // does not leave the function: no allocation
	switch name {
	case "td", "th", "caption":
		m.inside = [len(markNames)]int{}
		return
	case "object", "applet", "marquee", "template":
		m.odd = true
		return
	}
	for i, mark := range markNames {
		if name != mark {
			continue
		}
		if !end {
			m.inside[i]++
			m.total++
		} else if m.inside[i] > 0 && !m.odd {
			m.inside[i]--
			m.total--
		}
	}
}

// withoutMarks returns markup without the tags of marks.
func withoutMarks(markup string) string {
	var b strings.Builder
	b.Grow(len(markup))
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := string(z.Raw())
		if kind == html.StartTagToken || kind == html.EndTagToken {
			if isMark(raw) {
				continue
			}
		}
		b.WriteString(raw)
	}
	return b.String()
}

func isMark(tag string) bool {
	_, name := kindOf(strings.TrimLeft(tag, "</"))
	name = strings.ToLower(name)
	for _, mark := range markNames {
		if name == mark {
			return true
		}
	}
	return false
}
