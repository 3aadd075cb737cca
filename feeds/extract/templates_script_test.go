package extract

import (
	"encoding/json"
	"html"
	"strings"
)

// quoted is a string of JSON, with the escapes that keep it safe in a script.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// lines is the body as plain text, a line for each paragraph.
func (p *press) lines() string {
	return html.UnescapeString(p.all(how{"", "\n", "b", nil}))
}

// plainLines is lines without the marks of headings.
func (p *press) plainLines() string {
	return strings.NewReplacer("<b>", "", "</b>", "").Replace(p.lines())
}

// scriptTemplates are pages that a script puts together in the browser: their
// text is in JSON.
var scriptTemplates = []template{
	{name: "JSON-LD holds lines", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(`,"articleBody":`+quoted(p.plainLines())), `<div id="app"></div>`+p.footer())
	}},
	{name: "JSON-LD holds HTML", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(`,"articleBody":`+quoted(p.all(p.asP()))), `<div id="app"><div class="spinner"></div></div>`)
	}},
	{name: "JSON-LD holds escaped HTML", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(`,"articleBody":`+quoted(html.EscapeString(p.all(p.asP())))), `<div id="root"></div>`)
	}},
	{name: "JSON-LD holds the beginning only", page: func(p *press) string {
		start := p.body[0].text + " " + p.body[1].text + " " + p.body[2].text
		return p.doc(p.openGraph()+p.linkedData(`,"articleBody":`+quoted(start+"...")), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="copy">`+p.all(p.asP(p.ad, p.also))+`</div></main>`+p.sidebar()+p.footer())
	}},
	{name: "JSON-LD holds all, the page has furniture of every kind", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(`,"articleBody":`+quoted(p.plainLines())), p.nav()+`<main>`+p.h1()+p.signed()+`<div class="copy">`+p.figure()+p.all(p.asP(p.ad, p.also, p.newsletter))+p.bio()+p.tags()+`</div>`+p.related()+`</main>`+p.comments()+p.footer())
	}},
	{name: "Next.js with HTML", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="__next"><div class="loading"></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"menu":[{"title":`+quoted(p.list("sections")[0])+`}],"article":{"id":5,"title":`+quoted(p.words["title"])+`,"summary":`+quoted(p.words["teaser"])+`,"body":`+quoted(p.all(p.asP()))+`},"related":[{"title":`+quoted(p.list("headlines")[0])+`,"summary":`+quoted("<p>"+p.words["teaser"]+"</p>")+`}]}},"page":"/news/[id]"}</script>`)
	}},
	{name: "Next.js with a list of blocks", page: func(p *press) string {
		var blocks []string
		for _, in := range p.body {
			for text := range strings.SplitSeq(in.text, " | ") {
				blocks = append(blocks, `{"type":"paragraph","id":"a1b2c3","data":{"text":`+quoted(text)+`}}`)
			}
		}
		return p.doc(p.openGraph(), `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"story":{"headline":`+quoted(p.words["title"])+`,"content":{"blocks":[`+strings.Join(blocks, ",")+`]}},"mostRead":[{"title":`+quoted(p.list("headlines")[1])+`}]}}}</script>`)
	}},
	{name: "the state of a window, content elements", page: func(p *press) string {
		var blocks []string
		for _, in := range p.body {
			for text := range strings.SplitSeq(in.text, " | ") {
				blocks = append(blocks, `{"_id":"X","type":"text","content":`+quoted(html.EscapeString(text))+`}`)
			}
		}
		return p.doc(p.openGraph(), `<div id="fusion-app"></div><script>window.Fusion=window.Fusion||{};Fusion.arcSite="nahr";Fusion.globalContent={"headlines":{"basic":`+quoted(p.words["title"])+`},"content_elements":[`+strings.Join(blocks, ",")+`],"copyright":`+quoted(p.words["copyright"])+`};Fusion.spa=false;</script>`)
	}},
	{name: "the state of a window, HTML", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="app"><noscript>You need to enable JavaScript to run this app.</noscript></div><script>window.__INITIAL_STATE__ = {"news":{"current":{"title":`+quoted(p.words["title"])+`,"text":`+quoted(p.all(p.asP()))+`}},"ui":{"cookie":`+quoted(p.words["cookie"])+`}}; (function(){var s;(s=document.currentScript).parentNode.removeChild(s);}());</script>`)
	}},
	{name: "text on the page and its state below it", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="__next">`+p.nav()+`<main>`+p.h1()+p.signed()+`<div class="css-1ab">`+p.all(p.asP(p.ad))+`</div></main>`+p.sidebar()+p.footer()+`</div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"html":`+quoted(p.all(p.asP())+p.all(p.asP()))+`}}}</script>`)
	}},
}
