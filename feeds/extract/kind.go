package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/spelling"
)

// scene is what the whole page shows, taken before anything is removed.
type scene struct {
	visible  weight
	articles int    // article elements
	walled   bool   // words or names of a paywall
	opening  string // the folded beginning of its visible text
}

// maxTeaser is the length in characters up to which a text in front of a paywall
// is only the beginning of an article.
const maxTeaser = 1800

// look takes in a page.
func look(doc *html.Node) scene {
	s := scene{visible: weigh(doc)[doc]}
	var text strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode:
			if text.Len() < 64<<10 && !isUnread(n.Parent) {
				text.WriteString(n.Data)
				text.WriteByte(' ')
			}
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Article:
			s.articles++
		case !isKept(n) && n.DataAtom != atom.P && isWall(attribute(n, "class")+" "+attribute(n, "id")):
			s.walled = true
		}
	}
	s.opening = spelling.Fold(text.String())
	for phrase := range strings.SplitSeq(walls, "\n") {
		if phrase = spelling.Fold(phrase); phrase != "" && strings.Contains(s.opening, phrase) {
			s.walled = true
		}
	}
	return s
}

func isWall(names string) bool {
	for w := range words(names) {
		if w == "paywall" || w == "piano" || w == "regwall" || w == "metered" {
			return true
		}
	}
	return false
}

// walls are what pages say where the rest is for subscribers.
const walls = `
subscribe to continue reading
subscribe to read
to continue reading
already a subscriber
this article is for subscribers
this content is for subscribers
log in to continue
sign in to continue reading
register to continue
للاستمرار في القراءة
لمتابعة القراءة اشترك
هذا المحتوى للمشتركين
این مطلب ویژه مشترکان
برای ادامه مطلب
להמשך קריאה הירשמו
כתבה זו למנויים
למנויים בלבד
okumaya devam etmek için abone
bu içerik abonelere özel
weiterlesen mit
diesen artikel weiterlesen
article réservé aux abonnés
la suite est réservée aux abonnés
contenido exclusivo para suscriptores
para seguir leyendo
conteúdo exclusivo para assinantes
contenuto riservato agli abbonati`

// gates are what pages say that want something before they show anything.
const gates = `
we value your privacy
we and our partners
accept all cookies
before you continue to
enable javascript and cookies to continue
checking your browser
verify you are human
verifying you are human
are you a robot
access denied
please enable js and disable any ad blocker
you have been blocked
manage your consent
نحن نستخدم ملفات تعريف الارتباط
نستخدم ملفات تعريف الارتباط
אנו משתמשים בעוגיות
çerezleri kabul
gizliliğinize önem veriyoruz
wir und unsere partner
cookies akzeptieren
nous et nos partenaires
nosotros y nuestros socios
noi e i nostri partner`

// kindOf judges what was extracted against the page that it came from.
func kindOf(r *Result, body *html.Node, m *meta, s scene) Kind {
	length := utf8.RuneCountInString(r.Text)
	switch {
	case length < 1500 && isGate(spelling.Fold(r.Title+"\n"+r.Text), s):
		return Consent
	case length < 40:
		if s.articles > 2 || s.visible.link > 500 {
			return Listing
		}
		return Empty
	case length < maxTeaser && (m.linked.closed || s.walled):
		return Teaser
	case !m.linked.found && isListing(body, m, s):
		return Listing
	}
	return Article
}

// gateway is how much of a text is read for what a page wants first, in bytes.
const gateway = 600

// isGate reports whether a page only asks for something: its text says so, or
// all of the page does and there is nothing else.
func isGate(folded string, s scene) bool {
	for phrase := range strings.SplitSeq(gates, "\n") {
		phrase = spelling.Fold(phrase)
		if phrase != "" && (strings.Contains(folded[:min(len(folded), gateway)], phrase) || len(folded) < enough && s.visible.text < 2000 && strings.Contains(s.opening, phrase)) {
			return true
		}
	}
	return false
}

// isListing reports whether the text is mostly the headlines of other pages.
func isListing(body *html.Node, m *meta, s scene) bool {
	if body == nil {
		return false
	}
	w := weigh(body)[body]
	if 2*w.link > w.text {
		return true
	}
	return m.tags["og:type"] == "website" && s.articles > 4 && 4*w.link > w.text && (m.url.Path == "" || m.url.Path == "/")
}
