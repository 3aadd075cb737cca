package document

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Sanitize returns markup as HTML that is safe to show: elements and attributes
// of a list only, addresses absolute and of http, https or mailto (pictures may
// be data), every element closed. Scripts, styles, forms, frames and handlers
// are gone; a titled frame or a video leaves a link to what it showed. There
// are never more tags than in markup: the elements that a parser adds beyond
// lose their tags.
func Sanitize(markup, base string) string {
	from := parseBase(base)
	root, ok := parseTree(markup, from)
	if !ok {
		var b strings.Builder
		for _, p := range paragraphs(string(AppendText(nil, markup))) {
			b.WriteString("<p>" + html.EscapeString(printable(p.Spans[0].Text)) + "</p>\n")
		}
		return b.String()
	}
	s := sanitizer{base: from, tags: strings.Count(markup, "<")}
	s.b.Grow(len(markup))
	s.children(root)
	return s.b.String()
}

type sanitizer struct {
	base   *url.URL
	b      strings.Builder
	canvas canvas
	tags   int // how many more may be written
}

func (s *sanitizer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.node(c)
	}
}

func (s *sanitizer) node(n *html.Node) {
	if n.Type == html.TextNode {
		s.text(n.Data)
		return
	}
	if n.Type != html.ElementNode || isUnsafe(n) || s.canvas.hides(n) {
		return
	}
	switch n.DataAtom {
	case atom.Img:
		s.image(n)
	case atom.Iframe, atom.Embed, atom.Video, atom.Audio:
		s.frame(n)
	default:
		s.element(n)
	}
}

// element writes an element of the list with its children, and only the
// children of every other.
func (s *sanitizer) element(n *html.Node) {
	extra, ok := allowed[n.DataAtom]
	if !ok || n.Namespace != "" || s.tags == 0 {
		s.children(n)
		return
	}
	s.tags--
	s.b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		s.attribute(a, extra)
	}
	s.b.WriteByte('>')
	if n.DataAtom == atom.Br || n.DataAtom == atom.Hr || n.DataAtom == atom.Wbr {
		return
	}
	if n.DataAtom == atom.Pre && n.FirstChild != nil && strings.HasPrefix(n.FirstChild.Data, "\n") {
		s.b.WriteByte('\n') // a parser drops the first one
	}
	s.children(n)
	s.b.WriteString("</" + n.Data + ">")
}

// attribute writes an attribute that every element may have or extra names.
func (s *sanitizer) attribute(a html.Attribute, extra string) {
	value := a.Val
	switch a.Key {
	case "dir":
		if v := strings.ToLower(value); v != "ltr" && v != "rtl" && v != "auto" {
			return
		}
	case "lang", "title":
	case "href", "cite":
		if !hasWord(extra, a.Key) {
			return
		}
		if value = resolve(s.base, value); value == "" {
			return
		}
	default:
		if !hasWord(extra, a.Key) || !isToken(value) {
			return
		}
	}
	s.write(a.Key, value)
}

// hasWord reports whether a list of words holds word.
func hasWord(list, word string) bool {
	for list != "" {
		var w string
		if w, list, _ = strings.Cut(list, " "); w == word {
			return true
		}
	}
	return false
}

func (s *sanitizer) write(key, value string) {
	s.b.WriteString(" " + key + `="` + html.EscapeString(printable(value)) + `"`)
}

func (s *sanitizer) text(t string) {
	s.b.WriteString(html.EscapeString(printable(t)))
}

// image writes a picture, if it is one and not a counter.
func (s *sanitizer) image(n *html.Node) {
	get := func(name string) string { return attribute(n, name) }
	source := imageSource(get)
	if isPixel(get, source) {
		return
	}
	if !isPictureData(source) {
		source = resolve(s.base, source)
	}
	if source == "" || strings.HasPrefix(source, "mailto:") || s.tags == 0 {
		return
	}
	s.tags--
	s.b.WriteString("<img")
	s.write("src", source)
	for _, name := range [...]string{"alt", "title", "width", "height"} {
		v := attribute(n, name)
		if _, ok := number(n, name); v != "" && (ok || name == "alt" || name == "title") {
			s.write(name, strings.TrimSpace(v))
		}
	}
	s.b.WriteByte('>')
}

