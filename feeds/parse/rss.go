package parse

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"sitrep/feeds"
)

// readRSS lets gofeed read a skeleton of RSS 0.9x, 1.0 or 2.0 and maps it.
func (r *reader) readRSS(skeleton []byte) error {
	feed, err := (&rss.Parser{}).Parse(bytes.NewReader(skeleton))
	if err != nil {
		return &Error{Kind: Broken, Detail: "its elements make no feed", Err: err}
	}
	r.result.Version = rssVersion(feed.Version)
	r.rssMeta(feed)
	for _, item := range feed.Items {
		r.rssItem(item)
	}
	return nil
}

// rssVersion writes a version as tools do: "2.0" is rss20.
func rssVersion(v string) string {
	switch v = strings.TrimSpace(v); {
	case strings.HasPrefix(v, "0.91"):
		v = "091"
	case v == "0.9":
		v = "090"
	case v == "2", strings.HasPrefix(v, "2."):
		v = "20"
	default:
		v = strings.ReplaceAll(v, ".", "")
	}
	if len(v) > 4 || strings.Trim(v, "0123456789") != "" {
		v = ""
	}
	return "rss" + v
}

func (r *reader) rssMeta(f *rss.Feed) {
	m := &r.result.Feed
	dc, itunes := f.DublinCoreExt, f.ITunesExt
	lang := r.raw(f.Language)
	if lang == "" && dc != nil {
		lang = first(dc.Language)
	}
	r.adoptLanguage(lang)
	m.Title = r.title(f.Title)
	if m.Title == "" && dc != nil {
		m.Title = r.title(first(dc.Title))
	}
	about := &draft{}
	m.Description = r.html(f.Description, about)
	if m.Description == "" && itunes != nil {
		m.Description = r.html(itunes.Summary, about)
	}
	for _, l := range append([]string{f.Link}, f.Links...) {
		if m.Link = r.link("", l); m.Link != "" {
			break
		}
	}
	atomic := atomExtensions(f.Extensions)
	if m.Link == "" {
		m.Link = r.extLink(atomic["link"])
	}
	r.adoptSite()
	m.Base = cmp.Or(about.Base, r.base)
	if f.Image != nil {
		m.Image = r.link("", f.Image.URL)
	}
	if m.Image == "" && itunes != nil {
		m.Image = r.link("", itunes.Image)
	}
	r.rssDesk(f)
	for _, c := range f.Categories {
		m.Tags = addTag(m.Tags, r.title(c.Value))
	}
	if minutes, err := strconv.Atoi(r.raw(f.TTL)); err == nil && minutes > 0 && minutes < 60*24*7 {
		m.TTL = time.Duration(minutes) * time.Minute
	}
	m.Quiet = r.rssQuiet(f)
}

// rssQuiet reads the hours and days on which the publisher wants no requests.
func (r *reader) rssQuiet(f *rss.Feed) (q feeds.Quiet) {
	for _, s := range f.SkipHours {
		if h, err := strconv.Atoi(r.raw(s)); err == nil {
			q = q.WithHour(h)
		}
	}
	for _, s := range f.SkipDays {
		for d := range time.Saturday + 1 {
			if strings.EqualFold(r.raw(s), d.String()) {
				q = q.WithDay(d)
			}
		}
	}
	return q
}

// rssDesk takes who makes the feed, and when.
func (r *reader) rssDesk(f *rss.Feed) {
	m := &r.result.Feed
	dc, itunes := f.DublinCoreExt, f.ITunesExt
	m.Published, m.Updated = utc(r.date(f.PubDate, f.PubDateParsed)), utc(r.date(f.LastBuildDate, f.LastBuildDateParsed))
	if m.Updated.IsZero() && dc != nil {
		m.Updated = utc(r.date(first(dc.Date), nil))
	}
	for _, s := range []string{f.ManagingEditor, f.WebMaster} {
		if len(m.Authors) == 0 {
			m.Authors = addAuthor(m.Authors, person(r.raw(s)))
		}
	}
	m.Authors = r.dublinAuthors(m.Authors, dc)
	if itunes != nil {
		m.Authors = addAuthor(m.Authors, person(r.raw(itunes.Author)))
	}
}

func (r *reader) rssItem(it *rss.Item) {
	d := &draft{}
	itunes, atomic := it.ITunesExt, atomExtensions(it.Extensions)
	d.Title = r.rssTitle(it, atomic)
	d.Link = r.rssLink(it, atomic)
	if it.GUID != nil {
		d.GUID = r.raw(it.GUID.Value)
	}
	if d.GUID == "" {
		d.GUID = r.extText(atomic["id"])
	}
	r.rssBody(d, it, atomic)
	d.Authors = r.rssAuthors(it, atomic)
	r.rssTags(d, it, atomic)
	d.Comments = r.link("", it.Comments)
	for _, e := range it.Enclosures {
		d.addEnclosure(feeds.Enclosure{URL: r.link("", e.URL), Type: mediaType(e.Type), Length: length(e.Length)})
	}
	r.media(d, it.Extensions)
	if itunes != nil && d.Image == "" {
		d.Image = r.link("", itunes.Image)
	}
	r.rssDates(d, it, atomic)
	r.finish(d)
}

