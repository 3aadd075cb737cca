package ui

import (
	"fmt"
	"maps"

	"sitrep/feeds/catalog"
	"sitrep/store"
)

// languages are the general feeds of the chooser, which are ticked by language.
// A language counts as ticked when one of its feeds is subscribed.
type languages struct {
	ticked map[string]bool
	before map[string]bool // as they were when the chooser was opened
	chosen map[feedChoice]bool
	shelf  *catalog.Catalog // nil offers nothing
}

// feedChoice is a general feed, by its catalogue id, subscribed for a briefing.
type feedChoice struct{ briefing, feed string }

// newLanguages reads from what is subscribed which languages are ticked.
func newLanguages(subscribed []store.FeedState, shelf *catalog.Catalog, briefings map[string]bool) languages {
	l := languages{ticked: map[string]bool{}, chosen: map[feedChoice]bool{}, shelf: shelf}
	for _, f := range subscribed {
		for _, b := range f.Briefings {
			l.chosen[feedChoice{b, f.Catalog}] = true
		}
	}
	for id := range briefings {
		for _, f := range l.general(id) {
			if l.chosen[feedChoice{id, f.Catalog}] {
				l.ticked[languageOf(f)] = true
			}
		}
	}
	l.before = maps.Clone(l.ticked)
	return l
}

// changed tells whether a language was ticked or unticked.
func (l languages) changed() bool {
	for lang := range l.ticked {
		if l.ticked[lang] != l.before[lang] {
			return true
		}
	}
	return false
}

// general are the general feeds on offer to a briefing.
func (l languages) general(briefing string) []catalog.Feed {
	if l.shelf == nil {
		return nil
	}
	var out []catalog.Feed
	for _, f := range l.shelf.General(briefing) {
		if !f.Disabled {
			out = append(out, f)
		}
	}
	return out
}

// wanted are the general feeds that a briefing shall have, by catalogue id. Of a
// subscribed briefing a language that was ticked before keeps its feeds as they
// were chosen, perhaps one by one on the command line. It is nil, which leaves
// an earlier choice alone, for a briefing that comes without any.
func (l languages) wanted(briefing string, subscribed bool) []string {
	var out []string
	if subscribed {
		out = []string{}
	}
	for _, f := range l.general(briefing) {
		lang := languageOf(f)
		kept := subscribed && l.before[lang]
		if l.ticked[lang] && (!kept || l.chosen[feedChoice{briefing, f.Catalog}]) {
			out = append(out, f.Catalog)
		}
	}
	return out
}

// offer is the general feeds of one language.
type offer struct {
	feeds int
	bytes int64 // of one answer of each, about
}

// offered groups the general feeds of the ticked briefings by language.
func (l languages) offered(briefings map[string]bool) map[string]offer {
	out, seen := map[string]offer{}, map[string]bool{}
	for id, on := range briefings {
		if !on {
			continue
		}
		for _, f := range l.general(id) {
			if !seen[f.Catalog] {
				seen[f.Catalog] = true
				o := out[languageOf(f)]
				out[languageOf(f)] = offer{o.feeds + 1, o.bytes + f.ApproxBytes()}
			}
		}
	}
	return out
}

func (o offer) String() string {
	size := fmt.Sprintf("%d kB", max(1, o.bytes/1000))
	if o.bytes >= 100_000 {
		size = fmt.Sprintf("%.1f MB", float64(o.bytes)/1e6)
	}
	if o.feeds == 1 {
		return "1 feed, about " + size + " when it has news"
	}
	return fmt.Sprintf("%d feeds, about %s when all of them have news", o.feeds, size)
}

func languageOf(f catalog.Feed) string { return orText(f.Lang, "other") }

// languageName writes a language out.
func languageName(tag string) string {
	names := map[string]string{"en": "English", "ar": "Arabic", "tr": "Turkish", "fa": "Persian", "he": "Hebrew", "ckb": "Kurdish (Sorani)", "kmr": "Kurdish (Kurmanji)", "fr": "French", "other": "Other languages"}
	return orText(names[tag], tag)
}
