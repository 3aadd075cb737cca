package ui

import (
	"fmt"
	"strings"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/document"
	"sitrep/store"
)

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
