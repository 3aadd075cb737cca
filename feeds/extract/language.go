package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"sitrep/feeds/spelling"
)

// maxSample is how much of a text tells its language, in bytes.
const maxSample = 8 << 10

func sample(text string) string {
	if len(text) > maxSample {
		text = strings.ToValidUTF8(text[:maxSample], "")
	}
	return text
}

// language returns the language that a page declares, unless its text is in the
// letters of another one, or plainly not in English: templates are copied, and
// keep what they declared.
func language(declared, text, hinted string) string {
	declared = cleanTag(declared)
	found := spelling.Language(sample(text))
	switch {
	case declared == "":
		if found == "" {
			return cleanTag(hinted)
		}
		return found
	case found != "" && (isRightToLeft(sample(text)) != isRightToLeftTag(declared) || isEnglish(declared) && found != "en"):
		return found
	}
	return declared
}

func isEnglish(tag string) bool {
	return len(tag) >= 2 && strings.EqualFold(tag[:2], "en") && (len(tag) == 2 || tag[2] == '-')
}

// cleanTag returns s if it can be a language tag.
func cleanTag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	if len(s) < 2 || len(s) > 35 || strings.ContainsFunc(s, func(r rune) bool { return r != '-' && (r >= 0x80 || !unicode.IsLetter(r) && !unicode.IsDigit(r)) }) {
		return ""
	}
	return s
}

func isRightToLeftTag(tag string) bool {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch primary {
	case "ar", "fa", "he", "iw", "ckb", "ku", "ur", "ps", "yi", "sd", "ug", "dv", "syr", "arc", "azb", "per", "ara", "heb":
		return true
	}
	return false
}

// directionAround returns what the element around the first paragraph of a body,
// or one around that, declares in its page; "" for nothing.
func directionAround(doc, body *html.Node) string {
	start := firstLine(body)
	if start == "" {
		return ""
	}
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || !isStartOf(n.Data, start) {
			continue
		}
		for n = n.Parent; n != nil; n = n.Parent {
			if dir := attribute(n, "dir"); dir != "" {
				return dir
			}
		}
		return ""
	}
	return ""
}

// isStartOf reports whether a text of a page is the beginning of a paragraph.
func isStartOf(text, paragraph string) bool {
	text = strings.Join(strings.Fields(text), " ")
	return len(text) >= minLead && strings.HasPrefix(paragraph, text)
}

// direction returns rtl where the page says so or most letters are of such a
// script, else ltr. A page that declares ltr is not believed: it is what
// templates start with.
func direction(declared, text string) string {
	if strings.EqualFold(strings.TrimSpace(declared), "rtl") || isRightToLeft(sample(text)) {
		return "rtl"
	}
	return "ltr"
}

// isRightToLeft reports whether most letters of a text are of a script that is
// written from right to left.
func isRightToLeft(text string) bool {
	right, left := 0, 0
	for _, r := range text {
		switch {
		case r >= 0x590 && r <= 0x8FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC:
			if unicode.IsLetter(r) {
				right++
			}
		case unicode.IsLetter(r):
			left++
		}
	}
	return right > left
}
