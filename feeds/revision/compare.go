package revision

import (
	"strings"
	"unicode/utf8"

	"sitrep/feeds/document"
)

// Kind says what became of a piece of text.
type Kind uint8

// Kinds of pieces.
const (
	Same Kind = iota
	Removed
	Added
)

// Piece is words that share their fate, separated by single spaces.
type Piece struct {
	Kind Kind
	Text string
}

// Paragraph is the pieces of one paragraph in the order in which they are read.
// What was put in the place of something follows it.
type Paragraph []Piece

// Break stands in a piece for the end of a paragraph that came or went between
// words that stayed.
const Break = "¶"

// Of returns the text of an article as Compare takes it: the headline, then every
// paragraph, item or row of the body.
func Of(title, html, base string) []string {
	out := []string{title}
	for line := range strings.Lines(document.PlainText(document.Parse(html, base))) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Compare returns the paragraphs of both texts, each at its place. Paragraphs
// that are equal anchor the comparison; between them words are compared.
func Compare(before, after []string) []Paragraph {
	var c comparison
	a, b := numbered(before, after)
	for _, e := range edits(a, b) {
		if e.same {
			for _, p := range before[e.a:e.aEnd] {
				c.same(p)
			}
			continue
		}
		c.words(before[e.a:e.aEnd], after[e.b:e.bEnd])
	}
	return c.out
}

// Changes counts what went, what came, and what came in place of something.
func Changes(ps []Paragraph) (n int) {
	for _, p := range ps {
		for i := range p {
			if p.Begins(i) {
				n++
			}
		}
	}
	return n
}

// Begins reports whether piece i begins a change: it is not the same, and not what
// came in the place of the piece before it.
func (p Paragraph) Begins(i int) bool {
	return p[i].Kind == Removed || p[i].Kind == Added && (i == 0 || p[i-1].Kind != Removed)
}

// comparison collects paragraphs.
type comparison struct {
	out     []Paragraph
	current Paragraph
}

func (c *comparison) same(paragraph string) {
	if words := strings.Fields(paragraph); len(words) > 0 {
		c.out = append(c.out, Paragraph{{Same, strings.Join(words, " ")}})
	}
}

// paragraphEnd is the word behind the last one of each paragraph. No word is it:
// words hold no line ends.
const paragraphEnd = "\n"

// words compares two ranges of paragraphs between which others are equal.
func (c *comparison) words(before, after []string) {
	a, b := split(before), split(after)
	na, nb := numbered(a, b)
	for _, e := range smooth(slide(edits(na, nb), a, b), a) {
		if e.same {
			c.put(Same, a[e.a:e.aEnd])
			continue
		}
		c.put(Removed, a[e.a:e.aEnd])
		c.put(Added, b[e.b:e.bEnd])
	}
	c.end()
}

func split(paragraphs []string) (words []string) {
	for _, p := range paragraphs {
		if in := strings.Fields(p); len(in) > 0 {
			words = append(append(words, in...), paragraphEnd)
		}
	}
	return words
}

// put adds words to the paragraph that is being collected, which ends where the
// text of that kind ends one.
func (c *comparison) put(kind Kind, words []string) {
	from := 0
	for i, w := range words {
		if w != paragraphEnd {
			continue
		}
		c.add(kind, words[from:i])
		switch {
		case kind == Removed && c.mixedWith(kind):
			c.add(kind, []string{Break}) // the paragraph goes on in the later text
		case kind == Added && len(words) == 1 && c.mixedWith(kind):
			c.add(kind, []string{Break}) // nothing came but the end
			c.end()
		default:
			c.end()
		}
		from = i + 1
	}
	c.add(kind, words[from:])
}

// mixedWith reports whether the paragraph holds words of another kind.
func (c *comparison) mixedWith(kind Kind) bool {
	for _, x := range c.current {
		if x.Kind != kind {
			return true
		}
	}
	return false
}

func (c *comparison) add(kind Kind, words []string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, " ")
	if n := len(c.current); n > 0 && c.current[n-1].Kind == kind {
		c.current[n-1].Text += " " + text
		return
	}
	c.current = append(c.current, Piece{kind, text})
}

func (c *comparison) end() {
	if len(c.current) > 0 {
		c.out = append(c.out, c.current)
		c.current = nil
	}
}

// slide moves whole paragraphs that came or went behind the end of the paragraph
// before them: "[-end, paragraph-] end" is the same as "end [-paragraph, end-]" and
// does not read as if paragraphs had been joined.
func slide(es []edit, a, b []string) (out []edit) {
	for i, e := range es {
		if i+1 < len(es) && es[i+1].same && e.slides(a, b) && a[es[i+1].a] == paragraphEnd {
			next := &es[i+1]
			if n := len(out); n > 0 {
				out[n-1].aEnd, out[n-1].bEnd = e.a+1, e.b+1
			} else {
				out = append(out, edit{true, e.a, e.a + 1, e.b, e.b + 1})
			}
			e.a, e.aEnd, e.b, e.bEnd = e.a+1, e.aEnd+1, e.b+1, e.bEnd+1
			next.a, next.b = next.a+1, next.b+1
		}
		if e.a < e.aEnd || e.b < e.bEnd {
			out = append(out, e)
		}
	}
	return out
}

// slides reports whether the edit only takes out, or only puts in, words that
// begin with the end of a paragraph.
func (e edit) slides(a, b []string) bool {
	switch {
	case e.same:
		return false
	case e.b == e.bEnd:
		return a[e.a] == paragraphEnd
	case e.a == e.aEnd:
		return b[e.b] == paragraphEnd
	}
	return false
}

// smooth takes a short word that stayed between two changes as part of them:
// "[-a-] the {+b+}" reads worse than both phrases whole.
func smooth(es []edit, words []string) []edit {
	var out []edit
	for i, e := range es {
		n := len(out)
		short := e.same && i > 0 && i+1 < len(es) && e.aEnd-e.a == 1 && words[e.a] != paragraphEnd && utf8.RuneCountInString(words[e.a]) <= 3
		if n > 0 && !out[n-1].same && (short || !e.same) {
			out[n-1].aEnd, out[n-1].bEnd = e.aEnd, e.bEnd
			continue
		}
		out = append(out, e)
	}
	return out
}
