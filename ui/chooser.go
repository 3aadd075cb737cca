package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/catalog"
	"sitrep/feeds/safe"
	"sitrep/ui/text"
)

// chooser is where briefings are ticked; it is also the first screen of a
// fresh start. Under the briefings stand the general feeds that the ticked
// ones could use, by language.
type chooser struct {
	first  bool // nothing is subscribed yet
	lines  []choice
	ticked map[string]bool
	before map[string]bool // subscribed when it was opened
	langs  languages
	cursor int
	top    int
	shelf  *catalog.Catalog
}

// choice is a line of the chooser: a heading, a briefing or a language.
type choice struct {
	heading  string
	briefing string
	lang     string
}

// choose opens the chooser.
func (m *model) choose(first bool) tea.Cmd {
	c := &chooser{first: first, ticked: map[string]bool{}, before: map[string]bool{}, shelf: m.set.shelf}
	for _, b := range m.over.Briefings {
		c.ticked[b.ID], c.before[b.ID] = true, true
	}
	if first {
		c.ticked["iraq"], c.ticked["security"] = true, true
	}
	c.langs = newLanguages(m.over.Feeds, c.shelf, c.before)
	if first {
		c.langs.ticked["en"] = true
	}
	c.build(m)
	c.move(0)
	m.push(c)
	return nil
}

// build makes the lines: groups of briefings, then the languages on offer.
func (c *chooser) build(m *model) {
	c.lines = nil
	for _, g := range []feeds.Group{feeds.Regions, feeds.Topics, feeds.Industries, feeds.Mine} {
		ids := c.groupIDs(m, g)
		if len(ids) == 0 {
			continue
		}
		c.lines = append(c.lines, choice{heading: string(g)})
		for _, id := range ids {
			c.lines = append(c.lines, choice{briefing: id})
		}
	}
	if langs := c.langs.offered(c.ticked); len(langs) > 0 {
		c.lines = append(c.lines, choice{heading: "General feeds that also report on what is ticked, by language"})
		for _, l := range slices.Sorted(maps.Keys(langs)) {
			c.lines = append(c.lines, choice{lang: l})
		}
	}
}

