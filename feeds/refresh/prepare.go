package refresh

import (
	"hash/crc32"
	"strings"
	"time"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/feeds/parse"
	"sitrep/feeds/routing"
	"sitrep/feeds/spelling"
)

// routedText is how many bytes of a folded body stand for a summary when the
// publisher wrote none.
const routedText = 600

// worker prepares articles: it owns the buffers that they pass through.
type worker struct {
	router *routing.Router
	text   []byte // of all items of a feed, one after the other
	ends   []int  // of each item within text
	fold   []byte
}

func newWorker(r *routing.Router) *worker {
	return &worker{router: r}
}

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// fingerprint is two different CRC-32 side by side, both of which processors
// compute (a CRC-64 would take a tenth of the time of parsing). It only has to
// notice changes, and must stay the same for ever, because it is stored.
func fingerprint(parts ...[]byte) int64 {
	var a, b uint32
	for _, p := range parts {
		a = crc32.Update(crc32.Update(a, crc32.IEEETable, p), crc32.IEEETable, separator)
		b = crc32.Update(crc32.Update(b, castagnoli, p), castagnoli, separator)
	}
	return int64(a)<<32 | int64(b)
}

var separator = []byte{0}

// texts fills the visible text of all articles, and returns what they are
// recognised by.
func (w *worker) texts(articles []feeds.Article) []Identity {
	w.text, w.ends = w.text[:0], w.ends[:0]
	keys := make([][]feeds.Key, len(articles))
	for i := range articles {
		start := len(w.text)
		w.text = document.AppendText(w.text, articles[i].HTML)
		w.ends = append(w.ends, len(w.text))
		keys[i] = feeds.Keys(&articles[i], w.text[start:])
	}
	feeds.MarkShared(keys)
	ids := make([]Identity, len(articles))
	for i := range ids {
		ids[i].Keys = keys[i]
	}
	return ids
}

// average returns the average length of the articles' texts in characters.
func (w *worker) average() int {
	if len(w.ends) == 0 {
		return 0
	}
	return utf8.RuneCount(w.text) / len(w.ends)
}

// textOf returns the visible text of the i-th article.
func (w *worker) textOf(i int) []byte {
	if i == 0 {
		return w.text[:w.ends[0]]
	}
	return w.text[w.ends[i-1]:w.ends[i]]
}

// entries prepares the articles that are new or changed.
func (w *worker) entries(job *Job, p *parse.Result, ids []Identity, known []Known, now time.Time) []Entry {
	var out []Entry
	for i := range p.Articles {
		if p.Articles[i].Title == "" {
			continue // nothing in it
		}
		text := w.textOf(i)
		e := Entry{Article: p.Articles[i], Keys: ids[i].Keys, Content: fingerprint([]byte(p.Articles[i].Title), text)}
		if known != nil && known[i].Article != 0 {
			if known[i].Content == e.Content {
				continue
			}
			e.Article.ID = known[i].Article
		}
		w.finish(&e, job, p, i, text, now)
		out = append(out, e)
	}
	return out
}

// finish does for one article all that needs time, so that the writer does not.
func (w *worker) finish(e *Entry, job *Job, p *parse.Result, i int, text []byte, now time.Time) {
	a := &e.Article
	a.Feed, a.FirstSeen = job.Feed.ID, now
	if a.Source = job.Feed.Source; a.Source == "" {
		a.Source = titleOf(job, &p.Feed)
	}
	a.Lang = langOf(a, job, text)
	if a.Image == "" {
		a.Image = document.Image(a.HTML)
	}
	e.Title = w.folded([]byte(a.Title))
	e.Body = w.folded(text)
	e.Author = w.folded(authorNames(a.Authors))
	if w.router == nil {
		for _, b := range job.Own {
			e.Briefings = append(e.Briefings, routing.Match{Briefing: b})
		}
		return
	}
	e.Briefings = w.router.Route(routing.Text{Title: e.Title, Summary: w.summary(p.Summaries[i].HTML, e.Body), Lang: a.Lang, Own: job.Own})
}

// folded returns a text folded for search in memory of its own.
func (w *worker) folded(text []byte) []byte {
	if len(text) == 0 {
		return nil
	}
	w.fold = spelling.AppendFold(w.fold[:0], text)
	return append([]byte(nil), w.fold...)
}

// summary returns the folded summary that routing reads: the publisher's, else
// the beginning of the body. It is valid until the next call of folded.
func (w *worker) summary(html string, body []byte) []byte {
	if html != "" {
		text := document.AppendText(nil, html)
		w.fold = spelling.AppendFold(w.fold[:0], text)
		return w.fold[:wordsUpTo(w.fold, 2*routedText)]
	}
	return body[:wordsUpTo(body, routedText)]
}

// wordsUpTo returns where the last whole word within n bytes ends.
func wordsUpTo(folded []byte, n int) int {
	if len(folded) <= n {
		return len(folded)
	}
	for n > 0 && folded[n] != ' ' {
		n--
	}
	return n
}

func authorNames(authors []feeds.Author) []byte {
	var names []byte
	for _, a := range authors {
		names = append(append(names, a.Name...), ' ')
	}
	return names
}

// langOf returns an article's language: what its feed says unless its letters
// prove otherwise, else what they look like.
func langOf(a *feeds.Article, job *Job, text []byte) string {
	said := a.Lang
	if job.Feed.Lang != "" && (said == "" || said == "en") { // "en" is what software writes by itself
		said = job.Feed.Lang
	}
	if said != "" && script(said) == scriptOf(a.Title) {
		return said
	}
	sample := a.Title
	if len(text) > 0 {
		sample += " " + strings.ToValidUTF8(string(text[:min(len(text), 300)]), "")
	}
	seen := spelling.Language(sample)
	if said == "" || seen != "" && script(said) != "" && script(seen) != script(said) {
		return seen
	}
	return said
}

// script returns the script of the languages that we can tell apart by it.
func script(lang string) string {
	switch lang {
	case "ar", "fa", "ckb", "ur", "ps":
		return "arabic"
	case "he", "yi":
		return "hebrew"
	case "en", "tr", "kmr", "fr", "de", "es", "it", "nl", "az":
		return "latin"
	}
	return ""
}

// scriptOf returns the script that most of the first letters of s are of.
func scriptOf(s string) string {
	var latin, hebrew, arabic, seen int
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x250:
			latin++
		case r >= 0x5d0 && r <= 0x5ea:
			hebrew++
		case r >= 0x620 && r < 0x700:
			arabic++
		default:
			continue
		}
		if seen++; seen == 60 {
			break
		}
	}
	switch {
	case 2*latin > seen:
		return "latin"
	case 2*hebrew > seen:
		return "hebrew"
	case 2*arabic > seen:
		return "arabic"
	}
	return ""
}