// rssBody takes the fullest text that an item has, under whatever name.
func (r *reader) rssBody(d *draft, it *rss.Item, atomic map[string][]ext.Extension) {
	content := r.html(it.Content, d)
	for _, s := range []string{it.Custom["content"], it.Custom["encoded"], it.Custom["body"], it.Custom["fullitem"]} {
		if content == "" {
			content = r.html(s, d)
		}
	}
	for _, list := range [][]ext.Extension{atomic["content"], it.Extensions["xhtml"]["body"], it.Extensions["content"]["encoded"]} {
		if content == "" {
			content = r.html(value(list), d)
		}
	}
	d.setBody(content, func(d *draft) string { return r.rssSummary(it, atomic, d) })
}

func (r *reader) rssTags(d *draft, it *rss.Item, atomic map[string][]ext.Extension) {
	for _, c := range it.Categories {
		d.Tags = addTag(d.Tags, r.title(c.Value))
	}
	if dc := it.DublinCoreExt; dc != nil {
		for _, s := range dc.Subject {
			d.Tags = addTag(d.Tags, r.title(s))
		}
		if lang := primaryTag(first(dc.Language)); lang != "" {
			d.Lang = lang
		}
	}
	for _, c := range atomic["category"] {
		d.Tags = addTag(d.Tags, r.title(c.Attrs["term"]))
	}
	if itunes := it.ITunesExt; itunes != nil {
		for tag := range strings.SplitSeq(itunes.Keywords, ",") {
			d.Tags = addTag(d.Tags, r.title(tag))
		}
	}
}

func (r *reader) rssTitle(it *rss.Item, atomic map[string][]ext.Extension) string {
	candidates := []string{it.Title}
	if it.DublinCoreExt != nil {
		candidates = append(candidates, first(it.DublinCoreExt.Title))
	}
	candidates = append(candidates, value(atomic["title"]), value(it.Extensions["media"]["title"]), value(it.Extensions["itunes"]["title"]))
	for _, s := range candidates {
		if title := r.title(s); title != "" {
			return title
		}
	}
	return ""
}

// rssLink prefers the publisher's own address to that of a counting service.
func (r *reader) rssLink(it *rss.Item, atomic map[string][]ext.Extension) string {
	if l := r.link("", value(it.Extensions["feedburner"]["origLink"])); l != "" {
		return l
	}
	for _, s := range append([]string{it.Link}, it.Links...) {
		if l := r.link("", s); l != "" {
			return l
		}
	}
	if l := r.extLink(atomic["link"]); l != "" {
		return l
	}
	if it.GUID != nil && !strings.EqualFold(strings.TrimSpace(it.GUID.IsPermalink), "false") {
		if guid := r.raw(it.GUID.Value); hasWebScheme(guid) || strings.HasPrefix(guid, "/") {
			return r.link("", guid)
		}
	}
	return ""
}

// rssSummary reads the description or what stands for it into d.
func (r *reader) rssSummary(it *rss.Item, atomic map[string][]ext.Extension, d *draft) string {
	candidates := []string{it.Description}
	if it.DublinCoreExt != nil {
		candidates = append(candidates, first(it.DublinCoreExt.Description))
	}
	if it.ITunesExt != nil {
		candidates = append(candidates, it.ITunesExt.Summary, it.ITunesExt.Subtitle)
	}
	candidates = append(candidates, value(atomic["summary"]), it.Custom["summary"], value(it.Extensions["media"]["description"]))
	for _, s := range candidates {
		if text := r.html(s, d); text != "" {
			return text
		}
	}
	return ""
}

func (r *reader) rssAuthors(it *rss.Item, atomic map[string][]ext.Extension) []feeds.Author {
	list := addAuthor(nil, person(r.raw(it.Author)))
	list = r.dublinAuthors(list, it.DublinCoreExt)
	for _, a := range atomic["author"] {
		list = addAuthor(list, feeds.Author{
			Name: r.title(value(a.Children["name"])), Email: r.raw(value(a.Children["email"])), URI: r.link("", value(a.Children["uri"])),
		})
	}
	if len(list) == 0 && it.ITunesExt != nil {
		list = addAuthor(list, person(r.raw(it.ITunesExt.Author)))
	}
	return list
}

func (r *reader) dublinAuthors(list []feeds.Author, dc *ext.DublinCoreExtension) []feeds.Author {
	if dc == nil {
		return list
	}
	for _, names := range [][]string{dc.Creator, dc.Author} {
		for _, s := range names {
			list = addAuthor(list, person(r.raw(s)))
		}
	}
	return list
}

func (r *reader) rssDates(d *draft, it *rss.Item, atomic map[string][]ext.Extension) {
	published := []string{it.PubDate}
	if it.DublinCoreExt != nil {
		published = append(published, first(it.DublinCoreExt.Date))
	}
	terms := it.Extensions["dcterms"]
	published = append(published, value(atomic["published"]), value(terms["issued"]), value(terms["created"]), it.Custom["date"], it.Custom["published"])
	for i, s := range published {
		parsed := it.PubDateParsed
		if i > 0 {
			parsed = nil
		}
		if d.Published = r.date(s, parsed); !d.Published.IsZero() {
			break
		}
	}
	for _, s := range []string{value(atomic["updated"]), value(terms["modified"]), it.Custom["updated"]} {
		if d.Updated = r.date(s, nil); !d.Updated.IsZero() {
			break
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
