package document

import "strings"

// kind is what an element means for plain text.
type kind uint8

const (
	inline   kind = iota
	block         // starts and ends a line
	cell          // is a word of its own
	voidWord      // the same, without content
	void          // no content, no text
	raw           // raw text that nobody sees, up to its end tag or the end
	unseen        // and above: elements whose content readers do not see, if they end
)

// unseenNames are the elements of the kinds from unseen on: fallbacks for what
// the browser can do, drawings, and form fields.
var unseenNames = [...]string{"title", "head", "noscript", "template", "iframe", "noframes", "noembed", "audio", "video",
	"object", "svg", "canvas", "textarea", "select"}

// kindOf returns the kind of the element whose name starts s, and the name.
func kindOf(s string) (kind, string) {
	var lower [12]byte
	n := 0
	for n < len(s) && n < len(lower) && (isLetter(s[n]) || s[n] >= '0' && s[n] <= '9') {
		lower[n] = s[n] | 0x20
		n++
	}
	if n == 1 {
		if lower[0] == 'p' {
			return block, s[:1]
		}
		return inline, s[:1]
	}
	switch string(lower[:n]) {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
		"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
		"hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "pre", "search", "section", "summary",
		"table", "tbody", "tfoot", "thead", "tr", "ul", "br", "hr":
		return block, s[:n]
	case "td", "th":
		return cell, s[:n]
	case "img", "input", "embed":
		return voidWord, s[:n]
	case "wbr", "source", "track", "area", "base", "col", "link", "meta", "param":
		return void, s[:n]
	case "script", "style":
		return raw, s[:n]
	case "em", "strong", "span", "small", "code", "time":
		return inline, s[:n]
	}
	for i, name := range unseenNames {
		if name == string(lower[:n]) {
			return unseen + kind(i), s[:n]
		}
	}
	return inline, s[:n]
}

// isHidden reports whether the attributes of a tag keep its content from
// readers: the hidden attribute, or a style that does; see hides for painted.
func isHidden(attributes string, painted bool) bool {
	for _, name := range [...]string{"style=", "STYLE="} {
		if k := strings.Index(attributes, name); k >= 0 {
			if style, _ := tagValue(attributes, k+len(name)); hides(style, painted) {
				return true
			}
		}
	}
	for rest := attributes; ; {
		k := strings.Index(rest, " hidden")
		if k < 0 {
			return false
		}
		rest = rest[k+len(" hidden"):]
		if rest == "" || strings.IndexByte(" =>/", rest[0]) >= 0 {
			return true
		}
	}
}
