package ui

import (
	"fmt"
	"strings"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/address"
	"sitrep/feeds/document"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/page"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// readingPane shows one article, opened or only peeked at.
type readingPane struct {
	want   feeds.ArticleID // what should be shown
	opened bool            // opened by the reader, not only under the list's cursor
	stale  bool            // the store may have a later text than what is shown
	gen    int

	shown   *laidOut // what is shown; stays until the next one is ready
	growing *laidOut // the one that a further piece has been asked for
	follow  bool     // the end was asked for before it was laid out
	kept    kept
	offset  int
	find    string // what is looked for in the article
	match   int    // the current one of shown.matches
	// findFrom is the line from which on the first match is looked for, -1 once one
	// has been gone to.
	findFrom int
	hit      hit
	digits   string // a link number being typed
	quote    *quotation
	versus   versus // the texts that are compared in place of the article

	resumed  feeds.ArticleID               // the article that was scrolled to where it was left
	lastRead map[feeds.ArticleID]time.Time // before they were opened with a changed text
	err      string                        // why the article cannot be shown
}

// laidOut is an article laid out for a width: lines ready for the screen.
type laidOut struct {
	id      feeds.ArticleID
	width   int
	article feeds.Article
	status  feeds.Status
	full    bool // the page's text, not the feed's
	lines   []string
	links   []page.Link
	find    string
	measure int
	key     layoutKey
	routed  []store.Routed
	seen    []feeds.Feed
	stored  store.FullText

	indent   string       // before each line of text
	top      int          // lines above the text
	source   []int        // for each line of the text the block of the document that it shows
	anchors  []page.Place // where links within the text lead, in lines of the text
	matches  []int        // the line that each match of find begins on
	marked   []markedLine // those that hold a match
	headings []int        // lines that start a heading
	passages []page.Passage
	place    store.Place // where it was left
	rest     *laying     // what is still to be laid out, nil when all is
	share    float64     // of the article that is laid out, 1 when all is

	versus versus // it is a comparison of these texts
	texts  int    // how many the article has had, in a comparison
}

// pageRequest is what laying out an article needs; a value, so that it can be
// worked on away from the model.
type pageRequest struct {
	width, measure int
	ascii          bool
	text           text.Setter
	theme          theme.Theme
	now            time.Time
	zone           *time.Location // the reader's
	places         map[string]*time.Location
	prefer         string                   // the open briefing, whose zone is shown
	find           string                   // a query whose words are marked
	feedText       map[feeds.ArticleID]bool // whose feed's text is wanted although there is a full text
	offline        bool
	found, watched *query.Marker
	versus         versus
	hyperlinks     bool // the terminal is told where links lead
	reach          int  // the block that must be laid out before anything is shown,
	least          int  // and how many lines
	shown          *laidOut
}

// layOut makes the lines of an article that the feeds in seen carried. Of a long
// one it makes the first screen, and rest can go on.
func layOut(a feeds.Article, st feeds.Status, routed []store.Routed, seen []feeds.Feed, full store.FullText, q pageRequest) *laidOut {
	out := &laidOut{
		id: a.ID, width: q.width, measure: q.measure, article: a, status: st, find: q.find, share: 1, key: q.key(a.ID),
		full: q.showsFull(a.ID, full), routed: routed, seen: seen, stored: full,
	}
	if out.full {
		a.HTML, a.Base = full.HTML, full.URL
	}
	column := q.column()
	in := indentFor(q.width, column)
	out.indent = in
	add := func(p theme.Paint, line string) { out.lines = append(out.lines, fill(in+p.On(line), q.width)) }

	add(theme.Paint{}, "")
	put := func(l page.Line) { out.mark(l); add(theme.Paint{}, q.paintLine(l, nil)) }
	headline, matches := q.headline(a, column)
	for _, l := range headline {
		put(l)
	}
	for _, l := range q.text.Wrap([]text.Run{{Text: safe.New(byline(a, routed, words(a.HTML), fullSign(out.full, full, q), q))}}, column, text.LTR) {
		add(q.theme.Dim, strings.ReplaceAll(alignLine(l, column, text.LTR), noBreak, " "))
	}
	if who := writers(a, full, out.full); who != "" {
		add(q.theme.Dim, q.text.Line(safe.New(who), column, text.Auto))
	}
	add(theme.Paint{}, "")

	out.top = len(out.lines)
	l := &laying{q: q, markup: a.HTML, base: a.Base, seen: seen, full: full, matches: matches, indent: in}
	return l.first(out)
}

// carriers says which feeds carried an article.
func carriers(seen []feeds.Feed) string {
	names := make([]string, len(seen))
	for i, f := range seen {
		names[i] = isolate(f.Name())
	}
	return "Carried by " + strings.Join(names, ", ")
}

// addReferences lists the link of the article, and numbered the links below the
// text and the files that came with it, which open like links.
func (o *laidOut) addReferences(a feeds.Article, q pageRequest, column int, add func(theme.Paint, string)) {
	add(theme.Paint{}, "")
	if a.Link != "" {
		s, _ := q.text.Fit(safe.New(shortLink(a.Link)), column)
		add(q.theme.Dim, q.hyperlink(a.Link, 0, s))
	}
	reference := func(n int, s, to string) {
		if q.offline {
			s = "needs the network: " + s
		}
		label := fmt.Sprintf("[%d] ", n)
		s, _ = q.text.Fit(safe.New(s), max(1, column-len(label)))
		add(q.theme.Dim, label+q.hyperlink(to, n, s))
	}
	for _, l := range o.links {
		switch {
		case l.Deceives():
			reference(l.Number, shortLink(l.URL)+deceit(l), "")
		case l.URL != "":
			reference(l.Number, shortLink(l.URL), l.URL)
		}
	}
	for _, e := range a.Enclosures {
		l := page.Link{Number: len(o.links) + 1, URL: e.URL, Text: safe.New(orText(e.Type, "file") + size(e.Length))}
		o.links = append(o.links, l)
		reference(l.Number, l.Text.String()+" "+shortLink(e.URL), e.URL)
	}
}

func size(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1<<20:
		return fmt.Sprintf(" %d kB", (n+512)/1024)
	}
	return fmt.Sprintf(" %.1f MB", float64(n)/(1<<20))
}

