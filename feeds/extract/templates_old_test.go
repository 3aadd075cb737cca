package extract

import "strings"

// oldTemplates are pages from before there were names for anything: tables,
// fonts, forced line ends.
var oldTemplates = []template{
	{name: "nested tables with fonts", day: true, unsigned: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), `<table width="980" align="center"><tr><td colspan="3"><table><tr><td><a href="/">`+p.w("home")+`</a></td><td><a href="/p">`+p.list("sections")[0]+`</a></td></tr></table></td></tr><tr><td width="160" valign="top"><table><tr><td>`+strings.ReplaceAll(p.links("sections"), "li>", "p>")+`</td></tr></table></td>
<td valign="top"><table width="100%"><tr><td><font size="5"><b>`+p.w("title")+`</b></font></td></tr><tr><td><font size="1" color="gray">`+p.w("date")+`</font></td></tr><tr><td><font face="Tahoma" size="3">`+p.all(how{"", "<br><br>", "b", nil})+`</font></td></tr></table></td>
<td width="200" valign="top"><table><tr><td><b>`+p.w("mostread")+`</b></td></tr><tr><td>`+p.cards("div")+`</td></tr></table></td></tr><tr><td colspan="3" align="center"><font size="1">`+p.w("copyright")+`</font></td></tr></table>`)
	}},
	{name: "paragraphs in a cell", day: true, unsigned: true, page: func(p *press) string {
		return p.doc(p.bare(" | "), `<center><table><tr><td>`+p.nav()+`</td></tr><tr><td><h1>`+p.w("title")+`</h1><p><small>`+p.w("date")+`</small></p>`+p.all(p.asP())+`</td><td>`+p.sidebar()+`</td></tr></table></center>`+p.footer())
	}},
	{name: "lines that single forced ends separate", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="main"><h1>`+p.w("title")+`</h1>`+p.signed()+`<div class="metin">`+p.all(how{"", "<br>\n", "b", nil})+`</div></div>`+p.sidebar()+p.footer())
	}},
	{name: "paragraphs are div without a name", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div id="main"><h1>`+p.w("title")+`</h1>`+p.signed()+`<div>`+p.all(how{"<div>", "</div>", "h2", []func() string{p.ad}})+`</div></div>`+p.sidebar()+p.footer())
	}},
	{name: "paragraphs of spans, each with an empty line behind it", page: func(p *press) string {
		body := p.all(how{`<p style="text-align: justify;"><span style="font-size: 18px;"><span style="font-family: arial;">`, `</span></span></p><p>&nbsp;</p>`, "strong", nil})
		return p.doc(p.openGraph(), p.nav()+`<div id="content"><h1>`+p.w("title")+`</h1>`+p.signed()+body+`</div>`+p.footer())
	}},
	{name: "everything directly in the body element", day: true, unsigned: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), `<h1>`+p.w("title")+`</h1><i>`+p.w("date")+`</i>`+p.all(p.asP())+`<hr><a href="/">`+p.w("home")+`</a>`)
	}},
	{name: "text from an office program", page: func(p *press) string {
		body := p.all(how{`<p class="MsoNormal" dir="` + p.words["dir"] + `" style="margin: 0in"><span lang="X" style="font-family:&quot;Simplified Arabic&quot;">`, `<o:p></o:p></span></p>`, "strong", nil})
		return p.doc(p.openGraph(), p.nav()+`<div class="news_details"><h2 class="news_title">`+p.w("title")+`</h2>`+p.signed()+`<div class="news_text">`+body+`</div></div>`+p.related()+p.footer())
	}},
	{name: "body divided by advertisements into parts", page: func(p *press) string {
		half := len(p.body) / 2
		return p.doc(p.openGraph(), p.nav()+`<div class="detail">`+p.h1()+p.signed()+`<div class="txt">`+p.write(p.asP(), 0, half)+`</div>`+p.ad()+`<div class="txt">`+p.write(p.asP(), half, len(p.body))+`</div></div>`+p.sidebar()+p.footer())
	}},
	{name: "a section for each heading", page: func(p *press) string {
		at := 0
		for i, in := range p.body {
			if in.kind == 'h' {
				at = i
			}
		}
		return p.doc(p.openGraph(), p.nav()+`<main>`+p.h1()+p.signed()+`<section class="intro"><div>`+p.write(p.asP(), 0, at)+`</div></section><section class="part"><div>`+p.write(p.asP(p.ad), at, at+3)+`</div></section><section class="part"><div>`+p.write(p.asP(), at+3, len(p.body))+`</div></section></main>`+p.sidebar()+p.footer())
	}},
	{name: "no direction, no language, no character set declared", page: func(p *press) string {
		page := p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div>`+p.all(p.asP())+`</div></article>`+p.footer())
		_, page, _ = strings.Cut(page, "<head><meta charset=\"utf-8\">")
		return "<html><head>" + page
	}},
	{name: "template in English, left to right", page: func(p *press) string {
		page := p.doc(p.openGraph(), `<a class="skip-link" href="#c">Skip to content</a>`+p.nav()+`<article class="post">`+p.h1()+p.signed()+`<div class="entry-content">`+p.all(p.asP())+`</div></article><div>Powered by WordPress</div>`+p.footer())
		_, page, _ = strings.Cut(page, "<head>")
		return `<html lang="en-US" dir="ltr"><head>` + page
	}},
}
