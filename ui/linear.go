package ui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sitrep/feeds"
	"sitrep/feeds/query"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
)

// linear is the reader as a conversation in lines: it prints a list, waits for a
// command and prints what comes of it. Nothing moves on the screen and no line
// changes once it is printed, so that it serves screen readers, terminals that
// cannot place text, and pipes.
type linear struct {
	do  commands
	set settings
	in  <-chan string // lines as typed; closed at their end
	out *bufio.Writer

	echo  bool // commands come from a pipe: print them, for a transcript that can be read
	width int  // of a line, in cells

	over   store.Overview
	known  map[string]feeds.Briefing
	places map[string]*time.Location // zones of briefings
	scope  store.Scope
	title  string
	query  query.Query // of a search, its Expr nil while none is shown
	rows   []store.Row // of the list, as far as it was read
	page   int         // rows before the page that was listed last
	last   bool        // rows reach the end of the list
	at     int         // index of the article that is read, -1 for none
	shown  *laidOut
	feed   map[feeds.ArticleID]bool // whose feed's text is wanted although there is a full text
	failed error                    // of the output
}

// pageRows is how many articles a page of the list has.
const pageRows = 20

// Linear runs the reader in lines, on in and out, until q or the end of in. Lines
// of text are width cells wide; echo prints the commands that come from a pipe.
func Linear(ctx context.Context, o Options, in io.Reader, out io.Writer, width int, echo bool) error {
	o = withDefaults(o)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l := &linear{
		do: newCommands(ctx, o), set: newSettings(o), in: typedLines(ctx, in), out: bufio.NewWriter(out),
		echo: echo, width: width, known: map[string]feeds.Briefing{}, feed: map[feeds.ArticleID]bool{}, at: -1,
	}
	if err := l.start(); err != nil {
		return err
	}
	for more := true; more && l.flush(); {
		fmt.Fprint(l.out, "> ")
		more = l.flush() && l.turn(ctx)
	}
	l.flush()
	_ = l.do.store.EndVisit(context.WithoutCancel(ctx), l.do.now())
	return l.failed
}

// turn waits for one command and obeys it. It reports whether to go on.
func (l *linear) turn(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case typed, ok := <-l.in:
		if !ok {
			l.line("")
			return false
		}
		typed = strings.TrimSpace(safe.New(typed).String())
		if l.echo {
			l.line(typed)
		}
		return !l.obey(typed)
	}
}

// maxTyped is the longest line that is read, in bytes.
const maxTyped = 1 << 20

