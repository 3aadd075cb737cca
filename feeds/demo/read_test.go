package demo

import (
	"strings"
	"testing"
	"time"
)

func TestReadErrors(t *testing.T) {
	const head = "title: A (sample)\nlang: en\nformat: rss20\n"
	const good = "=== a\ntitle: A\nwhen: 1h ago\n\nText.\n"
	if _, err := read("a", head+good); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"title: A\n":                                     "format",
		head + "colour: red\n":                           `unknown key "colour"`,
		head + "nothing\n":                               "no value",
		head + "answers: five\n":                         "invalid syntax",
		head + "zone: Baghdad\n":                         "read zone",
		head + "=== a\nsize: 1\n\nText.\n":               `unknown key "size"`,
		head + "=== a\nwhen: later\n\nText.\n":           "read moment",
		head + "=== a\nwhen: 1x ago\n\nText.\n":          "unknown unit",
		head + good + good:                               "two of it",
		head + "=== a corrected 1m\ntitle: A\n\nB":       "must follow",
		head + good + "=== a corrected x\ntitle: A\n\nB": "invalid duration",
	} {
		if _, err := read("a", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestReadMoment(t *testing.T) {
	for text, want := range map[string]moment{
		"35m ago":     {offset: -35 * time.Minute},
		"2d4h15m ago": {offset: -(52*time.Hour + 15*time.Minute)},
		"9d ago":      {offset: -9 * day},
		"4d ahead":    {offset: 4 * day},
		"live 1m30s":  {offset: 90 * time.Second, reveal: 90 * time.Second},
		"undated":     {undated: true},
	} {
		if got, err := readMoment(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestMarkup(t *testing.T) {
	for text, want := range map[string]string{
		"One\nline & <tag>":             "<p>One line &amp; &lt;tag&gt;</p>\n",
		"## Head\n\n### Sub":            "<h2>Head</h2>\n<h3>Sub</h3>\n",
		"- one\n- **two**":              "<ul><li>one</li><li><strong>two</strong></li></ul>\n",
		"1. one\n2. *two*":              "<ol><li>one</li><li><em>two</em></li></ol>\n",
		"> said\n> twice":               "<blockquote><p>said twice</p></blockquote>\n",
		"| a | b |\n| 1 | 2 |":          "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>\n",
		"see [it](/a/b), [out](http:x)": "<p>see <a href=\"http://h/a/b\">it</a>, <a href=\"http:x\">out</a></p>\n",
		"![A \"q\"](pic-1)": `<figure><img src="http://h/images/pic-1.png" width="320" height="180" alt="A &#34;q&#34;">` +
			"<figcaption>A &#34;q&#34;</figcaption></figure>\n",
	} {
		if got := markup(text, "http://h"); got != want {
			t.Errorf("%q gives\n%s want\n%s", text, got, want)
		}
	}
}

func TestFillDays(t *testing.T) {
	sunday := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	got := fillDays("{day-1} {day} {day+2}", sunday, languages["tr"])
	if got != "cumartesi pazar salı" {
		t.Error(got)
	}
}
