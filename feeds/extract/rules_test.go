package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The pages of these tests are ours. story gives paragraphs of an article in a
// language, each of which ends in its number.
func story(lang string, n int) string {
	sentence := map[string]string{
		"en": "The ministry said on Sunday that the pumping station north of the city would be repaired before the winter, and that two engineers had been sent there to see what it needs. Part",
		"ar": "قالت الوزارة يوم الأحد إن محطة الضخ شمال المدينة سيتم إصلاحها قبل حلول فصل الشتاء، وإن مهندسين اثنين أرسلا إلى هناك لمعرفة ما تحتاج إليه. الجزء",
		"fa": "وزارت نیرو روز یکشنبه اعلام کرد که ایستگاه پمپاژ در شمال شهر پیش از زمستان تعمیر می\u200cشود و دو مهندس برای بررسی نیازها به آنجا فرستاده شده\u200cاند. بخش",
		"he": "המשרד הודיע ביום ראשון כי תחנת השאיבה שמצפון לעיר תתוקן לפני החורף, וכי שני מהנדסים נשלחו לשם כדי לבדוק מה היא צריכה. חלק",
		"tr": "Bakanlık pazar günü yaptığı açıklamada, şehrin kuzeyindeki pompa istasyonunun kıştan önce onarılacağını ve ihtiyaçları görmek için oraya iki mühendis gönderildiğini söyledi. Bölüm",
	}[lang]
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p>%s %d.</p>\n", sentence, i+1)
	}
	return b.String()
}

// cards are boxes that lead to other articles.
func cards(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<div class=item><a href=/e%d><img src=/e.jpg></a><h4><a href=/e%d>Grain harvest falls again in province %d</a></h4>"+
			"<p>Farmers in the province say that the harvest of this year is lower than that of the year before, excerpt %d.</p></div>", i, i, i, i)
	}
	return b.String()
}

// site is a page with a navigation, a footer and body between them.
func site(attributes, head, body string) string {
	return "<!doctype html><html " + attributes + "><head><meta charset=utf-8>" + head + "</head><body><nav><ul><li><a href=/a>Politics</a><li><a href=/b>Economy</a></ul></nav>" +
		body + "<footer><p>About the Herald. Contact. Imprint.</p></footer></body></html>"
}

