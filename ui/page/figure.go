package page

import (
	"path"
	"strings"

	"sitrep/feeds/document"
	"sitrep/ui/text"
)

// figure is a slot in the place of a picture, with its caption and the number
// of its address. It says that what belongs there is online: nothing is fetched.
func (l *layouter) figure(b *document.Block, f *frame) {
	caption := b.Spans
	if len(caption) == 0 && b.Media.Alt != "" {
		caption = []document.Span{{Text: b.Media.Alt}}
	}
	kind := "online " + string(b.Media.Kind)
	spans := []document.Span{{Text: "[" + kind}}
	name := kind
	if len(caption) > 0 {
		spans = append(append(spans, document.Span{Text: ": "}), caption...)
		name = spanText(caption)
	}
	spans = append(spans, document.Span{Text: "]", Link: b.Media.URL})
	if to := b.Media.Link; to != "" && !isPicture(to) {
		spans = append(spans, document.Span{Text: " "}, document.Span{Text: "its link", Link: to})
	}
	l.number(&document.Span{Link: b.Media.URL}, name)
	dir := b.Dir
	if dir == document.DirAuto && directionOf(caption) == text.RTL {
		dir = document.DirRTL
	}
	l.paragraph(f, spans, dir, Dim)
}

// isPicture reports whether an address is that of a picture by its name: most
// pictures on pages lead to themselves, only larger.
func isPicture(address string) bool {
	name, _, _ := strings.Cut(address, "?")
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif":
		return true
	}
	return false
}
