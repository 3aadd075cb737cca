package extract

import (
	"fmt"
	"html"
	"strings"
)

// doc is a whole page.
func (p *press) doc(head, body string) string {
	return fmt.Sprintf("<!DOCTYPE html><html lang=%q dir=%q><head><meta charset=\"utf-8\">%s</head><body class=\"single postid-12345\">%s</body></html>",
		p.words["lang"], p.words["dir"], head, body)
}

// openGraph is the head of most pages.
func (p *press) openGraph() string {
	return "<title>" + p.w("title") + p.one(" - ", " | ", " – ") + p.w("site") + "</title>" +
		`<meta property="og:type" content="article"><meta property="og:site_name" content="` + p.w("site") + `"><meta property="og:title" content="` + p.w("title") + `">` +
		`<meta property="article:published_time" content="` + moment + `"><meta name="author" content="` + p.w("byline") + `">`
}

// linkedData is an article in JSON-LD; more are further members.
func (p *press) linkedData(more string) string {
	return fmt.Sprintf(`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":%q,"url":"https://www.nahr.example/"},`+
		`{"@type":"NewsArticle","headline":%q,"datePublished":%q,"dateModified":"2026-11-23T09:00:00+03:00","author":[{"@type":"Person","name":%q,"url":"https://www.nahr.example/a/1"}],`+
		`"publisher":{"@type":"Organization","name":%q}%s}]}</script>`, p.words["site"], p.words["title"], moment, p.words["byline"], p.words["site"], more)
}

// bare is a head that says no more than the title.
func (p *press) bare(sep string) string {
	return "<title>" + p.w("title") + sep + p.w("site") + "</title>"
}

func (p *press) h1() string { return "<h1>" + p.w("title") + "</h1>" }

// signed is the byline as a line of text, with the date.
func (p *press) signed() string {
	return p.one(
		`<div class="byline">`+p.w("by")+" "+p.w("byline")+`</div><div class="date">`+p.w("date")+`</div>`,
		`<p class="author">`+p.w("by")+" "+p.w("byline")+`</p><span class="post-date">`+p.w("published")+`: `+p.w("date")+`</span>`,
		`<div class="info"><span class="author">`+p.w("byline")+`</span> | <span class="date">`+p.w("date")+`</span></div>`)
}

