package safe

import (
	"net/url"
	"strings"
	"unicode"
)

// Address makes the address of a page safe to be judged by its looks: a host
// whose letters could pass for those of another is written in ASCII ("xn--...",
// RFC 3492), which names the same host. Arabic, Persian, Hebrew, Chinese and
// other hosts whose letters nobody takes for Latin stay as they are.
//
// A part of a host is suspect when it mixes scripts or holds invisible
// characters (UTS #39, 5.1), or is wholly in a script that looks like Latin
// while the host's last part is not.
func Address(link string) Text {
	u, err := url.Parse(link)
	before, rest, ok := strings.Cut(link, "//")
	if err != nil || !ok || u.Hostname() == "" || len(u.Host) > maxHost || strings.Contains(u.Hostname(), ":") {
		return New(link) // no address, or a number
	}
	end := strings.IndexAny(rest+"/", "/?#")
	authority := rest[:end]
	login := authority[:strings.LastIndexByte(authority, '@')+1]
	port := strings.TrimPrefix(u.Host, u.Hostname())
	return New(before + "//" + login + hostname(u.Hostname()) + port + rest[end:])
}

// hostname writes the suspect parts of a host in ASCII.
func hostname(host string) string {
	labels := strings.Split(host, ".")
	last := scriptOf(labels[len(labels)-1])
	for i, l := range labels {
		if s := scriptOf(l); s == mixed || looksLatin[s] && s != last {
			labels[i] = "xn--" + punycode(l)
		}
	}
	return strings.Join(labels, ".")
}

// maxHost is longer than any name that can be looked up (RFC 1035, 2.3.4), in
// bytes of UTF-8.
const maxHost = 1024

// mixed stands for letters of several scripts, and for what no host has.
const mixed = "mixed"

// looksLatin are the scripts with letters that look like Latin ones.
var looksLatin = map[string]bool{"Cyrillic": true, "Greek": true, "Armenian": true, "Cherokee": true, "Lisu": true, "Coptic": true, "Deseret": true, "Osage": true}

// together are scripts that one language writes in, under one name.
var together = map[string]string{"Han": "CJK", "Hiragana": "CJK", "Katakana": "CJK", "Hangul": "CJK", "Bopomofo": "CJK"}

// scriptOf returns the script of the letters of a label, "" if it has none.
func scriptOf(label string) string {
	script := ""
	for _, r := range label {
		if r < 0x80 && !unicode.IsLetter(r) {
			continue
		}
		switch s := script1(r); {
		case s == "Inherited" && unicode.Is(unicode.M, r):
		case s == "Common" && unicode.IsDigit(r):
		case s == "Common" || s == "Inherited" || s == "":
			return mixed
		case script == "":
			script = s
		case s != script:
			return mixed
		}
	}
	return script
}

// script1 returns the script of one character (UAX #24).
func script1(r rune) string {
	if r < 0x80 {
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			if one := together[name]; one != "" {
				return one
			}
			return name
		}
	}
	return ""
}
