package discover

import (
	"net/url"
	"strings"
)

// maxHeaderLinks is how many links of an answer's header are read.
const maxHeaderLinks = 50

// headerLinks reads the values of the Link field (RFC 8288, 3) in an answer from
// address: the target of each link under "href", its parameters under their names
// in lower case, the first of each name. What is malformed ends the value that it
// stands in. No <base> of the page moves these targets.
func headerLinks(values []string, address string) (links []map[string]string) {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	for _, rest := range values {
		for len(links) < maxHeaderLinks {
			rest = strings.TrimLeft(rest, " \t,")
			target, after, ok := strings.Cut(strings.TrimPrefix(rest, "<"), ">")
			if !ok || !strings.HasPrefix(rest, "<") {
				break
			}
			link := map[string]string{}
			rest = parameters(link, after)
			if link["href"], ok = resolve(base, target); ok {
				links = append(links, link)
			}
		}
	}
	return links
}

// parameters reads what follows a link's target, and returns what follows that.
func parameters(link map[string]string, s string) (rest string) {
	for {
		s = strings.TrimLeft(s, " \t")
		if !strings.HasPrefix(s, ";") {
			return s
		}
		s = strings.TrimLeft(s[1:], " \t")
		end := strings.IndexAny(s, "=;, \t")
		if end < 0 {
			return ""
		}
		name := strings.ToLower(s[:end])
		value := ""
		if s = strings.TrimLeft(s[end:], " \t"); strings.HasPrefix(s, "=") {
			value, s = parameterValue(strings.TrimLeft(s[1:], " \t"))
		}
		if _, twice := link[name]; !twice && name != "href" {
			link[name] = value
		}
	}
}

// parameterValue reads a token or a quoted string (RFC 9110, 5.6).
func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ";, \t")
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
