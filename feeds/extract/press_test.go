package extract

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// report is an article as its author wrote it, with the words that an outlet of
// its language puts around it: a file of testdata/reports.
type report struct {
	words map[string]string // by the names before the colons
	body  []block
}

// block is a paragraph (p), a quotation (q), a heading (h) or a list (l) whose
// items are separated by bars.
type block struct {
	kind byte
	text string
}

func reports(t testing.TB) []*report {
	t.Helper()
	files, err := filepath.Glob("testdata/reports/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	var out []*report
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(raw), "\n\n")
		r := &report{words: map[string]string{}}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			r.words[key] = value
		}
		for line := range strings.Lines(body) {
			r.body = append(r.body, block{line[0], strings.TrimSpace(line[2:])})
		}
		out = append(out, r)
	}
	return out
}

// text is what must come out, on one line.
func (r *report) text() string {
	var b strings.Builder
	for _, in := range r.body {
		b.WriteString(strings.ReplaceAll(in.text, " |", "") + " ")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// press prints a report as a page of an outlet. Its furniture differs from seed
// to seed: the names of classes, the elements, and what has no name at all.
type press struct {
	*report
	rng *rand.Rand
}

func newPress(r *report, seed uint64) *press {
	return &press{r, rand.New(rand.NewPCG(seed, 1))}
}

// w is a word of the outlet as HTML.
func (p *press) w(key string) string { return html.EscapeString(p.words[key]) }

// list are the words of a key that holds several.
func (p *press) list(key string) []string {
	parts := strings.Split(p.w(key), " | ")
	p.rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return parts
}

func (p *press) one(variants ...string) string { return variants[p.rng.IntN(len(variants))] }

// links are list items that lead to other pages.
func (p *press) links(key string) string {
	var b strings.Builder
	for i, s := range p.list(key) {
		fmt.Fprintf(&b, `<li><a href="/news/%d">%s</a></li>`, 2000+i, s)
	}
	return b.String()
}

func (p *press) nav() string {
	list := p.links("sections")
	return p.one(
		`<nav class="main-nav"><a href="/">`+p.w("home")+`</a><ul>`+list+`</ul></nav>`,
		`<div id="header"><div class="menu"><ul>`+list+`</ul></div></div>`,
		`<div class="c-1"><a href="/">`+p.w("site")+`</a> <ul class="x">`+list+`</ul></div>`,
		`<header><a href="/"><img src="/logo.png" alt="`+p.w("site")+`"></a><ul role="menubar">`+list+`</ul></header>`)
}

func (p *press) share() string {
	links := `<a href="https://facebook.com/sharer?u=1">Facebook</a> <a href="https://x.com/intent?u=1">X</a> <a href="https://wa.me/?text=1">WhatsApp</a> <a href="https://t.me/share?u=1">Telegram</a>`
	return p.one(
		`<div class="share-buttons"><span>`+p.w("share")+`</span>`+links+`</div>`,
		`<ul class="social-share"><li>`+strings.ReplaceAll(links, "</a> ", "</a></li><li>")+`</li></ul>`,
		`<div class="a9x"><span>`+p.w("share")+`</span> `+links+`</div>`,
		`<div class="addtoany_share_save_container">`+links+`</div>`)
}

// cards lead to other reports, each with a picture, a headline and a teaser.
func (p *press) cards(heading string) string {
	var b strings.Builder
	for i, s := range p.list("headlines") {
		fmt.Fprintf(&b, `<%[1]s class="%[2]s"><a href="/news/%[3]d"><img src="/%[3]d.jpg"></a><h3><a href="/news/%[3]d">%[4]s</a></h3><p>%[5]s</p></%[1]s>`,
			heading, "t-item", 3000+i, s, p.w("teaser"))
	}
	return b.String()
}

func (p *press) related() string {
	list := "<ul>" + p.links("headlines") + "</ul>"
	return p.one(
		`<div class="related-articles"><h3>`+p.w("related")+`</h3>`+list+`</div>`,
		`<aside><h4>`+p.w("related")+`</h4>`+list+`</aside>`,
		`<div class="b-77"><h3>`+p.w("related")+`</h3>`+list+`</div>`,
		`<h3>`+p.w("related")+`</h3>`+list,
		`<p><strong>`+p.w("related")+`:</strong></p>`+list,
		`<section class="s-12"><h2>`+p.w("related")+`</h2>`+p.cards("div")+`</section>`)
}

// also is a pointer to another report between two paragraphs.
func (p *press) also() string {
	link := `<a href="/news/77">` + p.list("headlines")[0] + `</a>`
	return p.one(
		`<p>`+p.w("also")+`: `+link+`</p>`,
		`<p><strong>`+p.w("also")+`:</strong> `+link+`</p>`,
		`<div class="k3"><span>`+p.w("also")+`</span> `+link+`</div>`,
		`<div class="read-more-inline">`+link+`</div>`,
		`<aside class="inset"><h4>`+p.w("also")+`</h4><p>`+link+`</p></aside>`,
		`<p><em>`+p.w("also")+`</em></p><ul><li>`+link+`</li></ul>`)
}

func (p *press) newsletter() string {
	return p.one(
		`<div class="newsletter-signup"><p>`+p.w("newsletter")+`</p><form action="/s"><input type="email"><button>OK</button></form></div>`,
		`<form action="/s" class="f1"><p>`+p.w("newsletter")+`</p><input type="email"><input type="submit" value="OK"></form>`,
		`<div class="subscribe-box"><p>`+p.w("newsletter")+`</p></div>`,
		`<p><em><a href="/newsletter">`+p.w("newsletter")+`</a></em></p>`)
}

func (p *press) comments() string {
	var b strings.Builder
	for range 1 + p.rng.IntN(3) {
		for i, s := range p.list("remarks") {
			fmt.Fprintf(&b, `<div class="cm"><b>Reader %d</b><p>%s</p></div>`, i, s)
		}
	}
	return p.one(
		`<div id="comments"><h3>`+p.w("comments")+`</h3>`+b.String()+`</div>`,
		`<section class="comment-list">`+b.String()+`</section>`,
		`<div class="article-comments"><h3>`+p.w("comments")+`</h3><ol>`+strings.ReplaceAll(strings.ReplaceAll(b.String(), "<div", "<li"), "</div>", "</li>")+`</ol></div>`)
}

func (p *press) cookie() string {
	return p.one(
		`<div id="cookie-banner"><p>`+p.w("cookie")+`</p><button>OK</button></div>`,
		`<div role="dialog" aria-modal="true"><p>`+p.w("cookie")+`</p><button>OK</button></div>`,
		`<div class="cc-window"><span>`+p.w("cookie")+`</span> <a href="/privacy">OK</a></div>`,
		``)
}

func (p *press) ad() string {
	return p.one(
		`<div class="ad-slot"><span>`+p.w("ad")+`</span></div>`,
		`<p>`+p.w("ad")+`</p>`,
		`<div>`+p.w("ad")+`</div>`,
		`<ins class="adsbygoogle"></ins><script>push()</script>`,
		`<div class="advertisement"><p>`+p.w("ad")+`</p><img src="/ad.gif"></div>`)
}

func (p *press) tags() string {
	links := ""
	for i, s := range p.list("tag") {
		links += fmt.Sprintf(`<a href="/tag/%d" rel="tag">%s</a> `, i, s)
	}
	return p.one(
		`<div class="tags">`+p.w("tags")+`: `+links+`</div>`,
		`<p>`+p.w("tags")+`: `+links+`</p>`,
		`<ul class="tag-list"><li>`+links+`</li></ul>`,
		`<div class="z2"><span>`+p.w("tags")+`</span> `+links+`</div>`)
}

func (p *press) bio() string {
	return p.one(
		`<div class="author-bio"><img src="/a.jpg"><p>`+p.w("bio")+`</p></div>`,
		`<div class="post-author"><h4>`+p.w("byline")+`</h4><p>`+p.w("bio")+`</p></div>`,
		`<div class="about-the-author"><p>`+p.w("bio")+`</p></div>`,
		``)
}

func (p *press) sidebar() string {
	return p.one(
		`<aside class="sidebar"><h3>`+p.w("mostread")+`</h3><ol>`+p.links("headlines")+`</ol></aside>`,
		`<div id="right"><h3>`+p.w("mostread")+`</h3>`+p.cards("div")+`</div>`,
		`<div class="col-4"><div class="widget"><h3>`+p.w("mostread")+`</h3><ul>`+p.links("headlines")+`</ul></div></div>`)
}

func (p *press) figure() string {
	return p.one(
		`<figure><img src="/hall.jpg"><figcaption>`+p.w("caption")+` <span class="credit">`+p.w("credit")+`</span></figcaption></figure>`,
		`<div class="wp-caption"><img src="/hall.jpg"><p class="wp-caption-text">`+p.w("caption")+`</p></div>`,
		`<div class="image"><img data-src="/hall.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><noscript><img src="/hall.jpg"></noscript><span class="caption">`+p.w("caption")+`</span></div>`,
		`<p><img src="/hall.jpg" alt="`+p.w("caption")+`"></p>`)
}

func (p *press) footer() string {
	return p.one(
		`<footer><ul>`+p.links("sections")+`</ul><p>`+p.w("copyright")+`</p></footer>`,
		`<div id="footer"><p>`+p.w("copyright")+`</p><a href="/about">`+p.w("site")+`</a></div>`,
		`<div class="btm"><ul>`+p.links("sections")+`</ul><span>`+p.w("copyright")+`</span></div>`)
}

// how says what the blocks of a body are made of.
type how struct {
	p, end  string // what begins and ends a paragraph
	h       string // the element of a heading, or of its words
	between []func() string
}

// asP is how most pages write.
func (p *press) asP(between ...func() string) how {
	return how{"<p>", "</p>\n", p.one("h2", "h3", "h4"), between}
}

// write writes the body in blocks from to to, each of the things that come
// between once, at some place between two blocks.
func (p *press) write(h how, from, to int) string {
	at := map[int]string{}
	for _, f := range h.between {
		i := from + 1 + p.rng.IntN(max(1, to-from-1))
		if p.body[i].kind == 'l' { // what introduces a list stands before it
			i++
		}
		at[i] += f()
	}
	var b strings.Builder
	for i, in := range p.body[from:to] {
		b.WriteString(at[from+i])
		switch text := html.EscapeString(in.text); in.kind {
		case 'h':
			if h.h == "b" || h.h == "strong" {
				b.WriteString(h.p + "<" + h.h + ">" + text + "</" + h.h + ">" + h.end)
			} else {
				b.WriteString("<" + h.h + ">" + text + "</" + h.h + ">\n")
			}
		case 'l':
			if h.p == "" || h.h == "b" {
				b.WriteString(h.p + strings.ReplaceAll(text, " | ", h.end+h.p) + h.end)
			} else {
				b.WriteString("<ul><li>" + strings.ReplaceAll(text, " | ", "</li><li>") + "</li></ul>\n")
			}
		case 'q':
			if h.p == "<p>" && p.rng.IntN(2) == 0 {
				text = "<em>" + text + "</em>"
			}
			b.WriteString(h.p + text + h.end)
		default:
			b.WriteString(h.p + text + h.end)
		}
	}
	return b.String()
}

// all is the whole body.
func (p *press) all(h how) string { return p.write(h, 0, len(p.body)) }
