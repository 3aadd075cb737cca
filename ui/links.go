package ui

import (
	"fmt"
	"slices"
	"strconv"

	"charm.land/bubbletea/v2"

	"sitrep/feeds/address"
	"sitrep/ui/page"
	"sitrep/ui/text"
)

// deceit says shortly what is wrong with a link, for a line that shows where it
// leads; "" if nothing is.
func deceit(l page.Link) string {
	switch {
	case !l.Claim.IsEmpty():
		return " ! the text says " + isolate(l.Claim.String())
	case !l.Login.IsEmpty():
		return " ! not " + isolate(l.Login.String())
	}
	return ""
}

// warning says in sentences why a link may not lead where it seems to, "" if
// nothing speaks against it.
func warning(l page.Link) string {
	host, odd := address.Host(l.URL)
	switch {
	case !l.Claim.IsEmpty():
		return fmt.Sprintf("The text of this link says %s, but it leads to %s.", isolate(l.Claim.String()), isolate(host))
	case !l.Login.IsEmpty():
		return fmt.Sprintf("The address of this link begins with the name %s, which was taken out; it leads to %s.", isolate(l.Login.String()), isolate(host))
	case odd:
		return fmt.Sprintf("The host of this link is written so that it can be taken for another one; it leads to %s.", isolate(host))
	}
	return ""
}

// openLink opens a link, after a question if it may deceive.
func (m *model) openLink(l page.Link) tea.Cmd {
	if w := warning(l); w != "" {
		m.push(linkQuestion{l, w})
		return nil
	}
	return m.do.browse(l.URL)
}

// linkQuestion asks before a link is opened that may not lead where it seems to.
// Another key than the one that opens links agrees, so that holding that one down
// does not.
type linkQuestion struct {
	link    page.Link
	warning string
}

func (q linkQuestion) key(m *model, _ string, in intent) tea.Cmd {
	switch in {
	case doOpen:
		return nil
	case doCopy:
		return m.copy(q.link.URL)
	}
	m.pop()
	if in == doBrowser {
		return m.do.browse(q.link.URL)
	}
	return nil
}

func (q linkQuestion) draw(m *model, w, h int) []string {
	lines := []string{""}
	for _, l := range m.paragraph(q.warning, w, 2) {
		lines = append(lines, m.theme.Alarm.On(l))
	}
	lines = append(lines, "")
	lines = append(lines, m.paragraph(address.Show(q.link.URL).String(), w, 2)...)
	return sheet(lines, w, h)
}

func (q linkQuestion) hint(m *model) string {
	return fmt.Sprintf("%s opens it all the same · %s copies it · esc does not", m.keys.key(doBrowser), m.keys.key(doCopy))
}

// linkList shows the links of an article with their full addresses.
type linkList struct {
	links  []page.Link
	cursor int
	top    int
	digits string // of a number that is being typed
}

// number goes to the link whose number is being typed. It reports whether the key
// is a digit.
func (l *linkList) number(key string) bool {
	if len(key) != 1 || key[0] < '0' || key[0] > '9' {
		l.digits = ""
		return false
	}
	for _, typed := range []string{l.digits + key, key} { // a number that there is not begins anew
		if i := slices.IndexFunc(l.links, func(x page.Link) bool { return strconv.Itoa(x.Number) == typed }); i >= 0 {
			l.cursor, l.digits = i, typed
			return true
		}
	}
	l.digits = ""
	return true
}

func (l *linkList) key(m *model, key string, in intent) tea.Cmd {
	if l.number(key) {
		return nil
	}
	if n := steps(in, m.height/2-2); n != 0 {
		l.cursor = clamp(l.cursor+n, 0, len(l.links)-1)
		return nil
	}
	switch {
	case in == doOpen || in == doBrowser:
		return m.openLink(l.links[l.cursor])
	case in == doCopy:
		return m.copy(l.links[l.cursor].URL)
	case closes(in) || in == doLinks:
		m.pop()
	}
	return nil
}

// entry draws link i: its number and text, its address on as many lines as it
// takes, and what is wrong with it.
func (l *linkList) entry(m *model, i, w int) []string {
	x := l.links[i]
	head := fmt.Sprintf("%4d  ", x.Number)
	name, _ := m.set.text.Fit(x.Text, max(1, w-len(head)-1))
	if i == l.cursor {
		name = m.theme.Strong.On(name)
	}
	out := []string{m.cursorCell(i == l.cursor) + head + name}
	const indent = "       "
	room := max(1, w-len(indent)-1)
	for _, part := range m.set.text.Wrap([]text.Run{{Text: address.Show(x.URL)}}, room, text.LTR) {
		out = append(out, m.theme.Dim.On(indent+alignLine(part, room, text.LTR)))
	}
	if warning := warning(x); warning != "" {
		for _, part := range m.paragraph("! "+warning, room, 0) {
			out = append(out, m.theme.Alarm.On(indent+part))
		}
	}
	return out
}

// height counts the lines from the first link to the end of the one under the
// cursor.
func (l *linkList) height(m *model, w int) (n int) {
	for i := l.top; i <= l.cursor; i++ {
		n += len(l.entry(m, i, w))
	}
	return n
}

func (l *linkList) draw(m *model, w, h int) []string {
	l.top = max(0, clamp(l.top, l.cursor-h/2, l.cursor)) // a link has two lines at least
	for l.top < l.cursor && l.height(m, w) > h {
		l.top++
	}
	var out []string
	for i := l.top; i < len(l.links) && len(out) < h; i++ {
		out = append(out, l.entry(m, i, w)...)
	}
	return sheet(out[:min(len(out), h)], w, h)
}

func (l *linkList) hint(m *model) string {
	do := fmt.Sprintf("%s opens · %s copies · esc closes", m.keys.key(doOpen), m.keys.key(doCopy))
	at := fmt.Sprintf("%d of %d · ", l.cursor+1, len(l.links))
	return roomiest(m.width-1, at+do+" · a number goes to that link", at+do, do)
}