// groupIDs lists a group's briefings in the catalogue's order, the reader's own
// ones after them.
func (c *chooser) groupIDs(m *model, g feeds.Group) []string {
	var ids []string
	if c.shelf != nil {
		for _, b := range c.shelf.Briefings {
			if b.Group == g && !b.Hidden {
				ids = append(ids, b.ID)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(m.known)) {
		if b := m.known[id]; b.Group == g && !b.Hidden && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// move puts the cursor n lines further, on the nearest one that is no heading.
func (c *chooser) move(n int) {
	step := 1
	if n < 0 {
		step = -1
	}
	to := clamp(c.cursor+n, 0, len(c.lines)-1)
	for i := to; i >= 0 && i < len(c.lines); i += step {
		if c.lines[i].heading == "" {
			c.cursor = i
			return
		}
	}
}

func (c *chooser) key(m *model, key string, in intent) tea.Cmd {
	if n := steps(in, m.height-6); n != 0 {
		c.move(n)
		return nil
	}
	switch {
	case key == "space" || key == "x":
		c.toggle(m)
	case key == "enter":
		return c.accept(m)
	case c.first && key == samplesKey:
		m.result = Samples
		return m.quit()
	case c.first && key == encryptKey && !m.set.sealed && !m.set.demo:
		return m.encrypt()
	case c.first && in == doBack:
		return m.quit()
	case in == doClose || in == doBack:
		if !c.first {
			m.pop()
		}
	}
	return nil
}

func (c *chooser) toggle(m *model) {
	switch l := c.lines[c.cursor]; {
	case l.briefing != "":
		c.ticked[l.briefing] = !c.ticked[l.briefing]
		c.build(m)
		c.cursor = min(c.cursor, len(c.lines)-1)
	case l.lang != "":
		c.langs.ticked[l.lang] = !c.langs.ticked[l.lang]
	}
}

// accept subscribes what was ticked and unsubscribes what no longer is. Nothing
// that is stored is deleted.
func (c *chooser) accept(m *model) tea.Cmd {
	add := map[string][]string{}
	var remove []string
	for id, on := range c.ticked {
		if on && (!c.before[id] || c.langs.changed()) {
			add[id] = c.langs.wanted(id, c.before[id])
		}
	}
	for id := range c.before {
		if !c.ticked[id] {
			remove = append(remove, id)
		}
	}
	if c.first && len(add) == 0 {
		m.warn("Tick at least one briefing with space, or press d for the samples.")
		return nil
	}
	m.pop()
	return m.do.subscribe(add, remove)
}

func (c *chooser) draw(m *model, w, h int) []string {
	var out []string
	if c.first {
		out = c.introduction(m, w, h/2)
	}
	room := h - len(out) - 1
	c.top = max(0, clamp(c.top, c.cursor-room+1, c.cursor-1))
	for i := c.top; i < len(c.lines) && i < c.top+room; i++ {
		out = append(out, c.line(m, i, w))
	}
	for len(out) < h-1 {
		out = append(out, strings.Repeat(" ", w))
	}
	return sheet(append(out, m.theme.Accent.On(m.fit(" "+c.sum(w-1), w))), w, h)
}

// encryptKey encrypts a store that is still empty, from the first screen.
const encryptKey = "e"

// introduction says what the list below it is, between empty lines and in most
// lines at most: as much of it as leaves the list its room.
func (c *chooser) introduction(m *model, w, most int) []string {
	const what = "A briefing is a list of news: its own feeds, and rules that pick what belongs to it from general feeds. "
	kept := "Everything is kept on this machine, in " + m.set.where + "."
	say := []string{what + kept, kept, "Kept on this machine."}
	if !m.set.sealed && !m.set.demo {
		say = []string{
			what + kept + " Anybody who has the disk can read it: " + encryptKey + " encrypts it, now; sitrep encrypt does later.",
			kept + " " + encryptKey + " encrypts it.",
			"Kept on this machine; " + encryptKey + " encrypts it.",
		}
	}
	empty := strings.Repeat(" ", w)
	for _, s := range say {
		if lines := m.paragraph(s, w, 1); len(lines)+2 <= most {
			return append(append([]string{empty}, lines...), empty)
		}
	}
	return m.paragraph(say[len(say)-1], w, 1)
}

func (c *chooser) line(m *model, i, w int) string {
	l := c.lines[i]
	if l.heading != "" {
		return m.theme.Heading.On(m.fit(" "+l.heading, w))
	}
	box, label, about := m.signs.box, "", ""
	switch {
	case l.briefing != "":
		b := m.known[l.briefing]
		label, about = b.Title, b.Description
		if c.ticked[l.briefing] {
			box = m.signs.ticked
		}
	default:
		label, about = languageName(l.lang), c.langs.offered(c.ticked)[l.lang].String()
		if c.langs.ticked[l.lang] {
			box = m.signs.ticked
		}
	}
	at := i == c.cursor
	cursor := m.cursorCell(at)
	name := c.nameWidth(m, w)
	s := m.fit(" "+box+" "+label, name)
	if at {
		s = m.theme.Strong.On(s)
	}
	return cursor + s + m.theme.Dim.On(m.fit(about, w-name-1))
}

// nameWidth is the column of boxes and names: as wide as the longest needs,
// and the whole line where a description would have no room beside it.
func (c *chooser) nameWidth(m *model, w int) int {
	const box, about = 6, 20
	longest := 0
	for _, l := range c.lines {
		longest = max(longest, text.Width(safe.New(orText(m.known[l.briefing].Title, languageName(l.lang)))))
	}
	if name := longest + box; w-name-1 >= about {
		return name
	}
	return w - 1
}

// sum says what accepting would subscribe.
func (c *chooser) sum(w int) string {
	own, general := map[string]bool{}, map[string]bool{}
	n := 0
	for id, on := range c.ticked {
		if !on || c.shelf == nil {
			continue
		}
		n++
		for _, f := range c.shelf.Own(id) {
			own[f.Catalog] = !f.Disabled
		}
		for _, key := range c.langs.wanted(id, c.before[id]) {
			general[key] = true
		}
	}
	maps.DeleteFunc(own, func(_ string, on bool) bool { return !on })
	maps.DeleteFunc(general, func(key string, _ bool) bool { return own[key] })
	word := "briefings"
	if n == 1 {
		word = "briefing"
	}
	if len(own)+len(general) == 0 { // the samples' catalogue has no feeds
		return fmt.Sprintf("%d %s", n, word)
	}
	return roomiest(w, fmt.Sprintf("%d %s, %d feeds of their own and %d general ones", n, word, len(own), len(general)),
		fmt.Sprintf("%d %s, %d own and %d general", n, word, len(own), len(general)))
}

func (c *chooser) hint(m *model) string {
	if c.first {
		return roomiest(m.width-1, "space ticks · enter starts · d samples without a network · q quits",
			"space ticks · enter starts · d samples", "enter starts · d samples · q quits")
	}
	return roomiest(m.width-1, "space ticks · enter subscribes · esc leaves everything as it is",
		"space ticks · enter subscribes · esc leaves", "space ticks · enter done · esc leaves")
}
