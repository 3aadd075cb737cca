package document

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// image reads an img. A small one in a line of text is its alternative text
// (smileys), one that only counts readers is nothing, every other a figure.
func (b *builder) image(n *html.Node) {
	source := imageSource(func(name string) string { return attribute(n, name) })
	alt := strings.TrimSpace(collapse(attribute(n, "alt")))
	if isPixel(func(name string) string { return attribute(n, name) }, source) {
		return
	}
	if isSmiley(n, alt) {
		b.put(alt)
		return
	}
	to := b.resolve(source)
	if to == "" || strings.HasPrefix(to, "mailto:") {
		if !strings.HasPrefix(source, "data:") {
			b.put(alt)
		}
		return
	}
	b.figureOf(Media{Kind: Picture, URL: to, Alt: alt, Link: b.link})
}

// figureOf ends the paragraph and adds a figure.
func (b *builder) figureOf(m Media) {
	b.flush()
	if m.Link == m.URL {
		m.Link = ""
	}
	b.add(Block{Kind: Figure, Media: &m})
}

// imageSource returns the address of an image: the real one, where a page
// loads images late, the largest of its candidates, or src.
func imageSource(attribute func(string) string) string {
	src := strings.TrimSpace(attribute("src"))
	if src != "" && !strings.HasPrefix(src, "data:") && !strings.Contains(src, "placeholder") {
		return src
	}
	for _, name := range [...]string{"data-src", "data-lazy-src", "data-original", "data-orig-file", "data-url"} {
		if late := strings.TrimSpace(attribute(name)); late != "" && !strings.HasPrefix(late, "data:") {
			return late
		}
	}
	for _, name := range [...]string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if set := attribute(name); set != "" {
			candidates := strings.Split(set, ", ")
			last := strings.Fields(candidates[len(candidates)-1])
			if len(last) > 0 && !strings.HasPrefix(last[0], "data:") {
				return last[0]
			}
		}
	}
	return src
}

// isPixel reports whether an image only counts readers.
func isPixel(attribute func(string) string, source string) bool {
	if w := strings.TrimSuffix(strings.TrimSpace(attribute("width")), "px"); w == "0" || w == "1" {
		return true
	}
	if h := strings.TrimSuffix(strings.TrimSpace(attribute("height")), "px"); h == "0" || h == "1" {
		return true
	}
	for _, counter := range trackers {
		if strings.Contains(source, counter) {
			return true
		}
	}
	return false
}

// trackers are parts of addresses that serve nothing but counting.
var trackers = [...]string{"//feeds.feedburner.com/~r/", "//feeds.feedburner.com/~ff/", "//pixel.wp.com/", "//stats.wordpress.com/",
	"//pixel.quantserve.com/", "//ad.doubleclick.net/", "/track/open", "//www.google-analytics.com/", "//b.scorecardresearch.com/",
	"//feedads.g.doubleclick.net/", "//res.feedsportal.com/", "//da.feedsportal.com/", "//rss.buysellads.com/",
	"//feeds.wordpress.com/1.0/", "//images.pheedo.com/", "//ads.pheedo.com/", "//imageads.googleadservices.com/", "//counter.theconversation.com/", "//www.facebook.com/tr?", "//medium.com/_/stat?"}

// isSmiley reports whether an image stands for a character of the text.
func isSmiley(n *html.Node, alt string) bool {
	class := attribute(n, "class")
	if strings.Contains(class, "emoji") || strings.Contains(class, "smiley") {
		return true
	}
	w, sized := number(n, "width")
	return sized && w <= 24 && alt != "" && len(alt) <= 32
}

