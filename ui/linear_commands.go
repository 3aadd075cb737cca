package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
	"sitrep/store"
)

// lineCommand is what can be typed: a letter or sign, as far as there is one the
// key of the screen, and a word for the same.
type lineCommand struct {
	names []string
	takes string // what may follow it
	help  string
	do    func(l *linear, rest string)
}

// lineCommands are in the order of the help. q is not among them: it ends.
func lineCommands() []lineCommand {
	return []lineCommand{
		{[]string{"n", "next"}, "", "read the next unread article; an empty line does the same", func(l *linear, _ string) { l.next() }},
		{[]string{"p", "previous"}, "", "read the article before", func(l *linear, _ string) { l.read(l.at - 1) }},
		{[]string{"again", "t"}, "", "print this article again", func(l *linear, _ string) { l.read(l.at) }},
		{[]string{"l", "list"}, "", "list the articles, with what has come", func(l *linear, _ string) { l.relist(0) }},
		{[]string{"+", "more"}, "", "list the next ones", func(l *linear, _ string) { l.relist(l.page + pageRows) }},
		{[]string{"-", "back"}, "", "list the ones before", func(l *linear, _ string) { l.relist(max(0, l.page-pageRows)) }},
		{[]string{"b", "briefings"}, "[NAME]", "name the briefings and watches, or go to one", (*linear).briefing},
		{[]string{"/", "search"}, "[WORDS]", "search everything; without words, back to the list", (*linear).search},
		{[]string{".", "hide"}, "", "hide or show what is read", func(l *linear, _ string) { l.hide() }},
		{[]string{"s", "star"}, "[NUMBER]", "star the article, or take the star away", func(l *linear, rest string) { l.toggle(rest, store.Star, store.Unstar) }},
		{[]string{"m", "mark"}, "[NUMBER]", "mark it unread or read", func(l *linear, rest string) { l.toggle(rest, store.Unread, store.Read) }},
		{[]string{"A", "all"}, "", "mark this list read", func(l *linear, _ string) { l.markAll() }},
		{[]string{"u", "undo"}, "", "take back the last mark", func(l *linear, _ string) { l.tell(l.do.undo()()) }},
		{[]string{"redo"}, "", "make it again", func(l *linear, _ string) { l.tell(l.do.redo()()) }},
		{[]string{"L", "links"}, "", "list the links of this article", func(l *linear, _ string) { l.links() }},
		{[]string{"o", "open"}, "[NUMBER]", "open the article, or a link of it, in the browser", (*linear).open},
		{[]string{"y", "address"}, "", "print the address of the article", func(l *linear, _ string) { l.address() }},
		{[]string{"x", "fulltext"}, "", "get the article's page and print its full text, or the other of the two texts", func(l *linear, _ string) { l.fullText() }},
		{[]string{"v", "revisions"}, "", "print what changed in the article's text", func(l *linear, _ string) { l.revisions() }},
		{[]string{"S", "save"}, "[md, html or txt] [PATH]", "save the article to a file", (*linear).save},
		{[]string{"r", "refresh"}, "", "fetch what is new", func(l *linear, _ string) { l.refresh() }},
		{[]string{"h", "help", "?"}, "", "this list", func(l *linear, _ string) { l.help() }},
	}
}

// obey does what was typed and reports whether the reader is to end.
func (l *linear) obey(typed string) (quit bool) {
	word, rest := firstWord(typed)
	if n, err := strconv.Atoi(word); err == nil && rest == "" {
		l.number(n)
		return false
	}
	switch word {
	case "":
		l.next()
		return false
	case "q", "Q", "quit", "exit":
		return true
	}
	for _, c := range lineCommands() {
		if slices.Contains(c.names, word) {
			c.do(l, rest)
			return false
		}
	}
	l.say("There is no command " + isolate(word) + "; h lists them all.")
	return false
}

func (l *linear) help() {
	l.say("NUMBER: read that article of the list.")
	for _, c := range lineCommands() {
		names := strings.Join(c.names, " or ")
		if c.takes != "" {
			names += " " + c.takes
		}
		l.say(names + ": " + c.help + ".")
	}
	l.say("q: end.")
}

func (l *linear) relist(from int) {
	if from == 0 {
		l.at = -1
	}
	if from > 0 && from >= len(l.rows) && l.last {
		l.say("That is the end of the list.")
		return
	}
	l.list(from)
}

