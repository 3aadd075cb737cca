package page

import (
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
	l.number(&document.Span{Link: b.Media.URL}, name)
	dir := b.Dir
	if dir == document.DirAuto && directionOf(caption) == text.RTL {
		dir = document.DirRTL
	}
	l.paragraph(f, spans, dir, Dim)
}
