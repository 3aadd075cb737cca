package spelling

import (
	_ "embed" // stopwords.csv
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// stopwordsCSV lists words that stand in most texts of a language: its function
// words with the pronouns written together with them, its commonest verbs and
// adverbs. A line holds a language and words; the first words of a language's
// first line are its commonest.
//
//go:embed stopwords.csv
var stopwordsCSV string

// commonest is how many words of a language nearly every article has one of.
const commonest = 5

// stopwords are folded.
type stopwords struct {
	all       map[string]bool
	commonest map[Script][]string
}

var stops = sync.OnceValue(func() stopwords {
	out := stopwords{map[string]bool{}, map[Script][]string{}}
	seen := map[string]bool{}
	for line := range strings.Lines(stopwordsCSV) {
		language, list, _ := strings.Cut(line, ",")
		words := strings.Fields(Fold(list))
		if script := ScriptOf(words[0]); !seen[language] {
			out.commonest[script] = append(out.commonest[script], words[:commonest]...)
		}
		seen[language] = true
		for _, w := range words {
			out.all[w] = true
			for _, c := range stopClitics(language, w) {
				out.all[c+w] = true
			}
		}
	}
	return out
})

// stopClitics returns what is written together with the next word and makes no
// other word of this one: one letter before two is often the beginning of a name.
func stopClitics(language, word string) []string {
	long := utf8.RuneCountInString(word) >= minClitic
	switch {
	case language == "ar" && long:
		return arabicClitics[:]
	case language == "ar":
		return arabicClitics[:1] // and
	case language == "he" && long:
		return hebrewClitics[:]
	case language == "he":
		return []string{"\u05d5", "\u05e9"} // and, that
	}
	return nil
}

// IsStopword reports whether a folded word, alone or with particles before it,
// is one that stands in most texts of Arabic, Persian, Kurdish, Urdu, Hebrew or
// Turkish: no spelling of a name that is guessed.
func IsStopword(folded string) bool { return stops().all[folded] }

// Commonest returns folded words of which most texts in a script have one: how
// many articles hold the commonest of them is about how many are in the script.
func Commonest(s Script) []string { return slices.Clone(stops().commonest[s]) }