// briefings names all briefings and watches.
func (l *linear) briefings() {
	if l.fail(l.count()) {
		return
	}
	l.say(fmt.Sprintf("All: %s unread", number(l.over.All.Unread)))
	for _, b := range l.over.Briefings {
		l.say(fmt.Sprintf("%s: %s unread", isolate(b.Title), number(b.Unread)))
	}
	for _, w := range l.over.Watches {
		l.say(fmt.Sprintf("%s, a watch: %s unread", isolate(w.Name), number(w.Unread)))
	}
	l.say("b NAME goes there. sitrep briefings, outside, subscribes others.")
}

// briefing goes to a briefing or watch by its name; without one it names them all.
func (l *linear) briefing(name string) {
	if name == "" {
		l.briefings()
		return
	}
	scope, title, ok := l.named(name)
	if !ok {
		l.say("No briefing or watch is called " + isolate(name) + "; b names them all.")
		return
	}
	scope.UnreadOnly = l.scope.UnreadOnly
	l.scope, l.title, l.at, l.query.Expr = scope, title, -1, nil
	l.list(0)
}

func (l *linear) named(name string) (sc store.Scope, title string, ok bool) {
	if strings.EqualFold(name, "all") {
		return sc, "All", true
	}
	for _, b := range l.over.Briefings {
		if strings.EqualFold(b.ID, name) || strings.EqualFold(b.Title, name) {
			return store.Scope{Briefing: b.ID}, b.Title, true
		}
	}
	for _, w := range l.over.Watches {
		if strings.EqualFold(w.Name, name) {
			return store.Scope{Watch: w.ID}, w.Name, true
		}
	}
	return sc, "", false
}

func (l *linear) hide() {
	l.scope.UnreadOnly, l.query.Expr, l.at = !l.scope.UnreadOnly, nil, -1
	l.title = l.placeTitle()
	l.list(0)
}

// toggle sets or takes away a mark of the article that is read, or of the one
// with the number typed.
func (l *linear) toggle(rest string, set, unset store.Act) {
	i := l.at
	if n, err := strconv.Atoi(rest); err == nil {
		i = n - 1
	}
	if i < 0 || i >= len(l.rows) {
		l.say("Read an article first, or give its number.")
		return
	}
	r := &l.rows[i]
	act := set
	if set == store.Star && r.Starred || set == store.Unread && !r.Read {
		act = unset
	}
	if _, err := l.do.store.Mark(l.do.ctx, act, r.ID); l.fail(err) {
		return
	}
	r.Starred, r.Read = act == store.Star || act != store.Unstar && r.Starred, act == store.Read || act != store.Unread && r.Read
	l.say(fmt.Sprintf("Article %d is %s.", i+1, actWords(act)))
}

// markAll marks what the list holds, but nothing that came since it was listed.
func (l *linear) markAll() {
	sc := l.scope
	if l.query.Expr != nil {
		sc = store.Scope{Filter: l.query.Expr}
	}
	sc.UnreadOnly, sc.MaxArrival = true, l.over.Arrival
	n, err := l.do.store.MarkAll(l.do.ctx, sc, store.Read)
	if l.fail(err) {
		return
	}
	for i := range l.rows {
		l.rows[i].Read = true
	}
	l.say(number(n) + " marked read. u takes it back.")
}

// tell says what came of taking a mark back, and reads the marks of the list anew.
func (l *linear) tell(msg any) {
	r, ok := msg.(markedMsg)
	if !ok {
		return
	}
	if r.err != nil {
		l.say("There is nothing to take back.")
		return
	}
	l.say(r.words + ".")
	l.freshen()
}

func (l *linear) freshen() {
	ids := make([]feeds.ArticleID, len(l.rows))
	for i, r := range l.rows {
		ids[i] = r.ID
	}
	rows, err := l.do.store.Rows(l.do.ctx, ids)
	if l.fail(err) {
		return
	}
	for _, r := range rows {
		if i := slices.IndexFunc(l.rows, func(x store.Row) bool { return x.ID == r.ID }); i >= 0 {
			l.rows[i] = r
		}
	}
}

// refresh asks every feed that is due, all of them when none is.
func (l *linear) refresh() {
	if l.set.offline {
		l.say("Nothing is fetched: sitrep was started with --offline.")
		return
	}
	l.say("Fetching; this can take a while.")
	l.flush()
	sum, err := l.do.refresh(l.do.ctx, refresh.Options{All: true})
	switch {
	case l.fail(err):
		return
	case sum.Offline:
		l.say("There is no network.")
	default:
		s := number(sum.New) + " new from " + feedCount(sum.Total) + "."
		if sum.Failed > 0 {
			s += fmt.Sprintf(" %d of them gave nothing; sitrep feeds, outside, says why.", sum.Failed)
		}
		l.say(s)
	}
	l.fail(l.count())
}
