package opml

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Write writes an OPML 2.0 list. A subscription stands in each of its folders, in
// the order of subs, with its attributes; one without folders stands at the top.
func Write(w io.Writer, title string, subs []Subscription) error {
	root := &folder{}
	for _, s := range subs {
		if len(s.Folders) == 0 {
			root.subs = append(root.subs, s)
		}
		for _, f := range s.Folders {
			at := root
			for _, n := range strings.Split(f, Separator) {
				at = at.child(n)
			}
			at.subs = append(at.subs, s)
		}
	}
	p := printer{w: bufio.NewWriter(w)}
	p.raw(xml.Header + "<opml version=\"2.0\">\n  <head>\n    <title>")
	p.escaped(title)
	p.raw("</title>\n  </head>\n  <body>\n")
	p.folder(root, "    ")
	p.raw("  </body>\n</opml>\n")
	return p.w.Flush() // holds the first error of all writes
}

// folder is an outline with others inside, in the order they were first named.
type folder struct {
	name     string
	children []*folder
	byName   map[string]*folder
	subs     []Subscription
}

func (f *folder) child(name string) *folder {
	if c, ok := f.byName[name]; ok {
		return c
	}
	c := &folder{name: name}
	if f.byName == nil {
		f.byName = map[string]*folder{}
	}
	f.byName[name] = c
	f.children = append(f.children, c)
	return c
}

// printer writes XML; errors stay in w until it is flushed.
type printer struct{ w *bufio.Writer }

func (p printer) raw(s string) { p.w.WriteString(s) }

func (p printer) escaped(s string) {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	for _, r := range b.String() {
		if obeyed(r) {
			fmt.Fprintf(p.w, "&#x%X;", r)
			continue
		}
		p.w.WriteRune(r)
	}
}

// obeyed reports whether a terminal obeys r although XML allows it: a list may be
// printed to one. The reference means the same.
func obeyed(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x206f || r >= 0xe0000 && r <= 0xe007f
}

func (p printer) attr(name, value string) {
	if value == "" {
		return
	}
	p.raw(" " + name + `="`)
	p.escaped(value)
	p.raw(`"`)
}

// attributes writes what another program said of a feed; prefixes are declared
// where they are used, so that two lists cannot dispute one.
func (p printer) attributes(attrs []Attribute) {
	written := map[string]bool{}
	for _, a := range attrs {
		prefix, _, qualified := strings.Cut(a.Name, ":")
		if known(a.Name) || written[a.Name] || a.refused() != "" || qualified != (a.Space != "") {
			continue
		}
		if declaration := "xmlns:" + prefix; qualified && !written[declaration] {
			p.attr(declaration, a.Space)
			written[declaration] = true
		}
		p.attr(a.Name, a.Value)
		written[a.Name] = true
	}
}

func (p printer) folder(f *folder, indent string) {
	for _, s := range f.subs {
		title := s.Title
		if title == "" {
			title = s.URL
		}
		p.raw(indent + `<outline type="rss"`)
		p.attr("text", title)
		p.attr("title", s.Title)
		p.attr("xmlUrl", s.URL)
		p.attr("htmlUrl", s.Site)
		p.attr("language", s.Lang)
		p.attributes(s.Attributes)
		p.raw("/>\n")
	}
	for _, c := range f.children {
		p.raw(indent + `<outline`)
		p.attr("text", c.name)
		p.raw(">\n")
		p.folder(c, indent+"  ")
		p.raw(indent + "</outline>\n")
	}
}