// systemTemplates are the publishing systems that most outlets use.
var systemTemplates = []template{
	{name: "WordPress block theme", page: func(p *press) string {
		return p.doc(p.openGraph(), p.cookie()+`<div id="page" class="site">`+p.nav()+`<div id="content" class="site-content"><main id="main"><article id="post-12345" class="post-12345 post type-post status-publish format-standard has-post-thumbnail hentry category-news tag-water">
<header class="entry-header"><h1 class="entry-title">`+p.w("title")+`</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="`+moment+`">`+p.w("date")+`</time></span><span class="byline"> `+p.w("by")+` <span class="author vcard"><a class="url fn n" href="/author/a">`+p.w("byline")+`</a></span></span></div></header>
<div class="entry-content">`+p.figure()+p.all(p.asP(p.ad, p.also))+`<div class="sharedaddy sd-sharing-enabled">`+p.share()+`</div>`+p.related()+`</div><footer class="entry-footer">`+p.tags()+`</footer></article>`+
			`<nav class="navigation post-navigation"><a href="/news/1">`+p.list("headlines")[0]+`</a></nav>`+p.comments()+`</main></div>`+p.sidebar()+p.footer()+`</div>`)
	}},
	{name: "WordPress magazine theme", page: func(p *press) string {
		return p.doc(p.bare(" - "), `<div class="td-header-wrap">`+p.nav()+`</div><article id="post-12345" class="td-post-template-1 post hentry" itemscope itemtype="https://schema.org/Article"><div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/c/1">`+p.list("sections")[0]+`</a></li></ul>
<h1 class="entry-title">`+p.w("title")+`</h1><div class="td-module-meta-info"><div class="td-post-author-name">`+p.w("by")+` <a href="/author/a">`+p.w("byline")+`</a></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="`+moment+`">`+p.w("date")+`</time></span><div class="td-post-views"><span>1024</span></div></div></div>`+p.share()+`
<div class="td-post-content">`+p.figure()+p.all(p.asP(p.ad, p.ad, p.also))+`</div><footer>`+p.tags()+`<div class="author-box-wrap"><a href="/author/a">`+p.w("byline")+`</a><div class="td-author-description">`+p.w("bio")+`</div></div>
<span style="display: none;" itemprop="author" itemscope itemtype="https://schema.org/Person"><meta itemprop="name" content="`+p.w("byline")+`"></span><meta itemprop="datePublished" content="`+moment+`"></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4>`+p.w("related")+`</h4>`+p.cards("div")+`</div>`+p.sidebar()+p.footer())
	}},
	{name: "Elementor", page: func(p *press) string {
		box := func(kind, in string) string {
			return `<div class="elementor-element elementor-widget elementor-widget-` + kind + `"><div class="elementor-widget-container">` + in + `</div></div>`
		}
		return p.doc(p.openGraph(), `<div class="elementor elementor-location-header">`+p.nav()+`</div><div class="elementor elementor-location-single"><section class="elementor-section"><div class="elementor-container"><div class="elementor-column">`+
			box("theme-post-title", `<h1 class="elementor-heading-title">`+p.w("title")+`</h1>`)+box("post-info", `<ul class="elementor-icon-list-items"><li><span class="elementor-post-info__item--type-date">`+p.w("date")+`</span></li></ul>`)+
			box("theme-post-content", p.figure()+p.all(p.asP(p.also, p.newsletter)))+box("share-buttons", p.share())+box("post-navigation", `<a href="/news/1">`+p.list("headlines")[0]+`</a>`)+`</div><div class="elementor-column">`+
			box("posts", p.cards("article"))+`</div></div></section></div><div class="elementor elementor-location-footer">`+p.footer()+`</div>`)
	}},
	{name: "Drupal", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div class="dialog-off-canvas-main-canvas"><div class="layout-container"><header role="banner">`+p.nav()+`</header><main role="main"><div class="layout-content"><div class="region region-content"><article role="article" class="node node--type-article node--view-mode-full"><h1 class="page-title"><span class="field field--name-title">`+p.w("title")+`</span></h1>
<div class="node__submitted"><span class="field field--name-uid">`+p.w("byline")+`</span><span class="field field--name-created">`+p.w("date")+`</span></div><div class="node__content"><div class="field field--name-field-image"><img src="/i.jpg" alt=""></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">`+p.all(p.asP(p.also, p.ad))+`</div><div class="field field--name-field-tags"><div class="field__label">`+p.w("tags")+`</div><div class="field__items"><a href="/t/1">`+p.list("tag")[0]+`</a></div></div></div></article></div></div>
<aside class="layout-sidebar-second"><div class="block block-views"><h2>`+p.w("mostread")+`</h2><ul>`+p.links("headlines")+`</ul></div></aside></main>`+p.footer()+`</div></div>`)
	}},
	{name: "Joomla with K2", day: true, page: func(p *press) string {
		return p.doc(p.bare(" - "), `<div id="wrap">`+p.nav()+`<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">`+p.w("date")+`</span><h2 class="itemTitle">`+p.w("title")+`</h2><span class="itemAuthor author">`+p.w("by")+` <a rel="author" href="/a">`+p.w("byline")+`</a></span></div>
<div class="itemToolbar"><ul><li><a href="#">A+</a></li><li><a href="/print">`+p.w("share")+`</a></li></ul></div><div class="itemBody"><div class="itemImageBlock"><img src="/i.jpg"></div><div class="itemFullText">`+p.all(p.asP(p.ad))+`</div></div>
<div class="itemLinks">`+p.tags()+`</div><div class="itemRelated"><h3>`+p.w("related")+`</h3><ul>`+p.links("headlines")+`</ul></div></div>`+p.sidebar()+p.footer()+`</div>`)
	}},
	{name: "Blogger", page: func(p *press) string {
		return p.doc(p.bare(": ")+p.linkedData(""), `<div class="content"><header>`+p.nav()+`</header><div class="main-outer"><div class="blog-posts hfeed"><div class="post-outer"><div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title" itemprop="name">`+p.w("title")+`</h3>
<div class="post-body entry-content" id="post-body-99" itemprop="description articleBody"><div class="separator" style="clear: both; text-align: center;"><a href="https://1.bp.example/a.jpg"><img src="https://1.bp.example/a.jpg"></a></div><div dir="`+p.words["dir"]+`" style="text-align: right;" trbidi="on">`+
			p.all(how{"", "<br /><br />\n", "b", nil})+`</div><div style="clear: both;"></div></div><div class="post-footer"><div class="post-footer-line"><span class="post-author vcard">`+p.w("by")+` <span class="fn"><a rel="author" href="/p">`+p.w("byline")+`</a></span></span><span class="post-timestamp"><abbr class="published" title="`+moment+`">11:00</abbr></span></div><div class="post-share-buttons">`+p.share()+`</div></div></div></div></div></div>
<div class="sidebar section"><div class="widget PopularPosts"><h2>`+p.w("mostread")+`</h2><ul>`+p.links("headlines")+`</ul></div><div class="widget BlogArchive"><ul><li><a href="/2026">2026 (120)</a></li></ul></div></div></div>`)
	}},
	{name: "Ghost", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(""), `<div class="gh-viewport"><header id="gh-navigation">`+p.nav()+`</header><main class="gh-main"><article class="gh-article post"><header class="gh-article-header gh-canvas"><a class="gh-article-tag" href="/t/1">`+p.list("tag")[0]+`</a><h1 class="gh-article-title is-title">`+p.w("title")+`</h1>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/a">`+p.w("byline")+`</a></h4><time class="gh-article-meta-date" datetime="2026-11-22">`+p.w("date")+`</time><span class="gh-article-meta-length"> — 3 min read</span></div></header><section class="gh-content gh-canvas is-body">`+p.all(p.asP(p.newsletter))+`
<div class="kg-card kg-signup-card"><p>`+p.w("newsletter")+`</p></div></section></article><section class="gh-container"><h2>`+p.w("mostread")+`</h2><div class="gh-feed">`+p.cards("article")+`</div></section></main>`+p.footer()+`</div>`)
	}},
	{name: "Substack", page: func(p *press) string {
		widget := func() string {
			return `<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">` + p.w("newsletter") + `</p></div><form class="subscription-widget-subscribe"><input type="email"><button>OK</button></form></div></div>`
		}
		return p.doc(p.openGraph()+p.linkedData(""), `<div id="main">`+p.nav()+`<div class="single-post-container"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">`+p.w("title")+`</h1><div class="byline-wrapper"><a href="/@a">`+p.w("byline")+`</a> <div class="pencraft meta">`+p.w("date")+`</div></div><div class="post-ufi"><a class="like-count">41</a><a>12</a><a>`+p.w("share")+`</a></div></div>
<div><div class="available-content"><div dir="auto" class="body markup">`+p.all(p.asP(widget))+`<p class="button-wrapper"><a class="button primary" href="/share"><span>`+p.w("share")+`</span></a></p></div></div></div></article>`+p.comments()+`</div></div>`)
	}},
	{name: "Medium", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="root"><div class="a b c"><nav><a href="/">`+p.w("site")+`</a></nav><article><div class="l"><section><div><div class="gt gu gv"><h1 id="ab12" class="pw-post-title gw gx bf">`+p.w("title")+`</h1><div class="speechify-ignore ab"><a href="/@a" rel="noopener follow">`+p.w("byline")+`</a><span>·</span><span>4 min read</span><span>·</span><span>`+p.w("date")+`</span></div>
`+strings.ReplaceAll(p.all(p.asP()), "<p>", `<p class="pw-post-body-paragraph nm nn bf">`)+`</div></div></section></div></article><div class="footer"><div class="tags-list"><a href="/tag/a">`+p.list("tag")[0]+`</a></div><h2>`+p.w("mostread")+`</h2>`+p.cards("div")+`</div></div></div>`)
	}},
	{name: "Arc", page: func(p *press) string {
		return p.doc(p.openGraph(), `<div id="fusion-app" class="fusion-app">`+p.nav()+`<main class="b-right-rail"><div class="b-headline"><h1 class="c-heading">`+p.w("title")+`</h1></div><div class="b-byline"><span class="b-byline__by">`+p.w("by")+`</span> <span class="b-byline__names"><a href="/a">`+p.w("byline")+`</a></span></div><time class="c-date b-date" datetime="`+moment+`">`+p.w("date")+`</time>`+p.share()+`
<article class="b-article-body">`+strings.ReplaceAll(p.all(p.asP(p.ad, func() string {
			return `<p class="interstitial-link block-margin-bottom"><a href="/news/5">` + p.list("headlines")[0] + `</a></p>`
		})), "<p>", `<p class="c-paragraph">`)+`</article></main><aside class="b-right-rail__rail-container">`+p.cards("div")+`</aside>`+p.footer()+`</div>`)
	}},
	{name: "AMP", page: func(p *press) string {
		page := p.doc(p.openGraph()+p.linkedData("")+`<style amp-custom>p{}</style>`, `<header><a href="/">`+p.w("site")+`</a></header><amp-sidebar id="s" layout="nodisplay"><ul>`+p.links("sections")+`</ul></amp-sidebar><amp-consent id="c" layout="nodisplay"><div id="ui"><p>`+p.w("cookie")+`</p></div></amp-consent>
<main><article><h1>`+p.w("title")+`</h1><amp-img src="/h.jpg" width="16" height="9"></amp-img><div class="article-content">`+p.all(p.asP(func() string { return `<amp-ad width="300" height="250" type="x"></amp-ad>` }, p.also))+`</div><amp-social-share type="twitter"></amp-social-share></article><amp-list><template type="amp-mustache"><h3>{{title}}</h3></template></amp-list>`+p.related()+`</main>`+p.footer())
		return strings.Replace(page, "<html ", "<html amp ", 1)
	}},
	{name: "ASP.NET form", day: true, page: func(p *press) string {
		return p.doc(p.bare(" | "), `<form method="post" action="./n.aspx?id=5" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="`+strings.Repeat("wEPDwUK", 200)+`"><div id="ctl00_top">`+p.nav()+`</div><div id="ctl00_ContentPlaceHolder1_pnl"><span id="ctl00_ContentPlaceHolder1_lblTitle" class="newsTitle">`+p.w("title")+`</span><br>
<span id="ctl00_ContentPlaceHolder1_lblDate" class="date">`+p.w("date")+`</span><span class="author">`+p.w("byline")+`</span><div id="ctl00_ContentPlaceHolder1_lblDetails" style="text-align:justify">`+p.all(how{"", "<br/><br/>", "b", nil})+`</div></div><div id="ctl00_left"><h3>`+p.w("mostread")+`</h3><ul>`+p.links("headlines")+`</ul></div>`+p.footer()+`</form>`)
	}},
	{name: "microdata with furniture inside of the body", page: func(p *press) string {
		return p.doc(p.bare(" :: "), p.nav()+`<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">`+p.w("title")+`</h1><span itemprop="author" itemscope itemtype="http://schema.org/Person">`+p.w("by")+` <span itemprop="name">`+p.w("byline")+`</span></span><time itemprop="datePublished" datetime="`+moment+`">`+p.w("date")+`</time><time itemprop="dateModified" datetime="2026-11-23T10:00:00+03:00">`+html.EscapeString("23")+`</time>
<div itemprop="articleBody" class="txt">`+p.figure()+p.all(p.asP(p.ad, p.also, p.newsletter, p.related))+p.share()+p.tags()+p.bio()+`</div></div>`+p.comments()+p.sidebar()+p.footer())
	}},
}
