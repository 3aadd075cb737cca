package parse

import (
	"bytes"
	"encoding/json"
	"strings"

	gojson "github.com/mmcdole/gofeed/json"

	"sitrep/feeds"
)

// readJSON reads JSON Feed 1 and 1.1 item by item, so that a null, a wrong type
// or a broken item costs only itself.
func (r *reader) readJSON(body []byte) error {
	doc, err := splitJSON(body, "items")
	if err != nil {
		return err
	}
	if channel, ok := rssInJSON(doc); ok {
		return r.readRSSInJSON(channel)
	}
	if !doc.hasItems && !strings.Contains(jsonText(doc.fields["version"]), "jsonfeed.org") {
		return &Error{Kind: NoFeed, Detail: "it is JSON, but no feed"}
	}
	r.result.Incomplete = doc.cut
	r.jsonMeta(doc.fields)
	for _, raw := range doc.items {
		it, ok := decodeItem(raw)
		if !ok {
			r.note(damagedItem)
			continue
		}
		if it != nil {
			r.jsonItem(it)
		}
	}
	return nil
}

func (r *reader) jsonMeta(fields map[string]json.RawMessage) {
	text := func(name string) string { return cleanString(jsonText(fields[name])) }
	m := &r.result.Feed
	r.result.Version = "json1"
	if strings.HasSuffix(strings.TrimRight(text("version"), "/"), "1.1") {
		r.result.Version = "json11"
	}
	r.adoptLanguage(text("language"))
	m.Title, m.Description, m.ID = guessTitle(text("title"), true), textToHTML(text("description")), text("feed_url")
	m.Link = r.link("", text("home_page_url"))
	r.adoptSite()
	m.Base = r.base
	if m.Image = r.link("", text("icon")); m.Image == "" {
		m.Image = r.link("", text("favicon"))
	}
	m.Authors = r.jsonAuthors(authorsOf(fields))
}

func (r *reader) jsonItem(it *gojson.Item) {
	d := &draft{}
	d.GUID, d.Title = cleanString(it.ID), guessTitle(cleanString(it.Title), true)
	if d.Link = r.link("", it.URL); d.Link == "" {
		d.Link = r.link("", it.ExternalURL)
	}
	content := strings.TrimSpace(cleanString(it.ContentHTML))
	if content == "" {
		content = textToHTML(strings.TrimSpace(cleanString(it.ContentText)))
	}
	d.setBody(content, func(*draft) string { return textToHTML(strings.TrimSpace(cleanString(it.Summary))) })
	authors := it.Authors
	if it.Author != nil {
		authors = append(authors, it.Author)
	}
	if d.Authors = r.jsonAuthors(authors); len(d.Authors) == 0 {
		d.Authors = r.result.Feed.Authors
	}
	for _, tag := range it.Tags {
		d.Tags = addTag(d.Tags, guessTitle(cleanString(tag), true))
	}
	if d.Image = r.link("", it.Image); d.Image == "" {
		d.Image = r.link("", it.BannerImage)
	}
	if it.Attachments != nil {
		for _, a := range *it.Attachments {
			d.addEnclosure(feeds.Enclosure{URL: r.link("", a.URL), Type: mediaType(a.MimeType), Length: max(0, a.SizeInBytes)})
		}
	}
	d.Lang = it.Language
	d.Published, d.Updated = r.date(it.DatePublished, nil), r.date(it.DateModified, nil)
	r.finish(d)
}

func (r *reader) jsonAuthors(list []*gojson.Author) []feeds.Author {
	var out []feeds.Author
	for _, a := range list {
		if a == nil {
			continue
		}
		p := person(cleanString(a.Name))
		if strings.HasPrefix(a.URL, "mailto:") {
			p.Email = strings.TrimPrefix(a.URL, "mailto:")
		} else {
			p.URI = r.link("", a.URL)
		}
		out = addAuthor(out, p)
	}
	return out
}

// decodeItem decodes one item, nil for a null. What does not fit its type is
// read as well as it can be.
func decodeItem(raw json.RawMessage) (it *gojson.Item, ok bool) {
	if string(raw) == "null" {
		return nil, true
	}
	it = &gojson.Item{}
	if json.Unmarshal(raw, it) == nil {
		return it, true
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil && json.Unmarshal(escapeControls(raw), &fields) != nil {
		return nil, false
	}
	text := func(name string) string { return jsonText(fields[name]) }
	it = &gojson.Item{
		ID: text("id"), URL: text("url"), ExternalURL: text("external_url"), Title: text("title"),
		ContentHTML: text("content_html"), ContentText: text("content_text"), Summary: text("summary"),
		Image: text("image"), BannerImage: text("banner_image"), Language: text("language"),
		DatePublished: text("date_published"), DateModified: text("date_modified"), Authors: authorsOf(fields),
	}
	for _, tag := range jsonList(fields["tags"]) {
		it.Tags = append(it.Tags, jsonText(tag))
	}
	var files []gojson.Attachments
	for _, raw := range jsonList(fields["attachments"]) {
		var a gojson.Attachments
		if json.Unmarshal(raw, &a) == nil {
			files = append(files, a)
		}
	}
	it.Attachments = &files
	return it, true
}

// authorsOf reads the author and authors members of a feed or an item.
func authorsOf(fields map[string]json.RawMessage) []*gojson.Author {
	var out []*gojson.Author
	for _, raw := range append(jsonList(fields["authors"]), jsonList(fields["author"])...) {
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) == nil {
			out = append(out, &gojson.Author{Name: jsonText(members["name"]), URL: jsonText(members["url"])})
		} else if name := jsonText(raw); name != "" {
			out = append(out, &gojson.Author{Name: name})
		}
	}
	return out
}

// jsonList returns the elements of an array; any other value is a list of one.
func jsonList(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	if json.Unmarshal(raw, &list) != nil {
		return []json.RawMessage{raw}
	}
	return list
}

// jsonText returns a string or number as text, "" for any other value.
func jsonText(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	if raw[0] != '"' {
		if isDigit(raw[0]) || raw[0] == '-' {
			return string(raw)
		}
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil && json.Unmarshal(escapeControls(raw), &s) != nil {
		return ""
	}
	return s
}

// cleanString removes what an escape such as \u001b may have brought in.
func cleanString(s string) string {
	if !hasForbidden([]byte(s)) {
		return s
	}
	b, _ := clean([]byte(s))
	return string(b)
}

// escapeControls escapes the line ends and tabs that JSON forbids in strings.
func escapeControls(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+16)
	inside := false
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case inside && c == '\\' && i+1 < len(raw):
			out = append(out, c)
			i++
			c = raw[i]
		case c == '"':
			inside = !inside
		case inside && c < 0x20:
			out = append(out, ' ')
			continue
		}
		out = append(out, c)
	}
	return bytes.TrimSpace(out)
}