func orText(s, def string) string {
	if s == "" {
		return def
	}
	return s
}

// shortLink is an address without its scheme, as lists show it.
func shortLink(u string) string {
	u = address.Show(u).String()
	for _, p := range []string{"https://www.", "http://www.", "https://", "http://"} {
		if rest, ok := strings.CutPrefix(u, p); ok {
			return strings.TrimSuffix(rest, "/")
		}
	}
	return u
}

// noBreak binds the dot between two parts to the part before it: a line may end
// with the dot, never begin with it.
const noBreak = "\u00a0"

// byline is the source, both times, the age, the language and the reading time.
func byline(a feeds.Article, routed []store.Routed, words int, sign string, q pageRequest) string {
	at, undated := feeds.Effective(a.Published, a.FirstSeen)
	parts := []string{isolate(orText(a.Source, "unknown source"))}
	if undated {
		parts = append(parts, "undated, first seen "+when(q.now.In(q.zone), at.In(q.zone)))
	} else {
		parts = append(parts, times(at, routed, q)...)
	}
	parts = append(parts, age(q.now, at))
	if a.Lang != "" {
		parts = append(parts, a.Lang)
	}
	if sign != "" {
		parts = append(parts, sign)
	}
	if words > 0 {
		parts = append(parts, readingTime(words))
	}
	return strings.Join(parts, signsFor(q.ascii).plain(noBreak+"· "))
}

// readingTime is how long so many words take, at 220 a minute.
func readingTime(words int) string {
	minutes := (words + 219) / 220
	if minutes > 180 {
		return fmt.Sprintf("%d%sh", (minutes+30)/60, noBreak)
	}
	return fmt.Sprintf("%d%smin", minutes, noBreak)
}

// times gives a moment in the reader's zone and, when it differs, in the zone
// of the open briefing or of the first one with a zone that the article is in.
func times(at time.Time, routed []store.Routed, q pageRequest) []string {
	out := []string{when(q.now.In(q.zone), at.In(q.zone))}
	id := q.prefer
	for _, r := range routed {
		if id == "" && q.places[r.Briefing] != nil {
			id = r.Briefing
		}
	}
	place := q.places[id]
	if place == nil {
		return out
	}
	_, here := at.In(q.zone).Zone()
	_, there := at.In(place).Zone()
	if here == there {
		return out
	}
	city := place.String()[strings.LastIndex(place.String(), "/")+1:]
	return append(out, at.In(place).Format("15:04")+noBreak+strings.ReplaceAll(city, "_", " "))
}

