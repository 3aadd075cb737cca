package parse

import (
	"net/url"
	"strings"
)

// maxLink is the longest address in bytes that we keep.
const maxLink = 8 << 10

// resolve returns the address ref relative to base (RFC 3986, section 5), or
// ref itself when either is no address.
func resolve(base, ref string) string {
	ref = tidyLink(ref)
	if base == "" || ref == "" || len(ref) > maxLink {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil || r.Scheme != "" && r.Opaque == "" && r.Host != "" {
		return ref
	}
	if r.Scheme != "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil || b.Opaque != "" {
		return ref
	}
	return b.ResolveReference(r).String()
}

// tidyLink removes what browsers remove from an address (URL Standard, basic
// parser): spaces and controls around it, tabs and line ends within.
func tidyLink(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' || r == '\u00a0' })
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	return s
}

// webLink returns ref as an absolute http or https address, "" if it is none.
func webLink(base, ref string) string {
	s := resolve(base, ref)
	if len(s) > maxLink || len(s) < len("http://x") || !hasWebScheme(s) {
		return ""
	}
	if strings.IndexByte(s, ' ') >= 0 {
		s = strings.ReplaceAll(s, " ", "%20")
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r < 0x21 || r == 0x7f || r == '"' || r == '<' || r == '>' }); i >= 0 {
		return ""
	}
	if strings.IndexByte(s, '@') >= 0 { // a name before the host misleads the reader
		u, err := url.Parse(s)
		if err != nil {
			return ""
		}
		if u.User != nil {
			u.User = nil
			s = u.String()
		}
	}
	return s
}

func hasWebScheme(s string) bool {
	return len(s) > 8 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s[:8], "https://"))
}
