package address

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// Host returns the host of an address as people may read it: labels in their own
// script, but in punycode (RFC 3492) where one mixes scripts or looks like another
// word; odd says that there is such a label. The host is "" if there is none.
func Host(address string) (host string, odd bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	top := labels[len(labels)-1]
	for i, l := range labels {
		shown, ascii := forms(l)
		labels[i] = shown
		if deceives(shown, top) {
			labels[i], odd = ascii, true
		}
	}
	return strings.Join(labels, "."), odd
}

// Show returns an address with its host as Host writes it and without a user
// name, for people to read; it is not for opening.
func Show(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	scheme, rest, _ := strings.Cut(address, "//")
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	host, _ := Host(address)
	if strings.Contains(host, ":") { // RFC 3986, 3.2.2: IPv6
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return scheme + "//" + host + rest[end:]
}

// forms are a label in its own script and in ASCII; both are the same if it is
// not one of the other kind.
func forms(label string) (shown, ascii string) {
	shown, ascii = label, label
	if strings.HasPrefix(label, "xn--") {
		if s, err := idna.Punycode.ToUnicode(label); err == nil {
			shown = s
		}
		return shown, ascii
	}
	if s, err := idna.Lookup.ToASCII(label); err == nil {
		ascii = s
	} else if s, err := idna.Punycode.ToASCII(label); err == nil {
		ascii = s
	}
	return shown, ascii
}

// deceives reports whether a label can be taken for another one: it mixes scripts
// (UTS 39, 5.2 highly restrictive), holds what is not seen or is seldom in names,
// or consists of letters that look Latin. top is the last label of its host.
func deceives(label, top string) bool {
	seen := map[*unicode.RangeTable]bool{}
	lookalikes := label != ""
	for _, r := range label {
		if r < 0x80 {
			if 'a' <= r && r <= 'z' {
				seen[unicode.Latin] = true
				lookalikes = false
			}
			continue
		}
		table := scriptOf(r)
		switch {
		case table == nil, unicode.Is(unicode.M, r) && table == unicode.Inherited, !unicode.In(r, unicode.L, unicode.M, unicode.N):
			return true
		case table == unicode.Latin && (r > 0x17f || strings.ContainsRune("ıĸſŉ", r) && !turkic(top)):
			return true
		}
		seen[table] = true
		lookalikes = lookalikes && strings.ContainsRune(likeLatin, r)
	}
	if mixed(seen) {
		return true
	}
	_, topASCII := forms(top)
	return lookalikes && len(seen) > 0 && !strings.HasPrefix(topASCII, "xn--")
}

// turkic are the domains of countries that write a dotless i.
func turkic(top string) bool { return top == "tr" || top == "az" }

// likeLatin are Cyrillic, Greek and Armenian letters that are drawn as Latin ones
// are (UTS 39, confusables, those of whole words).
const likeLatin = "асԁеԍһіјӏорԛѕԝхуүпгѵѡҽъαβγεηικνορτυχωյոսցհօ"

// scripts are those of hosts that are shown; a letter of any other is odd.
var scripts = [...]*unicode.RangeTable{
	unicode.Latin, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian,
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Devanagari, unicode.Bengali,
	unicode.Thai, unicode.Syriac, unicode.Tamil, unicode.Inherited,
}

func scriptOf(r rune) *unicode.RangeTable {
	for _, t := range scripts {
		if unicode.Is(t, r) {
			return t
		}
	}
	if unicode.Is(unicode.Common, r) && unicode.IsLetter(r) { // ー and its like
		return unicode.Katakana
	}
	return nil
}

// mixed reports whether scripts stand together that no language writes in one
// word. Those of Japanese, Korean and Chinese stand together, also with Latin.
func mixed(seen map[*unicode.RangeTable]bool) bool {
	if len(seen) < 2 {
		return false
	}
	for _, together := range [...][]*unicode.RangeTable{
		{unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana},
		{unicode.Latin, unicode.Han, unicode.Hangul},
		{unicode.Latin, unicode.Han, unicode.Bopomofo},
	} {
		n := 0
		for _, t := range together {
			if seen[t] {
				n++
			}
		}
		if n == len(seen) {
			return false
		}
	}
	return true
}
