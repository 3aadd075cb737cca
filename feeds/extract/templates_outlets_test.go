package extract

import "strings"

// outletTemplates are the habits of single outlets: names of classes that a
// build makes, paragraphs in div, headlines outside of the article.
var outletTemplates = []template{
	{name: "hashed classes and one box for each paragraph", page: func(p *press) string {
		body := p.all(how{`<div data-component="text-block" class="ssrcss-uf6wea-RichTextComponentWrapper"><div class="ssrcss-7uxr49-RichTextContainer"><p class="ssrcss-1q0x1qg-Paragraph">`, "</p></div></div>", "h2", nil})
		return p.doc(p.openGraph(), p.nav()+`<main id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper"><div data-component="headline-block"><h1 id="main-heading" class="ssrcss-15xko80-StyledHeading">`+p.w("title")+`</h1></div><div data-component="byline-block"><span>`+p.w("byline")+`</span></div><figure><img src="/1.jpg"><figcaption>`+p.w("caption")+`</figcaption></figure>`+body+
			`<div data-component="tag-list-block"><h2>`+p.w("tags")+`</h2><ul><li><a href="/t">`+p.list("tag")[0]+`</a></li></ul></div></article><section data-component="links-block"><h2>`+p.w("related")+`</h2><ul>`+p.links("headlines")+`</ul></section></main>`+p.footer())
	}},
	{name: "paragraphs are div", page: func(p *press) string {
		body := p.all(how{`<div class="article-body__element__2p5pI"><div data-testid="paragraph-0" class="text__text__1FZLe">`, "</div></div>", "h2", []func() string{p.ad}})
		return p.doc(p.openGraph()+p.linkedData(""), p.nav()+`<main><article data-testid="Article"><header><h1 data-testid="Heading">`+p.w("title")+`</h1><div class="info-content__author-date"><div>`+p.w("by")+` <a rel="author" href="/a">`+p.w("byline")+`</a></div><time datetime="`+moment+`"><span>`+p.w("date")+`</span><span>8:15 AM</span></time></div></header><div class="article-body__wrapper__3IxHM"><div class="article-body__content__17Yit">`+body+`</div></div></article></main>`+p.sidebar()+p.footer())
	}},
	{name: "an editor's blocks and spans", page: func(p *press) string {
		body := p.all(how{`<div class="public-DraftStyleDefault-block" data-offset-key="1-0-0"><span data-offset-key="1-0-0"><span data-text="true">`, `</span></span></div>`, "b", []func() string{p.also}})
		return p.doc(p.openGraph(), p.nav()+`<div class="layoutContainer"><div class="ArticleHeaderComponent"><h1 class="mainTitle">`+p.w("title")+`</h1><div class="authoranddate"><div class="authors">`+p.w("byline")+`</div><span class="DateDisplay">`+p.w("date")+`</span></div></div><div id="ArticleBodyComponent"><div class="text_editor_paragraph rtl">`+body+`</div></div></div><div class="relatedArticles">`+p.cards("div")+`</div>`+p.footer())
	}},
	{name: "a list of more in the middle of the text", page: func(p *press) string {
		more := func() string {
			return `<div class="more-on"><h2 class="more-on__heading">` + p.w("also") + `</h2><ul class="more-on__list"><li>list 1 of 3<a class="more-on__link" href="/news/1"><span>` + p.list("headlines")[0] + `</span></a></li><li>list 2 of 3<a href="/news/2"><span>` + p.list("headlines")[1] + `</span></a></li></ul><span class="screen-reader-text">end of list</span></div>`
		}
		return p.doc(p.openGraph()+p.linkedData(""), p.nav()+`<main id="main-content-area"><header class="article-header"><h1>`+p.w("title")+`</h1></header><div class="article-info-block"><div class="article-b-l"><div class="article-author-name">`+p.w("by")+` <a class="author-link" href="/a">`+p.w("byline")+`</a></div><div class="article-dates"><span class="screen-reader-text">`+p.w("published")+`</span><span aria-hidden="true">`+p.w("date")+`</span></div></div>`+p.share()+`</div>
<div class="wysiwyg wysiwyg--all-content" aria-live="polite">`+p.all(p.asP(more, p.ad))+`</div><div class="article__source"><span>`+p.w("site")+`</span></div></main>`+p.sidebar()+p.footer())
	}},
	{name: "modules within the rich text", page: func(p *press) string {
		module := func() string {
			return `<div class="HTMLModuleEnhancement"><a href="/news/9">` + p.list("headlines")[0] + `</a></div>`
		}
		return p.doc(p.openGraph(), p.nav()+`<main class="Page-main"><bsp-story-page><div class="Page-content"><h1 class="Page-headline">`+p.w("title")+`</h1><bsp-figure class="Figure"><img src="/1.jpg"><figcaption>`+p.w("caption")+`</figcaption></bsp-figure><div class="Page-byline"><span class="Page-authors">`+p.w("by")+` <a href="/a">`+p.w("byline")+`</a></span><bsp-timestamp>`+p.w("date")+`</bsp-timestamp></div>
<div class="Page-storyBody gtmMainScrollContent"><div class="RichTextStoryBody RichTextBody">`+p.all(p.asP(module, p.ad))+`</div></div><div class="PageList"><h2>`+p.w("related")+`</h2>`+p.cards("div")+`</div></div></bsp-story-page></main>`+p.footer())
	}},
	{name: "classes on each paragraph and related content between", page: func(p *press) string {
		between := func() string {
			return `<div class="related-content related-content--article"><p class="related-content__label">` + p.w("related") + `</p><a href="/news/3"><span class="related-content__headline">` + p.list("headlines")[0] + `</span></a></div>`
		}
		return p.doc(p.openGraph(), p.nav()+`<section class="layout__main"><h1 class="headline__text inline-placeholder" data-editable="headlineText">`+p.w("title")+`</h1><div class="headline__footer"><div class="byline__names">`+p.w("by")+` <span class="byline__name">`+p.w("byline")+`</span></div><div class="timestamp">`+p.w("published")+` `+p.w("date")+`</div></div><article class="article"><main class="article__main"><div class="article__content-container"><div class="article__content" itemprop="articleBody">`+
			strings.ReplaceAll(p.all(p.asP(between, p.ad)), "<p>", `<p class="paragraph inline-placeholder vossi-paragraph-primary-core-light">`)+`</div></div></main></article></section>`+p.sidebar()+p.footer())
	}},
	{name: "Iranian agency", page: func(p *press) string {
		return p.doc(p.openGraph(), `<header id="masthead">`+p.nav()+`</header><main id="main"><div class="row"><div class="main-content col-xs-12 col-md-8"><article id="item" class="item" itemscope itemtype="http://schema.org/NewsArticle"><div class="item-nav row"><div class="col-6 item-date"><span>`+p.w("date")+`</span></div><div class="col-6 item-code"><span>کد خبر: <span>85300999</span></span></div></div>
<div class="item-header"><h3 class="rutitr"></h3><div class="item-title"><h1 class="title" itemprop="headline"><a href="/news/12345" itemprop="url">`+p.w("title")+`</a></h1></div></div><div class="item-body"><div class="item-text" itemprop="articleBody">`+p.figure()+p.all(p.asP(p.also))+`</div></div><div class="item-footer"><section class="box tags"><header><h2>`+p.w("tags")+`</h2></header><ul><li><a rel="Index, Tag" href="/t">`+p.list("tag")[0]+`</a></li></ul></section>
<section class="box related-items"><ul>`+p.links("headlines")+`</ul></section><section class="box comments"><h2>`+p.w("comments")+`</h2><ul class="comment-list"><li><p>`+p.list("remarks")[0]+`</p></li></ul><form><textarea></textarea></form></section></div></article></div><div class="col-md-4 sidebar">`+p.cards("li")+`</div></div></main>`+p.footer())
	}},
	{name: "agency with a lead and a story", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<section class="container page"><article class="single-news"><ul class="list-inline"><li><a href="/s">`+p.list("sections")[0]+`</a></li><li class="time">`+p.w("date")+`</li></ul><h1 class="title">`+p.w("title")+`</h1><img class="img-responsive" src="/1.jpg"><h3 class="lead">`+p.body[0].text+`</h3><div class="story">`+p.write(p.asP(p.ad), 1, len(p.body))+`</div>`+p.share()+`</article></section><section class="box-news"><h2>`+p.w("related")+`</h2>`+p.cards("article")+`</section>`+p.footer())
	}},
	{name: "Turkish portal", page: func(p *press) string {
		return p.doc(p.openGraph()+p.linkedData(""), p.nav()+`<div class="news-detail-container"><section class="breadcrumb"><a href="/">`+p.w("home")+`</a> <a href="/s">`+p.list("sections")[0]+`</a></section><header><h1 class="news-detail-title">`+p.w("title")+`</h1></header><div class="news-date"><time datetime="`+moment+`">`+p.w("published")+`: `+p.w("date")+` 08:15</time></div><div class="news-source"><span>`+p.w("byline")+`</span></div>
<div class="news-content readingTime">`+p.all(p.asP(p.ad, p.ad, p.also))+`</div><div class="news-tags"><span>`+p.w("tags")+`:</span><a href="/t1">`+p.list("tag")[0]+`</a><a href="/t2">`+p.list("tag")[1]+`</a></div><div class="google-news-btn"><a href="https://news.google.com/x">Google News</a></div></div><div class="other-news">`+p.cards("div")+`</div>`+p.comments()+p.footer())
	}},
	{name: "a hero above and outside of the article", page: func(p *press) string {
		return p.doc(p.openGraph(), p.nav()+`<div class="hero"><div class="hero__inner"><span class="kicker"><a href="/s">`+p.list("sections")[0]+`</a></span><h1>`+p.w("title")+`</h1>`+p.signed()+`</div></div><div class="grid"><div class="grid__main"><div class="prose">`+p.figure()+p.all(p.asP(p.newsletter, p.also))+`</div>`+p.share()+p.bio()+p.tags()+`</div><div class="grid__side">`+p.sidebar()+`</div></div>`+p.cookie()+p.footer())
	}},
	{name: "a pull quote that repeats a sentence", page: func(p *press) string {
		quote := func() string {
			return `<aside class="pullquote"><p>` + p.body[2].text + `</p></aside>`
		}
		return p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+`<div class="body-copy">`+p.all(p.asP(quote))+`</div></article>`+p.sidebar()+p.footer())
	}},
	{name: "custom elements", page: func(p *press) string {
		return p.doc(p.openGraph(), `<x-header>`+p.nav()+`</x-header><x-story><x-headline>`+p.h1()+`</x-headline><x-body>`+p.all(p.asP(p.ad))+`</x-body><x-share>`+p.share()+`</x-share></x-story><x-rail>`+p.cards("x-card")+`</x-rail>`+p.footer())
	}},
}
