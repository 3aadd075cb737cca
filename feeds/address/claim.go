package address

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Claim returns the host that the text of a link names, if it is neither that of
// the address nor of the same owner (the domain registered under a public suffix);
// "" if the text names none or the right one. A text names a host by an address in
// it, or when it is as a whole a host with a domain that exists.
func Claim(text, address string) string {
	if !strings.Contains(text, ".") { // as most texts of links
		return ""
	}
	hosts := hostsIn(text)
	if len(hosts) == 0 {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	for _, named := range hosts {
		if owner(named) != owner(u.Hostname()) {
			return named
		}
	}
	return ""
}

// written finds addresses in running text.
var written = regexp.MustCompile(`(?i)(?:https?:[/\\]{2}|\bwww\.)[^\s<>"“”«»]+`)

// hostsIn returns the hosts that a text names.
func hostsIn(text string) (hosts []string) {
	text = strings.TrimSpace(text)
	for _, s := range written.FindAllString(text, -1) {
		if h := hostOf(s); h != "" {
			hosts = append(hosts, h)
		}
	}
	if len(hosts) > 0 || strings.ContainsAny(text, " @") {
		return hosts
	}
	if h := hostOf(text); h != "" && exists(h) {
		hosts = append(hosts, h)
	}
	return hosts
}

// hostOf is the host that somebody reads in an address, with or without a scheme.
// A name before an @ is what is read first.
func hostOf(s string) string {
	s = strings.ReplaceAll(s, `\`, "/")
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if i := strings.IndexAny(s, "/?#…"); i >= 0 {
		s = s[:i]
	}
	if before, _, ok := strings.Cut(s, "@"); ok {
		s = before
	}
	s, _, _ = strings.Cut(s, ":")
	s = strings.ToLower(strings.Trim(s, ".,;!?()[]{}'’"))
	if !strings.Contains(s, ".") {
		return ""
	}
	return s
}

// exists reports whether a host ends in a domain that can be registered under, or
// in one that is kept for examples (RFC 2606).
func exists(host string) bool {
	top := host[strings.LastIndexByte(host, '.')+1:]
	if top == "example" || top == "test" {
		return true
	}
	suffix, icann := publicsuffix.PublicSuffix(ascii(host))
	return icann && suffix != ascii(host)
}

// owner is the domain that somebody registered for a host, the host itself if
// there is none.
func owner(host string) string {
	host = strings.TrimSuffix(ascii(strings.ToLower(host)), ".")
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

func ascii(host string) string {
	if s, err := idna.Lookup.ToASCII(host); err == nil {
		return s
	}
	return host
}
