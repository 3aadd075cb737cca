package ui

import (
	"fmt"
	"slices"
	"strings"
)

// intent is something the reader wants done. Keys, mouse, palette and help
// share one table of intents.
type intent string

const (
	doDown        intent = "down"
	doUp          intent = "up"
	doTop         intent = "top"
	doBottom      intent = "bottom"
	doHalfDown    intent = "half-page-down"
	doHalfUp      intent = "half-page-up"
	doPageDown    intent = "page-down"
	doPageUp      intent = "page-up"
	doSpace       intent = "continue"
	doOpen        intent = "open"
	doBack        intent = "back"
	doQuit        intent = "quit"
	doClose       intent = "close"
	doInterrupt   intent = "interrupt"
	doSuspend     intent = "suspend"
	doNextPane    intent = "next-pane"
	doPrevPane    intent = "previous-pane"
	doNextArticle intent = "next-article"
	doPrevArticle intent = "previous-article"
	doNext        intent = "next-unread"
	doPrev        intent = "previous-unread"
	doUnreadOnly  intent = "show-read"
	doWatch       intent = "watch"
	doRenameWatch intent = "rename-watch"
	doChangeWatch intent = "change-watch"
	doRemoveWatch intent = "remove-watch"
	doUnfold      intent = "unfold"
	doFold        intent = "fold"
	doSearch      intent = "search"
	doFilter      intent = "filter"
	doBrowser     intent = "browser"
	doCopy        intent = "copy-link"
	doShowLink    intent = "show-link"
	doRevisions   intent = "revisions"
	doSave        intent = "save"
	doPipe        intent = "pipe"
	doQuote       intent = "quote"
	doQuoteOne    intent = "quote-paragraph"
	doLinks       intent = "links"
	doFullText    intent = "full-text"
	doPageAgain   intent = "page-again"
	doAlwaysFull  intent = "always-full-text"
	doNextHeading intent = "next-heading"
	doPrevHeading intent = "previous-heading"
	doStar        intent = "star"
	doRead        intent = "mark"
	doAllRead     intent = "mark-all"
	doUndo        intent = "undo"
	doRedo        intent = "redo"
	doRefresh     intent = "refresh"
	doRefreshAll  intent = "refresh-all"
	doAddFeed     intent = "add-feed"
	doChoose      intent = "briefings"
	doHealth      intent = "health"
	doMeasure     intent = "measure"
	doMouse       intent = "mouse"
	doOrdering    intent = "bidi"
	doZen         intent = "zen"
	doNarrower    intent = "narrower"
	doWider       intent = "wider"
	doPalette     intent = "commands"
	doHelp        intent = "help"
	doSamples     intent = "samples"
	doLock        intent = "lock"
	doEncrypt     intent = "encrypt"
)

// binding ties an intent to its keys and to the words that help uses.
type binding struct {
	intent intent
	keys   []string // as Bubble Tea names them
	group  string
	help   string
}

