package document

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// parseBase reads a base address; one that is no http address resolves nothing.
func parseBase(base string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// resolve is the function resolve that notes a user name in the address.
func (b *builder) resolve(ref string) string {
	to, user := resolveUser(b.base, ref)
	if user != "" && to != "" {
		if b.logins == nil {
			b.logins = map[string]string{}
		}
		b.logins[to] = user
	}
	return to
}

// resolve returns ref as an absolute http, https or mailto address, and "" for
// everything else: scripts, data, places in the same page. Like a browser it
// takes backslashes for slashes and ignores line ends; a user name in an
// address, which only serves to deceive, goes away.
func resolve(base *url.URL, ref string) string {
	to, _ := resolveUser(base, ref)
	return to
}

// resolveUser is resolve and the user name that it took out.
func resolveUser(base *url.URL, ref string) (to, user string) {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if ref == "" || ref[0] == '#' || len(ref) > maxAddress {
		return "", ""
	}
	if isPlainAddress(ref) {
		return ref, ""
	}
	ref = strings.NewReplacer("\n", "", "\r", "", "\t", "", " ", "%20").Replace(ref)
	path, query, found := strings.Cut(ref, "?")
	if ref = strings.ReplaceAll(path, `\`, "/"); found {
		ref += "?" + query
	}
	u, err := url.Parse(withSlashes(ref, base))
	if err != nil || !isPort(u.Port()) {
		return "", ""
	}
	user = u.User.Username()
	if base != nil {
		u = base.ResolveReference(u)
	}
	u.User = nil
	u.Host = strings.ToLower(u.Host)
	u.RawQuery = percent(u.RawQuery)
	switch {
	case u.Scheme == "mailto":
		return u.String(), ""
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return u.String(), user
	}
	return "", ""
}

// withSlashes gives a web address the two slashes that browsers do not insist
// on: "https:host" and "https:///host" are "https://host". Behind the scheme
// that base has, none at all means a path, as in base.
func withSlashes(ref string, base *url.URL) string {
	for _, scheme := range [...]string{"https:", "http:"} {
		if len(ref) < len(scheme) || !strings.EqualFold(ref[:len(scheme)], scheme) {
			continue
		}
		rest := ref[len(scheme):]
		if base != nil && base.Scheme+":" == scheme && !strings.HasPrefix(rest, "//") {
			return rest
		}
		return scheme + "//" + strings.TrimLeft(rest, "/")
	}
	return ref
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return s == "" || err == nil && n <= 65535
}

// percent encodes what a query must not hold as it is (WHATWG URL, query
// percent-encode set).
func percent(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// rebase makes addresses below n absolute where an element set a base of its
// own (XML Base): base is the one in force, document that of the document.
func rebase(n *html.Node, document, base *url.URL) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		own := base
		if ref := attribute(c, "xml:base"); ref != "" {
			if u := parseBase(resolve(base, ref)); u != nil {
				own = u
			}
		}
		if own != document {
			for i, a := range c.Attr {
				if a.Key == "href" || a.Key == "src" || a.Key == "cite" {
					c.Attr[i].Val = resolve(own, a.Val)
				}
			}
		}
		rebase(c, document, own)
	}
}

// maxAddress bounds an address; browsers stop at about as much.
const maxAddress = 8192

// isPlainAddress reports whether s is an absolute address that needs neither
// resolving nor cleaning, as most are.
func isPlainAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return false
		}
	}
	if rest == "" || !isLetter(rest[0]) && (rest[0] < '0' || rest[0] > '9') {
		return false
	}
	host := true
	for i := range len(rest) {
		switch c := rest[i]; {
		case c <= ' ', c >= 0x7f, c == '\\', c == '<', c == '>', c == '"', host && (c == '%' || c == '@' || c == ':'):
			return false
		case c == '/' || c == '?' || c == '#':
			host = false
		}
	}
	return true
}

// attribute returns the value of n's attribute, "" when missing.
func attribute(n *html.Node, name string) string {
	value, _ := lookup(n, name)
	return value
}

// lookup is attribute for those whose presence means something.
func lookup(n *html.Node, name string) (string, bool) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val, true
		}
	}
	return "", false
}

// number returns an attribute that is a whole number of at most nine digits.
func number(n *html.Node, name string) (int, bool) {
	s := strings.TrimSpace(attribute(n, name))
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimSuffix(strings.TrimPrefix(s, "-"), "px")
	if s == "" || len(s) > 9 {
		return 0, false
	}
	v := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	if negative {
		v = -v
	}
	return v, true
}
