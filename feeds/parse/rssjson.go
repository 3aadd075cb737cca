package parse

import (
	"encoding/json"

	gojson "github.com/mmcdole/gofeed/json"
)

// rssInJSON returns the channel of a feed in the RSS-in-JSON form
// (cyber.law.harvard.edu/rss/rss.html with XML's elements as members).
func rssInJSON(doc jsonDoc) (jsonDoc, bool) {
	if doc.hasItems || len(doc.fields["rss"]) == 0 || doc.fields["rss"][0] != '{' {
		return jsonDoc{}, false
	}
	rss, err := splitJSON(doc.fields["rss"], "")
	if err != nil || len(rss.fields["channel"]) == 0 || rss.fields["channel"][0] != '{' {
		return jsonDoc{}, false
	}
	channel, err := splitJSON(rss.fields["channel"], "item")
	return channel, err == nil
}

func (r *reader) readRSSInJSON(channel jsonDoc) error {
	f := channel.fields
	f["home_page_url"] = f["link"]
	r.jsonMeta(f)
	r.result.Version = "rss20"
	for _, raw := range channel.items {
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil {
			r.note(damagedItem)
			continue
		}
		text := func(name string) string { return elementText(fields[name]) }
		it := &gojson.Item{
			ID: text("guid"), URL: text("link"), Title: text("title"), ContentHTML: text("description"), DatePublished: text("pubDate"),
		}
		if author := text("author"); author != "" {
			it.Author = &gojson.Author{Name: author}
		}
		for _, c := range jsonList(fields["category"]) {
			it.Tags = append(it.Tags, elementText(c))
		}
		var files []gojson.Attachments
		for _, raw := range jsonList(fields["enclosure"]) {
			var e map[string]json.RawMessage
			if json.Unmarshal(raw, &e) == nil {
				files = append(files, gojson.Attachments{URL: jsonText(e["url"]), MimeType: jsonText(e["type"]), SizeInBytes: length(jsonText(e["length"]))})
			}
		}
		it.Attachments = &files
		r.jsonItem(it)
	}
	return nil
}

// elementText returns the text of an element, which is a string, or an object
// when the element has attributes.
func elementText(raw json.RawMessage) string {
	if len(raw) > 0 && raw[0] == '{' {
		var e map[string]json.RawMessage
		if json.Unmarshal(raw, &e) == nil {
			return jsonText(e["#value"])
		}
	}
	return jsonText(raw)
}