// typedLines reads lines beside the rest, because reading a terminal cannot be
// broken off and a signal must end the reader at once.
func typedLines(ctx context.Context, in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		defer func() { _ = recover() }() // as if the lines had ended there
		s := bufio.NewScanner(in)
		s.Buffer(nil, maxTyped)
		for s.Scan() {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// flush reports whether what was printed arrived.
func (l *linear) flush() bool {
	l.failed = l.out.Flush()
	return l.failed == nil
}

// start shows the first list, after fetching if nothing is stored yet.
func (l *linear) start() error {
	briefings, err := l.do.store.Briefings(l.do.ctx)
	if err != nil {
		return err
	}
	for _, b := range briefings {
		l.known[b.ID] = b
	}
	l.places = zonesOf(briefings)
	if err := l.count(); err != nil {
		return err
	}
	if l.over.All.Total == 0 && len(l.over.Feeds) > 0 && !l.set.offline {
		l.refresh()
	}
	if len(l.over.Feeds) == 0 {
		l.say("No feed is subscribed. sitrep briefings subscribe iraq, outside, subscribes that briefing; sitrep demo --plain shows samples.")
	}
	l.title = "All"
	switch {
	case l.set.query != "":
		l.search(l.set.query)
		return nil
	case l.set.open != "":
		l.scope.Briefing, l.title = l.set.open, l.known[l.set.open].Title
	case l.set.watch != 0:
		l.scope.Watch = l.set.watch
		for _, w := range l.over.Watches {
			if w.ID == l.set.watch {
				l.title = w.Name
			}
		}
	}
	l.list(0)
	l.say("Type a number to read that article, n for the next unread one, h for all commands.")
	return nil
}

// count reads the counters.
func (l *linear) count() (err error) {
	l.over, err = l.do.store.Overview(l.do.ctx)
	return err
}

// line prints a line that is set already.
func (l *linear) line(s string) { fmt.Fprintln(l.out, strings.TrimRight(s, " ")) }

// say prints a sentence of ours in as many lines as it takes.
func (l *linear) say(s string) {
	for _, part := range l.set.text.Wrap([]text.Run{{Text: safe.New(signsFor(l.set.ascii).plain(s))}}, l.width, text.LTR) {
		l.line(alignLine(part, l.width, text.LTR))
	}
}

// fail says what went wrong, if err does.
func (l *linear) fail(err error) bool {
	if err != nil {
		l.say(sentence(err))
	}
	return err != nil
}

// list prints the page of the list that begins at row from.
func (l *linear) list(from int) {
	if from == 0 {
		l.rows, l.last = nil, false
		if l.fail(l.count()) {
			return
		}
	}
	for !l.last && len(l.rows) < from+pageRows {
		w := store.Window{Limit: pageRows}
		if n := len(l.rows); n > 0 {
			w.From = l.rows[n-1].ID
		}
		rows, err := l.window(w)
		if l.fail(err) {
			return
		}
		l.rows, l.last = append(l.rows, rows...), len(rows) < pageRows
	}
	l.page = from
	l.say(l.heading())
	for i := from; i < min(len(l.rows), from+pageRows); i++ {
		l.say(l.row(i))
	}
	switch {
	case len(l.rows) == 0:
		l.say("Nothing is listed here.")
	case !l.last || from+pageRows < len(l.rows):
		l.say("+ lists more.")
	}
}

func (l *linear) window(w store.Window) ([]store.Row, error) {
	if l.query.Expr != nil {
		return l.do.store.Search(l.do.ctx, l.query, w)
	}
	return l.do.store.List(l.do.ctx, l.scope, w)
}

// heading names the list and says how much is unread in it.
func (l *linear) heading() string {
	if l.query.Expr != nil {
		n, err := l.do.store.Count(l.do.ctx, l.query)
		if err != nil {
			return l.title
		}
		return l.title + ": " + number(n) + " found"
	}
	counts := l.over.All
	for _, b := range l.over.Briefings {
		if b.ID == l.scope.Briefing {
			counts = b.Counts
		}
	}
	for _, w := range l.over.Watches {
		if w.ID == l.scope.Watch {
			counts = w.Counts
		}
	}
	s := fmt.Sprintf("%s: %s unread of %s", isolate(l.title), number(counts.Unread), number(counts.Total))
	if l.scope.UnreadOnly {
		s += ", unread only"
	}
	return s
}

// row is an article of the list in words: its number, its marks, its headline,
// where it is from, how old it is and its language.
func (l *linear) row(i int) string {
	r := l.rows[i]
	return strconv.Itoa(i+1) + "  " + marksInWords(r) + isolate(r.Title) + " (" + strings.Join(l.about(r), ", ") + ")"
}

func (l *linear) about(r store.Row) []string {
	parts := []string{isolate(orText(r.Source, "unknown source")), age(l.set.now(), r.At)}
	if r.Lang != "" {
		parts = append(parts, r.Lang)
	}
	return parts
}

func marksInWords(r store.Row) string {
	var marks []string
	switch {
	case r.Updated:
		marks = append(marks, "changed")
	case !r.Read:
		marks = append(marks, "unread")
	}
	if r.Starred {
		marks = append(marks, "starred")
	}
	if len(marks) == 0 {
		return ""
	}
	return strings.Join(marks, ", ") + ": "
}

// search lists what a query finds; an empty one goes back to the list.
func (l *linear) search(words string) {
	if strings.TrimSpace(words) == "" {
		l.query, l.title = query.Query{}, l.placeTitle()
		l.list(0)
		return
	}
	l.query = query.Read(words, query.Options{Now: l.set.now(), Location: l.set.zone})
	l.title = isolate(words)
	l.at = -1
	l.list(0)
	for _, n := range l.query.Notes {
		l.say(n.Text)
	}
}

// placeTitle names the list that a search was started from.
func (l *linear) placeTitle() string {
	if b, ok := l.known[l.scope.Briefing]; ok {
		return b.Title
	}
	for _, w := range l.over.Watches {
		if w.ID == l.scope.Watch {
			return w.Name
		}
	}
	return "All"
}

// firstWord splits a command from what follows it. A sign needs no space behind it.
func firstWord(typed string) (word, rest string) {
	if r, n := utf8.DecodeRuneInString(typed); strings.ContainsRune("/+-.?", r) {
		return typed[:n], strings.TrimSpace(typed[n:])
	}
	word, rest, _ = strings.Cut(typed, " ")
	return word, strings.TrimSpace(rest)
}
