package parse

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/mmcdole/gofeed/atom"

	"sitrep/feeds"
)

// readAtom lets gofeed read a skeleton of Atom 0.3 or 1.0 and maps it.
func (r *reader) readAtom(skeleton []byte) error {
	feed, err := (&atom.Parser{}).Parse(bytes.NewReader(skeleton))
	if err != nil {
		return &Error{Kind: Broken, Detail: "its elements make no feed", Err: err}
	}
	r.result.Version = "atom10"
	if feed.Version == "0.3" {
		r.result.Version = "atom03"
	}
	r.atomMeta(feed)
	for _, e := range feed.Entries {
		r.atomEntry(e)
	}
	return nil
}

func (r *reader) atomMeta(f *atom.Feed) {
	m := &r.result.Feed
	r.adoptLanguage(f.Language)
	about := &draft{}
	m.Title, m.Description = r.title(f.Title), r.html(f.Subtitle, about)
	m.ID = r.raw(f.ID)
	m.Link = r.atomLink(f.Links)
	r.adoptSite()
	m.Base = cmp.Or(about.Base, r.base)
	if m.Image = r.link("", f.Logo); m.Image == "" {
		m.Image = r.link("", f.Icon)
	}
	m.Updated = utc(r.date(f.Updated, f.UpdatedParsed))
	m.Authors = r.atomPersons(f.Authors)
	for _, c := range f.Categories {
		m.Tags = addTag(m.Tags, r.atomTag(c))
	}
}

func (r *reader) atomEntry(e *atom.Entry) {
	d := &draft{}
	d.Title = r.title(e.Title)
	d.GUID = r.raw(e.ID)
	d.Link = r.link("", value(e.Extensions["feedburner"]["origLink"]))
	if d.Link == "" {
		d.Link = r.atomLink(e.Links)
	}
	r.atomBody(d, e)
	d.Authors = r.atomAuthors(e)
	for _, c := range e.Categories {
		d.Tags = addTag(d.Tags, r.atomTag(c))
	}
	for _, c := range e.Extensions["dc"]["subject"] {
		d.Tags = addTag(d.Tags, r.title(c.Value))
	}
	for _, l := range e.Links {
		switch l.Rel {
		case "enclosure":
			d.addEnclosure(feeds.Enclosure{URL: r.link("", l.Href), Type: mediaType(l.Type), Length: length(l.Length)})
		case "replies":
			if d.Comments == "" {
				d.Comments = r.link("", l.Href)
			}
		}
	}
	r.media(d, e.Extensions)
	for _, f := range d.Enclosures {
		if d.Image == "" && strings.HasPrefix(f.Type, "image/") {
			d.Image = f.URL
		}
	}
	d.Published, d.Updated = r.date(e.Published, e.PublishedParsed), r.date(e.Updated, e.UpdatedParsed)
	if d.Published.IsZero() {
		d.Published = r.date(value(e.Extensions["dc"]["date"]), nil)
	}
	r.finish(d)
}

// atomBody takes content and summary, and the content's address where there is
// nothing else to open.
func (r *reader) atomBody(d *draft, e *atom.Entry) {
	var content string
	if e.Content != nil {
		content = r.html(e.Content.Value, d)
	}
	if content == "" {
		content = r.html(value(e.Extensions["content"]["encoded"]), d)
	}
	if d.Link == "" && e.Content != nil {
		d.Link = r.link("", e.Content.Src)
	}
	d.setBody(content, func(d *draft) string { return r.html(e.Summary, d) })
}

// atomAuthors returns who wrote an entry: its own authors, those of the feed that
// it was taken from, or those of this feed (RFC 4287, 4.2.1).
func (r *reader) atomAuthors(e *atom.Entry) []feeds.Author {
	list := r.atomPersons(e.Authors)
	if len(list) == 0 {
		for _, c := range e.Extensions["dc"]["creator"] {
			list = addAuthor(list, person(r.raw(c.Value)))
		}
	}
	if len(list) == 0 && e.Source != nil {
		list = r.atomPersons(e.Source.Authors)
	}
	if len(list) == 0 {
		list = r.result.Feed.Authors
	}
	return list
}

// atomLink returns where the entry can be read: a page before other forms.
func (r *reader) atomLink(links []*atom.Link) string {
	best := ""
	for _, l := range links {
		if l.Rel != "alternate" && l.Rel != "" {
			continue
		}
		link := r.link("", l.Href)
		if link == "" {
			continue
		}
		if l.Type == "" || strings.Contains(l.Type, "html") {
			return link
		}
		if best == "" {
			best = link
		}
	}
	return best
}

func (r *reader) atomPersons(list []*atom.Person) []feeds.Author {
	var out []feeds.Author
	for _, p := range list {
		if p == nil {
			continue
		}
		a := feeds.Author{Name: r.title(p.Name), Email: strings.TrimPrefix(r.raw(p.Email), "mailto:"), URI: r.link("", p.URI)}
		if a.Email == "" && a.URI == "" {
			a = person(a.Name)
		}
		out = addAuthor(out, a)
	}
	return out
}

func (r *reader) atomTag(c *atom.Category) string {
	if tag := r.title(c.Label); tag != "" {
		return tag
	}
	return r.title(c.Term)
}
