package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// rescue looks for a body where the one that was found is of hardly any size: in
// the state that the page carries for its scripts, and in the page without the
// rules that remove what is named as furniture. Either must be far larger.
func rescue(body *html.Node, size int, text string, m *meta, s scene) *html.Node {
	if state := stateBody(m, max(enough, 3*size)); state != nil {
		return state
	}
	least := 4 * max(size, enough/2)
	if s.visible.plain() <= least {
		return body
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return body
	}
	showImages(doc)
	pruneLeniently(doc, m)
	whole := readable(doc, m)
	if plainLength(whole) <= least || weigh(whole)[whole].mostlyLinks() {
		return body
	}
	return whole
}
