package extract

import (
	"fmt"
	"strings"
)

// shapeTemplates are articles of an odd shape, or pages whose furniture is far
// larger than they are.
var shapeTemplates = []template{
	{name: "a second article below, as pages that never end have it", page: func(p *press) string {
		second := strings.NewReplacer("4", "9", "2019", "2011").Replace(p.all(p.asP()))
		return p.doc(p.openGraph(), p.nav()+`<main><article class="story"><h1>`+p.w("title")+`</h1>`+p.signed()+`<div class="story-body">`+p.all(p.asP(p.ad))+`</div></article><article class="story"><h1>`+p.list("headlines")[0]+`</h1><div class="story-body">`+second+`</div></article></main>`+p.footer())
	}},
	{name: "comments far longer than the article", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="wrapper"><div class="article">`+p.h1()+p.signed()+`<div class="text">`+p.all(p.asP())+`</div></div><div id="comments">`+strings.Repeat(p.comments(), 8)+`</div></div>`+p.footer())
	}},
	{name: "a list of comments in the same box", page: func(p *press) string {
		remarks := ""
		for range 4 {
			for i, s := range p.list("remarks") {
				remarks += fmt.Sprintf(`<li><span class="nick">Reader %d</span> <span>12:0%d</span><p>%s</p><a href="#r">↩</a></li>`, i, i, s)
			}
		}
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="text">`+p.all(p.asP())+`</div><ol class="commentlist">`+remarks+`</ol></main>`+p.footer())
	}},
	{name: "a consent wall longer than the article", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="qc-cmp2-container"><div class="qc-cmp2-ui">`+strings.Repeat("<p>"+p.w("cookie")+"</p>", 12)+`</div></div>`+p.nav()+`<article>`+p.h1()+p.signed()+`<div class="c">`+p.all(p.asP())+`</div></article>`+p.footer())
	}},
	{name: "a very short report beside much else", page: func(p *press) string {
		p.report = &report{words: p.words, body: p.body[:2]}
		return p.doc(p.openGraph(), p.nav()+`<div id="main"><div class="news-detail">`+p.h1()+p.signed()+`<div class="detail-text">`+p.all(p.asP())+`</div></div>`+p.share()+p.related()+`</div>`+p.sidebar()+p.sidebar()+p.footer())
	}},
	{name: "questions and answers", page: func(p *press) string {
		body := strings.NewReplacer("<p>", "<p class=a>").Replace(p.all(how{"<p>", "</p>", "strong", nil}))
		return p.doc(p.openGraph(), p.nav()+`<article><header>`+p.h1()+p.signed()+`</header><div class="interview">`+body+`</div></article>`+p.footer())
	}},
	{name: "points in a list", page: func(p *press) string {
		body := p.all(how{`<li>`, `</li>`, "strong", nil})
		body = strings.NewReplacer("<ul>", "", "</ul>", "").Replace(body)
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<ol class="points">`+body+`</ol></article>`+p.sidebar()+p.footer())
	}},
	{name: "sharing on both ends and appeals at the foot", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<main><article>`+p.h1()+p.signed()+p.share()+`<div class="rte">`+p.figure()+p.all(p.asP(p.ad, p.ad))+`</div>`+p.share()+p.newsletter()+p.tags()+p.bio()+p.related()+p.comments()+`</article></main>`+p.sidebar()+p.cookie()+p.footer())
	}},
	{name: "all furniture within the box of the text", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div class="col-8"><div class="content">`+p.h1()+p.signed()+p.share()+p.figure()+p.all(p.asP(p.ad, p.also, p.newsletter))+p.share()+p.tags()+p.bio()+p.related()+`</div></div>`+p.sidebar()+p.footer())
	}},
	{name: "figures between paragraphs", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div class="text">`+p.all(p.asP(p.figure, p.figure, p.figure))+`</div></article>`+p.footer())
	}},
	{name: "boxes of the state of a page around everything", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div class="app has-cookie-banner logged-out no-login"><div class="page page--with-comments share-enabled"><div class="related-on promo-top">`+p.nav()+`<div class="article-view subscribe-visible">`+p.h1()+p.signed()+`<div class="inner newsletter-shown">`+p.all(p.asP(p.ad))+`</div></div></div></div></div>`+p.sidebar()+p.footer())
	}},
	{name: "a widget of an article in another box with its own mark", page: func(p *press) string {
		teaser := `<div class="widget"><h4>` + p.list("headlines")[0] + `</h4><div class="article-text"><p>` + strings.Repeat(p.w("teaser")+" ", 5) + `</p></div></div>`
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="zz">`+p.all(p.asP())+`</div></main><div class="col">`+teaser+`</div>`+p.footer())
	}},
	{name: "slides behind the article with texts of their own", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div class="text">`+p.all(p.asP())+`</div></article><section class="carousel">`+p.cards("div")+p.cards("div")+p.cards("div")+`</section>`+p.footer())
	}},
	{name: "player and listening bar above the text", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div class="audio-player"><button>▶</button><span>0:00</span> / <span>3:12</span></div><video src="/v.mp4">No video</video><iframe src="https://www.youtube.example/embed/1"></iframe><div class="text">`+p.all(p.asP())+`</div></article>`+p.footer())
	}},
}
