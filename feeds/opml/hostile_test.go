package opml

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAttributesComeOutAgain reads what other readers write and writes it again.
func TestAttributesComeOutAgain(t *testing.T) {
	l, err := Read(strings.NewReader(`<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><body>
<outline text="A" type="rss" xmlUrl="https://a.example/" version="RSS2" description="a &quot;b&quot; &lt;c&gt;" frss:xPathItem="//div[@class='x']" odd:mark="1">
</outline></body></opml>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Attribute{
		{Name: "version", Value: "RSS2"}, {Name: "description", Value: `a "b" <c>`},
		{Space: "https://freshrss.org/opml", Name: "frss:xPathItem", Value: "//div[@class='x']"},
		{Space: "urn:x-opml:odd", Name: "odd:mark", Value: "1"},
	}
	for round := range 2 {
		if len(l.Subscriptions) != 1 || len(l.Skipped) > 0 {
			t.Fatalf("round %d: %+v", round, l)
		}
		if diff := cmp.Diff(want, l.Subscriptions[0].Attributes); diff != "" {
			t.Errorf("round %d (-want +got):\n%s", round, diff)
		}
		var b bytes.Buffer
		if err := Write(&b, "", l.Subscriptions); err != nil {
			t.Fatal(err)
		}
		if l, err = Read(&b); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAttributesLeftOut: what other readers would run is not handed on to them,
// and lists are given away.
func TestAttributesLeftOut(t *testing.T) {
	l, err := Read(strings.NewReader(`<opml xmlns:frss="https://freshrss.org/opml"><body><outline text="A" xmlUrl="https://a.example/"
filtercmd="touch /tmp/x" icon="file:///etc/passwd" run="|sh" frss:CURLOPT_COOKIE="session=1" password="p" note="kept"/></body></opml>`))
	if err != nil || len(l.Subscriptions) != 1 {
		t.Fatal(l, err)
	}
	if diff := cmp.Diff([]Attribute{{Name: "note", Value: "kept"}}, l.Subscriptions[0].Attributes); diff != "" {
		t.Error(diff)
	}
	var left []string
	for _, s := range l.Skipped {
		left = append(left, s.What)
	}
	const of = " of https://a.example/"
	want := []string{"filtercmd" + of, "icon" + of, "run" + of, "frss:CURLOPT_COOKIE" + of, "password" + of}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Error(diff)
	}
}

// TestReadGoesOnBehindDamage: each place costs itself at most.
func TestReadGoesOnBehindDamage(t *testing.T) {
	const before, after = `<opml><body><outline text="F"><outline text="a" xmlUrl="http://a.example/"/>` + "\n", "\n" +
		`<outline text="z" xmlUrl="http://z.example/"/></outline></body></opml>`
	for name, test := range map[string]struct {
		damage  string
		feeds   int
		skipped string
	}{
		"a quote in a title":      {`<outline text="He said "no" & left" xmlUrl="http://q.example/?a=1&amp;b=2"/>`, 3, "what begins in line 2"},
		"a quote that stays open": {`<outline text="open xmlUrl="http://q.example/"/>`, 3, "what begins in line 2"},
		"no address to be saved":  {`<outline text="a" = = "b" type="rss"/>`, 2, "what begins in line 2"},
		"an odd end tag":          {`</>`, 2, "what begins in line 2"},
		"a bad comment":           {`<!-- a -- b -->`, 2, "what begins in line 2"},
		"end tags too many":       {`</outline></outline></outline></head>`, 2, ""},
		"end tags that miss":      {`<b><i><outline text="G">`, 2, ""},
		"a bare ampersand":        {`<outline text="a&b" xmlUrl="http://b.example/?a&b=c"/>`, 3, ""},
	} {
		l, err := Read(strings.NewReader(before + test.damage + after))
		if err != nil || len(l.Subscriptions) != test.feeds {
			t.Errorf("%s: %+v, %v", name, l, err)
			continue
		}
		switch {
		case test.skipped == "" && len(l.Skipped) > 0,
			test.skipped != "" && (len(l.Skipped) != 1 || l.Skipped[0].What != test.skipped):
			t.Errorf("%s: skipped %v", name, l.Skipped)
		}
		if got := l.Subscriptions[1].Folders; test.feeds == 3 && (len(got) != 1 || got[0] != "F") {
			t.Errorf("%s: folders %v", name, got)
		}
	}
}

// TestReadIsLinear reads the shapes that cost more the longer they are unless
// somebody has thought of them.
func TestReadIsLinear(t *testing.T) {
	const size = 4 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	long := strings.Repeat("x", 1<<20)
	for name, s := range map[string]string{
		"nested folders without names": fill("<outline>") + fill(`<outline xmlUrl="http://a.example/"/>`),
		"nested folders":               fill(`<outline text="folder"><outline xmlUrl="http://a.example/"/>`),
		"long names":                   fill(`<outline text="` + long + `">` + strings.Repeat("<outline text='b'>", 1000)),
		"quotes that stay open":        fill(`<outline a='`),
		"damage after damage":          fill(`<outline text="a" = ` + "\n"),
		"damage in one tag":            fill(`<outline a="b"`),
		"namespaces":                   fill(`<outline xmlns:a1="b" a1:c="d" xmlUrl="http://a.example/"/>`),
		"titles":                       fill("<title>x"),
		"entities":                     fill("<outline text='&amp;&eacute;&x;'/>"),
	} {
		began := time.Now()
		_, _ = Read(strings.NewReader("<opml><body>" + s))
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// TestLargeList takes every feed of 20 MB.
func TestLargeList(t *testing.T) {
	var b strings.Builder
	b.WriteString("<opml><body>")
	n := 0
	for ; b.Len() < 20<<20; n++ {
		fmt.Fprintf(&b, `<outline text="Folder %d"><outline type="rss" text="Feed %d" xmlUrl="https://host%d.example/feed" note="%s"/></outline>`+"\n", n%40, n, n, strings.Repeat("n", 200))
	}
	l, err := Read(strings.NewReader(b.String()))
	if err != nil || len(l.Subscriptions) != n || len(l.Skipped) > 0 {
		t.Fatalf("%d of %d, %d skipped, %v", len(l.Subscriptions), n, len(l.Skipped), err)
	}
}
