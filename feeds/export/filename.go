package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/feeds/safe"
)

// maxFileName is the longest file name of common file systems, in bytes.
const maxFileName = 255

// FileName makes a file name of a headline: one that lies in the folder it is given
// to, is seen, and is a name on every common system. ext is its ending with the
// dot; number, if it is above 1, tells it from others of the same headline. It is
// at most 255 bytes long.
func FileName(title, ext string, number int) string {
	tail := ext
	if number > 1 {
		tail = " " + strconv.Itoa(number) + ext
	}
	name := strings.Map(inFileName, safe.New(title).String())
	name = strings.Join(strings.Fields(name), " ")
	name = strings.Trim(name, " .-_~") // no hidden file, no option, nothing that Windows drops
	name = strings.TrimSpace(cutBytes(name, maxFileName-len(tail)))
	name = strings.TrimRight(name, " .")
	if name == "" || reservedName(name) {
		name = cutBytes("article "+name, maxFileName-len(tail))
	}
	return strings.TrimSpace(name) + tail
}

// inFileName replaces what separates folders or means something to a shell or to
// Windows by a space, and drops what is not seen.
func inFileName(r rune) rune {
	switch {
	case strings.ContainsRune(`/\:*?"<>|`, r), r == '\u2044', r == '\u2215', r == '\u29f8', r == '\uff0f':
		return ' '
	case r == utf8.RuneError, unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return -1
	}
	return r
}

// cutBytes returns the beginning of s, at most n bytes of whole characters, and
// none that has lost its marks.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 {
		if r, _ := utf8.DecodeRuneInString(s[n:]); utf8.RuneStart(s[n]) && !unicode.Is(unicode.M, r) {
			break
		}
		n--
	}
	return s[:n]
}

// reservedName reports whether Windows takes a name, with whatever ending, for a
// device.
func reservedName(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch base = strings.TrimSpace(base); base {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")) && base[3] >= '0' && base[3] <= '9'
}
