package document

import (
	"html"
	"strings"
)

// Image returns the address of the first picture in markup as it is written
// there, "" if there is none. Counters, smileys and pictures within the markup
// do not count. It is cheap: it looks at img tags only.
func Image(markup string) string {
	for rest := markup; ; {
		k := indexImage(rest)
		if k < 0 {
			return ""
		}
		rest = rest[k+len("<img"):]
		t := scanner{s: rest}
		tag := rest[:t.tagEnd(0)]
		get := func(name string) string { return tagAttribute(tag, name) }
		source := imageSource(get)
		class := get("class")
		if source != "" && !strings.HasPrefix(source, "data:") && !isPixel(get, source) &&
			!strings.Contains(class, "emoji") && !strings.Contains(class, "smiley") {
			return source
		}
	}
}

// indexImage returns where the next img tag starts in s, or -1.
func indexImage(s string) int {
	for i := 0; ; i++ {
		k := strings.IndexByte(s[i:], '<')
		if k < 0 {
			return -1
		}
		i += k
		if len(s) >= i+5 && s[i+1]|0x20 == 'i' && s[i+2]|0x20 == 'm' && s[i+3]|0x20 == 'g' && !isLetter(s[i+4]) {
			return i
		}
	}
}

// tagAttribute returns the value of an attribute from the inside of a tag.
func tagAttribute(tag, name string) string {
	for i := 0; i < len(tag); {
		if c := tag[i]; c <= ' ' || c == '/' || c == '>' || c == '=' {
			i++
			continue
		}
		end := i
		for end < len(tag) && tag[end] > ' ' && tag[end] != '=' && tag[end] != '>' && tag[end] != '/' {
			end++
		}
		key := tag[i:end]
		for end < len(tag) && tag[end] <= ' ' {
			end++
		}
		if end == len(tag) || tag[end] != '=' {
			i = end
			continue
		}
		var value string
		value, i = tagValue(tag, end+1)
		if strings.EqualFold(key, name) {
			return html.UnescapeString(value)
		}
	}
	return ""
}

// tagValue reads an attribute's value at i and returns what follows it.
func tagValue(tag string, i int) (string, int) {
	for i < len(tag) && tag[i] <= ' ' {
		i++
	}
	if i < len(tag) && (tag[i] == '"' || tag[i] == '\'') {
		if end := strings.IndexByte(tag[i+1:], tag[i]); end >= 0 {
			return tag[i+1 : i+1+end], i + end + 2
		}
		return "", len(tag)
	}
	end := i
	for end < len(tag) && tag[end] > ' ' && tag[end] != '>' {
		end++
	}
	return tag[i:end], end
}
