package document

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads markup into blocks. Relative addresses resolve against base. It
// never fails: markup that nests deeper than x/net/html reads (512 elements)
// becomes paragraphs of its plain text.
func Parse(markup, base string) *Document {
	from := parseBase(base)
	root, ok := parseTree(markup, from)
	if !ok {
		return &Document{Blocks: paragraphs(string(AppendText(nil, markup)))}
	}
	b := &builder{base: from}
	blocks := b.collect(func() { b.children(root) })
	return &Document{Blocks: dropChrome(blocks), Logins: b.logins}
}

// parseTree parses markup as the content of a body. Below elements with an
// xml:base of their own addresses come back absolute.
func parseTree(markup string, base *url.URL) (*html.Node, bool) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
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
	dir    Dir
	lang   string
	quotes int // depth of <q>
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
	if isDropped(n) {
		return
	}
	if b.inline(n) {
		return
	}
	b.flush()
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
		case "lang":
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
			b.add(Block{Kind: Quote, Blocks: in})
		}
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		if text := preText(n); strings.TrimSpace(text) != "" {
			b.add(Block{Kind: Pre, Text: text})
		}
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

// list reads a list. What stands in it outside of items joins the item before.
func (b *builder) list(n *html.Node) {
	list := Block{Kind: List, Ordered: n.DataAtom == atom.Ol, Start: 1}
	if start, ok := number(n, "start"); ok && list.Ordered {
		list.Start = start
	}
	item := func(read func()) {
		in := b.collect(read)
		if len(in) > 0 {
			list.Blocks = append(list.Blocks, Block{Kind: Item, Blocks: in, Dir: b.dir, Lang: b.lang})
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		last := len(list.Blocks) - 1
		switch {
		case c.Type == html.ElementNode && c.DataAtom == atom.Li && !isDropped(c):
			dir, lang := b.dir, b.lang
			b.declare(c)
			item(func() { b.children(c) })
			b.dir, b.lang = dir, lang
		case last >= 0:
			list.Blocks[last].Blocks = append(list.Blocks[last].Blocks, b.collect(func() { b.node(c) })...)
		default:
			item(func() { b.node(c) })
		}
	}
	if len(list.Blocks) > 0 {
		b.add(list)
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
				for _, in := range b.collect(func() { b.children(c) }) {
					if in.Kind == Paragraph {
						in.Kind = Term
					}
					list.Blocks = append(list.Blocks, in)
				}
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

// preText returns the text below a pre element as it stands.
func preText(n *html.Node) string {
	var s strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && !insideDropped(c, n):
			s.WriteString(c.Data)
		case c.DataAtom == atom.Br:
			s.WriteByte('\n')
		}
	}
	return strings.Trim(s.String(), "\r\n")
}

func insideDropped(n, root *html.Node) bool {
	for n = n.Parent; n != nil && n != root; n = n.Parent {
		if isDropped(n) {
			return true
		}
	}
	return false
}