func extracted(t *testing.T, page string, h Hint) *Result {
	t.Helper()
	h.Now = clock
	r, err := Extract([]byte(page), h)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBodies(t *testing.T) {
	for _, test := range []struct {
		name, page string
		with       []string
		without    []string
	}{
		{
			"a box of related articles within the text, by its class",
			site("lang=en", "", "<article>"+story("en", 3)+"<div class='article__relatedStories'><h3>Elsewhere</h3><p>Another report about grain.</p></div>"+story("en", 3)+"</article>"),
			[]string{"Part 3"}, []string{"grain", "Elsewhere", "Politics", "Imprint"},
		},
		{
			"a pointer to another article in the text, by its words: English",
			site("lang=en", "", "<article>"+story("en", 3)+"<p><strong>Read more:</strong> <a href=/x>Grain prices fall</a></p>"+story("en", 2)+"</article>"),
			[]string{"Part 3"}, []string{"Grain", "Read more"},
		},
		{
			"Arabic",
			site("lang=ar dir=rtl", "", "<article>"+story("ar", 3)+"<p>اقرأ أيضاً: <a href=/x>أسعار القمح تنخفض</a></p>"+story("ar", 2)+"</article>"),
			[]string{"الجزء 3"}, []string{"القمح"},
		},
		{
			"Persian",
			site("lang=fa", "", "<article>"+story("fa", 3)+"<p><b>بیشتر بخوانید:</b></p><ul><li><a href=/x>کاهش قیمت گندم</a><li><a href=/y>گندم تازه</a></ul>"+story("fa", 2)+"</article>"),
			[]string{"بخش 3"}, []string{"گندم", "بخوانید"},
		},
		{
			"Hebrew",
			site("lang=he", "", "<article>"+story("he", 3)+"<p>קראו גם: <a href=/x>מחירי החיטה ירדו</a></p>"+story("he", 2)+"</article>"),
			[]string{"חלק 3"}, []string{"החיטה"},
		},
		{
			"Turkish",
			site("lang=tr", "", "<article>"+story("tr", 3)+"<h3>İlgili Haberler</h3><ul><li><a href=/x>Buğday fiyatları düştü</a></ul>"+story("tr", 2)+"</article>"),
			[]string{"Bölüm 3"}, []string{"Buğday", "İlgili"},
		},
		{
			"a sentence of the article that begins like a pointer stays",
			site("lang=en", "", "<article>"+story("en", 2)+"<p>Related industries have grown as well, a report of the chamber of commerce says.</p>"+story("en", 2)+"</article>"),
			[]string{"Related industries"}, nil,
		},
		{
			"a list of links that a sentence introduces stays",
			site("lang=en", "", "<article>"+story("en", 2)+"<p>The ministry named three villages:</p><ul><li><a href=/1>Upper Ford</a><li><a href=/2>Lower Ford</a></ul></article>"),
			[]string{"Upper Ford"}, nil,
		},
		{
			"headings whose ids are what they say",
			site("lang=en", "", "<article>"+story("en", 2)+"<h2 id=the-comments-of-the-minister-on-water>The minister's comments</h2>"+story("tr", 2)+"<h3 id=related>Related risks</h3>"+story("he", 2)+"</article>"),
			[]string{"The minister's comments", "Related risks"}, nil,
		},
		{
			"an article filed under words of furniture",
			site("lang=en", "", "<div><div class='post type-post hentry category-advertising tag-cookies tag-related'>"+story("en", 3)+"</div><div class=archive>"+strings.Repeat("<p><a href=/x>The archive of the paper says something here too, and leads to it.</a></p>", 30)+"</div></div>"),
			[]string{"Part 3"}, nil,
		},
		{
			"a list of links to other sites is the author's, one of the own site is not",
			site("lang=en", "", "<article>"+story("en", 3)+"<ul><li><a href='https://one.example/'>The first lecture</a><li><a href='https://two.example/'>The second lecture</a></ul>"+
				story("tr", 2)+"<ul><li><a href=/3>Grain prices fall</a><li><a href='https://www.herald.example/4'>Grain prices rise</a></ul><ul><li><a href='https://facebook.com/herald'>Our page</a></ul>"+story("he", 2)+"</article>"),
			[]string{"The first lecture", "The second lecture"}, []string{"Grain", "Our page"},
		},
		{
			"an appeal to subscribe",
			site("lang=en", "", "<article>"+story("en", 2)+"<p><em>Sign up for our <a href=/n>morning letter</a>.</em></p>"+story("en", 2)+"<p>Follow us on <a href=/t>Telegram</a></p></article>"),
			[]string{"Part 2"}, []string{"morning letter", "Telegram"},
		},
		{
			"labels of advertising and sharing",
			site("lang=tr", "", "<article>"+story("tr", 2)+"<div>REKLAM</div>"+story("tr", 2)+"<p>Paylaş</p></article>"),
			[]string{"Bölüm 2"}, []string{"REKLAM", "Paylaş"},
		},
		{
			"the headline, byline and date above the text",
			site("lang=en", "<meta property=og:title content='Station to be repaired'><meta name=author content='Anna Karim'><meta property=article:published_time content=2026-11-22T05:00:00Z>",
				"<article><h1>Station to be repaired</h1><p>By Anna Karim</p><p>22 November 2026</p>"+story("en", 4)+"</article>"),
			[]string{"Part 4"}, []string{"Station to be repaired", "Anna", "November"},
		},
		{
			"lines above and below the text that sign and file it",
			site("lang=en", "<title>Another title altogether</title>", "<article><h1>Station to be repaired</h1><p>By Omar Said in Mosul</p><p>Updated 3:15 pm</p><p>4 min read</p>"+story("en", 4)+"<p>Tags: water, station</p></article>"),
			[]string{"Part 1", "Part 4"}, []string{"Omar", "3:15", "min read", "Tags", "repaired\n\n"},
		},
		{
			"a credit goes, a caption that is a sentence stays",
			site("lang=en", "", "<article>"+story("en", 2)+"<figure><img src=/1.jpg><figcaption>Two engineers look at the old station north of the city</figcaption></figure><figure><img src=/2.jpg><figcaption>Photo: Agency</figcaption></figure>"+story("en", 2)+"</article>"),
			[]string{"Two engineers look"}, []string{"Agency"},
		},
		{
			"lines by br in place of paragraphs",
			site("lang=ar", "", "<table><tr><td><a href=/1>أخبار</a></td><td><div>"+strings.NewReplacer("<p>", "", "</p>", "<br><br>").Replace(story("ar", 5))+"</div></td></tr></table>"),
			[]string{"الجزء 1", "الجزء 5"}, []string{"أخبار"},
		},
		{
			"paragraphs and captions that are not in the text of JSON-LD",
			site("lang=en", `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"`+
				strings.NewReplacer("<p>", "", "</p>", " ", "\n", "").Replace(story("en", 6))+`"}</script>`,
				"<article>"+story("en", 3)+"<h2>A middle heading</h2><p>Our readers have asked for a map of the stations, and here it is for everyone to print out.</p>"+
					"<figure><img src=/1.jpg><figcaption>Two engineers look at the old station north of the city</figcaption></figure>"+story("en", 6)+"</article>"),
			[]string{"Part 6", "middle heading"}, []string{"map of", "look at the old"},
		},
		{
			"a picture's credit in a paragraph of its own",
			site("lang=en", "", "<article>"+story("en", 3)+"<p>Omar Said/AFP/Getty Images</p><p>Reuters/AFP both reported the order to shut the gates of the upper dam.</p>"+story("en", 3)+"</article>"),
			[]string{"both reported"}, []string{"Omar"},
		},
		{
			"a short article beside a long row of cards",
			site("lang=en", "", "<div id=wrap><div id=left><h1>Station repaired</h1>"+story("en", 2)+"</div><div id=right>"+cards(15)+"</div></div>"),
			[]string{"Part 2"}, []string{"excerpt"},
		},
		{
			"cards below the text in the same box",
			site("lang=en", "", "<div id=wrap><h1>Station repaired</h1>"+story("en", 5)+"<h3>News</h3>"+cards(6)+"</div>"),
			[]string{"Part 5"}, []string{"excerpt", "News"},
		},
		{
			"entries of a live blog, which link to themselves",
			site("lang=en", "", "<div id=live><h1>The day as it happened</h1>"+strings.Repeat("<div class=entry><h3><a href='/2026/11/22/station?entry=1#e'>The pumps run again</a></h3><p>The pumps were started at noon and the water is back in the first streets, the mayor writes.</p></div>", 12)+"</div>"),
			[]string{"The pumps run again", "the mayor writes"}, nil,
		},
		{
			"a list of things that link elsewhere is an article",
			site("lang=en", "", "<article><h1>Five rivers to see</h1><p>These are the rivers that our readers like best, in the order of their votes, and what they say of them.</p>"+
				strings.Repeat("<div class=item><h3><a href='https://rivers.example/a'>The upper Zab</a></h3><p>It is cold in May, and the bridge below the mill is where everybody goes to jump into it in August.</p></div>", 5)+"</article>"),
			[]string{"The upper Zab", "It is cold in May"}, nil,
		},
		{
			"a discussion behind the article that is longer than it",
			site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 4)+"</article><section class=talk>"+
				strings.Repeat("<div class=c><b>Somebody</b><p>I do not believe a word of that, the station was never in use, and remark after remark says the same.</p></div>", 20)+"</section>"),
			[]string{"Part 4"}, []string{"Somebody", "remark"},
		},
		{
			"an article in two parts around an advertisement",
			site("lang=en", "", "<article><h1>Station repaired</h1><div class=article-body>"+story("en", 3)+"</div><div class=ad-slot>Buy</div><div class=article-body>"+
				strings.ReplaceAll(story("en", 3), "Part", "Chapter")+"</div></article>"),
			[]string{"Part 1", "Chapter 3"}, []string{"Buy"},
		},
		{
			"short lines of the article stay",
			site("lang=en", "", "<article><h1>Station repaired</h1>"+story("en", 2)+"<blockquote><p>“We will do it.”</p></blockquote><h2>What next</h2><p>No.</p><p>Yes, he said.</p>"+story("en", 2)+"<p>Short end.</p></article>"),
			[]string{"“We will do it.”", "What next", "No.", "Yes, he said.", "Short end."}, nil,
		},
		{
			"a page that a script puts together",
			site("lang=en", `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"H","articleBody":"`+
				strings.NewReplacer("<p>", "", "</p>", `\n`, "\n", "").Replace(story("en", 5))+`"}</script>`, "<div id=app></div>"),
			[]string{"Part 1", "Part 5"}, nil,
		},
		{
			"several articles in one page",
			site("lang=en", "<meta property=og:title content='Second headline'>", "<article><h1>First headline</h1>"+story("en", 6)+"</article><article><h1>Second headline</h1>"+
				strings.ReplaceAll(story("en", 6), "Part", "Chapter")+"</article>"),
			[]string{"Chapter 6"}, []string{"Part"},
		},
		{
			"what is hidden",
			site("lang=en", "", "<article>"+story("en", 3)+"<p style='display:none'>Buy this now</p><p hidden>And that</p></article>"),
			[]string{"Part 3"}, []string{"Buy this", "And that"},
		},
		{
			"a consent box above the article",
			site("lang=en", "", "<div id=cookie-consent><p>We value your privacy. We and our partners store information on a device, such as cookies, and process personal data.</p></div><article>"+story("en", 5)+"</article>"),
			[]string{"Part 5"}, []string{"privacy"},
		},
		{
			"tags, the author's portrait and comments below the text",
			site("lang=en", "", "<article><div class=entry-content>"+story("en", 5)+"<div class='tags-list'><a href=/t>water</a></div><div class=author-bio><p>Anna Karim has written about rivers for ten years, and lives by one of them.</p></div>"+
				"</div></article><div id=comments><p>"+strings.Repeat("I have seen that station and it is beyond repair. ", 5)+"</p></div>"),
			[]string{"Part 5"}, []string{"rivers", "beyond repair"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := extracted(t, test.page, Hint{URL: "https://herald.example/2026/11/22/station"})
			for _, s := range test.with {
				if !strings.Contains(r.Text, s) {
					t.Errorf("%q is missing in\n%s", s, r.Text)
				}
			}
			for _, s := range test.without {
				if strings.Contains(r.Text, s) {
					t.Errorf("%q stays in\n%s", s, r.Text)
				}
			}
			if r.Kind != Article {
				t.Errorf("kind %s", r.Kind)
			}
		})
	}
}

