package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sitrep/feeds/spelling"
)

// chooseTitle returns the headline of the article. What the page declares goes
// before its <title>, and loses the outlet's name; the feed's own headline
// decides between several.
func (m *meta) chooseTitle(marked, hinted string) string {
	declared := []string{
		m.linkedTitle(), m.first("og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "sailthru.title", "title", "headline"), marked,
	}
	if t := m.hintedTitle(declared, hinted); t != "" {
		return t
	}
	for _, t := range declared {
		if t = line(t); t != "" && !m.isSite(t) && !m.isStray(t) {
			return m.whole(m.cutSite(t))
		}
	}
	if m.docTitle != "" && !m.isPoor() {
		if t := m.cutSite(m.docTitle); t != m.docTitle {
			return m.whole(t)
		}
		if t := m.cutTitle(m.docTitle); t != m.docTitle {
			return t
		}
		return m.whole(cutTail(m.docTitle))
	}
	if len(m.headings) > 0 {
		return m.headings[0]
	}
	return m.docTitle
}

// isHeadline reports whether a folded text is a heading of the first level in
// the page.
func (m *meta) isHeadline(folded string) bool {
	return slices.ContainsFunc(m.headings, func(h string) bool { return spelling.Fold(h) == folded })
}

// isPoor reports whether <title> is no headline while the page's only h1 is one:
// "News", or the outlet's name, which says nothing of it.
func (m *meta) isPoor() bool {
	if len(m.headings) != 1 || len(m.headings[0]) <= len(m.docTitle) {
		return false
	}
	return utf8.RuneCountInString(m.docTitle) < 15 || m.isSite(m.docTitle) || !says(m.docTitle, m.headings[0])
}

// says reports whether a title has more than a third of its words in common with
// a headline: the little words of a language are.
func says(title, headline string) bool {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(spelling.Fold(headline)) {
		in[w] = true
	}
	all, both := 0, 0
	for w := range strings.FieldsSeq(spelling.Fold(title)) {
		all++
		if in[w] {
			both++
		}
	}
	return 3*both > all
}

// linkedTitle returns the title in JSON-LD: the headline, or the name where only
// that one is in <title> too.
func (m *meta) linkedTitle() string {
	l := &m.linked
	title := spelling.Fold(m.docTitle)
	if l.headline == "" || l.name != "" && !m.isSite(l.name) && strings.Contains(title, spelling.Fold(l.name)) && !strings.Contains(title, spelling.Fold(l.headline)) {
		return l.name
	}
	return l.headline
}

// hintedTitle returns what says the same as the feed's headline: one of those
// that the page declares, a heading, or a part of <title>.
func (m *meta) hintedTitle(declared []string, hinted string) string {
	hinted = strings.Join(strings.Fields(hinted), " ")
	want := spelling.Fold(hinted)
	if want == "" {
		return ""
	}
	for _, list := range [...][]string{declared, m.headings, {m.docTitle}, m.lesser} {
		for _, t := range list {
			if t = m.cutSite(line(t)); spelling.Fold(t) == want {
				return m.whole(t)
			}
		}
	}
	if strings.Contains(" "+spelling.Fold(m.docTitle)+" ", " "+want+" ") && len(strings.Fields(want)) > 2 {
		return m.whole(hinted)
	}
	return ""
}

// isStray reports whether a title that is declared says nothing of the page's
// only h1 while <title> has it all: a template's, or another page's.
func (m *meta) isStray(title string) bool {
	if len(m.headings) != 1 || utf8.RuneCountInString(m.headings[0]) < 15 || says(title, m.headings[0]) {
		return false
	}
	return strings.Contains(spelling.Fold(m.docTitle), spelling.Fold(m.headings[0]))
}

// whole returns the heading that a title which was cut off is the beginning of.
func (m *meta) whole(title string) string {
	start := strings.TrimSpace(strings.TrimRight(title, ".…"))
	if start == title || strings.HasSuffix(title, start+".") {
		return title
	}
	want := spelling.Fold(start)
	for _, list := range [...][]string{m.headings, m.lesser} {
		for _, h := range list {
			if folded := spelling.Fold(h); len(folded) > len(want) && strings.HasPrefix(folded, want) {
				return h
			}
		}
	}
	return title
}

// isSite reports whether a title is only the outlet's name, or the beginning of
// it: some add what they stand for.
func (m *meta) isSite(title string) bool {
	return m.site != "" && strings.HasPrefix(spelling.Fold(m.site)+" ", spelling.Fold(title)+" ")
}

// separators stand between a headline and the outlet's name. The first ones
// hardly stand for anything else.
var separators = [...]string{" | ", " - ", " :: ", " » ", " « ", " – ", " — ", " · ", " • ", " ~ ", " / ", ": ", "|", "_"}

const cutting = 5

// cutSite cuts the outlet's name off a title, at its end or its beginning. A
// part counts as the name if the page gives it as one, if it is in the host's
// name, or if a heading of the page is exactly the rest.
func (m *meta) cutSite(title string) string {
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i > 0 {
			if rest := strings.TrimSpace(title[:i]); m.isName(title[i+len(sep):], rest, sep) {
				return m.cutSite(rest)
			}
		}
		if i := strings.Index(title, sep); i > 0 {
			if rest := strings.TrimSpace(title[i+len(sep):]); m.isName(title[:i], rest, sep) {
				return m.cutSite(rest)
			}
		}
	}
	return title
}

// isName reports whether part is an outlet's name or a section beside rest.
func (m *meta) isName(part, rest, sep string) bool {
	name, headline := spelling.Fold(part), spelling.Fold(rest)
	if name == "" || headline == "" || utf8.RuneCountInString(rest) < 8 {
		return false
	}
	if site := spelling.Fold(m.site); site != "" && (name == site || len(sep) > 1 && len(name) < len(headline) && strings.Contains(name, site)) {
		return true
	}
	if m.isHeadline(headline) || slices.ContainsFunc(m.lesser, func(h string) bool { return spelling.Fold(h) == headline }) {
		return true
	}
	host := strings.ReplaceAll(m.url.Hostname(), "-", "")
	joined := strings.ReplaceAll(name, " ", "")
	return len(joined) > 2 && strings.Contains(host, joined) && len(sep) > 1
}

// cutTitle takes the page's only h1 in the place of a title that holds it, unless
// that is what outlets put behind their titles.
func (m *meta) cutTitle(title string) string {
	if len(m.headings) != 1 {
		return title
	}
	h, folded := spelling.Fold(m.headings[0]), spelling.Fold(title)
	if utf8.RuneCountInString(h) > 15 && 2*len(h) > len(folded) && strings.Contains(folded, h) {
		return m.headings[0]
	}
	return title
}

// cutTail cuts the last part off a title of several that nothing else in the page
// tells apart: a name of a few words behind a headline of more.
func cutTail(title string) string {
	for _, sep := range separators[:cutting] {
		i := strings.LastIndex(title, sep)
		if i <= 0 {
			continue
		}
		rest, part := strings.TrimSpace(title[:i]), title[i+len(sep):]
		if words := len(strings.Fields(rest)); words >= 4 && len(strings.Fields(part)) < min(words, 5) && len(part) < len(rest) {
			return rest
		}
	}
	return title
}
