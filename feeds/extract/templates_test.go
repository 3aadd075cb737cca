package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// template makes a page of a report as some publishing system or outlet does.
// What its pages do not say is not expected.
type template struct {
	name     string
	page     func(p *press) string
	undated  bool
	unsigned bool
	day      bool // the date is only in its text, without the time
}

// The moment that pages give in their heads; the reports have its day.
const (
	moment     = "2026-11-22T08:15:00+03:00"
	momentDay  = "2026-11-22T00:00:00Z"
	templateAt = "https://www.nahr.example/news/12345"
)

func templates() []template {
	var all []template
	for _, list := range [][]template{systemTemplates, outletTemplates, oldTemplates, scriptTemplates, shapeTemplates, hardTemplates, headTemplates} {
		all = append(all, list...)
	}
	return all
}

// Every report comes out of every template as it was written, whatever stands
// around it and between its paragraphs.
func TestTemplates(t *testing.T) {
	const seeds = 6
	for _, tm := range templates() {
		t.Run(tm.name, func(t *testing.T) {
			for _, r := range reports(t) {
				for seed := range uint64(seeds) {
					p := newPress(r, seed)
					page := tm.page(p)
					got := extracted(t, page, Hint{URL: templateAt})
					name := fmt.Sprintf("%s/%d", r.words["lang"], seed)
					if problem := compare(got, p.report, tm); problem != "" {
						t.Errorf("%s: %s", name, problem)
					}
				}
			}
		})
	}
}

// compare says what is wrong with an extracted report, "" for nothing.
func compare(got *Result, r *report, tm template) string {
	var wrong []string
	if text := strings.Join(strings.Fields(got.Text), " "); text != r.text() {
		wrong = append(wrong, difference(text, r.text()))
	}
	if got.Title != r.words["title"] {
		wrong = append(wrong, fmt.Sprintf("title %q", got.Title))
	}
	if want := r.words["byline"]; !tm.unsigned && got.Byline != want {
		wrong = append(wrong, fmt.Sprintf("byline %q", got.Byline))
	}
	if got.Dir != r.words["dir"] {
		wrong = append(wrong, "direction "+got.Dir)
	}
	want, _ := time.Parse(time.RFC3339, moment)
	if tm.day {
		want, _ = time.Parse(time.RFC3339, momentDay)
	}
	if !tm.undated && !got.Published.Equal(want) {
		wrong = append(wrong, fmt.Sprintf("published %v", got.Published))
	}
	if got.Kind != Article {
		wrong = append(wrong, "kind "+string(got.Kind))
	}
	return strings.Join(wrong, "; ")
}

// difference shows the first place where two texts differ, and their lengths.
func difference(got, want string) string {
	g, w := strings.Fields(got), strings.Fields(want)
	at := 0
	for at < len(g) && at < len(w) && g[at] == w[at] {
		at++
	}
	back := 0
	for back < len(g)-at && back < len(w)-at && g[len(g)-1-back] == w[len(w)-1-back] {
		back++
	}
	show := func(words []string) string {
		words = words[at : len(words)-back]
		if len(words) > 24 {
			return strings.Join(words[:12], " ") + " … " + strings.Join(words[len(words)-12:], " ")
		}
		return strings.Join(words, " ")
	}
	return fmt.Sprintf("after %d words got %q, want %q", at, show(g), show(w))
}
