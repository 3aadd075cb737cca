package query

// Marks returns where the words stand in the text: byte ranges of the original,
// in order, none overlapping. Words are compared folded, phrases word by word; a
// star at the end of one lets its last word go on, and all of that word is marked.
func Marks(text string, words []string) [][2]int { return wordMarker(words).Marks(text) }