func authors(a feeds.Article) string {
	var names []string
	for _, w := range a.Authors {
		if w.Name != "" && w.Name != a.Source {
			names = append(names, w.Name)
		}
	}
	return strings.Join(names, ", ")
}

// words counts the words of markup; those of a long one are estimated from its
// start.
func words(markup string) (n int) {
	whole := len(markup)
	markup = markup[:min(whole, countedMarkup)]
	blank := true
	for _, c := range document.AppendText(nil, markup) {
		if c <= ' ' {
			blank = true
		} else if blank {
			blank = false
			n++
		}
	}
	return n * whole / max(1, len(markup))
}

// countedMarkup is how many bytes of an article words are counted in.
const countedMarkup = 256 << 10

// paintOf picks the paint of a style; of several bits the most telling wins.
func paintOf(s page.Style, th theme.Theme) theme.Paint {
	switch {
	case s&page.Hit != 0:
		return th.Mark
	case s&page.Removed != 0:
		return th.Removed
	case s&page.Added != 0:
		return th.Added
	case s&page.Watched != 0:
		return th.Watched
	case s&page.Heading != 0:
		return th.Title
	case s&page.LinkRef != 0:
		return th.Accent
	case s&page.Bold != 0:
		return th.Strong
	case s&page.Code != 0:
		return th.Code
	case s&page.Marked != 0:
		return th.Marked
	case s&page.Strike != 0:
		return th.Struck
	case s&page.Inserted != 0:
		return th.Inserted
	case s&page.Italic != 0:
		return th.Emph
	case s&(page.Dim|page.Quote) != 0:
		return th.Dim
	}
	return th.Plain
}

// take shows an article that came with its list.
func (r *readingPane) take(laid *laidOut, marking string) {
	if laid == nil || laid.find != marking || laid.id == r.want && r.versus != (versus{}) {
		return
	}
	if laid.id != r.want {
		r.want, r.offset, r.match, r.digits, r.quote, r.versus = laid.id, 0, 0, "", nil, versus{}
		r.resumed = 0
	}
	r.gen++
	r.shown, r.err, r.stale = laid, "", false
	r.kept.keep(laid)
}

// scroll moves the view by n lines within an area of h lines.
func (r *readingPane) scroll(n, h int) {
	r.offset, r.follow = clamp(r.offset+n, 0, r.end(h)), false
}

// end is the largest offset in an area of h lines.
func (r *readingPane) end(h int) int {
	if r.shown == nil {
		return 0
	}
	return max(0, len(r.shown.lines)-h)
}

// percent says how far the last visible line is from the end.
func (r *readingPane) percent(h int) int {
	if r.shown == nil || len(r.shown.lines) <= h && r.shown.rest == nil {
		return 100
	}
	return int(100 * r.shown.share * float64(min(r.offset+h, len(r.shown.lines))) / float64(len(r.shown.lines)))
}

// jump brings the match with index i on screen.
func (r *readingPane) jump(i, h int) {
	if r.shown == nil || len(r.shown.matches) == 0 {
		return
	}
	n := len(r.shown.matches)
	r.match = ((i % n) + n) % n
	if line := r.shown.matches[r.match]; line < r.offset || line >= r.offset+h {
		r.offset = clamp(line-h/3, 0, r.end(h))
	}
}

// link returns the link that the typed digits name.
func (r *readingPane) link() (page.Link, bool) {
	if r.shown == nil {
		return page.Link{}, false
	}
	for _, l := range r.shown.links {
		if fmt.Sprint(l.Number) == r.digits {
			return l, true
		}
	}
	return page.Link{}, false
}

// draw gives the visible lines.
func (r *readingPane) draw(w, h int, th theme.Theme) []string {
	if r.shown == nil || r.shown.width != w {
		return nil
	}
	from := clamp(r.offset, 0, r.end(h))
	return r.visible(from, min(len(r.shown.lines), from+h), th)
}
