package extract

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sitrep/feeds/parse"
	"sitrep/feeds/spelling"
)

// choosePublished returns when the article was published: as declared in its
// head, as marked in its body, or as written below an h1.
func (m *meta) choosePublished(found *marks, h Hint) time.Time {
	lang := firstOf(m.lang, h.Lang)
	declared := []string{m.linked.published}
	for _, name := range [...]string{"article:published_time", "og:published_time", "og:article:published_time", "datepublished", "rnews:datepublished",
		"parsely-pub-date", "sailthru.date", "article.published", "published-date", "publish-date", "publishdate", "publish_date", "published_time",
		"pubdate", "pub_date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "dc.date", "dc.date.created",
		"originalpublicationdate", "article_date_original", "ptime", "cxenseparse:recs:publishtime", "date", "dat", "displaydate", "bt:pubdate", "article.created"} {
		declared = append(declared, m.tags[name])
	}
	declared = append(declared, found.dates...)
	declared = append(declared, found.times[found.timesOfTheHead:]...)
	declared = append(declared, found.times[:found.timesOfTheHead]...)
	for _, s := range declared {
		if t, ok := parse.Date(s, lang, h.Now); ok {
			return t
		}
	}
	for _, s := range append(found.dateLines, found.near...) {
		if t, ok := dateIn(s, lang, h.Now); ok {
			return t
		}
	}
	return time.Time{}
}

// dateBeside returns the date that stands in the texts around the headline,
// whatever elements these are in.
func (m *meta) dateBeside(doc *html.Node, h Hint) time.Time {
	const before, behind = 4, 15 // texts
	headline, lang := spelling.Fold(m.title), firstOf(m.lang, h.Lang)
	if headline == "" {
		return time.Time{}
	}
	var last []string
	left := -1 // texts still to look at, -1 above the headline
	for n := range doc.Descendants() {
		s := strings.TrimSpace(n.Data)
		if n.Type != html.TextNode || s == "" || len(s) > maxLine || isUnread(n.Parent) || n.Parent.DataAtom == atom.Title {
			continue
		}
		if left < 0 && spelling.Fold(s) == headline {
			for _, s := range last {
				if t, ok := dateIn(s, lang, h.Now); ok {
					return t
				}
			}
			left = behind
		} else if left > 0 && len(s) <= 100 {
			if t, ok := dateIn(s, lang, h.Now); ok {
				return t
			}
			left--
		}
		if last = append(last, s); len(last) > before {
			last = last[1:]
		}
	}
	return time.Time{}
}

// dateIn reads the date in a line that may say more: "Published 22 November 2026
// 10:30, updated 23 November 2026".
func dateIn(s, lang string, now time.Time) (time.Time, bool) {
	if numbersIn(s) < 2 { // a year alone is none
		return time.Time{}, false
	}
	if t, ok := parse.Date(s, lang, now); ok && hasYear.MatchString(s) {
		return t, true
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '|' || r == '•' || r == '·' || r == '\n' || r == '(' }) {
		if t, ok := parse.Date(part, lang, now); ok && hasYear.MatchString(part) {
			return t, true
		}
	}
	return time.Time{}, false
}

// numbersIn counts the runs of digits in a text.
func numbersIn(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return !isDigit(r) }))
}

func isDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹'
}

// hasYear finds a year, or a date of numbers, in the digits of any script.
var hasYear = regexp.MustCompile(`[0-9٠-٩۰-۹]{4}|[0-9٠-٩۰-۹]{1,2}[./-][0-9٠-٩۰-۹]{1,2}[./-][0-9٠-٩۰-۹]{2}`)

// addressDay finds the day in an address: /2026/11/26/ or /2026-11-26-.
var addressDay = regexp.MustCompile(`[/-]((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:[/-]|$)`)

func (m *meta) dateOfAddress(now time.Time) time.Time {
	found := addressDay.FindStringSubmatch(m.url.Path)
	if found == nil {
		return time.Time{}
	}
	t, _ := parse.Date(found[1]+"-"+found[2]+"-"+found[3], "", now)
	return t
}
