package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/document"
)

// form rewrites an element of a page, so that the page says the same to readers
// and less to programs.
type form struct {
	name   string
	change func(n *html.Node)
}

var forms = []form{
	{"no class, no id", func(n *html.Node) { unname(n, "class", "id") }},
	{"names that a build makes", func(n *html.Node) {
		for i, a := range n.Attr {
			if a.Key == "class" {
				n.Attr[i].Val = "css-" + strings.Repeat("x", len(a.Val)%7) + "k"
			}
		}
		unname(n, "id")
	}},
	{"no microdata, no roles", func(n *html.Node) { unname(n, "itemprop", "property", "role") }},
	{"no headline of the first level", func(n *html.Node) { toDiv(n, atom.H1) }},
	{"captions are div", func(n *html.Node) { toDiv(n, atom.Figcaption) }},
	{"div for article, main, section and the like", func(n *html.Node) {
		toDiv(n, atom.Article, atom.Main, atom.Section, atom.Aside, atom.Nav, atom.Header, atom.Footer)
	}},
	{"paragraphs are div", func(n *html.Node) { toDiv(n, atom.P) }},
	{"forced line ends for paragraphs", toLines},
	{"div only and no names", func(n *html.Node) {
		toDiv(n, atom.P, atom.Article, atom.Main, atom.Section, atom.Aside, atom.Nav, atom.Header, atom.Footer)
		unname(n, "class", "id", "itemprop", "property", "role", "data-type", "style")
	}},
	{"tables for div", toTable},
}

func unname(n *html.Node, keys ...string) {
	if n.DataAtom == atom.Meta {
		return
	}
	var kept []html.Attribute
	for _, a := range n.Attr {
		if !hasWord(strings.Join(keys, " "), a.Key) {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

func toDiv(n *html.Node, from ...atom.Atom) {
	for _, a := range from {
		if n.DataAtom == a {
			n.DataAtom, n.Data = atom.Div, "div"
		}
	}
}

// toLines puts two forced line ends in the place of a paragraph.
func toLines(n *html.Node) {
	if n.DataAtom != atom.P || n.Parent == nil {
		return
	}
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	for range 2 {
		n.Parent.InsertBefore(&html.Node{Type: html.ElementNode, DataAtom: atom.Br, Data: "br"}, n)
	}
	remove(n)
}

// toTable makes a table of one cell of a box.
func toTable(n *html.Node) {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Section && n.DataAtom != atom.Article {
		return
	}
	n.DataAtom, n.Data = atom.Table, "table"
	row := &html.Node{Type: html.ElementNode, DataAtom: atom.Tr, Data: "tr"}
	cell := &html.Node{Type: html.ElementNode, DataAtom: atom.Td, Data: "td"}
	for n.FirstChild != nil {
		c := n.FirstChild
		n.RemoveChild(c)
		cell.AppendChild(c)
	}
	row.AppendChild(cell)
	n.AppendChild(row)
}

// What a page is built of decides little: the captured pages come out nearly as
// well in other forms, so that no rule stands on the names of one of them.
func TestCorpusInOtherForms(t *testing.T) {
	pages := corpus(t)
	for _, f := range forms {
		sum, least := 0.0, 1.0
		for _, c := range pages {
			doc, err := html.Parse(strings.NewReader(c.page))
			if err != nil {
				t.Fatal(err)
			}
			for n := range descendantsInOrder(doc) {
				f.change(n)
			}
			r := extracted(t, render(doc), Hint{URL: fixture})
			score := score(r.Text, string(document.AppendText(nil, c.want)))
			sum += score
			least = min(least, score)
			if (c.meta.Dir == "rtl") != (r.Dir == "rtl") {
				t.Errorf("%s, %s: direction %s", f.name, c.name, r.Dir)
			}
		}
		mean := sum / float64(len(pages))
		t.Logf("%-45s mean %.4f, least %.3f", f.name, mean, least)
		if mean < 0.975 || least < 0.85 {
			t.Errorf("%s: mean %.4f, least %.3f", f.name, mean, least)
		}
	}
}
