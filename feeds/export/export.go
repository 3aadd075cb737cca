// Package export prints articles for other programs and people: as text,
// Markdown, HTML, JSON or mail, one file per format. It writes to the writer it
// is given, in logical order, and everything foreign passes feeds/safe or
// document.Sanitize first. It opens no files and asks no store.
package export

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/safe"
)

// Item is an article with what the reader did with it and the ids of the
// briefings that it is in.
type Item struct {
	Article   feeds.Article
	Status    feeds.Status
	Briefings []string
	FullText  bool // the article's HTML is that of its page, not of its feed
}

// Options are how a list is printed.
type Options struct {
	// Location is the reader's time zone; nil is UTC. The publisher's own is
	// printed beside it.
	Location *time.Location
	// Full prints the whole text of each article; otherwise text and Markdown
	// quote its beginning.
	Full bool
}

func (o Options) location() *time.Location {
	if o.Location == nil {
		return time.UTC
	}
	return o.Location
}

// untitled stands for the headline of an article without one.
const untitled = "Untitled"

func title(a *feeds.Article) string {
	if t := line(a.Title); t != "" {
		return t
	}
	return untitled
}

// line makes a foreign string safe on one line.
func line(s string) string { return strings.TrimSpace(safe.New(s).String()) }

// lines makes foreign text safe line by line.
func lines(s string) string {
	out := strings.Split(s, "\n")
	for i, l := range out {
		out[i] = strings.TrimRight(safe.New(l).String(), " ")
	}
	return strings.Join(out, "\n")
}

// spaced puts spaces in the place of tabs, which indent code but do not pass
// feeds/safe.
func spaced(s string) string { return strings.ReplaceAll(s, "\t", "    ") }

// names returns the authors as one line.
func names(a *feeds.Article) string {
	var out []string
	for _, p := range a.Authors {
		n := line(p.Name)
		if n == "" {
			n = line(p.Email)
		}
		if n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, ", ")
}

// byline is the source and the authors.
func byline(a *feeds.Article) string {
	return strings.Trim(line(a.Source)+" · "+names(a), " ·")
}

// stamp is how times are printed for people.
const stamp = "Mon 2 Jan 2006 15:04 -07:00"

// times says when the article was published, on the publisher's clock and on the
// reader's.
func times(a *feeds.Article, o Options) string {
	at, undated := feeds.Effective(a.Published, a.FirstSeen)
	if undated {
		return "First seen: " + at.In(o.location()).Format(stamp) + " here, without a date of its own"
	}
	there := time.FixedZone("", a.Zone)
	return "Published: " + at.In(there).Format(stamp) + " there, " + at.In(o.location()).Format(stamp) + " here"
}

// maxQuote is how many characters of an article's text a quote has.
const maxQuote = 400

// quote returns the beginning of the article's running text on one line, cut
// after a sentence where one ends late enough, else after a word.
func quote(a *feeds.Article) string {
	d := document.Parse(a.HTML, a.Base)
	text := strings.Join(strings.Fields(line(paragraphs(d.Blocks))), " ")
	if text == "" { // lists and tables only
		text = strings.Join(strings.Fields(line(document.PlainText(d))), " ")
	}
	end := 0
	for range maxQuote {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	if end == len(text) {
		return text
	}
	cut := text[:end]
	if i := lastSentence(text[:end+1]); i > end/2 {
		return cut[:i]
	}
	if i := strings.LastIndexByte(cut, ' '); i > 0 && text[end] != ' ' {
		cut = cut[:i]
	}
	return strings.TrimRightFunc(cut, unicode.IsPunct) + "…"
}

// paragraphs returns the text of the paragraphs among blocks, enough of it for a
// quote.
func paragraphs(blocks []document.Block) string {
	var b strings.Builder
	for i := range blocks {
		if b.Len() > maxQuote*utf8.UTFMax {
			break
		}
		switch bl := &blocks[i]; bl.Kind {
		case document.Paragraph:
			for _, s := range bl.Spans {
				b.WriteString(s.Text)
			}
			b.WriteByte(' ')
		case document.Quote:
			b.WriteString(paragraphs(bl.Blocks))
		}
	}
	return b.String()
}

// link returns the article's address if it is one to follow.
func link(a *feeds.Article) string {
	if webLink(a.Link) == "" {
		return ""
	}
	return line(a.Link)
}

// lastSentence returns where the last whole sentence of s ends, 0 if none does.
func lastSentence(s string) int {
	last := 0
	for i, r := range s {
		switch r {
		case '.', '!', '?', '؟', '۔':
			if after := i + utf8.RuneLen(r); strings.HasPrefix(s[after:], " ") {
				last = after
			}
		case '。':
			last = i + utf8.RuneLen(r)
		}
	}
	return last
}
