package document

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Numeral is how the numbers of an ordered list are written (HTML 4.4.5, type).
type Numeral byte

// Numerals. The zero value means Decimal.
const (
	Decimal    Numeral = '1'
	LowerAlpha Numeral = 'a'
	UpperAlpha Numeral = 'A'
	LowerRoman Numeral = 'i'
	UpperRoman Numeral = 'I'
)

// Label writes the number of an item, without the sign behind it. Numbers that
// letters cannot write are written in digits, as browsers do.
func (b *Block) Label() string {
	switch b.Numeral {
	case LowerAlpha, UpperAlpha:
		if b.Number > 0 {
			return letters(b.Number, byte(b.Numeral))
		}
	case LowerRoman:
		if b.Number > 0 && b.Number < 4000 {
			return strings.ToLower(roman(b.Number))
		}
	case UpperRoman:
		if b.Number > 0 && b.Number < 4000 {
			return roman(b.Number)
		}
	}
	return strconv.Itoa(b.Number)
}

// letters counts a, b, ..., z, aa, ab.
func letters(n int, first byte) string {
	var s []byte
	for ; n > 0; n = (n - 1) / 26 {
		s = append([]byte{first + byte((n-1)%26)}, s...)
	}
	return string(s)
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range [...]struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// list reads a list. What stands in it outside of items joins the item before.
func (b *builder) list(n *html.Node) {
	list := Block{Kind: List, Ordered: n.DataAtom == atom.Ol}
	count := counterOf(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		number := 0
		isItem := c.Type == html.ElementNode && c.DataAtom == atom.Li && !isDropped(c)
		var in []Block
		dir, lang := b.dir, b.lang
		if isItem {
			b.flush()
			b.note(c)
			b.declare(c)
			if list.Ordered {
				number = count.next(c) // also of an item that shows nothing
			}
			in = b.collect(func() { b.children(c) })
		} else {
			in = b.collect(func() { b.node(c) })
		}
		last := len(list.Blocks) - 1
		switch {
		case !isItem && last >= 0:
			list.Blocks[last].Blocks = append(list.Blocks[last].Blocks, in...)
		case len(in) > 0:
			item := Block{Kind: Item, Blocks: in, Dir: b.dir, Lang: b.lang}
			if list.Ordered {
				item.Number, item.Numeral = number, count.numeral
			}
			list.Blocks = append(list.Blocks, item)
		}
		b.dir, b.lang = dir, lang
	}
	if len(list.Blocks) > 0 {
		list.Start = list.Blocks[0].Number
		b.add(list)
	}
}

// counter numbers the items of an ordered list.
type counter struct {
	number, step int
	numeral      Numeral
}

// counterOf reads start, reversed and type. A reversed list without a start
// ends at 1.
func counterOf(list *html.Node) counter {
	c := counter{number: 1, step: 1, numeral: Decimal}
	if _, reversed := lookup(list, "reversed"); reversed {
		c.step, c.number = -1, 0
		for item := list.FirstChild; item != nil; item = item.NextSibling {
			if item.DataAtom == atom.Li && !isDropped(item) {
				c.number++
			}
		}
	}
	if start, ok := number(list, "start"); ok {
		c.number = start
	}
	switch t := attribute(list, "type"); t {
	case "a", "A", "i", "I":
		c.numeral = Numeral(t[0])
	}
	return c
}

// next returns the number of an item, which may set its own.
func (c *counter) next(item *html.Node) int {
	if v, ok := number(item, "value"); ok {
		c.number = v
	}
	n := c.number
	c.number += c.step
	return n
}
