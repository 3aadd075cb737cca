package routing

import "bytes"

// language says how the words of one language may differ from the term that
// they are: what is written together with them in front and behind. Everything
// is in folded spelling.
type language struct {
	tag    string
	script script

	// starts appends to at the offsets in word where a term may begin, the
	// first being 0. nil: only 0. Behind a prefix a term has three letters or more.
	starts func(word []byte, at []int) []int
	// article may stand before every later word of a phrase.
	article string
	// ending reports whether the letters may follow the last word of a term.
	ending func(letters []byte) bool
	// stem is how many bytes the last word of a term must have to take an ending.
	stem int
	// variants returns further spellings of a term that need a rule of their own.
	variants func(folded string) []string
}

// languages are those that terms may be written in; a term in another one
// matches whole words as they are.
var languages = []language{
	{tag: "en", script: latin, ending: englishEnding, stem: 3, variants: englishVariants},
	{tag: "fr", script: latin, ending: func(s []byte) bool { return string(s) == "s" }, stem: 4},
	{tag: "tr", script: latin, ending: turkishEnding, stem: 4},
	{tag: "kmr", script: latin, ending: kurmanjiEnding, stem: 4},
	{tag: "ar", script: arabic, starts: arabicStarts, article: "ال", ending: arabicEnding, stem: 8, variants: arabicVariants},
	{tag: "fa", script: arabic, ending: persianEnding, stem: 6},
	{tag: "ckb", script: arabic, ending: soraniEnding, stem: 8},
	{tag: "he", script: hebrew, starts: hebrewStarts, article: "ה", ending: hebrewEnding, stem: 8},
}

// arabicStarts knows and, then (wa, fa), in, to, as (bi, li, ka) and the article,
// in that order: وبالعراق is wa-bi-al-Iraq.
func arabicStarts(word []byte, at []int) []int {
	at = append(at, 0)
	at = arabicPrefixes(word, 0, at)
	if bytes.HasPrefix(word, []byte("و")) || bytes.HasPrefix(word, []byte("ف")) {
		at = append(at, 2)
		at = arabicPrefixes(word, 2, at)
	}
	return at
}

func arabicPrefixes(word []byte, i int, at []int) []int {
	rest := word[i:]
	if bytes.HasPrefix(rest, []byte("ال")) {
		return append(at, i+4)
	}
	if len(rest) < 2 {
		return at
	}
	switch string(rest[:2]) {
	case "ب", "ك":
		at = append(at, i+2)
		if bytes.HasPrefix(rest[2:], []byte("ال")) {
			at = append(at, i+6)
		}
	case "ل":
		at = append(at, i+2)
		if bytes.HasPrefix(rest[2:], []byte("ل")) {
			at = append(at, i+4) // li-al- is written ll
		}
	}
	return at
}

// arabicVariants adds the spelling of a term that begins with the article
// after li-: العراق is للعراق there.
func arabicVariants(folded string) []string {
	if rest, ok := bytes.CutPrefix([]byte(folded), []byte("ال")); ok && len(rest) >= 4 {
		return []string{"لل" + string(rest)}
	}
	return nil
}

// arabicEnding knows what makes an adjective or a person of a name: لبنان,
// لبناني, لبنانية, لبنانيين.
func arabicEnding(s []byte) bool {
	switch string(s) {
	case "ي", "يه", "يين", "يون", "يات", "ه", "ين", "ون", "ات":
		return true
	}
	return false
}

// hebrewStarts knows up to three of the letters that are written together with
// the next word (and, the, in, to, from, that, as).
func hebrewStarts(word []byte, at []int) []int {
	at = append(at, 0)
	for i := 2; i <= 6 && i < len(word); i += 2 {
		switch string(word[i-2 : i]) {
		case "ה", "ו", "ב", "ל", "מ", "ש", "כ":
			at = append(at, i)
			continue
		}
		break
	}
	return at
}

func hebrewEnding(s []byte) bool {
	switch string(s) {
	case "י", "ית", "ימ", "יימ", "יות":
		return true
	}
	return false
}

func englishEnding(s []byte) bool { return string(s) == "s" || string(s) == "es" }

// englishVariants adds the plural of a term in a consonant and y: refineries.
func englishVariants(folded string) []string {
	n := len(folded)
	if n < 4 || folded[n-1] != 'y' || bytes.IndexByte([]byte("aeiou "), folded[n-2]) >= 0 {
		return nil
	}
	return []string{folded[:n-1] + "ies"}
}

// turkishEnding knows the commonest endings of nouns. After an apostrophe they
// are a word of their own in folded text and need no rule.
func turkishEnding(s []byte) bool {
	switch string(s) {
	case "a", "e", "i", "u", "ya", "ye", "yi", "yu", "in", "un", "nin", "nun",
		"da", "de", "ta", "te", "dan", "den", "tan", "ten", "la", "le", "yla", "yle",
		"si", "su", "sini", "sunu", "sinin", "sunun", "sinda", "sinde", "sindan", "sinden", "sina", "sine",
		"na", "ne", "ni", "nu", "nda", "nde", "ndan", "nden",
		"lar", "ler", "lari", "leri", "larin", "lerin", "lara", "lere", "larda", "lerde", "lardan", "lerden",
		"larini", "lerini", "larinin", "lerinin", "larina", "lerine", "larinda", "lerinde",
		"ini", "unu", "inin", "unun", "ine", "una", "inda", "inde", "unda", "unde", "indan", "inden", "undan", "unden",
		"li", "lu", "liler", "lilar", "lular", "lik", "luk":
		return true
	}
	return false
}

func kurmanjiEnding(s []byte) bool {
	switch string(s) {
	case "e", "a", "i", "en", "an", "ye", "ya", "yan", "yen", "iyan":
		return true
	}
	return false
}

func persianEnding(s []byte) bool {
	switch string(s) {
	case "ي", "ها", "هاي", "هايي", "يها", "يهاي":
		return true
	}
	return false
}

func soraniEnding(s []byte) bool {
	switch string(s) {
	case "ي", "يش", "دا", "يدا", "يه", "هوه", "يهوه", "هكان", "هكاني", "ان", "اني", "يهكان", "يهكاني":
		return true
	}
	return false
}
