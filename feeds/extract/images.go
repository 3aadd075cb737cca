package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lazySources are the attributes in which pages keep the address of a picture
// until a script shows it.
var lazySources = [...]string{"data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-original-src", "data-full-src", "data-img-src",
	"data-srcset", "data-lazy-srcset", "srcset"}

// showImages gives the pictures of a page their addresses, and makes pictures of
// the elements that AMP has in their place.
func showImages(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "amp-img" {
			n.Data, n.DataAtom = "img", atom.Img
		}
		if n.DataAtom != atom.Img || !isPlaceholder(attribute(n, "src")) {
			continue
		}
		for _, key := range lazySources {
			address, _, _ := strings.Cut(strings.TrimSpace(attribute(n, key)), " ") // the first of a set
			if address = strings.TrimSuffix(address, ","); address != "" && !isPlaceholder(address) {
				setAttribute(n, "src", address)
				break
			}
		}
	}
}

// isPlaceholder reports whether an address is none of a picture yet.
func isPlaceholder(src string) bool {
	src = strings.TrimSpace(src)
	if src == "" || strings.HasPrefix(src, "data:") || strings.HasPrefix(src, "about:") || src == "#" {
		return true
	}
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	for _, w := range [...]string{"placeholder", "blank.", "spacer.", "lazy", "transparent", "1x1", "pixel.gif", "loading.gif", "loader.gif"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

func setAttribute(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}
