package opml

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE opml [<!ENTITY bomb "x">]>
<opml version="1.1">
<head><title> My &amp; your
 feeds </title><ownerName>x</ownerName></head>
<body>
 <outline text="Top" type="rss" xmlUrl=" https://A.example/feed#x " htmlUrl="https://a.example/"/>
 <outline text="News &amp;amp; more">
  <outline title="Iraq">
   <outline type="rss" text="B" title="B &quot;b&quot;" xmlURL="http://b.example/rss" language="ar"/>
   <outline text="no address" type="rss"/>
   <outline text="again" xmlUrl="http://a.example/feed"/>
  </outline>
  <outline type="RSS" TEXT="C" XMLURL="feed://c.example/rss" htmlUrl="javascript:x"/>
 </outline>
 <outline text="prog" xmlUrl="exec:rm -rf /"/>
 <outline text="filt" xmlUrl="filter:cat:http://x.example/"/>
 <outline text="disk" xmlUrl="file:///etc/passwd"/>
 <outline text="gopher" xmlUrl="gopher://x.example/"/>
 <outline text="bad" xmlUrl="https://"/>
 <outline type="link" text="another" url="http://x.example/list.opml"/>
 <outline xmlUrl="https://d.example/" text="https://d.example/" category="/Gulf/Oil,/Other" extra=unquoted>
  <outline xmlUrl="feed:https://e.example/?a=1&b=2" text="E & co &bomb; &eacute;"/>
 </outline>
</body></opml>`))
	if err != nil {
		t.Fatal(err)
	}
	want := List{
		Title: "My & your feeds",
		Subscriptions: []Subscription{
			{URL: "https://a.example/feed", Title: "Top", Site: "https://a.example/", Folders: []string{"News & more / Iraq"}},
			{URL: "http://b.example/rss", Title: `B "b"`, Lang: "ar", Folders: []string{"News & more / Iraq"}},
			{URL: "http://c.example/rss", Title: "C", Folders: []string{"News & more"}},
			{URL: "https://d.example/", Folders: []string{"Gulf / Oil"}, Attributes: []Attribute{{Name: "category", Value: "/Gulf/Oil,/Other"}, {Name: "extra", Value: "unquoted"}}},
			{URL: "https://e.example/?a=1&b=2", Title: "E & co &bomb; é"},
		},
		Skipped: []Skipped{
			{"no address", "has no address"},
			{"exec:rm -rf /", "runs a program, which feeds never do here"},
			{"filter:cat:http://x.example/", "runs a program, which feeds never do here"},
			{"file:///etc/passwd", "is a file of the other computer, not an address"},
			{"gopher://x.example/", "is no http or https address"},
			{"https://", "is no proper address"},
			{"http://x.example/list.opml", "points to another list or page, which is not followed"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

func TestReadEncodings(t *testing.T) {
	const plain = `<opml><body><outline text="السومرية" xmlUrl="http://a.example/"/></body></opml>`
	w1256, err := charmap.Windows1256.NewEncoder().String(`<?xml version="1.0" encoding='windows-1256'?>` + plain)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"utf-16 without a mark": utf16[2:], "undeclared windows-1256": strings.TrimPrefix(w1256, `<?xml version="1.0" encoding='windows-1256'?>`),
		"windows-1256 that says utf-8": strings.Replace(w1256, "windows-1256", "utf-8", 1),
		"utf-8":                        plain, "bom": "\xef\xbb\xbf" + plain, "windows-1256": w1256, "utf-16": utf16,
		"wrong": `<?xml version="1.0" encoding="iso-8859-1"?>` + plain, "control": strings.Replace(plain, "<body>", "<body>\x01\x00", 1),
	} {
		l, err := Read(strings.NewReader(s))
		if err != nil || len(l.Subscriptions) != 1 || l.Subscriptions[0].Title != "السومرية" {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
	}
}

func TestReadDamaged(t *testing.T) {
	cut := `<opml><body><outline text="a" xmlUrl="http://a.example/"/><outline text="b" xmlUrl="http://b.ex`
	l, err := Read(strings.NewReader(cut))
	if err != nil || len(l.Subscriptions) != 1 || len(l.Skipped) != 1 || l.Skipped[0].What != "the rest of the file" {
		t.Errorf("cut file: %+v, %v", l, err)
	}
	for _, s := range []string{"", "not xml", "<html><body>no</body></html>", "{}"} {
		if _, err := Read(strings.NewReader(s)); !errors.Is(err, ErrNoOutline) {
			t.Errorf("Read(%q): %v", s, err)
		}
	}
	if _, err := Read(iotest.ErrReader(errors.New("disk"))); err == nil {
		t.Error("no error when reading fails")
	}
}

// TestReadDeep reads outlines 10,000 deep, each a folder with a feed.
func TestReadDeep(t *testing.T) {
	var b strings.Builder
	b.WriteString("<opml><body>")
	for range 10_000 {
		b.WriteString(`<outline text="f"><outline xmlUrl="http://a.example/x"/>`)
	}
	l, err := Read(strings.NewReader(b.String()))
	if err != nil || len(l.Subscriptions) != 1 {
		t.Fatalf("%d subscriptions, %v", len(l.Subscriptions), err)
	}
	if n := len(l.Subscriptions[0].Folders); n != maxDepth {
		t.Errorf("the feed stands in %d folders, want %d", n, maxDepth)
	}
}