func TestHeads(t *testing.T) {
	for _, test := range []struct {
		name, head, body string
		lang             string
		want             Result // Title, Byline, Dir, Lang; Published by its date below
		published        string
	}{
		{"JSON-LD", `<title>Station | The Herald</title><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"The Herald"},{"@type":"ReportageNewsArticle","headline":"Station &amp; city","author":[{"@type":"Person","name":"Anna Karim"},{"name":"Omar Said"}],"datePublished":"2026-11-22T08:00:00+03:00"}]}</script>`,
			"", "en", Result{Title: "Station & city", Byline: "Anna Karim, Omar Said", Dir: "ltr", Lang: "en"}, "2026-11-22T05:00:00Z"},
		{"broken JSON-LD", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Two\nlines\"};</script>", "", "en", Result{Title: "Two lines", Dir: "ltr", Lang: "en"}, ""},
		{"OpenGraph with the outlet's name", `<meta property="og:site_name" content="The Herald"><meta property="og:title" content="Station repaired - The Herald"><meta property="article:published_time" content="2026-11-22T08:00:00+03:00"><meta name=author content="By Anna Karim">`,
			"", "en", Result{Title: "Station repaired", Byline: "Anna Karim", Dir: "ltr", Lang: "en"}, "2026-11-22T05:00:00Z"},
		{"h1 and title", "<title>Station repaired before winter » News » Herald</title>", "<h1>Station repaired before winter</h1>", "en", Result{Title: "Station repaired before winter", Dir: "ltr", Lang: "en"}, ""},
		{"Arabic, marked in the body", "<title>إصلاح محطة الضخ شمال المدينة | الصحيفة</title>",
			"<article><h1>إصلاح محطة الضخ شمال المدينة</h1><span class=byline>بقلم: آنا كريم</span><span class=date>٢٢ تشرين الثاني ٢٠٢٦</span>", "ar",
			Result{Title: "إصلاح محطة الضخ شمال المدينة", Byline: "آنا كريم", Dir: "rtl", Lang: "ar"}, "2026-11-22T00:00:00Z"},
		{"Persian calendar", "<title>تعمیر ایستگاه پمپاژ</title>", "<div class='news-date'>یکشنبه ۱ آذر ۱۴۰۵</div>", "fa", Result{Title: "تعمیر ایستگاه پمپاژ", Dir: "rtl", Lang: "fa"}, "2026-11-22T00:00:00Z"},
		{"Hebrew microdata", "<title>x</title>", "<h1 itemprop=headline>תחנת השאיבה תתוקן</h1><span itemprop=author><span itemprop=name>אנה כרים</span></span><time itemprop=datePublished datetime=2026-11-22T07:00:00+02:00></time>", "he",
			Result{Title: "תחנת השאיבה תתוקן", Byline: "אנה כרים", Dir: "rtl", Lang: "he"}, "2026-11-22T05:00:00Z"},
		{"a date close behind the headline", "<title>x</title>", "<h1>Station repaired before winter</h1><div>Anna <span>22.11.2026 - 10:30</span></div>", "en",
			Result{Title: "Station repaired before winter", Dir: "ltr", Lang: "en"}, "2026-11-22T10:30:00Z"},
		{"Turkish time element", "<title>Pompa istasyonu onarılıyor - Gazete</title><meta property=og:site_name content=Gazete>", "<time datetime='2026-11-22 08:00:00+03:00'>22 Kasım</time><a rel=author href=/a>Anna Kerim</a>", "tr",
			Result{Title: "Pompa istasyonu onarılıyor", Byline: "Anna Kerim", Dir: "ltr", Lang: "tr"}, "2026-11-22T05:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := extracted(t, site("lang="+test.lang, test.head, test.body+story(test.lang, 5)), Hint{URL: "https://press.example/a"})
			if r.Title != test.want.Title || r.Byline != test.want.Byline || r.Dir != test.want.Dir || r.Lang != test.want.Lang {
				t.Errorf("title %q, byline %q, dir %s, lang %s", r.Title, r.Byline, r.Dir, r.Lang)
			}
			if got := r.Published; test.published == "" && !got.IsZero() || test.published != "" && got.UTC().Format(time.RFC3339) != test.published {
				t.Errorf("published %v, want %s", got, test.published)
			}
		})
	}
}