// isPictureData reports whether source is a picture within the markup. SVG is
// not: it can hold scripts.
func isPictureData(source string) bool {
	media, found := strings.CutPrefix(source, "data:image/")
	kind, rest, _ := strings.Cut(media, ";")
	if !found || !strings.HasPrefix(rest, "base64,") || len(source) > 1<<20 {
		return false
	}
	return kind == "png" || kind == "jpeg" || kind == "gif" || kind == "webp" || kind == "avif"
}

// frame leaves a link in the place of what would play, or of a frame whose
// title says what it shows; the others are mostly advertising.
func (s *sanitizer) frame(n *html.Node) {
	source := attribute(n, "src")
	for c := n.FirstChild; c != nil && source == ""; c = c.NextSibling {
		if c.DataAtom == atom.Source {
			source = attribute(c, "src")
		}
	}
	to, title := resolve(s.base, source), strings.TrimSpace(attribute(n, "title"))
	if title == "" && (n.DataAtom == atom.Video || n.DataAtom == atom.Audio) {
		title = to
	}
	if title == "" || !strings.HasPrefix(to, "http") || s.tags == 0 {
		return
	}
	s.tags--
	s.b.WriteString("<a")
	s.write("href", to)
	s.b.WriteByte('>')
	s.text(title)
	s.b.WriteString("</a>")
}

// isUnsafe reports whether an element goes away with all that is in it.
func isUnsafe(n *html.Node) bool {
	if n.Data == "annotation" || n.Data == "annotation-xml" { // a formula a second time
		return true
	}
	return isDropped(n)
}

// isToken reports whether a value is a number, a date or a word.
func isToken(v string) bool {
	for _, c := range []byte(v) {
		if !isLetter(c) && (c < '0' || c > '9') && strings.IndexByte("-+:., %", c) < 0 {
			return false
		}
	}
	return len(v) <= 64
}

// allowed lists the elements that stay and the attributes that they may have
// beside dir, lang and title.
var allowed = map[atom.Atom]string{
	atom.A: "href", atom.Abbr: "", atom.Address: "", atom.Article: "", atom.Aside: "", atom.B: "", atom.Bdi: "",
	atom.Bdo: "", atom.Big: "", atom.Blockquote: "cite", atom.Br: "", atom.Caption: "", atom.Center: "", atom.Cite: "",
	atom.Code: "", atom.Dd: "", atom.Del: "cite datetime", atom.Details: "open", atom.Dfn: "", atom.Div: "", atom.Dl: "", atom.Dt: "",
	atom.Em: "", atom.Figcaption: "", atom.Figure: "", atom.Footer: "", atom.H1: "", atom.H2: "", atom.H3: "", atom.H4: "",
	atom.H5: "", atom.H6: "", atom.Header: "", atom.Hr: "", atom.I: "", atom.Ins: "cite datetime", atom.Kbd: "", atom.Li: "value",
	atom.Main: "", atom.Mark: "", atom.Nav: "", atom.Ol: "start reversed type", atom.P: "", atom.Pre: "", atom.Q: "cite",
	atom.Rp: "", atom.Rt: "", atom.Ruby: "", atom.S: "", atom.Samp: "", atom.Section: "", atom.Small: "", atom.Span: "",
	atom.Strike: "", atom.Strong: "", atom.Sub: "", atom.Summary: "", atom.Sup: "", atom.Table: "", atom.Tbody: "",
	atom.Td: "colspan rowspan headers", atom.Tfoot: "", atom.Th: "colspan rowspan scope", atom.Thead: "", atom.Time: "datetime",
	atom.Tr: "", atom.Tt: "", atom.U: "", atom.Ul: "", atom.Var: "", atom.Wbr: "",
}
