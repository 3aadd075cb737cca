package parse

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode returns a document in UTF-8 and the name of the character set that it
// was read in. The set that contentType names is believed only where the bytes
// allow it; lang is the likely language, to guess by.
func Decode(b []byte, contentType, lang string) (text []byte, charset string) {
	text, charset, _ = toUTF8(b, contentType, lang)
	return text, charset
}

// toUTF8 returns a document in UTF-8 and the name of the character set that it
// was read in. What the bytes prove goes before what was declared: a byte order
// mark, then valid UTF-8 whatever it calls itself, then the HTTP header, the XML
// declaration and at last the look of the text. Bytes that fit nowhere are left
// for clean; valid tells that there are none.
func toUTF8(b []byte, contentType, lang string) (text []byte, name string, valid bool) {
	b, marked := bytes.CutPrefix(b, []byte("\xEF\xBB\xBF"))
	if e, name := wide(b); e != nil && !marked {
		return transcode(e, b), name, false
	}
	e, name := lookup(declaredCharset(b, contentType))
	switch valid = utf8.Valid(b); {
	case valid && e != nil && isASCII(b):
		if escapes(name) {
			return transcode(e, b), name, false
		}
		return b, name, true
	case valid || marked || cutUTF8(b):
		return b, "utf-8", valid
	case e == nil || name == "utf-8" || name == "replacement":
		if good, bad := sequences(b); good >= 4*bad {
			return b, "utf-8", false
		}
		e, name = lookup(guessCharset(b, lang))
	default:
		if good, bad := sequences(b); good >= 50 && good >= 50*bad {
			return patch(e, b), "utf-8", false
		}
	}
	return transcode(e, b), name, false
}

// lookup finds a character set by the labels of the Encoding Standard, else by
// its name in the IANA registry: code pages of DOS and of mainframes.
func lookup(label string) (encoding.Encoding, string) {
	if e, name := charset.Lookup(label); e != nil {
		return e, name
	}
	e, err := ianaindex.IANA.Encoding(label)
	if err != nil || e == nil {
		return nil, ""
	}
	name, _ := ianaindex.IANA.Name(e)
	return e, strings.ToLower(name)
}

// patch reads the few bytes of a UTF-8 text that are not UTF-8 in the character
// set that was declared: a template in the old one around texts in the new.
func patch(e encoding.Encoding, b []byte) []byte {
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			out = append(out, transcode(e, b[:1])...)
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

func transcode(e encoding.Encoding, b []byte) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return b
	}
	return out
}

// wide recognises what does not write ASCII as ASCII: UTF-16 and UTF-32 by
// their mark or by the zero bytes of the first characters, EBCDIC by its <?xm.
func wide(b []byte) (encoding.Encoding, string) {
	is := func(prefix string) bool { return bytes.HasPrefix(b, []byte(prefix)) }
	switch {
	case is("\xFF\xFE\x00\x00"), is("<\x00\x00\x00"):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "utf-32le"
	case is("\x00\x00\xFE\xFF"), is("\x00\x00\x00<"):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "utf-32be"
	case is("\xFF\xFE"), is("<\x00"), is("{\x00"), is("\n\x00"), is(" \x00"):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	case is("\xFE\xFF"), is("\x00<"), is("\x00{"), is("\x00\n"), is("\x00 "):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	}
	if is("\x4C\x6F\xA7\x94") { // <?xm in EBCDIC
		head := transcode(charmap.CodePage037, b[:min(len(b), 1<<10)])
		if e, name := lookup(xmlEncoding(head)); strings.HasPrefix(name, "ibm") {
			return e, name
		}
		return charmap.CodePage037, "ibm037"
	}
	return nil, ""
}

// escapes tells the character sets that write all text in ASCII bytes.
func escapes(name string) bool {
	return name == "iso-2022-jp" || name == "hz-gb-2312" || name == "utf-7"
}

// cutUTF8 tells whether b is UTF-8 whose last character was cut.
func cutUTF8(b []byte) bool {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if at := len(b) - n; utf8.RuneStart(b[at]) {
			return !utf8.FullRune(b[at:]) && utf8.Valid(b[:at])
		}
	}
	return false
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// sequences counts the characters beyond ASCII that are written as in UTF-8, and
// the bytes that are not.
func sequences(b []byte) (good, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// declaredCharset returns what header and XML declaration say. The names that
// servers send by default give way to the declaration.
func declaredCharset(b []byte, contentType string) string {
	header := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		header = strings.ToLower(strings.Trim(params["charset"], `"' `))
	}
	inside := xmlEncoding(b)
	switch header {
	case "", "iso-8859-1", "us-ascii", "utf-8", "utf8", "windows-1252":
		if inside != "" {
			return inside
		}
	}
	return header
}

// xmlEncoding returns the encoding that the XML declaration names.
func xmlEncoding(b []byte) string {
	head := b[:min(len(b), 1<<10)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.Index(head, []byte("?>")); end >= 0 {
		head = head[:end]
	}
	_, after, ok := bytes.Cut(head, []byte("encoding"))
	if !ok {
		return ""
	}
	after = bytes.TrimLeft(after, " \t\r\n=")
	if len(after) < 2 || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	name, _, ok := bytes.Cut(after[1:], after[:1])
	if !ok {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(string(name)))
}

// guessCharset names the likeliest character set of a text in none that was
// declared: by its language, else by the letters that it uses.
func guessCharset(b []byte, lang string) string {
	switch primaryTag(lang) {
	case "ar", "fa", "ur", "ckb", "ps":
		return "windows-1256"
	case "he", "yi":
		return "windows-1255"
	case "tr", "kmr", "az":
		return "windows-1254"
	case "ru", "uk", "bg", "sr":
		return "windows-1251"
	case "el":
		return "windows-1253"
	}
	var counts [256]int
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			counts[c]++
			high++
		}
	}
	within := func(from, to int) int {
		n := 0
		for _, c := range counts[from : to+1] {
			n += c
		}
		return n
	}
	switch {
	case high*8 < len(b): // mostly ASCII: a Latin script
		return "windows-1252"
	case 6*(counts[0xC7]+counts[0xE1]) > high: // alef and lam
		return "windows-1256"
	case 10*within(0xE0, 0xFA) > 9*high && 50*within(0xC0, 0xDF) < high:
		return "windows-1255"
	case 10*within(0xC0, 0xFF) > 9*high:
		return "windows-1251"
	}
	return "windows-1252"
}
