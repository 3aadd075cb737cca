package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"sitrep/feeds/safe"
	"sitrep/store/config"
	"sitrep/ui/text"
)

// line prints cells with tabs between them. Cells are foreign: they pass
// feeds/safe, which leaves no tab in them.
func (a *app) line(cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			a.out.WriteByte('\t')
		}
		a.out.WriteString(safe.New(cell).String())
	}
	a.out.WriteByte('\n')
}

// say prints a sentence of ours to a terminal and nothing elsewhere.
func (a *app) say(format string, args ...any) {
	if isTerminal(a.stdout) {
		a.prose(a.out, a.stdout, fmt.Sprintf(format, args...))
	}
}

// prose prints a sentence to w, which leads to the stream to. On a terminal a
// sentence with right-to-left words is broken into lines and put in order; any
// other goes out as it is, for the terminal to break.
func (a *app) prose(w, to io.Writer, sentence string) {
	s := safe.New(sentence)
	if !isTerminal(to) || !strings.ContainsFunc(s.String(), isRightToLeft) {
		fmt.Fprintln(w, s)
		return
	}
	settings, _, err := a.settings()
	if err != nil { // the sentence may say so
		settings = config.Defaults()
	}
	set := session{settings: settings}.setter()
	for _, l := range set.Wrap([]text.Run{{Text: s}}, width(to, 80), text.LTR) {
		printSegments(w, l)
	}
}

// isRightToLeft reports whether r is a letter of a script of the Middle East.
func isRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// object prints v as JSON on one line.
func (a *app) object(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode output: %w", err)
	}
	_, err := a.out.Write(escape(b.Bytes()))
	return err
}

// clean is a foreign string made safe.
func clean(s string) string { return safe.New(s).String() }

// stamp is a time as JSON has it: RFC 3339 in UTC, "" when it is unknown.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// escape writes as \u escapes what encoding/json leaves as it is and a terminal
// would obey: DEL, the C1 controls, bidi overrides and isolates, tags. In JSON
// such characters occur only inside strings.
func escape(text []byte) []byte {
	if bytes.IndexFunc(text, obeyed) < 0 {
		return text
	}
	out := make([]byte, 0, len(text)+16)
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case !obeyed(r):
			out = append(out, text[:n]...)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, "\\u%04x\\u%04x", high, low)
		default:
			out = fmt.Appendf(out, "\\u%04x", r)
		}
		text = text[n:]
	}
	return out
}

func obeyed(r rune) bool {
	return r >= 0x7F && r <= 0x9F ||
		r >= 0x2028 && r <= 0x202E || r >= 0x2066 && r <= 0x206F ||
		r >= 0xE0000 && r <= 0xE007F
}

// count writes a number with its noun: "1 feed", "2 feeds".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list joins words as a sentence does: "a, b and c".
func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
