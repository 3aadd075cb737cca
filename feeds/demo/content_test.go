package demo

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"image/png"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

// published is an article in the form that every format shares.
type published struct {
	GUID, Title, Link, Date, HTML string
	Enclosure                     string
}

// readFeed reads a feed with nothing but the standard library.
func readFeed(t *testing.T, body string) (title string, items []published) {
	t.Helper()
	if strings.HasPrefix(body, "{") {
		var feed jsonFeed
		if err := json.Unmarshal([]byte(body), &feed); err != nil {
			t.Fatal(err)
		}
		for _, i := range feed.Items {
			items = append(items, published{GUID: i.ID, Title: i.Title, Link: i.URL, Date: i.Published, HTML: i.ContentHTML})
		}
		return feed.Title, items
	}
	type link struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Text string `xml:",chardata"`
	}
	type item struct {
		ID          string `xml:"id"`
		GUID        string `xml:"guid"`
		About       string `xml:"http://www.w3.org/1999/02/22-rdf-syntax-ns# about,attr"`
		Title       string `xml:"title"`
		Links       []link `xml:"link"`
		PubDate     string `xml:"pubDate"`
		DC          string `xml:"http://purl.org/dc/elements/1.1/ date"`
		Published   string `xml:"published"`
		Description string `xml:"description"`
		Encoded     string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
		Content     string `xml:"content"`
		Enclosure   struct {
			URL string `xml:"url,attr"`
		} `xml:"enclosure"`
	}
	var feed struct {
		Title   string `xml:"title"`
		Channel struct {
			Title string `xml:"title"`
			Items []item `xml:"item"`
		} `xml:"channel"`
		Items   []item `xml:"item"`
		Entries []item `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); err != nil {
		t.Fatal(err)
	}
	for _, i := range slices.Concat(feed.Channel.Items, feed.Items, feed.Entries) {
		items = append(items, published{
			GUID: cmp.Or(i.ID, i.GUID, i.About), Title: i.Title, Link: cmp.Or(i.Links[0].Href, i.Links[0].Text),
			Date: cmp.Or(i.PubDate, i.DC, i.Published), HTML: cmp.Or(i.Encoded, i.Content, i.Description),
			Enclosure: i.Enclosure.URL,
		})
	}
	return cmp.Or(feed.Title, feed.Channel.Title), items
}

func TestFeedsAreSound(t *testing.T) {
	s := serve(t, testNow)
	s.runFor(time.Hour)
	for _, f := range s.Feeds() {
		if !strings.HasSuffix(f.Title, "(sample)") || !strings.HasSuffix(f.Source, "(sample)") {
			t.Errorf("%s is not marked: %q, %q", f.URL, f.Title, f.Source)
		}
		res, body := s.get(f.URL)
		if res.StatusCode != 200 {
			continue
		}
		title, items := readFeed(t, body)
		if title != f.Title || len(items) == 0 {
			t.Errorf("%s: %q with %d items", f.URL, title, len(items))
		}
		seen := make(map[string]bool)
		for _, i := range items {
			line := languages[f.Lang].sample
			if !strings.HasSuffix(strings.TrimSpace(i.HTML), html.EscapeString(line)+"</em></p>") {
				t.Errorf("%s does not end as a sample: ...%s", i.Link, i.HTML[max(0, len(i.HTML)-80):])
			}
			if seen[i.GUID] || i.GUID == "" || i.Title == "" || !strings.HasPrefix(i.Link, s.URL()+"/") {
				t.Errorf("%s: %q, %q", f.URL, i.GUID, i.Link)
			}
			seen[i.GUID] = true
		}
	}
}

func TestAmountAndVariety(t *testing.T) {
	s := serve(t, testNow)
	var articles, own, undated, future, enclosures, images int
	langs, forms, briefings := map[string]int{}, map[string]int{}, map[string]bool{}
	sources := map[string]map[string]bool{} // of an event
	tongues := map[string]map[string]bool{}
	for _, src := range s.sources {
		forms[src.format]++
		if len(src.briefings) > 0 {
			own++
		}
		for _, b := range src.briefings {
			briefings[b] = true
			if !slices.Contains(s.Briefings(), b) {
				t.Errorf("%s is owned by %q, which is not subscribed", src.id, b)
			}
		}
		for _, a := range src.articles {
			if a.home != src {
				continue
			}
			articles++
			langs[src.lang]++
			if a.event != "" {
				note(sources, a.event, src.name)
				note(tongues, a.event, src.lang)
			}
			switch {
			case a.when.undated:
				undated++
			case a.when.offset > 2*day:
				future++
			case a.when.offset < -10*day:
				t.Errorf("%s is older than ten days", a.path())
			}
			if a.audio != "" {
				enclosures++
			}
			if firstImage(a.body) != "" {
				images++
			}
		}
	}
	if len(s.sources) < 16 || own == len(s.sources) || len(forms) != 4 || articles < 140 || len(s.Briefings()) < 6 {
		t.Errorf("%d feeds (%d own), %d formats, %d articles", len(s.sources), own, len(forms), articles)
	}
	for lang, least := range map[string]int{"en": 40, "ar": 30, "tr": 15, "fa": 10, "he": 10, "ckb": 5, "kmr": 5} {
		if langs[lang] < least {
			t.Errorf("%d articles in %s", langs[lang], lang)
		}
	}
	if undated != 1 || future != 1 || enclosures < 1 || images < 5 {
		t.Errorf("%d undated, %d future, %d enclosures, %d images", undated, future, enclosures, images)
	}
	wide := 0
	for event := range sources {
		if len(sources[event]) >= 3 && len(tongues[event]) >= 2 {
			wide++
		}
	}
	if wide < 5 {
		t.Errorf("%d events with three sources", wide)
	}
	t.Logf("%d feeds, %d articles, %v, %v, %d events of several sources", len(s.sources), articles, langs, forms, wide)
}

func note(m map[string]map[string]bool, key, value string) {
	if m[key] == nil {
		m[key] = make(map[string]bool)
	}
	m[key][value] = true
}

func TestSchedule(t *testing.T) {
	s := serve(t, testNow)
	var live []time.Duration
	for _, src := range s.sources {
		for _, a := range src.articles {
			if a.home == src && a.when.reveal > 0 {
				live = append(live, a.when.reveal)
			}
		}
	}
	slices.Sort(live)
	if len(live) < 4 || live[3] > time.Minute {
		t.Fatalf("first minute: %v", live)
	}
	for i := 4; i < len(live); i++ {
		if gap := live[i] - live[i-1]; gap < 25*time.Second || gap > 45*time.Second {
			t.Errorf("%v passes between %v and %v", gap, live[i-1], live[i])
		}
	}
	if last := live[len(live)-1]; last < 9*time.Minute {
		t.Errorf("the last one appears after %v", last)
	}
}

var tag = regexp.MustCompile(`<[^>]+>`)

func TestBodies(t *testing.T) {
	s := serve(t, testNow)
	leftover := regexp.MustCompile(`\{day|\*\*|\]\(|&amp;[a-z]+;|^=== `)
	long := 0
	for _, src := range s.sources {
		for _, a := range src.articles {
			for _, elapsed := range []time.Duration{0, time.Hour} {
				e := s.entry(a, elapsed)
				text := html.UnescapeString(tag.ReplaceAllString(e.page, " "))
				text = strings.Replace(text, languages[src.lang].sample, "", 1)
				n := len(strings.Fields(text))
				switch {
				case a.flash && n > 60, !a.flash && n < 60, n > 650:
					t.Errorf("%s has %d words", a.path(), n)
				case n >= 250:
					long++
				}
				if m := leftover.FindString(e.title + e.page); m != "" {
					t.Errorf("%s: %q is left", a.path(), m)
				}
			}
		}
	}
	if long < 2*8 {
		t.Errorf("%d long reads", long/2)
	}
}

// TestLinks follows every address of the samples on the server itself.
func TestLinks(t *testing.T) {
	s := serve(t, testNow)
	s.runFor(time.Hour)
	href := regexp.MustCompile(`(?:href|src|content)="([^"]*)"`)
	seen := map[string]bool{s.URL() + "/": true}
	queue := []string{s.URL() + "/"}
	for len(queue) > 0 {
		url := queue[0]
		queue = queue[1:]
		if strings.HasSuffix(url, "/feed.rss") || strings.HasSuffix(url, "/feed.atom") ||
			strings.HasSuffix(url, "/feed.rdf") || strings.HasSuffix(url, "/feed.json") {
			continue
		}
		res, body := s.get(url)
		if res.StatusCode != 200 {
			t.Errorf("%s: %s", url, res.Status)
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, m := range href.FindAllStringSubmatch(body, -1) {
			next := html.UnescapeString(m[1])
			if strings.HasPrefix(next, "/") {
				next = s.URL() + next
			}
			if strings.HasPrefix(next, s.URL()) && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			} else if strings.HasPrefix(next, "http") && !strings.HasPrefix(next, s.URL()) &&
				!strings.Contains(next, ".example.") {
				t.Errorf("%s leads outside: %s", url, next)
			}
		}
	}
	if len(seen) < 200 {
		t.Errorf("only %d pages", len(seen))
	}
}

