package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrNoOutline is returned for a file that holds no outline of OPML.
var ErrNoOutline = errors.New("there is no outline in it")

// Read reads an OPML list of any version and encoding. Outlines with an address
// are subscriptions, the others folders. What is damaged is passed over and
// named in Skipped; err is not nil only when r fails, or nothing of OPML was
// found.
func Read(r io.Reader) (List, error) {
	data, err := readText(r)
	if err != nil {
		return List{}, err
	}
	p := reader{spaces: spaces{}}
	p.readAll(printable(data))
	if !p.opml {
		return List{}, fmt.Errorf("read OPML: %w", ErrNoOutline)
	}
	return p.list, nil
}

// reader walks the elements of a file.
type reader struct {
	collector
	opml    bool     // an outline or an opml element was seen
	folders []folded // the open outlines
	title   bool     // inside the title of the head
	spaces  spaces
}

// folded is where an open outline stands: its folder, at which depth.
type folded struct {
	path  string
	depth int
}

// read reads data up to its end or its first damage, and returns where the
// damaged part begins and where it was noticed.
func (p *reader) read(data string) (began, failed int, err error) {
	d := xml.NewDecoder(strings.NewReader(data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // is UTF-8 already
	for {
		at := int(d.InputOffset())
		// Raw: end tags that are missing or too many are no damage here.
		t, err := d.RawToken()
		if err == io.EOF {
			return 0, 0, nil
		}
		if err != nil {
			return at, int(d.InputOffset()), err
		}
		switch t := t.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.EndElement:
			p.end(t)
		case xml.CharData:
			if p.title {
				p.list.Title = text(p.list.Title + string(t[:min(len(t), maxName)]))
			}
		}
	}
}

func (p *reader) start(t xml.StartElement) {
	p.spaces.declare(t.Attr)
	switch strings.ToLower(t.Name.Local) {
	case "opml":
		p.opml = true
	case "title":
		p.title = p.list.Title == ""
	case "outline":
		p.opml = true
		p.outline(t.Attr)
	}
}

func (p *reader) end(t xml.EndElement) {
	switch strings.ToLower(t.Name.Local) {
	case "title":
		p.title = false
	case "outline":
		if n := len(p.folders); n > 0 {
			p.folders = p.folders[:n-1]
		}
	}
}

// outline takes one outline; writers differ in the case of its attributes.
func (p *reader) outline(attrs []xml.Attr) {
	a := map[string]string{}
	for _, x := range attrs {
		if x.Name.Space == "" {
			a[strings.ToLower(x.Name.Local)] = x.Value
		}
	}
	title := text(a["title"])
	if title == "" {
		title = text(a["text"])
	}
	feed := strings.TrimSpace(a["xmlurl"])
	kind := strings.ToLower(a["type"])
	folder := ""
	switch {
	case feed != "":
		s := Subscription{URL: feed, Title: title, Site: site(a["htmlurl"]), Lang: strings.TrimSpace(a["language"]), Folders: p.folder(a["category"])}
		if _, why := address(feed); why == "" {
			s.Attributes = p.keep(feed, attrs)
		}
		p.add(s)
	case kind == "link" || kind == "include":
		p.skip(name(title, strings.TrimSpace(a["url"])), "points to another list or page, which is not followed")
	case kind == "rss" || kind == "atom":
		p.skip(title, "has no address")
	default:
		folder = title
	}
	p.folders = append(p.folders, p.at().inside(folder))
}

// at returns the folder that is open.
func (p *reader) at() folded {
	if n := len(p.folders); n > 0 {
		return p.folders[n-1]
	}
	return folded{}
}

// inside returns a folder within f, f itself when it has no name or is too deep.
func (f folded) inside(name string) folded {
	if name = folderName(name); name == "" || f.depth == maxDepth {
		return f
	}
	if f.depth > 0 {
		name = f.path + Separator + name
	}
	return folded{name, f.depth + 1}
}

// folderName shortens a folder's name, and keeps it from looking like two.
func folderName(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), Separator, "/")
	if len(s) > maxName {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:maxName], ""))
	}
	return s
}

// folder returns the folder that is open, or else the first category, which some
// writers use in its place.
func (p *reader) folder(category string) []string {
	at := p.at()
	if at.depth == 0 {
		first, _, _ := strings.Cut(category, ",")
		for n := range strings.SplitSeq(text(first), "/") {
			at = at.inside(n)
		}
	}
	if at.depth == 0 {
		return nil
	}
	return []string{at.path}
}

// site returns the address of a home page, "" if it is none.
func site(s string) string {
	u, why := address(s)
	if why != "" {
		return ""
	}
	return u.String()
}

// printable replaces characters that XML forbids and writers let through.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			return ' '
		}
		return r
	}, s)
}
