package extract

import (
	"strings"
	"testing"
)

func TestTitles(t *testing.T) {
	const headline = "Pumping station north of Sarin reopens before winter"
	h1 := "<h1>" + headline + "</h1>"
	for _, test := range []struct{ name, head, body, hint, want string }{
		{"the outlet behind a bar, nothing else says so", "<title>" + headline + " | Herald</title>", "", "", headline},
		{"section and outlet", "<title>" + headline + " | World | Herald</title>", h1, "", headline},
		{"a dash within the headline", "<title>Sarin reopens its station – and its bridge</title>", "", "", "Sarin reopens its station – and its bridge"},
		{"a short headline and a long rest", "<title>Water - the pumping station north of Sarin will be repaired</title>", "", "", "Water - the pumping station north of Sarin will be repaired"},
		{"a colon within the headline", "<title>Sarin: station north of the city reopens</title>", "", "", "Sarin: station north of the city reopens"},
		{"a title cut short", "<title>x</title><meta property=og:title content='Pumping station north of Sarin…'>", h1, "", headline},
		{"a title cut short by three stops", "<title>Pumping station north of...</title>", h1, "", headline},
		{"OpenGraph of the template", "<title>" + headline + " - Herald</title><meta property=og:title content='News and views every day'>", h1, "", headline},
		{"OpenGraph is the outlet", "<title>" + headline + "</title><meta property=og:title content=Herald><meta property=og:site_name content=Herald>", h1, "", headline},
		{"h1 is the outlet, h2 the headline", "<title>" + headline + " - The Morning Herald of the North</title>", "<h1>The Morning Herald of the North</h1><h2>" + headline + "</h2>", "", headline},
		{"title is the outlet", "<title>The Morning Herald of the North</title>", h1, "", headline},
		{"the feed's headline is another heading", "<title>Live: the day in Sarin</title><meta property=og:title content='Live: the day in Sarin'>", "<h1>Live: the day in Sarin</h1><h2>" + headline + "</h2>", headline, headline},
		{"the feed's headline is a part of the title", "<title>Sarin » " + headline + " » Herald » 2026</title>", "", headline, headline},
		{"the feed's headline is another one altogether", "<title>" + headline + " - Herald</title>", h1, "Water is back in Sarin, mayor says", headline},
		{"entities twice", "<title>x</title><meta property=og:title content='Sarin &amp;amp; its water are back at last'>", "", "", "Sarin & its water are back at last"},
	} {
		r := extracted(t, site("lang=en", test.head, "<article>"+test.body+story("en", 5)+"</article>"), Hint{URL: "https://herald.example/a", Title: test.hint})
		if r.Title != test.want {
			t.Errorf("%s: %q, want %q", test.name, r.Title, test.want)
		}
	}
}

func TestBylines(t *testing.T) {
	for _, test := range []struct{ name, head, body, want string }{
		{"a label in any language", "", "<p class=byline>Muhabir: Deniz Yıldırım</p>", "Deniz Yıldırım"},
		{"links beside roles", "", "<div class=byline>By <a href=/a>Anna Karim</a>, water correspondent, and <a href=/b>Omar Said</a> in Sarin</div>", "Anna Karim, Omar Said"},
		{"a link to write to", "", "<div class=author>Anna Karim <a href=mailto:a@press.example>write to her</a></div>", "Anna Karim"},
		{"name and date in one", "", "<div class=byline>By Anna Karim | November 22, 2026</div>", "Anna Karim"},
		{"OpenGraph's author is an address", "<meta property=article:author content='https://facebook.example/anna'>", "<a rel=author href=/a>Anna Karim</a>", "Anna Karim"},
		{"twice", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":[{"name":"Anna Karim"},{"name":"Anna Karim"},{"name":"Omar Said"}]}</script>`, "", "Anna Karim, Omar Said"},
		{"Arabic", "", "<span class=author>كتب - عمر سعيد</span>", "عمر سعيد"},
		{"nobody", "", "", ""},
	} {
		r := extracted(t, site("lang=en", test.head, "<article><h1>Station repaired before winter</h1>"+test.body+story("en", 5)+"</article>"), Hint{URL: "https://herald.example/a"})
		if r.Byline != test.want {
			t.Errorf("%s: %q, want %q", test.name, r.Byline, test.want)
		}
	}
}

// Sentences of an article that begin like an appeal in one language or another
// are no appeals.
func TestSentencesThatBeginLikeAppeals(t *testing.T) {
	for lang, sentence := range map[string]string{
		"he": "הצטרפו אליו שלושה מחבריו.",
		"ar": "تابعوا المباراة من المدرجات.",
		"fa": "ما را در خانه تنها گذاشتند.",
		"en": "Follow the river and you reach the dam.",
		"tr": "Takip eden iki araç da durdu.",
	} {
		r := extracted(t, site("", "", "<article>"+story(lang, 3)+"<p>"+sentence+"</p>"+story("en", 3)+"</article>"), Hint{})
		if !strings.Contains(r.Text, sentence) {
			t.Errorf("%q is gone", sentence)
		}
	}
}