func TestReadNewsboatURLs(t *testing.T) {
	got, err := ReadNewsboatURLs(strings.NewReader(`# my feeds
http://a.example/rss
https://b.example/rss news "middle east" "~Title \"of\" B" # comment
  https://c.example/ "!hidden" "!" tag

"query:Unread:unread = \"yes\"" x
"exec:~/bin/feed.sh" x
filter:~/bin/x:http://x.example/
http://a.example/rss tag
`))
	if err != nil {
		t.Fatal(err)
	}
	want := List{
		Subscriptions: []Subscription{
			{URL: "http://a.example/rss", Folders: []string{"tag"}},
			{URL: "https://b.example/rss", Title: `Title "of" B`, Folders: []string{"news", "middle east"}},
			{URL: "https://c.example/", Folders: []string{"tag"}},
		},
		Skipped: []Skipped{
			{"the mark !hidden of https://c.example/", "feeds are not hidden here"},
			{"the mark ! of https://c.example/", "feeds are not hidden here"},
			{`query:Unread:unread = "yes"`, "is a search in another reader; save it as a watch"},
			{"exec:~/bin/feed.sh", "runs a program, which feeds never do here"},
			{"filter:~/bin/x:http://x.example/", "runs a program, which feeds never do here"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ReadNewsboatURLs (-want +got):\n%s", diff)
	}
}

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "A & B", []Subscription{
		{URL: "http://a.example/?x=1&y=2", Title: `A "a" <b>`, Site: "http://a.example/", Lang: "ar", Folders: []string{"News / Iraq", "Oil"}},
		{URL: "http://b.example/", Folders: []string{"News"}},
		{URL: "http://c.example/", Title: "سومرية"},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>A &amp; B</title>
  </head>
  <body>
    <outline type="rss" text="سومرية" title="سومرية" xmlUrl="http://c.example/"/>
    <outline text="News">
      <outline type="rss" text="http://b.example/" xmlUrl="http://b.example/"/>
      <outline text="Iraq">
        <outline type="rss" text="A &#34;a&#34; &lt;b&gt;" title="A &#34;a&#34; &lt;b&gt;" xmlUrl="http://a.example/?x=1&amp;y=2" htmlUrl="http://a.example/" language="ar"/>
      </outline>
    </outline>
    <outline text="Oil">
      <outline type="rss" text="A &#34;a&#34; &lt;b&gt;" title="A &#34;a&#34; &lt;b&gt;" xmlUrl="http://a.example/?x=1&amp;y=2" htmlUrl="http://a.example/" language="ar"/>
    </outline>
  </body>
</opml>
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Write (-want +got):\n%s", diff)
	}
}

// TestRoundTrip writes lists and reads them back.
func TestRoundTrip(t *testing.T) {
	words := rapid.StringMatching(`[a-zé&;<>"'ع] ?[A-Z&#ש]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		want := map[string]Subscription{}
		var subs []Subscription
		for i, title := range rapid.SliceOfN(words, 0, 5).Draw(t, "titles") {
			s := Subscription{URL: "https://x.example/" + string(rune('a'+i)), Title: text(title), Lang: "ar",
				Folders: rapid.SliceOfNDistinct(rapid.Map(words, text), 0, 2, rapid.ID).Draw(t, "folders")}
			if len(s.Folders) == 0 {
				s.Folders = nil
			}
			subs, want[s.URL] = append(subs, s), s
		}
		var b bytes.Buffer
		if err := Write(&b, "list", subs); err != nil {
			t.Fatal(err)
		}
		l, err := Read(&b)
		if err != nil || len(l.Skipped) > 0 {
			t.Fatal(l.Skipped, err)
		}
		got := map[string]Subscription{}
		for _, s := range l.Subscriptions {
			got[s.URL] = s
		}
		for _, m := range []map[string]Subscription{want, got} {
			for _, s := range m {
				slices.Sort(s.Folders)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("read back (-want +got):\n%s", diff)
		}
	})
}

// checkList checks what must hold for any list that was read.
func checkList(t *testing.T, l List) {
	seen := map[string]bool{}
	for _, s := range l.Subscriptions {
		if _, why := address(s.URL); why != "" || seen[s.URL] {
			t.Errorf("subscription %q: %s, seen before: %v", s.URL, why, seen[s.URL])
		}
		seen[s.URL] = true
	}
	for _, s := range l.Skipped {
		if s.Why == "" {
			t.Errorf("%q is skipped without a reason", s.What)
		}
	}
	var b bytes.Buffer
	if err := Write(&b, l.Title, l.Subscriptions); err != nil {
		t.Fatal(err)
	}
	again, err := Read(&b)
	if err != nil || len(again.Subscriptions) != len(l.Subscriptions) {
		t.Fatalf("%d subscriptions read back as %d: %v", len(l.Subscriptions), len(again.Subscriptions), err)
	}
	for _, s := range again.Subscriptions {
		i := slices.IndexFunc(l.Subscriptions, func(x Subscription) bool { return x.URL == s.URL })
		if i < 0 || len(l.Subscriptions[i].Attributes) < len(s.Attributes) {
			t.Errorf("%s came out of nothing, or with more attributes", s.URL)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<opml><head><title>t</title></head><body><outline text="a"><outline xmlUrl="http://a.example/"/></outline></body></opml>`))
	f.Add([]byte("\xff\xfe<\x00o\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := Read(bytes.NewReader(data)); err == nil {
			checkList(t, l)
		}
	})
}

func FuzzReadNewsboatURLs(f *testing.F) {
	f.Add([]byte("http://a.example/ \"a b\" \"~T\" !x #c\n\"query:a:b\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ReadNewsboatURLs(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		checkList(t, l)
	})
}
