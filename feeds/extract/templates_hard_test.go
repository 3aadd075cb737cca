package extract

import (
	"fmt"
	"html"
	"strings"
)

// hardTemplates are what breaks extractors: text twice, text in places that are
// none for text, markup that is not closed, furniture that reads like text.
var hardTemplates = []template{
	{name: "one text for telephones and one for the rest", page: func(p *press) string {
		body := p.all(p.asP())
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="d-md-none">`+body+`</div><div class="d-none d-md-block">`+body+`</div></main>`+p.footer())
	}},
	{name: "every paragraph named like furniture", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="x">`+p.h1()+p.signed()+`<div class="t">`+p.all(how{`<div class="promo-text">`, "</div>", "h2", nil})+`</div></div>`+p.footer())
	}},
	{name: "two lines and many comments", page: func(p *press) string {
		p.report = &report{words: p.words, body: p.body[:1]}
		return p.doc(p.openGraph(), p.nav()+`<div id="x">`+p.h1()+p.signed()+`<div class="t">`+p.all(p.asP())+`</div>`+p.comments()+p.comments()+p.comments()+`</div>`+p.footer())
	}},
	{name: "paragraphs for subscribers, and the rest in a box that opens", page: func(p *press) string {
		body := strings.ReplaceAll(p.write(p.asP(p.ad), 0, 3), "<p>", `<p class="paywall">`)
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="body__container"><div class="chunk">`+body+`</div><div class="read-more-content">`+p.write(p.asP(), 3, len(p.body))+`</div></div></main>`+p.sidebar()+p.footer())
	}},
	{name: "a wire in pre", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="story">`+p.h1()+p.signed()+`<pre>`+html.EscapeString(p.plainLines())+`</pre></div>`+p.sidebar()+p.footer())
	}},
	{name: "paragraphs are spans that a style makes blocks", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="story">`+p.h1()+p.signed()+`<div class="t">`+p.all(how{`<span style="display:block">`, "</span>\n", "b", nil})+`</div></div>`+p.footer())
	}},
	{name: "paragraphs that are never closed, in capitals", page: func(p *press) string {
		body := strings.NewReplacer("<b>", "<B>", "</b>", "</B>").Replace(p.all(how{"<P ALIGN=justify>", "\n", "b", nil}))
		return p.doc(p.openGraph(), p.nav()+`<DIV ID=story>`+p.h1()+p.signed()+body+`</DIV>`+p.footer())
	}},
	{name: "all lines in one paragraph", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="story">`+p.h1()+p.signed()+`<p>`+p.all(how{"", "<br><br>", "b", nil})+`</p></div>`+p.sidebar()+p.footer())
	}},
	{name: "a column of opinion beside the report", page: func(p *press) string {
		column := `<h3>` + p.list("headlines")[0] + `</h3>`
		for range 2 {
			column += `<p>` + strings.Join(p.list("remarks"), " ") + `</p>`
		}
		return p.doc(p.openGraph(), p.nav()+`<div class="row"><div class="w8">`+p.h1()+p.signed()+p.all(p.asP(p.ad))+`</div><aside class="w4">`+column+`<a href="/opinion">`+p.w("also")+`</a></aside></div>`+p.footer())
	}},
	{name: "a list of the latest news with times above the article", page: func(p *press) string {
		ticker := ""
		for i, s := range p.list("headlines") {
			ticker += fmt.Sprintf(`<li><span>10:%02d</span> <a href="/news/%d">%s</a></li>`, 10+i, i, s)
		}
		return p.doc(p.openGraph(), `<marquee>`+p.links("headlines")+`</marquee>`+p.nav()+`<div class="live"><ul>`+strings.Repeat(ticker, 4)+`</ul></div><div class="story">`+p.h1()+p.signed()+p.all(p.asP())+`</div>`+p.footer())
	}},
	{name: "links throughout the text", page: func(p *press) string {
		body := p.all(p.asP())
		for i, word := range strings.Fields(p.body[0].text + " " + p.body[4].text) {
			if i%4 == 0 && len(word) > 5 && !strings.ContainsAny(word, `"'«»“”`) {
				body = strings.Replace(body, " "+word+" ", ` <a href="/topic/`+fmt.Sprint(i)+`">`+word+`</a> `, 1)
			}
		}
		return p.doc(p.openGraph(), p.nav()+`<div class="story">`+p.h1()+p.signed()+`<div class="b">`+body+`</div></div>`+p.sidebar()+p.footer())
	}},
	{name: "an advertisement deep in boxes behind every second paragraph", page: func(p *press) string {
		ad := func() string {
			return `<div class="x1"><div class="x2"><div><div id="gpt-1"><div><span>` + p.w("ad") + `</span></div></div></div></div></div>`
		}
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="x9">`+p.all(p.asP(ad, ad, ad, ad))+`</div></main>`+p.footer())
	}},
	{name: "the author's portrait above the text", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+`<div class="author"><img src="/a.jpg"><h4><a href="/a">`+p.w("byline")+`</a></h4><p>`+p.w("bio")+`</p></div><div class="b">`+p.all(p.asP())+`</div></main>`+p.footer())
	}},
	{name: "a headline of another report alone between paragraphs", page: func(p *press) string {
		alone := func() string {
			return `<p><a href="/news/8"><strong>` + p.list("headlines")[0] + `</strong></a></p>`
		}
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="b"><p>`+p.body[0].text+`</p>`+alone()+p.write(p.asP(), 1, len(p.body))+`</div></main>`+p.footer())
	}},
	{name: "a quotation from the text in a blockquote", page: func(p *press) string {
		quote := func() string { return `<blockquote class="big">` + p.body[4].text + `</blockquote>` }
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="b">`+p.all(p.asP(quote))+`</div></main>`+p.footer())
	}},
	{name: "counters of pictures, comments and views", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="b"><div>1 / 12</div><div>0:00 / 3:41</div>`+p.all(p.asP())+`<div>14 `+p.w("comments")+`</div></div></main>`+p.footer())
	}},
	{name: "every paragraph in a section of its own", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+p.all(how{`<section class="block"><div class="block__in"><p>`, `</p></div></section>`, "h3", []func() string{p.ad, p.also}})+`</article>`+p.sidebar()+p.footer())
	}},
	{name: "text in the middle cell of a row", page: func(p *press) string {
		return p.doc(p.openGraph(), `<table><tr><td>`+p.nav()+`</td></tr></table><table><tr><td>`+p.related()+`</td><td><div>`+p.h1()+p.signed()+`</div><div align="right">`+p.all(p.asP())+`</div></td><td>`+p.cards("div")+`</td></tr></table>`+p.footer())
	}},
	{name: "copyright, filing and sharing in lines at the foot", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="b">`+p.all(p.asP())+`<p>`+p.w("copyright")+`</p><p>`+p.w("tags")+`: <a href="/t">`+p.list("tag")[0]+`</a></p><p>`+p.w("share")+`</p></div></main>`+p.footer())
	}},
	{name: "a carousel and a poll between paragraphs", page: func(p *press) string {
		carousel := func() string {
			return `<div class="swiper"><div class="swiper-wrapper">` + p.cards("div") + `</div></div>`
		}
		poll := func() string {
			return `<form class="poll"><h4>` + p.list("headlines")[0] + `</h4><label><input type="radio">` + p.list("sections")[0] + `</label><label><input type="radio">` + p.list("sections")[1] + `</label><button>OK</button></form>`
		}
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="b">`+p.all(p.asP(carousel, poll))+`</div></main>`+p.footer())
	}},
	{name: "a box of facts beside the text", page: func(p *press) string {
		facts := func() string {
			return `<aside class="factbox"><h3>` + p.list("headlines")[0] + `</h3><ul><li>` + strings.Join(p.list("remarks"), `</li><li>`) + `</li></ul></aside>`
		}
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div class="b">`+p.all(p.asP(facts))+`</div></article>`+p.footer())
	}},
}
