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
// are subscriptions, the others folders. What is damaged ends the list and is
// named in Skipped; err is not nil only when r fails, or nothing of OPML was
// found.
func Read(r io.Reader) (List, error) {
	data, err := readText(r)
	if err != nil {
		return List{}, err
	}
	d := xml.NewDecoder(strings.NewReader(printable(data)))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // is UTF-8 already
	p := reader{}
	err = p.read(d)
	if !p.opml {
		return List{}, fmt.Errorf("read OPML: %w", ErrNoOutline)
	}
	if err != nil {
		p.skip("the rest of the file", "the file is damaged or cut off there")
	}
	return p.list, nil
}

// reader walks the elements of a file.
type reader struct {
	collector
	opml    bool     // an outline or an opml element was seen
	folders []string // names of the open outlines, "" for those that are no folder
	title   bool     // inside the title of the head
}

func (p *reader) read(d *xml.Decoder) error {
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.EndElement:
			p.end(t)
		case xml.CharData:
			if p.title {
				p.list.Title = text(p.list.Title + string(t))
			}
		}
	}
}

func (p *reader) start(t xml.StartElement) {
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
		a[strings.ToLower(x.Name.Local)] = x.Value
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
		p.add(Subscription{URL: feed, Title: title, Site: site(a["htmlurl"]), Lang: strings.TrimSpace(a["language"]),
			Folders: p.folder(a["category"])})
	case kind == "link" || kind == "include":
		p.skip(name(title, strings.TrimSpace(a["url"])), "points to another list or page, which is not followed")
	case kind == "rss" || kind == "atom":
		p.skip(title, "has no address")
	default:
		folder = title
	}
	p.folders = append(p.folders, folder)
}

// folder returns the folder that is open, or else the first category, which some
// writers use in its place.
func (p *reader) folder(category string) []string {
	names := open(p.folders)
	if len(names) == 0 {
		first, _, _ := strings.Cut(category, ",")
		names = open(strings.Split(text(first), "/"))
	}
	if len(names) == 0 {
		return nil
	}
	return []string{strings.Join(names, Separator)}
}

// open returns the first names that are not empty, at most maxDepth.
func open(names []string) []string {
	var out []string
	for _, n := range names {
		if len(out) == maxDepth {
			break
		}
		if n != "" {
			out = append(out, n)
		}
	}
	return out
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