// defaultBindings is the key map of a fresh start, in the order of the help.
func defaultBindings() []binding {
	return []binding{
		{doDown, []string{"j", "down"}, "Move", "down"},
		{doUp, []string{"k", "up"}, "Move", "up"},
		{doTop, []string{"g", "home"}, "Move", "to the top; shows what is new"},
		{doBottom, []string{"G", "end"}, "Move", "to the end"},
		{doHalfDown, []string{"ctrl+d"}, "Move", "half a page down"},
		{doHalfUp, []string{"ctrl+u"}, "Move", "half a page up"},
		{doPageDown, []string{"pgdown", "ctrl+f"}, "Move", "a page down"},
		{doPageUp, []string{"pgup", "ctrl+b"}, "Move", "a page up"},
		{doNextPane, []string{"tab"}, "Move", "next pane"},
		{doPrevPane, []string{"shift+tab"}, "Move", "previous pane"},
		{doUnfold, []string{"+"}, "Move", "unfold a briefing into its feeds"},
		{doFold, []string{"-"}, "Move", "fold it"},

		{doSpace, []string{"space"}, "Read", "a page on, then the next unread"},
		{doOpen, []string{"enter", "l", "right"}, "Read", "open"},
		{doBack, []string{"h", "left", "q"}, "Read", "back; q in the first pane quits"},
		{doNext, []string{"n"}, "Read", "next unread, or next match"},
		{doPrev, []string{"N", "p"}, "Read", "previous unread, or match"},
		{doNextArticle, []string{"J"}, "Read", "next article"},
		{doPrevArticle, []string{"K"}, "Read", "previous article"},
		{doFullText, []string{"x"}, "Read", "full text from the page; again the feed's"},
		{doPageAgain, nil, "Read", "get the page of the full text once more"},
		{doNextHeading, []string{"]", "}"}, "Read", "next heading of the article"},
		{doPrevHeading, []string{"[", "{"}, "Read", "heading before"},
		{doBrowser, []string{"o"}, "Read", "open in the browser"},
		{doCopy, []string{"y"}, "Read", "copy the link"},
		{doRevisions, []string{"v"}, "Read", "what changed in the text; left and right go through its texts"},
		{doQuote, []string{"c"}, "Read", "quote: choose paragraphs and copy them"},
		{doQuoteOne, []string{"C"}, "Read", "copy this paragraph and the link"},
		{doShowLink, []string{"Y"}, "Read", "show the link alone"},
		{doSave, []string{"S"}, "Read", "save as Markdown; :save html, txt or a path"},
		{doPipe, []string{"|"}, "Read", "give the article to a command; also :pipe COMMAND"},
		{doLinks, []string{"L"}, "Read", "list the links of the article"},

		{doSearch, []string{"/"}, "Find", "search all, or this article"},
		{doFilter, []string{"f"}, "Find", "filter this list"},
		{doUnreadOnly, []string{"."}, "Find", "show or hide what is read"},
		{doWatch, []string{"w"}, "Find", "watch this search, or words to type"},
		{doRenameWatch, nil, "Find", "give the watch under the cursor another name"},
		{doChangeWatch, nil, "Find", "give it another query"},
		{doRemoveWatch, nil, "Find", "remove it; its articles stay"},

		{doRead, []string{"m"}, "Marks", "read or unread"},
		{doStar, []string{"s"}, "Marks", "star"},
		{doAllRead, []string{"A"}, "Marks", "mark this list read"},
		{doUndo, []string{"u"}, "Marks", "undo"},
		{doRedo, []string{"ctrl+r"}, "Marks", "redo"},

		{doRefresh, []string{"r"}, "Feeds", "refresh this; again stops it"},
		{doRefreshAll, []string{"R"}, "Feeds", "refresh all; again stops it"},
		{doAlwaysFull, nil, "Feeds", "full texts of its new articles with each refresh"},
		{doAddFeed, []string{"a"}, "Feeds", "add a feed"},
		{doChoose, []string{"B"}, "Feeds", "choose briefings"},
		{doHealth, []string{"H"}, "Feeds", "how the feeds are, and why"},

		{doZen, []string{"z"}, "Screen", "only this pane"},
		{doNarrower, []string{"<"}, "Screen", "narrower"},
		{doWider, []string{">"}, "Screen", "wider"},
		{doMeasure, nil, "Screen", "widest line of an article, like :measure 80"},
		{doMouse, []string{"M"}, "Screen", "mouse on or off"},
		{doOrdering, nil, "Screen", "who orders right-to-left text"},
		{doPalette, []string{":"}, "Screen", "commands"},
		{doHelp, []string{"?", "f1"}, "Screen", "this help"},
		{doClose, []string{"esc", "ctrl+g"}, "Screen", "close or clear; never leaves"},
		{doSuspend, []string{"ctrl+z"}, "Screen", "suspend"},
		{doInterrupt, []string{"ctrl+c"}, "Screen", "cancel a prompt, elsewhere quit"},
		{doQuit, []string{"Q"}, "Screen", "quit"},
		{doLock, nil, "Screen", "lock an encrypted store"},
		{doEncrypt, nil, "Screen", "encrypt the store under a pass phrase"},
		{doSamples, nil, "Screen", "leave for the sample briefings"},
	}
}

// keyMap finds the intent of a key and the keys of an intent.
type keyMap struct {
	bindings []binding
	byKey    map[string]intent
}

// newKeyMap applies the [keys] settings (intent name to its new keys) to the
// defaults. An unknown name or a key that two intents claim is an error that
// names them.
func newKeyMap(rebind map[string][]string) (keyMap, error) {
	m := keyMap{bindings: defaultBindings(), byKey: map[string]intent{}}
	known := map[string]int{}
	for i, b := range m.bindings {
		known[string(b.intent)] = i
	}
	taken := map[string]bool{}
	for name, keys := range rebind {
		i, ok := known[name]
		if !ok {
			return keyMap{}, fmt.Errorf("read [keys]: there is no action %q; the actions are %s", name, strings.Join(intentNames(m.bindings), ", "))
		}
		m.bindings[i].keys = keys
		for _, k := range keys {
			taken[k] = true
		}
	}
	for i := range m.bindings {
		b := &m.bindings[i]
		if _, rebound := rebind[string(b.intent)]; !rebound {
			b.keys = slices.DeleteFunc(slices.Clone(b.keys), func(k string) bool { return taken[k] })
		}
		for _, k := range b.keys {
			if other, double := m.byKey[k]; double {
				return keyMap{}, fmt.Errorf("read [keys]: %q is bound to both %s and %s", k, other, b.intent)
			}
			m.byKey[k] = b.intent
		}
	}
	return m, nil
}

func intentNames(bs []binding) []string {
	out := make([]string, len(bs))
	for i, b := range bs {
		out[i] = string(b.intent)
	}
	return out
}

// key returns the first key of an intent as the screen names it, "" if unbound.
func (m keyMap) key(in intent) string {
	for _, b := range m.bindings {
		if b.intent == in && len(b.keys) > 0 {
			return keyName(b.keys[0])
		}
	}
	return ""
}

// keyName writes a key the way the help and the footer show it.
func keyName(k string) string {
	switch k {
	case "pgdown":
		return "PgDn"
	case "pgup":
		return "PgUp"
	case "shift+tab":
		return "S-Tab"
	}
	return strings.ReplaceAll(k, "ctrl+", "^")
}
