package feeds

import (
	"encoding/binary"
	"hash/fnv"
	"net/url"
	"slices"
	"strings"
	"time"
)

// KeyKind says what a Key was made of. A smaller kind is stronger evidence.
type KeyKind uint8

// The kinds of evidence, strongest first.
const (
	KeyGUID    KeyKind = 1 + iota // the item's guid, within its feed
	KeyLink                       // its canonical link, within the feeds of its source
	KeyContent                    // its title or text together with its date, within its feed
)

// Key is one thing that an article is recognised by when it comes again.
type Key struct {
	Kind KeyKind
	Hash int64
	// Shared is set when different items of one answer carry the key: it tells
	// none of them apart, now or later.
	Shared bool
}

// minText is the length in bytes from which a text without its title is
// evidence: shorter ones are boilerplate ("Read more on our site").
const minText = 120

// Keys returns what an article can be recognised by, strongest first. text is
// its visible text, always made in the same way. An article that its publisher
// gave a new scheme, host, slug, guid or tracking parameters keeps at least one
// of its keys.
func Keys(a *Article, text []byte) []Key {
	keys := make([]Key, 0, 4)
	link := linkKey(a.Link)
	if g := guidKey(a.GUID); g != 0 && g != link {
		keys = append(keys, Key{Kind: KeyGUID, Hash: g})
	}
	if link != 0 {
		keys = append(keys, Key{Kind: KeyLink, Hash: link})
	}
	title := strings.TrimSpace(a.Title)
	dated := !a.Published.IsZero()
	if title != "" && dated {
		keys = append(keys, Key{Kind: KeyContent, Hash: hash("title", title, second(a.Published), nil)})
	}
	if len(text) >= minText && dated {
		keys = append(keys, Key{Kind: KeyContent, Hash: hash("text", "", second(a.Published), text)})
	}
	// Without a guid a link may hold a random token and the date may be that of
	// the fetch: then only title and text are left, of that day. Without a date
	// guid and link may be one and the same for all items.
	if (a.GUID == "" || !dated) && (title != "" || len(text) > 0) {
		keys = append(keys, Key{Kind: KeyContent, Hash: hash("item", title, day(a.Published), text)})
	}
	return keys
}

// MarkShared marks the keys that different items of one answer carry, so that
// ten items with one guid stay ten articles. items holds the keys of all items
// of the answer. Items that are equal in every key are one item sent twice:
// nothing is marked on their account.
func MarkShared(items [][]Key) {
	type owner struct {
		item   int
		shared bool
	}
	type id struct {
		kind KeyKind
		hash int64
	}
	owners := make(map[id]owner, 4*len(items))
	for i, keys := range items {
		for _, k := range keys {
			o, ok := owners[id{k.Kind, k.Hash}]
			switch {
			case !ok:
				owners[id{k.Kind, k.Hash}] = owner{item: i}
			case o.item != i && !o.shared && !slices.Equal(items[o.item], keys):
				owners[id{k.Kind, k.Hash}] = owner{item: i, shared: true}
			}
		}
	}
	for _, keys := range items {
		for j, k := range keys {
			keys[j].Shared = k.Shared || owners[id{k.Kind, k.Hash}].shared
		}
	}
}

// Claimant is a stored article that one of an item's keys leads to.
type Claimant struct {
	Key     Key
	Article ArticleID
	Own     bool // seen in the item's own feed, not only in another one of its source
}

// Resolve says which stored article an item is, 0 for a new one. The strongest
// key decides; of equally strong ones the item's own feed goes before other
// feeds of its source, then the older article. In other feeds only a link
// counts. taken holds articles that other items of the same answer are
// already: no two items of one answer are one article.
func Resolve(claimants []Claimant, taken map[ArticleID]bool) ArticleID {
	var best Claimant
	for _, c := range claimants {
		if c.Key.Shared || taken[c.Article] || !c.Own && c.Key.Kind != KeyLink {
			continue
		}
		if best.Article == 0 || stronger(c, best) {
			best = c
		}
	}
	return best.Article
}

func stronger(a, b Claimant) bool {
	switch {
	case a.Key.Kind != b.Key.Kind:
		return a.Key.Kind < b.Key.Kind
	case a.Own != b.Own:
		return a.Own
	}
	return a.Article < b.Article
}

// OwnHost reports whether a link leads to the site of the feed that carries it,
// so that its address names the publisher's own article and not something that
// several publishers point at. site is an address of that site: the home page
// or the feed's own.
func OwnHost(link, site string) bool {
	a, b := hostOf(link), hostOf(site)
	if a == "" || b == "" {
		return false
	}
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a) ||
		registrable(a) == registrable(b)
}

