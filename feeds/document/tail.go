package document

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dropTail removes the invitation to read on at the publisher's site that feeds
// end with: a paragraph of its own or the last words of one. It is one only if
// it links to the host that the article is from; the way there is the article's
// own link, which every view shows.
func dropTail(blocks []Block, base *url.URL) []Block {
	if len(blocks) == 0 || base == nil {
		return blocks
	}
	last := &blocks[len(blocks)-1]
	if last.Kind != Paragraph || len(last.Spans) == 0 {
		return blocks
	}
	from := len(last.Spans)
	link := ""
	for from > 0 {
		s := &last.Spans[from-1]
		if s.Link == "" && strings.Trim(s.Text, " \n") != "" && !isArrow(s.Text) || s.Link != "" && link != "" && s.Link != link {
			break
		}
		if s.Link != "" {
			link = s.Link
		}
		from--
	}
	tail := textOf(last.Spans[from:])
	if link == "" || !isOwn(link, base) || !isReadOn(tail) && (from > 0 || !isSign(tail)) {
		return blocks
	}
	before := strings.TrimRight(textOf(last.Spans[:from]), " \n\u00a0")
	switch r, _ := utf8.DecodeLastRuneInString(before); {
	case before == "":
		return blocks[:len(blocks)-1]
	case strings.ContainsRune(".…!?؟۔\"”’»)]:", r):
		last.Spans = trimEnd(last.Spans[:from])
	}
	return blocks // else the words belong to a sentence
}

// isOwn reports whether link leads to the host of base.
func isOwn(link string, base *url.URL) bool {
	return strings.HasPrefix(link, "http") && strings.EqualFold(hostOf(link), strings.TrimPrefix(base.Host, "www."))
}

// arrows are the signs that stand around such words.
const arrows = " \n\u00a0\u200b.…:[]()→←»«›‹>❯➔➜↗-–—|"

func isArrow(s string) bool { return strings.Trim(s, arrows) == "" }

// isSign reports whether text has no letters or digits: such links lead to the
// article itself.
func isSign(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isReadOn reports whether text says nothing but "read more".
func isReadOn(text string) bool {
	text = strings.ToLower(strings.Trim(text, arrows))
	if len(text) > 300 {
		return false
	}
	for _, p := range readOn {
		if text == p {
			return true
		}
	}
	for _, p := range readOnOf {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// readOn are such words in the languages that the shipped feeds are in, as the
// usual publishing systems and outlets write them.
var readOn = [...]string{
	"read more", "continue reading", "continue", "read full story", "read the full story", "read full article", "read the full article",
	"read the rest", "read the rest of this story", "read the rest of this entry", "full story", "keep reading", "see more", "more",
	"permalink", "∞ permalink", "view article", "view original", "click here to read more", "read on",
	"اقرأ المزيد", "إقرأ المزيد", "اقرا المزيد", "قراءة المزيد", "المزيد", "للمزيد", "متابعة القراءة", "تابع القراءة", "أكمل القراءة", "أكمل القراءه",
	"اقرأ الخبر كاملا", "لقراءة المزيد", "التفاصيل", "قراءة الخبر كاملا",
	"devamını oku", "devamı", "haberin devamı", "haberin devamı için tıklayınız", "haberin devamı için tıklayın", "devamı için tıklayın",
	"devamını okuyun", "okumaya devam et", "daha fazla oku", "daha fazlası", "haberin tamamı", "yazının devamı",
	"ادامه مطلب", "ادامه خبر", "ادامه", "بیشتر بخوانید", "متن کامل", "مشاهده متن کامل", "ادامه\u200cی مطلب", "ادامهٔ مطلب", "متن کامل خبر",
	"קרא עוד", "קראו עוד", "המשך קריאה", "המשך לקרוא", "להמשך קריאה", "לכתבה המלאה", "לקריאת הכתבה המלאה", "המשך לכתבה",
	"زیاتر بخوێنەوە", "زیاتر", "درێژەی هەواڵ", "درێژە", "درێژەی بابەت", "زۆرتر بخوێنەوە", "خوێندنەوەی زیاتر",
	"bêtir bixwîne", "zêdetir bixwîne", "zêdetir", "berdewam bike", "bixwîne", "dûmahî", "dûmahîk",
}

// readOnOf are those that the title of the article follows.
var readOnOf = [...]string{"continue reading ", "okumaya devam et ", "متابعة قراءة ", "ادامه خواندن ", "להמשיך לקרוא "}