func TestHints(t *testing.T) {
	page := site("", "<title>Latest</title><meta property=og:title content='Water is back, and other news'>", "<h1>Station repaired before winter</h1>"+story("en", 5))
	r := extracted(t, page, Hint{URL: "https://press.example/news/2026/11/22/station", Title: "Station repaired  before winter", Lang: "en"})
	if r.Title != "Station repaired before winter" || !r.Published.Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%q of %v", r.Title, r.Published)
	}
	r = extracted(t, "<meta charset=windows-1256><title>t</title><p>\xc7\xe1\xe3\xed\xc7\xe5 \xda\xc7\xcf\xca \xc5\xe1\xec \xc7\xe1\xe3\xcf\xed\xe4\xc9 \xc7\xe1\xed\xe6\xe3 \xc8\xda\xcf \xc7\xe1\xd9\xe5\xd1", Hint{})
	if !strings.Contains(r.Text, "المدينة") || r.Dir != "rtl" {
		t.Errorf("%q, %s", r.Text, r.Dir)
	}
	r = extracted(t, site("lang=en dir=ltr", "", story("fa", 5)), Hint{})
	if r.Lang != "fa" || r.Dir != "rtl" {
		t.Errorf("a template's lang %s and dir %s go before the text", r.Lang, r.Dir)
	}
	if r = extracted(t, site("lang=en-US", "", story("tr", 5)), Hint{}); r.Lang != "tr" {
		t.Errorf("a template's lang %s goes before the text", r.Lang)
	}
}

