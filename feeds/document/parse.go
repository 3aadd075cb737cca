package document

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads markup into blocks. Relative addresses resolve against base. It
// never fails: markup that nests deeper than x/net/html reads (512 elements)
// loses the boxes that mean nothing, and if that is not enough becomes
// paragraphs of its plain text.
func Parse(markup, base string) *Document {
	from := parseBase(base)
	root, ok := parseTree(markup, from)
	if !ok {
		return &Document{Blocks: paragraphs(string(AppendText(nil, markup)))}
	}
	b := &builder{base: from, wanted: namesWanted(root, from)}
	blocks := b.collect(func() { b.children(root) })
	b.nameLast(blocks)
	return &Document{Blocks: dropTail(dropChrome(blocks), from), Logins: b.logins}
}

// parseTree parses markup as the content of a body. Below elements with an
// xml:base of their own addresses come back absolute.
func parseTree(markup string, base *url.URL) (*html.Node, bool) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	if reopens(markup) {
		markup = withoutMarks(markup)
	}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err != nil {
		nodes, err = html.ParseFragment(strings.NewReader(withoutBoxes(markup)), body)
	}
	if err != nil {
		return nil, false
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	if strings.Contains(markup, "xml:base") {
		rebase(root, base, base)
	}
	return root, true
}

// paragraphs makes a paragraph of every line.
func paragraphs(text string) (blocks []Block) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			blocks = append(blocks, Block{Kind: Paragraph, Spans: []Span{{Text: line}}})
		}
	}
	return blocks
}

// builder walks a tree and collects blocks.
type builder struct {
	base   *url.URL
	blocks []Block // of the innermost container
	spans  []Span  // of the paragraph that is being read
	style  Style
	link   string
	to     string // the name within the document that the innermost link leads to
	dir    Dir
	lang   string
	quotes int             // depth of <q>
	lines  bool            // line ends stay (CSS Text 3, white-space)
	raise  string          // the signs that digits become, "" for none
	wanted map[string]bool // names that links lead to
	names  []string        // those that the next block gets
	spelt  map[string]bool // abbreviations that have been explained
	canvas canvas
	logins map[string]string
}

// collect runs f and returns the blocks it makes.
func (b *builder) collect(f func()) []Block {
	b.flush()
	outer := b.blocks
	b.blocks = nil
	f()
	b.flush()
	blocks := b.blocks
	b.blocks = outer
	return blocks
}

// flush ends the paragraph that is being read.
func (b *builder) flush() {
	if spans := trimEnd(b.spans); hasText(spans) {
		b.add(Block{Kind: Paragraph, Spans: spans})
	}
	b.spans = nil
}

// hasText reports whether spans hold anything but white space, also that which
// does not collapse.
func hasText(spans []Span) bool {
	for i := range spans {
		if strings.Trim(spans[i].Text, " \n\u00a0\u200b") != "" {
			return true
		}
	}
	return false
}

func (b *builder) add(block Block) {
	block.Dir, block.Lang = b.dir, b.lang
	block.Names = append(block.Names, b.names...)
	b.names = nil
	b.blocks = append(b.blocks, block)
}

func (b *builder) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.node(c)
	}
}

func (b *builder) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.text(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	if isDropped(n) || b.canvas.hides(n) {
		return
	}
	before := len(b.names)
	b.note(n)
	lines := b.lines
	b.lines = keepsLines(n, lines)
	defer func() { b.lines = lines }()
	if b.inline(n) {
		return
	}
	names := b.names[before:]
	b.names = b.names[:before:before]
	b.flush()
	b.names = append(b.names, names...)
	dir, lang := b.dir, b.lang
	b.declare(n)
	b.block(n)
	b.flush()
	b.dir, b.lang = dir, lang
}

// declare takes over the direction and language that n declares.
func (b *builder) declare(n *html.Node) {
	for _, a := range n.Attr {
		switch a.Key {
		case "dir":
			switch strings.ToLower(strings.TrimSpace(a.Val)) {
			case "rtl":
				b.dir = DirRTL
			case "ltr":
				b.dir = DirLTR
			case "auto":
				b.dir = DirAuto
			}
		case "lang", "xml:lang":
			b.lang = strings.TrimSpace(a.Val)
		}
	}
}

// block reads a block element. What it does not know is a box around others.
func (b *builder) block(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		for _, in := range b.collect(func() { b.children(n) }) {
			if in.Kind == Paragraph {
				in.Kind, in.Level = Heading, int(n.Data[1]-'0')
			}
			b.blocks = append(b.blocks, in)
		}
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		b.list(n)
	case atom.Li:
		b.add(Block{Kind: List, Blocks: []Block{{Kind: Item, Dir: b.dir, Blocks: b.collect(func() { b.children(n) })}}})
	case atom.Blockquote:
		if in := b.collect(func() { b.children(n) }); len(in) > 0 {
			cite := b.resolve(attribute(n, "cite"))
			if !strings.HasPrefix(cite, "http") {
				cite = ""
			}
			b.add(Block{Kind: Quote, Blocks: in, Cite: cite})
		}
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		b.pre(n)
	case atom.Hr:
		b.add(Block{Kind: Rule})
	case atom.Dl:
		b.definitions(n)
	case atom.Table:
		b.table(n)
	case atom.Figure:
		b.figure(n)
	case atom.Summary:
		b.style |= Bold
		b.children(n)
		b.flush()
		b.style &^= Bold
	default:
		b.children(n)
	}
}

// definitions reads a list of terms, also where divs group them.
func (b *builder) definitions(n *html.Node) {
	list := Block{Kind: Definitions}
	var read func(n *html.Node)
	read = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Div:
				read(c)
			case atom.Dt:
				dir, lang := b.dir, b.lang
				b.flush()
				b.note(c)
				b.declare(c)
				for _, in := range b.collect(func() { b.children(c) }) {
					if in.Kind == Paragraph {
						in.Kind = Term
					}
					list.Blocks = append(list.Blocks, in)
				}
				b.dir, b.lang = dir, lang
			default:
				if in := b.collect(func() { b.node(c) }); len(in) > 0 {
					list.Blocks = append(list.Blocks, Block{Kind: Detail, Blocks: in, Dir: b.dir, Lang: b.lang})
				}
			}
		}
	}
	read(n)
	if len(list.Blocks) > 0 {
		b.add(list)
	}
}
