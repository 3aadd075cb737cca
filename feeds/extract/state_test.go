package extract

import (
	"strings"
	"testing"
	"time"
)

func TestState(t *testing.T) {
	body, other := story("en", 6), strings.ReplaceAll(story("en", 9), "Part", "Chapter")
	app := func(script string) string {
		return "<title>Station repaired before winter</title><div id=app></div><script>" + script + "</script>"
	}
	for name, page := range map[string]string{
		"beside its headline, not the longest":       app(`window.S={"list":[{"title":"Another","html":` + quoted(other) + `}],"page":{"head":{"title":"Station repaired before winter"},"html":` + quoted(body) + `}}`),
		"quoted for JSON.parse":                      app(`window.S = JSON.parse(` + quoted(`{"a":{"html":`+quoted(body)+`}}`) + `);`),
		"behind something that is no JSON":           app(`var a = {b: 1}, c = [d]; window.S={"html":` + quoted(body) + `};`),
		"plain lines":                                app(`S={"text":` + quoted(strings.NewReplacer("<p>", "", "</p>", "").Replace(body)) + `}`),
		"a tree of text with marks in its paragraph": app(`S={"content":[` + strings.Repeat(`{"type":"p","children":[{"text":"The ministry said on Sunday that the "},{"text":"pumping station","bold":true},{"text":" would be repaired before the winter, Part 6 and Part 1."}]},`, 5) + `{"type":"p","children":[]}]}`),
	} {
		r := extracted(t, page, Hint{URL: "https://press.example/a"})
		if !strings.Contains(r.Text, "Part 1") || !strings.Contains(r.Text, "Part 6") || strings.Contains(r.Text, "Chapter") || strings.ContainsAny(r.Text, `{<"`) {
			t.Errorf("%s: %s", name, r.Text)
		}
		if strings.Contains(name, "tree") && !strings.Contains(r.Text, "that the pumping station would") {
			t.Errorf("%s: words are joined wrongly in %s", name, r.Text)
		}
	}
}

// Scripts are no article, and cost little however they are made.
func TestStateOfNothing(t *testing.T) {
	for name, script := range map[string]string{
		"code":            "var a = {}; function f(b) { return b == {c: 'The ministry said on Sunday that it would not.'} }",
		"words of a menu": `S={"labels":{` + strings.Repeat(`"a":"Read more about this in our help pages",`, 300) + `"b":"c"}}`,
		"deep":            "S=" + strings.Repeat(`[`, 100_000),
		"many starts":     strings.Repeat(`a={"b":[`, 100_000),
		"open string":     `S={"a":"` + strings.Repeat("word ", 200_000),
		"wide lists":      `S={"t":"x y"` + strings.Repeat(`,"l":[{"a":"`+strings.Repeat("word ", 10)+`"},{"a":"b c"}]`, 60_000) + `}`,
		"wide":            `S=[` + strings.Repeat(`{"a":"b"},`, 400_000) + `1]`,
	} {
		begun := time.Now()
		r := extracted(t, "<title>t</title><div id=app></div><script>"+script+"</script>", Hint{URL: "https://press.example/a"})
		if took := time.Since(begun); took > within {
			t.Errorf("%s took %v", name, took)
		}
		if r.Text != "" {
			t.Errorf("%s: %.200q", name, r.Text)
		}
	}
}