func TestLinksAreAbsolute(t *testing.T) {
	r := extracted(t, site("", "<base href=/en/>", "<article>"+story("en", 3)+"<p>The <a href=report.html>report of the ministry</a> has the figures for all of the stations. <script>x()</script><img src=/m.png onerror=x()></p></article>"), Hint{URL: "https://press.example/a/b"})
	for _, want := range []string{`href="https://press.example/en/report.html"`, `src="https://press.example/m.png"`} {
		if !strings.Contains(r.HTML, want) {
			t.Errorf("no %s in %s", want, r.HTML)
		}
	}
	if strings.Contains(r.HTML, "x()") {
		t.Error(r.HTML)
	}
}

func TestParagraphs(t *testing.T) {
	r := extracted(t, site("", "", "<article>"+story("en", 2)+"<ul><li>one and one</li><li>two</li></ul><table><tr><th>a<th>b<tr><td>1<td>2</table>"+story("en", 3)+"</article>"), Hint{})
	for _, p := range strings.Split(extracted(t, site("", "", "<div>"+strings.NewReplacer("<p>", "", "</p>", "<br>").Replace(story("ar", 5))+"</div>"), Hint{}).Text, "\n\n") {
		if strings.Count(p, "الجزء") != 1 {
			t.Errorf("%q is no paragraph of one line", p)
		}
	}
	if want := "Part 2.\n\none and one\n\ntwo\n\na\tb\n1\t2\n\nThe ministry"; !strings.Contains(r.Text, want) {
		t.Errorf("no %q in %q", want, r.Text)
	}
}

