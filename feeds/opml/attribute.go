package opml

import (
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Attribute is what a list says of a feed and we have no word for. It is kept as
// it is, so that the program that wrote it finds it again.
type Attribute struct {
	Space string `json:"space,omitempty"` // namespace, "" for none
	Name  string `json:"name"`            // with its prefix when it has a namespace
	Value string `json:"value"`
}

// Limits of what is kept of one outline.
const (
	maxAttributes = 32
	maxValue      = 4096 // bytes
	maxPrefixes   = 64
)

// known are the attributes that a Subscription has fields for, and those that
// Write makes itself.
func known(name string) bool {
	switch strings.ToLower(name) {
	case "text", "title", "type", "xmlurl", "htmlurl", "language":
		return true
	}
	return false
}

// spaces are the prefixes of namespaces that a file has declared so far.
type spaces map[string]string

func (s spaces) declare(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space == "xmlns" && len(s) < maxPrefixes && len(a.Value) < maxValue {
			s[a.Name.Local] = a.Value
		}
	}
}

// keep returns the attributes of an outline that have no field, and names those
// that must not be handed on: programs, which other readers have run, and
// secrets, which lists that are given away would spread.
func (p *reader) keep(feed string, attrs []xml.Attr) []Attribute {
	var out []Attribute
	for _, x := range attrs {
		if x.Name.Space == "xmlns" || x.Name.Local == "xmlns" || x.Value == "" || x.Name.Space == "" && known(x.Name.Local) {
			continue
		}
		a := Attribute{Name: x.Name.Local, Value: x.Value}
		if prefix := x.Name.Space; prefix != "" {
			a.Name = prefix + ":" + a.Name
			a.Space = p.spaces[prefix]
			if a.Space == "" {
				a.Space = "urn:x-opml:" + prefix // undeclared where it came from
			}
		}
		switch why := a.refused(); {
		case why != "":
			p.skip(a.Name+" of "+feed, why)
		case len(out) == maxAttributes:
			p.skip("more attributes of "+feed, "there are more than any reader writes")
			return out
		default:
			out = append(out, a)
		}
	}
	return out
}

// refused says why an attribute is not kept, "" when it is.
func (a Attribute) refused() string {
	name, value := strings.ToLower(a.Name), strings.ToLower(strings.TrimSpace(a.Value))
	for _, program := range []string{"exec:", "filter:", "file:", "|"} {
		if strings.HasPrefix(value, program) {
			return runsProgram
		}
	}
	if strings.Contains(name, "filtercmd") || strings.Contains(name, "command") {
		return runsProgram
	}
	for _, secret := range []string{"passw", "cookie", "secret", "token", "authorization", "userpwd"} {
		if strings.Contains(name, secret) {
			return "may be a secret, which lists do not carry here"
		}
	}
	if len(a.Value) > maxValue || !plainName(a.Name) {
		return "is larger or stranger than any reader writes"
	}
	return ""
}

// plainName reports whether a name can be written again: letters, digits and
// the signs that XML allows in names (XML 1.0, 2.3), at most one colon.
func plainName(s string) bool {
	prefix, local, qualified := strings.Cut(s, ":")
	if qualified && !plainName(local) || strings.Contains(local, ":") || len(s) > 64 || strings.EqualFold(prefix, "xml") {
		return false
	}
	for i, r := range prefix {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_', r >= utf8.RuneSelf && unicode.IsLetter(r):
		case i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '.'):
		default:
			return false
		}
	}
	return prefix != ""
}
