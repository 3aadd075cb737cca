package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// furniture are words in class names and ids of what stands around an article
// or interrupts it, whoever made the page. A pair is two words in a row.
var furniture = wordSet("related relateds relatedposts relatedarticles share sharing sharebar sharebuttons sharethis addthis addtoany sharedaddy " +
	"newsletter newsletters subscribe subscription signup promo promos promobox " +
	"recommended recommendation recommendations recommends recirc recirculation outbrain taboola revcontent mgid teads zergnet " +
	"advert adverts advertisement advertisements advertising adsense adslot adbox adunit adsbygoogle dfp reklam sponsored " +
	"breadcrumb breadcrumbs hashtags tagcloud taglist toolbar " +
	"trending mostread mostpopular popular readmore readnext readalso alsoread seealso upnext login donate donation donations " +
	"pagination pager colophon skiplink printonly noprint screenreader authorbio aboutauthor socials sociallinks socialmedia")

var furniturePairs = wordSet("read+more read+next read+also also+read see+also most+read most+popular most+viewed sign+up up+next " +
	"author+bio author+box author+info author+card author+profile author+description about+author the+author interstitial+link post+author post+tags article+tags entry+tags story+tags tags+list tag+list tag+cloud " +
	"post+meta entry+meta article+meta story+meta meta+data article+info post+info entry+footer post+footer article+footer " +
	"social+share social+links social+media social+icons social+bar social+buttons social+tools social+list " +
	"ad+slot ad+container ad+wrapper ad+unit ad+box ad+label ad+banner google+ad inline+ad text+ad " +
	"more+stories more+news more+articles more+on more+from other+news other+stories latest+news top+stories editors+picks " +
	"newsletter+form follow+us join+us cta+box print+only print+hide skip+link skip+to " +
	"nav+links post+navigation posts+navigation next+prev prev+next haber+etiket ilgili+haberler diger+haberler benzer+haberler " +
	"download+app app+banner whatsapp+channel telegram+channel google+news")

// strangers are words in the names of what readers wrote and of what the law asks for.
var strangers = wordSet("comments commentlist commentslist disqus livefyre respond comentarios commentaires kommentare yorumlar commenti " +
	"cookie cookies consent gdpr cmp cmp2 cmpbox cmplz onetrust didomi truste cookiebot usercentrics iubenda borlabs osano evidon")

var strangerPairs = wordSet("comment+form comment+list comment+section comment+area comment+wrapper comment+thread cc+window cc+banner cc+dialog privacy+banner privacy+notice")

// captions are words in the class names of what is written below a picture.
var captions = wordSet("caption captions figcaption thumbcaption imagecaption photocaption credit credits photocredit imagecredit copyright legende bildunterschrift")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// place says what the names of an element make of it.
type place uint8

const (
	unknown place = iota
	around        // furniture
	foreign       // furniture that may be larger than the article
	caption
)

// placeOf judges an element by its class, id and role.
func placeOf(n *html.Node) place {
	switch attribute(n, "role") {
	case "navigation", "search", "dialog", "alertdialog", "banner", "contentinfo":
		return around
	}
	switch attribute(n, "itemprop") {
	case "caption", "copyrightHolder":
		return caption
	}
	class, id := attribute(n, "class"), attribute(n, "id")
	if hasWord(class, "hentry") || hasWord(class, "type-post") { // WordPress adds what the article is filed under
		return unknown
	}
	if p := placeOfNames(class); p != unknown || id == "" || isHeading(n) || isSlug(id) {
		return p
	}
	return placeOfNames(id)
}

// isSlug reports whether an id is made of what a heading says.
func isSlug(id string) bool {
	const most = 5 // words of an id that somebody thought of
	count := 0
	for range words(id) {
		count++
	}
	return count > most
}

func placeOfNames(names string) place {
	before, found := "", unknown
	for w := range words(names) {
		if furniture[w] || before != "" && furniturePairs[before+"+"+w] {
			return around
		}
		switch {
		case strangers[w], strangerPairs[before+"+"+w]:
			found = foreign
		case captions[w] && found == unknown:
			found = caption
		}
		before = w
	}
	return found
}

// isKept reports whether an element is never removed for its names: those that
// publishing systems put the state of a whole page on.
func isKept(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.H1:
		return true
	}
	return false
}
