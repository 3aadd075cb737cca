package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLanguage is how many bytes of a text Language looks at: a headline and the
// first sentences decide.
const maxLanguage = 1000

// Language returns the language that a headline or text is written in, as a
// BCP 47 primary tag: en, fr, tr, kmr (Northern Kurdish) in Latin letters, ar,
// fa, ckb (Central Kurdish) in Arabic ones, he; "" when it is another one or
// cannot be told. It goes by script, by letters that only one of the languages
// has, and by the commonest small words.
func Language(text string) string {
	if len(text) > maxLanguage {
		text = text[:maxLanguage]
	}
	var latin, arabic, hebrew, other int
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
		case r < 0x250 || r >= 0x1E00 && r < 0x1F00:
			latin++
		case r >= 0x600 && r < 0x780 || r >= 0xFB50 && r < 0xFF00:
			arabic += 2 // a name in Latin letters does not make it English
		case r >= 0x590 && r < 0x600:
			hebrew += 2
		default:
			other++
		}
	}
	switch most := max(latin, arabic, hebrew, other); {
	case most == 0 || most == other:
		return ""
	case most == hebrew:
		return "he"
	case most == arabic:
		return arabicLanguage(text)
	}
	return latinLanguage(text)
}

// arabicLanguage tells languages in Arabic script apart.
func arabicLanguage(text string) string {
	var ar, fa, ckb, foreign int
	for _, r := range text {
		switch r {
		case 'ێ', 'ۆ', 'ڵ', 'ڕ':
			ckb += 3
		case 'ە', 'ڤ':
			ckb++
		case 'پ', 'چ', 'ژ', 'گ':
			fa++
			ckb++
		case 'ی', 'ک':
			fa++
		case 'ة', 'إ', 'ي', 'ك':
			ar++
		case 'ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ', 'ښ', 'ږ', 'ځ', 'څ', 'ړ', 'ټ', 'ډ', 'ۍ', 'ې': // Urdu, Pashto
			foreign += 3
		}
	}
	for _, w := range strings.FieldsFunc(text, notInWord) {
		switch w {
		case "في", "من", "على", "إلى", "الى", "عن", "مع", "بعد", "أن", "ان", "التي", "الذي", "قبل", "بين", "خلال", "ضد":
			ar += 2
		case "در", "از", "به", "که", "را", "این", "است", "شد", "با", "برای", "می", "های", "بر", "تا", "کرد", "خواهد":
			fa += 2
		case "لە", "بە", "بۆ", "و", "کە", "لەگەڵ", "دەکات":
			ckb += 2
		}
		if strings.HasPrefix(w, "ال") && len(w) > 6 || strings.HasPrefix(w, "وال") && len(w) > 8 {
			ar++
		}
	}
	switch most := max(ar, fa, ckb, foreign); {
	case most == foreign && foreign > 0:
		return ""
	case most == ckb && ckb > ar:
		return "ckb"
	case most == fa && fa > ar:
		return "fa"
	}
	return "ar"
}

func notInWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.M) && r != 0x200C }

// latinLanguage tells languages in Latin script apart.
func latinLanguage(text string) string {
	var score latinScore
	score.letters(text)
	words := strings.Fields(Fold(text))
	for _, w := range words {
		score.word(w)
	}
	tag, best, second := "", 0, 0
	for _, l := range [...]struct {
		tag    string
		points int
	}{{"en", score.en}, {"tr", score.tr}, {"fr", score.fr}, {"kmr", score.kmr}, {"", score.other}} {
		if l.points > best {
			tag, best, second = l.tag, l.points, best
		} else {
			second = max(second, l.points)
		}
	}
	switch {
	case tag == "kmr" && best < 4:
		return "" // its small words are small words elsewhere too
	case best > second:
		return tag
	case best <= 1 && score.marks <= 1 && len(words) >= 3:
		return "en" // headlines leave the small words out, one mark is a name's
	}
	return ""
}

// latinScore counts what speaks for each language.
type latinScore struct{ en, tr, fr, kmr, other, marks int }

func (s *latinScore) letters(text string) {
	for _, r := range text {
		if r < utf8.RuneSelf || !unicode.Is(unicode.Latin, r) {
			continue
		}
		s.marks++
		switch unicode.ToLower(r) {
		case 'ı', 'ğ', 'i': // i is what İ becomes
			s.tr += 2
		case 'ş':
			s.tr++
			s.kmr++
		case 'ç':
			s.tr++
			s.kmr++
			s.fr++
		case 'ö', 'ü':
			s.tr++
			s.other++
		case 'ê', 'î', 'û':
			s.kmr += 2
			s.fr++
		case 'é', 'è', 'à', 'ù', 'œ', 'â', 'ô', 'ë', 'ï':
			s.fr += 2
		default:
			s.other += 2
		}
	}
}

func (s *latinScore) word(w string) {
	switch w {
	case "the", "of", "to", "and", "for", "with", "from", "by", "is", "are", "was", "has", "after", "says", "say", "over",
		"will", "its", "amid", "at", "as", "that", "this", "who", "been", "have", "new", "against", "how", "why", "what":
		s.en += 2
	case "ve", "bir", "bu", "icin", "ile", "olarak", "daha", "sonra", "yeni", "gore", "karsi", "kadar", "oldu", "etti",
		"dedi", "olan", "cok", "ise", "iki", "son", "yil":
		s.tr += 2
	case "da", "o", "a":
		s.tr++
		s.other++
	case "le", "les", "des", "du", "et", "une", "pour", "dans", "sur", "aux", "par", "est", "qui", "que", "avec", "l", "d",
		"au", "ses", "sont", "apres", "contre", "la":
		s.fr += 2
	case "li", "ji", "bi", "ku", "xwe", "ser", "yen", "hatin", "dike", "dikin", "bo", "herema", "weke", "u", "ya", "ye":
		s.kmr += 2
	case "di", "de", "ne", "en", "se", "on", "un", "in":
		s.small(w)
	case "der", "das", "und", "ist", "von", "mit", "nicht", "im", "fur", "auf",
		"den", "dem", "ein", "eine", "zu", "sich", "aus", "el", "para", "del", "los", "las", "una", "por", "con", "y", "il", "della",
		"che", "per", "het", "een", "van", "op", "os", "na", "ao", "em", "nao", "och", "att", "w", "z", "je", "si":
		s.other += 2
	default:
		s.ending(w)
	}
}

// small counts words that several languages share.
func (s *latinScore) small(w string) {
	switch w {
	case "di":
		s.kmr++
		s.other++
	case "de":
		s.fr++
		s.kmr++
		s.tr++
		s.other++
	case "ne":
		s.fr++
		s.kmr++
		s.tr++
	case "en":
		s.fr++
		s.tr++
		s.other++
	case "se", "un":
		s.fr++
		s.other++
	case "on", "in":
		s.en += 2
		s.other++
	}
}

// ending counts the endings that Turkish words have and English ones have not.
func (s *latinScore) ending(w string) {
	if len(w) < 6 {
		return
	}
	for _, e := range [...]string{"lari", "leri", "inda", "inde", "undan", "unde", "indan", "inden", "larin", "lerin",
		"iyor", "uyor", "acak", "ecek", "masi", "mesi", "ligi", "lugu", "ildi", "uldu", "andi", "endi", "diler", "tiler",
		"nin", "nun", "daki", "deki", "siyle", "iyle", "sinda", "sinde"} {
		if strings.HasSuffix(w, e) {
			s.tr += 2
			return
		}
	}
	if strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "tion") && !strings.HasSuffix(w, "ation") {
		s.en++
	}
}
