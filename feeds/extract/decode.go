package extract

import (
	"mime"
	"regexp"
	"strings"

	"sitrep/feeds/parse"
)

// metaCharset finds the character set that a page declares in its head.
var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})`)

// decode returns a page in UTF-8. Like a browser it believes the header before
// the page, but the bytes themselves before both.
func decode(page []byte, h Hint) string {
	contentType := h.ContentType
	if _, params, err := mime.ParseMediaType(contentType); err != nil || params["charset"] == "" {
		contentType = ""
		if found := metaCharset.FindSubmatch(page[:min(len(page), 4<<10)]); found != nil {
			contentType = "text/html; charset=" + string(found[1])
		}
	}
	text, _ := parse.Decode(page, contentType, h.Lang)
	return strings.ToValidUTF8(string(text), "\uFFFD")
}