// registrable guesses the part of a host name that was registered: the last two
// labels, three when the second-last is as short as in co.uk or com.tr.
func registrable(host string) string {
	labels := strings.Split(host, ".")
	n := 2
	if len(labels) > 2 && len(labels[len(labels)-1]) == 2 && len(labels[len(labels)-2]) <= 3 {
		n = 3
	}
	return strings.Join(labels[max(0, len(labels)-n):], ".")
}

// CanonicalLink reduces an address to what stays when a publisher moves to
// https, adds www., campaign parameters, a fragment or an AMP page: host, path
// and the parameters that choose the article, in a fixed order. It is for
// comparing, not for opening. It returns "" for what is no http address.
func CanonicalLink(link string) string { return canonical(link, false) }

func canonical(link string, fragment bool) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "" {
		return ""
	}
	host, path := bareHost(u), strings.TrimRight(u.Path, "/")
	for _, amp := range []string{"/amp", ".amp", "/amp.html"} {
		path = strings.TrimSuffix(path, amp)
	}
	path = strings.TrimPrefix(path, "/amp/")
	var b strings.Builder
	b.WriteString(host)
	if path != "" && path[0] != '/' {
		b.WriteByte('/')
	}
	b.WriteString(path)
	if q := meaningful(u.RawQuery); q != "" {
		b.WriteByte('?')
		b.WriteString(q)
	}
	if fragment && u.Fragment != "" {
		b.WriteByte('#')
		b.WriteString(u.Fragment)
	}
	return b.String()
}

// bareHost returns the host in lower case without default ports and without
// the names that mean the same site.
func bareHost(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, prefix := range []string{"www.", "amp.", "m.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
			host = rest
		}
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return bareHost(u)
}

// meaningful returns the parameters that are no tracking, sorted.
func meaningful(raw string) string {
	if raw == "" {
		return ""
	}
	kept := strings.FieldsFunc(raw, func(r rune) bool { return r == '&' || r == ';' })
	kept = slices.DeleteFunc(kept, func(p string) bool {
		name, value, _ := strings.Cut(p, "=")
		return tracking(strings.ToLower(name), strings.ToLower(value))
	})
	slices.Sort(kept)
	return strings.Join(kept, "&")
}

// trackers are parameters that say how a reader came, never what they read.
var trackers = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "yclid": true, "twclid": true,
	"igshid": true, "mc_cid": true, "mc_eid": true, "mkt_tok": true, "ocid": true, "cmpid": true,
	"cmp": true, "icid": true, "ito": true, "xtor": true, "partner": true, "ref": true,
	"ref_src": true, "referrer": true, "referer": true, "rss": true, "spm": true,
	"smid": true, "sref": true, "traffic_source": true, "taid": true, "wprov": true,
	"_hsenc": true, "_hsmi": true, "__twitter_impression": true, "maca": true,
	"amp": true, "outputtype": true, "guccounter": true, "soc_src": true,
	"source": true, "via": true, "medium": true,
}

func tracking(name, value string) bool {
	switch {
	case strings.HasPrefix(name, "utm_"), strings.HasPrefix(name, "at_"), strings.HasPrefix(name, "pk_"),
		strings.HasPrefix(name, "mtm_"), strings.HasPrefix(name, "hsa_"), strings.HasPrefix(name, "ns_"):
		return true
	case name == "src" || name == "from" || name == "feed" || name == "output":
		// These choose the article on some old sites, then with a number.
		return value == "" || value[0] < '0' || value[0] > '9'
	}
	return trackers[name]
}

// linkKey returns 0 for an address that names no article: none, or a home page.
func linkKey(link string) int64 {
	c := CanonicalLink(link)
	if !strings.ContainsAny(c, "/?") {
		return 0
	}
	return hash("link", c, 0, nil)
}

// guidKey hashes an address in its canonical form, with its fragment, and
// anything else as it is. A guid that is the article's own address gives the
// same hash as the link, so that it is not kept twice.
func guidKey(guid string) int64 {
	guid = strings.TrimSpace(guid)
	if guid == "" {
		return 0
	}
	if strings.HasPrefix(guid, "http://") || strings.HasPrefix(guid, "https://") {
		if c := canonical(guid, true); c != "" {
			return hash("link", c, 0, nil)
		}
	}
	return hash("guid", guid, 0, nil)
}

func second(t time.Time) int64 { return t.Unix() }

func day(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix() / (24 * 60 * 60)
}

// hash is FNV-1a over the parts with their borders kept: it must stay the same
// for ever, because it is stored.
func hash(kind, s string, n int64, text []byte) int64 {
	h := fnv.New64a()
	var num [8]byte
	binary.LittleEndian.PutUint64(num[:], uint64(n))
	for _, part := range [][]byte{[]byte(kind), []byte(s), num[:], text} {
		h.Write(part)
		h.Write([]byte{0})
	}
	return int64(h.Sum64())
}
