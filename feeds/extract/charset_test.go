package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Pages come out right in the character sets of the region, whether they name
// theirs, name none, or their server names another one.
func TestCharacterSets(t *testing.T) {
	sets := map[string]struct {
		name string
		set  encoding.Encoding
	}{
		"ar": {"windows-1256", charmap.Windows1256}, "fa": {"windows-1256", charmap.Windows1256}, "he": {"windows-1255", charmap.Windows1255},
		"tr": {"iso-8859-9", charmap.ISO8859_9}, "en": {"windows-1252", charmap.Windows1252},
	}
	for _, r := range reports(t) {
		set, ok := sets[r.words["lang"]]
		if !ok {
			continue // no set of eight bits has all letters of Kurdish
		}
		p := newPress(r, 1)
		utf8 := p.doc(p.openGraph(), p.nav()+`<article>`+p.h1()+p.signed()+p.all(p.asP())+`</article>`+p.footer())
		old, err := encoding.HTMLEscapeUnsupported(set.set.NewEncoder()).String(strings.Replace(utf8, `charset="utf-8"`, `charset="`+set.name+`"`, 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, page string
			hint       Hint
		}{
			{"named in the page", old, Hint{}},
			{"named by the server", strings.Replace(old, `<meta charset="`+set.name+`">`, "", 1), Hint{ContentType: "text/html; charset=" + set.name}},
			{"named nowhere", strings.Replace(old, `<meta charset="`+set.name+`">`, "", 1), Hint{Lang: r.words["lang"]}},
			{"the page says UTF-8", strings.Replace(old, `charset="`+set.name+`"`, `charset="utf-8"`, 1), Hint{Lang: r.words["lang"]}},
			{"the server says Latin 1 of UTF-8", utf8, Hint{ContentType: "text/html; charset=iso-8859-1"}},
			{"the server says the old set of UTF-8", utf8, Hint{ContentType: "text/html; charset=" + set.name}},
			{"UTF-8 named nowhere", strings.Replace(utf8, `<meta charset="utf-8">`, "", 1), Hint{}},
		} {
			c.hint.URL = templateAt
			if problem := compare(extracted(t, c.page, c.hint), r, template{}); problem != "" {
				t.Errorf("%s, %s: %s", set.name, c.name, problem)
			}
		}
	}
}
