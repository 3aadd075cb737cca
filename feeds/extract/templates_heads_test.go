package extract

// headTemplates say title, date and authors in different ways around one plain
// page.
var headTemplates = []template{
	{name: "the outlet's name before the headline", day: true, page: func(p *press) string {
		return p.doc("<title>"+p.w("site")+" | "+p.w("title")+"</title>", p.plain(p.h1()+p.signed()))
	}},
	{name: "three parts in the title", day: true, page: func(p *press) string {
		return p.doc(p.bare(" « "+p.list("sections")[0]+" « "), p.plain(p.h1()+p.signed()))
	}},
	{name: "title with a bar and no spaces", day: true, page: func(p *press) string {
		return p.doc(p.bare("|"), p.plain(p.h1()+p.signed()))
	}},
	{name: "title with an underscore", day: true, page: func(p *press) string {
		return p.doc(p.bare("_"+p.list("sections")[0]+"_"), p.plain(p.h1()+p.signed()))
	}},
	{name: "headline in h2 and h1 for the outlet", day: true, page: func(p *press) string {
		return p.doc(p.bare(" – "), `<h1 class="logo"><a href="/">`+p.w("site")+`</a></h1>`+p.plain(`<h2 class="title">`+p.w("title")+`</h2>`+p.signed()))
	}},
	{name: "OpenGraph with the outlet's name and no site_name", day: true, page: func(p *press) string {
		return p.doc(p.bare(" - ")+`<meta property="og:title" content="`+p.w("title")+` - `+p.w("site")+`">`, p.plain(p.h1()+p.signed()))
	}},
	{name: "the title says only the outlet", day: true, page: func(p *press) string {
		return p.doc("<title>"+p.w("site")+"</title>", p.plain(p.h1()+p.signed()))
	}},
	{name: "Dublin Core", page: func(p *press) string {
		return p.doc(p.bare(" - ")+`<meta name="DC.title" content="`+p.w("title")+`"><meta name="DC.creator" content="`+p.w("byline")+`"><meta name="DC.date.issued" content="`+moment+`">`, p.plain(p.h1()))
	}},
	{name: "JSON-LD in a list, author as a string", page: func(p *press) string {
		return p.doc(p.bare(" - ")+`<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@context":"http://schema.org","@type":["NewsArticle"],"headline":`+quoted(p.words["title"])+`,"author":`+quoted(p.words["byline"])+`,"datePublished":"`+moment+`"}]</script>`, p.plain(p.h1()))
	}},
	{name: "JSON-LD of the page with the article as its entity", page: func(p *press) string {
		return p.doc(p.bare(" - ")+`<script type="application/ld+json">{"@type":"WebPage","name":`+quoted(p.words["site"])+`,"mainEntity":{"@type":"Article","headline":`+quoted(p.words["title"])+`,"author":{"@type":"Person","name":`+quoted(p.words["byline"])+`},"datePublished":"`+moment+`"}}</script>`, p.plain(p.h1()))
	}},
	{name: "JSON-LD of other articles before the own one", page: func(p *press) string {
		return p.doc(p.bare(" - ")+`<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":`+quoted(p.list("headlines")[0])+`,"datePublished":"2020-01-01T00:00:00Z","author":{"name":"Nobody Else"}}}]}</script>`+p.linkedData(""), p.plain(p.h1()))
	}},
	{name: "a time element beside the headline, others in the sidebar", page: func(p *press) string {
		return p.doc(p.bare(" - "), `<aside><ul><li><time datetime="2026-11-25T10:00:00Z">x</time> <a href="/1">`+p.list("headlines")[0]+`</a></li></ul></aside>`+p.plain(p.h1()+`<p class="byline">`+p.w("by")+` `+p.w("byline")+`</p><time datetime="`+moment+`">`+p.w("date")+`</time>`))
	}},
	{name: "a date without a name below the headline", day: true, unsigned: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), p.plain(p.h1()+`<div class="q"><i class="icon"></i> `+p.w("date")+`</div>`))
	}},
	{name: "name and date in lines without names", day: true, unsigned: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), p.plain(p.h1()+`<div><p>`+p.w("byline")+`</p><p>`+p.w("date")+`</p></div>`))
	}},
	{name: "name and place above and agency below the date", unsigned: true, day: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), p.nav()+`<div class="k">`+p.h1()+`<p>`+p.w("byline")+`</p><p>`+p.w("date")+`</p><p>Reuters</p>`+p.all(p.asP())+`</div>`+p.footer())
	}},
	{name: "the date with the words before it and the clock behind it", unsigned: true, day: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), p.plain(p.h1()+`<ul class="meta"><li>`+p.w("published")+`: `+p.w("date")+`</li><li><a href="/s">`+p.list("sections")[0]+`</a></li></ul>`))
	}},
}

// plain is an ordinary page around a head.
func (p *press) plain(head string) string {
	return p.nav() + `<div id="main"><div class="box">` + head + `<div class="text">` + p.all(p.asP()) + `</div></div></div>` + p.sidebar() + p.footer()
}