// media reads what would play or run on the page; here it is a reference.
func (b *builder) media(n *html.Node) {
	m := Media{Kind: Embed, Alt: strings.TrimSpace(collapse(attribute(n, "title")))}
	source := attribute(n, "src")
	switch n.DataAtom {
	case atom.Video:
		m.Kind = Video
	case atom.Audio:
		m.Kind = Audio
	case atom.Object:
		source = attribute(n, "data")
	case atom.Iframe:
		if source == "" || strings.HasPrefix(source, "about:") {
			source = attribute(n, "data-src")
		}
	}
	if m.Alt == "" {
		m.Alt = strings.TrimSpace(collapse(attribute(n, "aria-label")))
	}
	for c := n.FirstChild; c != nil && source == ""; c = c.NextSibling {
		if c.DataAtom == atom.Source {
			source = attribute(c, "src")
		}
	}
	if m.URL = b.resolve(source); strings.HasPrefix(m.URL, "http") {
		if page, ok := filmPage(m.URL); ok {
			m.Kind, m.URL = Video, page
		}
		if isPixel(func(name string) string { return attribute(n, name) }, m.URL) {
			return
		}
		if m.Alt == "" {
			m.Alt = hostOf(m.URL)
		}
		b.figureOf(m)
	}
}

// players are the addresses of players that are put into pages, and of the pages
// that show the same film to a reader.
var players = [...]struct{ player, page string }{
	{"https://www.youtube.com/embed/", "https://www.youtube.com/watch?v="},
	{"https://www.youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="},
	{"https://player.vimeo.com/video/", "https://vimeo.com/"},
	{"https://www.dailymotion.com/embed/video/", "https://www.dailymotion.com/video/"},
}

// filmPage returns the page of the film that a player shows.
func filmPage(address string) (string, bool) {
	for _, p := range players {
		rest, ok := strings.CutPrefix(address, p.player)
		if id, _, _ := strings.Cut(rest, "?"); ok && id != "" && !strings.ContainsAny(id, "/#") && id != "videoseries" {
			return p.page + id, true
		}
	}
	return "", false
}

// hostOf returns the host of an http address without its www.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.TrimPrefix(rest, "www.")
}

// figure reads a figure: its caption goes to the image in it, or stands below
// whatever else it holds.
func (b *builder) figure(n *html.Node) {
	var caption []Span
	var names []string
	var read func(n *html.Node)
	read = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.DataAtom == atom.Figcaption:
				in := b.collect(func() { b.children(c) })
				caption, names = append(caption, flatten(in)...), append(names, namesOf(in)...)
			case c.DataAtom == atom.Div && !isDropped(c):
				read(c)
			default:
				b.node(c)
			}
		}
	}
	blocks := b.collect(func() { read(n) })
	if len(caption) > 0 {
		last := len(blocks) - 1
		for last >= 0 && blocks[last].Kind != Figure && blocks[last].Kind != Table {
			last--
		}
		if last >= 0 && len(blocks[last].Spans) == 0 {
			blocks[last].Spans = caption
			blocks[last].Names = append(blocks[last].Names, names...)
		} else {
			blocks = append(blocks, Block{Kind: Paragraph, Spans: caption, Dir: b.dir, Lang: b.lang, Names: names})
		}
	}
	b.blocks = append(b.blocks, blocks...)
}

// flatten returns the text of blocks as one paragraph, a line for each block.
func flatten(blocks []Block) (spans []Span) {
	line := func(in []Span) {
		if len(spans) > 0 && len(in) > 0 {
			spans = append(spans, Span{Text: "\n"})
		}
		spans = append(spans, in...)
	}
	for i := range blocks {
		in := &blocks[i]
		if in.Kind == Item && in.Number != 0 {
			line(append([]Span{{Text: in.Label() + ". "}}, flatten(in.Blocks)...))
			continue
		}
		if in.Kind == Item {
			line(append([]Span{{Text: "• "}}, flatten(in.Blocks)...))
			continue
		}
		if in.Kind == Pre {
			line([]Span{{Text: strings.TrimSpace(collapse(in.Text)), Style: Code}})
		} else {
			line(in.Spans)
		}
		if in.Kind == Figure && len(in.Spans) == 0 {
			line([]Span{{Text: cmp.Or(in.Media.Alt, string(in.Media.Kind)), Link: in.Media.URL}})
		}
		line(flatten(in.Blocks))
	}
	return spans
}
