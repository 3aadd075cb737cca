package document

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// namesWanted returns the names below root that links lead to: footnotes, their
// way back, tables of contents. All others are nothing to a reader.
func namesWanted(root *html.Node, base *url.URL) map[string]bool {
	var links []string
	names := map[string]bool{}
	for n := range root.Descendants() {
		for i := range n.Attr {
			switch a := &n.Attr[i]; {
			case a.Key == "href" && strings.Contains(a.Val, "#"):
				if name, ok := fragment(a.Val, base); ok {
					links = append(links, name)
				}
			case a.Key == "id", a.Key == "name" && n.DataAtom == atom.A:
				names[a.Val] = true
			}
		}
	}
	wanted := map[string]bool{}
	for _, name := range links {
		if names[name] {
			wanted[name] = true
		}
	}
	return wanted
}

// fragment returns the name that an address within the document at base leads
// to.
func fragment(ref string, base *url.URL) (string, bool) {
	page, name, found := strings.Cut(strings.TrimSpace(ref), "#")
	if !found || name == "" {
		return "", false
	}
	if page != "" {
		if base == nil {
			return "", false
		}
		own := *base
		own.Fragment, own.RawFragment = "", ""
		if resolve(base, page) != own.String() {
			return "", false
		}
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return name, true
}

// note keeps the names of n that links lead to for the next block.
func (b *builder) note(n *html.Node) {
	if len(b.wanted) == 0 {
		return
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		if (a.Key == "id" || a.Key == "name" && n.DataAtom == atom.A) && b.wanted[a.Val] {
			b.wanted[a.Val] = false // the first of a name counts
			b.names = append(b.names, a.Val)
		}
	}
}

// nameLast gives the last block the names that stand behind all text.
func (b *builder) nameLast(blocks []Block) {
	if n := len(blocks); n > 0 {
		blocks[n-1].Names = append(blocks[n-1].Names, b.names...)
	}
}

// namesOf returns the names of blocks that are about to be merged into one.
func namesOf(blocks []Block) (names []string) {
	for i := range blocks {
		names = append(names, blocks[i].Names...)
		names = append(names, namesOf(blocks[i].Blocks)...)
	}
	return names
}

// follow enters a link: to a place in the document, or else to an address.
func (b *builder) follow(n *html.Node) {
	ref := attribute(n, "href")
	if len(b.wanted) > 0 {
		if name, ok := fragment(ref, b.base); ok {
			if _, known := b.wanted[name]; known {
				b.link, b.to = "", name
				return
			}
		}
	}
	if to := b.resolve(ref); to != "" {
		b.link, b.to = to, ""
	}
}
