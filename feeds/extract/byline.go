package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds/spelling"
)

// chooseByline returns the names of the authors.
func (m *meta) chooseByline(found *marks) string {
	lists := [][]string{
		m.linked.authors,
		{m.first("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "article:author_name")},
		found.authors,
		found.bylines[:min(1, len(found.bylines))],
	}
	for _, list := range lists {
		if byline := joinNames(list); byline != "" {
			return byline
		}
	}
	return ""
}

// joinNames cleans names and leaves out what is none: addresses, repetitions.
func joinNames(list []string) string {
	var out []string
	for _, s := range list {
		s = cleanName(s)
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// cleanName cuts "By" and a date off a byline.
func cleanName(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " -–—|•·,:")
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "@") {
		return ""
	}
	for _, by := range bys {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) {
			s = strings.TrimLeft(s[len(by):], " :-–—")
			break
		}
	}
	if label, name, found := strings.Cut(s, ":"); found && (!strings.Contains(label, " ") || strings.HasSuffix(label, " by")) { // "Reporter: Anna Karim", in any language
		s = strings.TrimSpace(name)
	}
	if i := strings.IndexFunc(s, unicode.IsDigit); i > 0 && hasYear.MatchString(s) { // a date stands behind the name
		s = cutMonth(strings.TrimRight(s[:i], " -–—|•·,:("))
	}
	if n := utf8.RuneCountInString(s); n < 2 || n > 120 {
		return ""
	}
	return s
}

// cutMonth cuts a last word off that belongs to the date behind it.
func cutMonth(s string) string {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s
	}
	switch spelling.Fold(s[i+1:]) {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "on", "published", "updated":
		return strings.TrimRight(s[:i], " -–—|•·,:(")
	}
	return s
}

// bys begin a byline. Longer ones go before those that they begin with.
var bys = [...]string{"written by ", "reported by ", "by ", "von ", "par ", "por ", "di ", "door ", "بقلم ", "كتب ", "كتبت ", "نویسنده ", "به قلم ", "מאת ", "نووسینی ", "ئامادەکردنی "}
