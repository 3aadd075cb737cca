package spelling

import (
	"strings"
	"unicode/utf8"
)

const (
	arabicArticle = "\u0627\u0644" // al-
	arabicTo      = "\u0644"       // li-, which swallows the alef of the article
)

// What is written together with the next word. Arabic: and, so, in, as, to, and
// two of them. Hebrew: the, and, in, to, from, that, as, and two of them.
var (
	arabicClitics = [...]string{"\u0648", "\u0641", "\u0628", "\u0643", "\u0644", "\u0648\u0628", "\u0648\u0644"}
	hebrewClitics = [...]string{"\u05d4", "\u05d5", "\u05d1", "\u05dc", "\u05de", "\u05e9", "\u05db",
		"\u05d5\u05d4", "\u05d5\u05d1", "\u05d5\u05dc", "\u05d5\u05de", "\u05d5\u05e9", "\u05e9\u05d4", "\u05e9\u05d1", "\u05db\u05e9", "\u05de\u05d4"}
)

// minClitic is how many letters a word needs so that letters before it are
// likely to be clitics and not part of another word.
const minClitic = 3

// Clitics returns the forms that a folded Arabic or Hebrew word takes in a
// sentence: with the article and with particles before it, for an Arabic word
// that has the article also without. They are forms that can be; which of them
// are words only an archive can say.
func Clitics(word string) (forms []string) {
	if utf8.RuneCountInString(word) < minClitic {
		return nil
	}
	switch ScriptOf(word) {
	case Arabic:
		return arabicForms(word)
	case Hebrew:
		for _, c := range hebrewClitics {
			forms = append(forms, c+word)
		}
	}
	return forms
}

func arabicForms(word string) (forms []string) {
	stem, definite := strings.CutPrefix(word, arabicArticle)
	if definite && utf8.RuneCountInString(stem) >= minClitic {
		forms = append(forms, stem)
	} else {
		stem = word
		forms = append(forms, arabicArticle+stem)
	}
	for _, c := range arabicClitics {
		forms = append(forms, c+stem)
		if strings.HasSuffix(c, arabicTo) {
			forms = append(forms, c+arabicTo+stem)
		} else {
			forms = append(forms, c+arabicArticle+stem)
		}
	}
	return forms
}

// Display writes a folded word as a reader expects it: a Latin name with a
// capital, a Hebrew word with its final letter.
func Display(folded string) string {
	last, n := utf8.DecodeLastRuneInString(folded)
	if end, ok := finals[last]; ok {
		return folded[:len(folded)-n] + end
	}
	if folded != "" && folded[0] >= 'a' && folded[0] <= 'z' {
		return strings.ToUpper(folded[:1]) + folded[1:]
	}
	return folded
}

var finals = map[rune]string{'\u05db': "\u05da", '\u05de': "\u05dd", '\u05e0': "\u05df", '\u05e4': "\u05e3", '\u05e6': "\u05e5"}

// Capitals counts how often the text has the folded word with a capital letter
// at its start and without one: a name has it.
func Capitals(text, folded string) (upper, lower int) {
	b, spans := AppendSpans(nil, nil, []byte(text))
	for _, s := range spans {
		if string(b[s.From:s.To]) != folded {
			continue
		}
		if written := text[s.Start:s.End]; written == strings.ToLower(written) {
			lower++
		} else {
			upper++
		}
	}
	return upper, lower
}