func TestKinds(t *testing.T) {
	links := strings.Repeat("<article><h2><a href=/x>The council has met again and did not agree on anything at all</a></h2></article>", 30)
	for _, test := range []struct {
		want       Kind
		name, page string
	}{
		{Article, "an article", site("", "", "<article>"+story("en", 5)+"</article>")},
		{Teaser, "JSON-LD says that it is not free", site("", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"h","isAccessibleForFree":"False"}</script>`, "<article>"+story("en", 3)+"</article>")},
		{Teaser, "a wall", site("", "", "<article>"+story("tr", 2)+"<div><p>Okumaya devam etmek için abone olun</p></div></article>")},
		{Article, "a long article that is not free", site("", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"h","isAccessibleForFree":false}</script>`, "<article>"+story("en", 20)+"</article>")},
		{Consent, "a consent page", "<title>Before you continue</title><div><p>We value your privacy. We and our partners store and access information on a device.</p><button>Accept all</button></div>"},
		{Consent, "a robot check", "<title>Just a moment...</title><h1>press.example</h1><p>Verify you are human by completing the action below.</p>"},
		{Listing, "a front page", site("", "<meta property=og:type content=website>", links)},
		{Empty, "nothing", "<title>Hello</title><p>Hello</p>"},
	} {
		if r := extracted(t, test.page, Hint{URL: "https://press.example/"}); r.Kind != test.want {
			t.Errorf("%s: %s, want %s: %q", test.name, r.Kind, test.want, r.Text)
		}
	}
}