func TestMedia(t *testing.T) {
	s := serve(t, testNow)
	_, body := s.get(s.feedURL("breakfast-audio"))
	_, items := readFeed(t, body)
	res, wav := s.get(items[0].Enclosure)
	if len(wav) != wavSize || !strings.HasPrefix(wav, "RIFF") || res.Header.Get("Content-Type") != "audio/wav" {
		t.Errorf("%d bytes of %s", len(wav), res.Header.Get("Content-Type"))
	}
	if want := fmt.Sprintf(`length="%d"`, wavSize); !strings.Contains(body, want) {
		t.Errorf("no %s", want)
	}
	res, body = s.get(s.URL() + imagePath("umm-qasr-quay"))
	img, err := png.Decode(strings.NewReader(body))
	if err != nil || img.Bounds().Dx() != 320 || len(body) > 4<<10 || res.Header.Get("Content-Type") != "image/png" {
		t.Errorf("picture of %d bytes: %v", len(body), err)
	}
	if res, _ := s.get(s.URL() + "/images/none.png"); res.StatusCode != 404 {
		t.Error(res.Status)
	}
	_, _ = io.WriteString(io.Discard, body)
}

// TestWeekdays holds that a text's weekday is that of its date, for any now.
func TestWeekdays(t *testing.T) {
	for off := range 7 {
		now := testNow.Add(time.Duration(off) * day)
		s := serve(t, now)
		for _, src := range s.sources {
			for _, a := range src.articles {
				if !strings.Contains(a.body, "{day}") {
					continue
				}
				at := now.Add(a.when.offset).In(src.zone)
				if e := s.entry(a, 0); !strings.Contains(e.page, languages[src.lang].days[at.Weekday()]) {
					t.Errorf("%s does not name its weekday, %s", a.path(), at.Weekday())
				}
			}
		}
		_ = s.Close()
	}
}
