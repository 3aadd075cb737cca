package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/address"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/page"
)

func (l *linear) number(n int) {
	if n < 1 || n > len(l.rows) {
		l.say(fmt.Sprintf("There is no article %d in this list; it has been listed up to %d.", n, len(l.rows)))
		return
	}
	l.read(n - 1)
}

// next reads the next unread article after the present one.
func (l *linear) next() {
	for i := l.at + 1; ; i++ {
		if i >= len(l.rows) {
			if l.last {
				l.say(isolate(l.title) + " is read to its end. l lists it anew, b names other briefings.")
				return
			}
			rows, err := l.window(store.Window{From: l.lastID(), Limit: pageRows})
			if l.fail(err) {
				return
			}
			l.rows, l.last = append(l.rows, rows...), len(rows) < pageRows
			if i >= len(l.rows) {
				continue
			}
		}
		if !l.rows[i].Read {
			l.read(i)
			return
		}
	}
}

func (l *linear) lastID() feeds.ArticleID {
	if len(l.rows) == 0 {
		return 0
	}
	return l.rows[len(l.rows)-1].ID
}

// read prints article i of the list and marks it read.
func (l *linear) read(i int) {
	if i < 0 || i >= len(l.rows) {
		l.say("There is no such article; l lists those that there are.")
		return
	}
	l.at = i
	r := &l.rows[i]
	laid, err := l.do.page(r.ID, l.request())
	if l.fail(err) {
		return
	}
	for laid.rest != nil {
		laid = laid.next()
	}
	l.shown = laid
	l.say(fmt.Sprintf("Article %d", i+1) + strings.TrimSuffix(", "+strings.TrimSuffix(marksInWords(*r), ": "), ", ") + ".")
	for _, s := range laid.lines {
		l.line(s)
	}
	if !r.Read || r.Updated {
		if _, err := l.do.store.Mark(l.do.ctx, store.Read, r.ID); l.fail(err) {
			return
		}
		r.Read, r.Updated = true, false
	}
}

// request is how articles are laid out: without any paint.
func (l *linear) request() pageRequest {
	return pageRequest{width: l.width, measure: l.width, ascii: l.set.ascii, text: l.set.text, now: l.set.now(), zone: l.set.zone, places: l.places, prefer: l.scope.Briefing, feedText: l.feed, offline: l.set.offline, ways: waysOut{page: "x", browser: "o"}}
}

// reading is the article that is read, said to be missing if there is none.
func (l *linear) reading() bool {
	if l.shown == nil || l.at < 0 {
		l.say("Read an article first: type its number.")
		return false
	}
	return true
}

func (l *linear) links() {
	if !l.reading() {
		return
	}
	links := l.shown.outward()
	if len(links) == 0 {
		l.say("This article has no links in its text and no files.")
	}
	for _, x := range links {
		l.say(fmt.Sprintf("%d  %s", x.Number, isolate(x.Text.String())))
		l.line("   " + address.Show(x.URL).String())
		if w := warning(x); w != "" {
			l.say(w)
		}
	}
}

func (l *linear) address() {
	if l.reading() {
		l.line(safe.New(l.shown.article.Link).String())
	}
}

// open opens the article or one of its links. One that may deceive is opened only
// when its number is followed by "anyway".
func (l *linear) open(rest string) {
	if !l.reading() {
		return
	}
	link := l.shown.article.Link
	if rest != "" {
		digits, sure := strings.CutSuffix(rest, " anyway")
		links := l.shown.outward()
		i := slices.IndexFunc(links, func(x page.Link) bool { return strconv.Itoa(x.Number) == digits })
		if i < 0 {
			l.say("There is no link " + isolate(rest) + " in this article; L lists them.")
			return
		}
		if w := warning(links[i]); w != "" && !sure {
			l.say(w + " o " + digits + " anyway opens it.")
			return
		}
		link = links[i].URL
	}
	switch r := l.do.browse(link)().(browsedMsg); {
	case errors.Is(r.err, errNotWeb):
		l.say("Only web addresses are opened. This one is:")
		l.line(safe.New(link).String())
	case r.ssh || r.err != nil:
		l.say("No browser can be shown here. The address:")
		l.line(safe.New(link).String())
	default:
		l.say("Opened " + link)
	}
}

// revisions prints what changed against the text before.
func (l *linear) revisions() {
	if !l.reading() {
		return
	}
	msg := l.do.versions(l.shown.id, l.shown.status.Changed)().(versionsMsg)
	switch {
	case l.fail(msg.err):
		return
	case msg.pair == versus{}:
		l.say("The text of this article is the one that it came with.")
		return
	}
	q := l.request()
	q.versus = msg.pair
	laid, err := l.do.page(l.shown.id, q)
	if l.fail(err) {
		return
	}
	for _, s := range laid.lines {
		l.line(s)
	}
}

// save writes the article to a file, as on the screen.
func (l *linear) save(rest string) {
	if !l.reading() {
		return
	}
	format, path := saveArguments(rest)
	switch r := l.do.save(l.shown.id, false, format, path)().(savedMsg); {
	case r.err != nil:
		l.say("Not saved: " + isolatePath(r.err.Error()) + ".")
	default:
		l.say("Saved as " + isolatePath(r.path))
	}
}
