package ui

import (
	"sitrep/feeds"
	"sitrep/feeds/safe"
	"sitrep/store"
	"sitrep/ui/text"
	"sitrep/ui/theme"
)

// What the reading view shows of an article that has two texts, the feed's and
// its page's.

// showsFull reports whether an article's full text is shown in place of the
// feed's.
func (q pageRequest) showsFull(id feeds.ArticleID, full store.FullText) bool {
	return full.HTML != "" && !q.feedText[id]
}

// fullSign is what the byline says of the two texts.
func fullSign(shown bool, full store.FullText, q pageRequest) string {
	switch {
	case shown:
		return signsFor(q.ascii).fullText + noBreak + "full" + noBreak + "text"
	case full.HTML != "":
		return "feed's" + noBreak + "text"
	}
	return ""
}

// writers are who wrote an article: as its feed says, else as its page does.
func writers(a feeds.Article, full store.FullText, shown bool) string {
	who := authors(a)
	if who == "" && shown && full.Byline != a.Source {
		who = full.Byline
	}
	return who
}

// addPageState says below the text why there is no full text.
func addPageState(full store.FullText, q pageRequest, column int, add func(theme.Paint, string)) {
	said := ""
	switch {
	case full.HTML != "":
	case full.Wanted && full.Reason != "":
		said = full.Reason + " It is asked for again with a later refresh."
	case full.Wanted:
		said = "The article's page is wanted, and comes with the next refresh."
	case full.Reason != "":
		said = full.Reason
	}
	if said == "" {
		return
	}
	add(theme.Paint{}, "")
	for _, l := range q.text.Wrap([]text.Run{{Text: safe.New(said)}}, column, text.LTR) {
		add(q.theme.Dim, alignLine(l, column, text.LTR))
	}
}
