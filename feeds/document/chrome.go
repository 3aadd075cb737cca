package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isDropped reports whether an element and all in it has nothing for readers:
// scripts, drawings, form fields, what is hidden, and the furniture that
// publishing systems put around an article under names of their own.
func isDropped(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Base,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Option, atom.Canvas, atom.Map, atom.Noframes, atom.Frameset,
		atom.Param, atom.Track, atom.Source, atom.Applet, atom.Noembed, atom.Datalist, atom.Progress, atom.Meter, atom.Dialog:
		return true
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			return true
		case "style":
			if hides(a.Val, true) {
				return true
			}
		case "class":
			if isFurniture(a.Val) {
				return true
			}
		}
	}
	return false
}

// furniture holds class names of share bars, counters and text for screen
// readers only. Each belongs to one well-known plugin or convention; names that
// an article could use for its own purposes are not here.
var furniture = map[string]bool{
	"sharedaddy": true, "sd-sharing": true, "sd-block": true, "jp-relatedposts": true, "addtoany_share_save_container": true,
	"addtoany_content": true, "addthis_toolbox": true, "addthis_inline_share_toolbox": true, "feedflare": true,
	"mf-viral": true, "social-share": true, "share-buttons": true, "social-sharing": true, "ssba": true, "heateor_sss_sharing_container": true,
	"wp-block-buttons-share": true, "essb_links": true, "swp_social_panel": true, "screen-reader-text": true, "sr-only": true,
	"visually-hidden": true, "headerlink": true, "mw-editsection": true, "twitter-share-button": true, "fb-share-button": true,
	"fb-like": true, "zemanta-pixie": true, "subscription-widget-wrap": true, "subscription-widget-wrap-editor": true,
	"image-link-expand": true, "wpcnt": true, "wpa": true,
}

func isFurniture(class string) bool {
	for class != "" {
		var name string
		name, class, _ = strings.Cut(class, " ")
		if furniture[name] {
			return true
		}
	}
	return false
}

// dropChrome removes what feeds append to an article: the line that says where
// it appeared first, and rows of links that only share it.
func dropChrome(blocks []Block) []Block {
	kept := blocks[:0]
	for i := range blocks {
		if !isShareRow(&blocks[i]) {
			kept = append(kept, blocks[i])
		}
	}
	for len(kept) > 0 {
		last := &kept[len(kept)-1]
		if last.Kind != Rule && !isAppearedFirst(last) {
			break
		}
		kept = kept[:len(kept)-1]
	}
	return kept
}

// isAppearedFirst recognises the line that WordPress ends feed items with, in
// the languages it is translated to: two links, to the article and the site.
func isAppearedFirst(b *Block) bool {
	if b.Kind != Paragraph || len(b.Spans) > 8 {
		return false
	}
	links := 0
	for _, s := range b.Spans {
		if s.Link != "" {
			links++
		}
	}
	if links != 2 {
		return false
	}
	text := textOf(b.Spans)
	for _, p := range appearedFirst {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

var appearedFirst = [...]string{" appeared first on ", " first appeared on ", " erschien zuerst auf ", " est apparu en premier sur ",
	" aparece primero en ", " se publicó primero en ", " apareceu primeiro em ", " proviene da ", " verscheen eerst op ",
	" yazısı ilk önce ", " أولاً على ", " اولین بار در ", " הופיע לראשונה ב"}

// isShareRow reports whether a block holds links to share forms and hardly any
// other text.
func isShareRow(b *Block) bool {
	shared, other := countShared(b)
	return shared > 0 && other <= 24
}

// countShared counts the characters of b that link to share forms and those
// that do not; an image is worth more than any row of links.
func countShared(b *Block) (shared, other int) {
	if b.Kind != Paragraph && b.Kind != List && b.Kind != Item && b.Kind != Figure {
		return 0, 1000
	}
	if m := b.Media; m != nil {
		if isShare(m.Link) {
			return 1, 0
		}
		return 0, 1000
	}
	for _, s := range b.Spans {
		n := len(strings.TrimSpace(s.Text))
		if isShare(s.Link) {
			shared += n
		} else {
			other += n
		}
	}
	for i := range b.Blocks {
		s, o := countShared(&b.Blocks[i])
		shared, other = shared+s, other+o
	}
	return shared, other
}

// shareForms are the starts of addresses that do nothing but share.
var shareForms = [...]string{"facebook.com/sharer", "facebook.com/share.php", "facebook.com/dialog/share", "twitter.com/intent/tweet",
	"twitter.com/share?", "twitter.com/home?status", "x.com/intent/", "x.com/share?", "t.me/share", "telegram.me/share", "api.whatsapp.com/send",
	"wa.me/?text", "web.whatsapp.com/send", "linkedin.com/shareArticle", "linkedin.com/sharing", "linkedin.com/cws/share", "pinterest.com/pin/create",
	"reddit.com/submit", "feeds.feedburner.com/~ff/", "feeds.wordpress.com/1.0/go", "addtoany.com/", "addthis.com/bookmark", "tumblr.com/share",
	"tumblr.com/widgets/share", "getpocket.com/save", "threads.net/intent", "bsky.app/intent", "plus.google.com/share", "vk.com/share",
	"digg.com/submit", "stumbleupon.com/submit", "line.me/R/msg", "social-plugins.line.me/"}

func isShare(link string) bool {
	rest, ok := strings.CutPrefix(link, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(link, "http://"); !ok {
			return strings.HasPrefix(link, "mailto:?")
		}
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "www."), "m.")
	for _, form := range shareForms {
		if strings.HasPrefix(rest, form) {
			return true
		}
	}
	return false
}

func textOf(spans []Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
