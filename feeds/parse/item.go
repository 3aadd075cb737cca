package parse

import (
	"strings"
	"time"

	"sitrep/feeds"
)

// Bounds of what one article may carry.
const (
	maxTags       = 60
	maxEnclosures = 30
	maxTag        = 200 // bytes
	fallbackTitle = 100 // runes of text taken for a missing title
)

// reader maps what gofeed understood to our own values.
type reader struct {
	lifts  []lift
	atom   bool
	base   string // address that links of the feed resolve against
	lang   string // the feed's language
	now    time.Time
	result *Result
	damage damage
}

// draft is an article while its parts are gathered.
type draft struct {
	feeds.Article
	summary Summary
}

// raw returns a text as the publisher wrote it, references decoded.
func (r *reader) raw(s string) string {
	if l, ok := lifted(r.lifts, s); ok {
		return l.string()
	}
	return strings.TrimSpace(r.expand(s))
}

// expand puts lifted texts back where the skeleton has them among other things:
// inside an element that should hold a text and holds elements.
func (r *reader) expand(s string) string {
	var b strings.Builder
	for {
		start := strings.Index(s, markOpen)
		if start < 0 {
			break
		}
		length := strings.Index(s[start:], markClose)
		if length < 0 {
			break
		}
		end := start + length + len(markClose)
		b.WriteString(s[:start])
		if l, ok := lifted(r.lifts, s[start:end]); ok {
			b.WriteString(l.string())
		}
		s = s[end:]
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s)
	return b.String()
}

// title returns a text as one line of plain text.
func (r *reader) title(s string) string {
	if l, ok := lifted(r.lifts, s); ok {
		return l.title(r.atom)
	}
	return guessTitle(r.expand(s), !r.atom)
}

// html returns a text as HTML and sets base and language of the article when
// the text has its own.
func (r *reader) html(s string, d *draft) string {
	l, ok := lifted(r.lifts, s)
	if !ok {
		l = lift{text: strings.TrimSpace(s), typ: "html"}
	}
	markup, base, lang := l.html(r.atom)
	if d != nil && markup != "" {
		if base != "" {
			d.Base = base
		}
		if lang != "" {
			d.Lang = lang
		}
	}
	return markup
}

// link returns an absolute web address, "" if s is none. base is "" for the
// feed's own.
func (r *reader) link(base, s string) string {
	if base == "" {
		base = r.base
	}
	return webLink(base, r.raw(s))
}

// date reads a date that gofeed left as text; parsed is what gofeed made of it.
func (r *reader) date(s string, parsed *time.Time) time.Time {
	s = r.raw(s)
	t, ok := parseDate(s, r.lang)
	if !ok {
		if parsed == nil || s == "" {
			return time.Time{}
		}
		t = parsed.UTC()
	}
	return sane(t, r.now)
}

// setBody takes what the publisher calls the content for the body, and what he
// calls a summary where there is none. readSummary reads the summary, with its
// base, into the draft that it is given: the article's when it becomes the body.
func (d *draft) setBody(content string, readSummary func(d *draft) string) {
	if content == "" {
		d.HTML, d.summary.Only = readSummary(d), true
		return
	}
	beside := &draft{}
	d.HTML = content
	d.summary.HTML = readSummary(beside)
	d.summary.Base = beside.Base
}

// finish fills what is missing from what is there and appends the article.
func (r *reader) finish(d *draft) {
	if d.Base == "" {
		d.Base = r.base
	}
	if d.summary.Base == "" {
		d.summary.Base = r.base
	}
	if d.Link == "" && hasWebScheme(d.GUID) {
		d.Link = webLink("", d.GUID)
	}
	if d.Published.IsZero() {
		d.Published = d.Updated
	}
	_, d.Zone = d.Published.Zone()
	d.Published, d.Updated = utc(d.Published), utc(d.Updated)
	d.Lang = primaryTag(d.Lang)
	if d.Lang == "" {
		d.Lang = r.lang
	}
	if d.Title == "" {
		d.Title = titleFrom(d.summary.HTML, d.HTML)
	}
	for _, s := range []string{d.Link, fileName(d), d.GUID} {
		if d.Title == "" {
			d.Title = plainTitle(s)
		}
	}
	r.result.Articles = append(r.result.Articles, d.Article)
	r.result.Summaries = append(r.result.Summaries, d.summary)
}

// fileName returns the name of the first file or picture of an article.
func fileName(d *draft) string {
	address := d.Image
	if len(d.Enclosures) > 0 {
		address = d.Enclosures[0].URL
	}
	address, _, _ = strings.Cut(address, "?")
	return address[strings.LastIndexByte(address, '/')+1:]
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// titleFrom makes a title of the beginning of a text.
func titleFrom(texts ...string) string {
	for _, s := range texts {
		if len(s) > 8<<10 {
			s = cut(s, 8<<10)
		}
		s = oneLine(stripTags(s))
		if s == "" {
			continue
		}
		n := 0
		for i := range s {
			if n == fallbackTitle {
				return cut(s, i) + "…"
			}
			n++
		}
		return s
	}
	return ""
}

// primaryTag reduces a language tag to its first part, in lower case and in the
// two or three letters that we use: "" when it is no tag.
func primaryTag(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, "-_ ,;"); i >= 0 {
		s = s[:i]
	}
	switch s {
	case "iw":
		return "he"
	case "ara":
		return "ar"
	case "per", "fas":
		return "fa"
	case "tur":
		return "tr"
	case "heb":
		return "he"
	case "eng", "english":
		return "en"
	case "und", "mul", "zxx":
		return ""
	}
	if len(s) != 2 && len(s) != 3 {
		return ""
	}
	for i := range len(s) {
		if !isLetter(s[i]) {
			return ""
		}
	}
	return s
}

// addTag appends a tag as plain text unless it is empty or there already.
func addTag(list []string, tag string) []string {
	if tag == "" || len(list) >= maxTags || len(tag) > maxTag {
		return list
	}
	for _, have := range list {
		if strings.EqualFold(have, tag) {
			return list
		}
	}
	return append(list, tag)
}

// addEnclosure appends a file unless its address is missing or there already.
func (d *draft) addEnclosure(e feeds.Enclosure) {
	if e.URL == "" || len(d.Enclosures) >= maxEnclosures {
		return
	}
	for i, have := range d.Enclosures {
		if have.URL == e.URL {
			if have.Type == "" {
				d.Enclosures[i].Type = e.Type
			}
			if have.Length == 0 {
				d.Enclosures[i].Length = e.Length
			}
			return
		}
	}
	d.Enclosures = append(d.Enclosures, e)
}
