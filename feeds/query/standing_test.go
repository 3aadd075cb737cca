package query

import (
	"errors"
	"strings"
	"testing"
)

func TestParseStanding(t *testing.T) {
	for in, want := range map[string]string{
		`"green zone" OR drone* -lang:tr`: `"green zone" OR drone* -lang:tr`,
		"oil sort:oldest":                 "oil",
		"after:2026-11-01 oil":            "after:2026-11-01 oil",
		"on:٢٠٢٦-١١ نفط":                  "on:٢٠٢٦-١١ نفط",
		"has:image -has:enclosure oil":    "has:image -has:enclosure oil",
	} {
		if e, err := ParseStanding(in, options); err != nil || e.String() != want {
			t.Errorf("%q: %v, %v", in, e, err)
		}
	}
	for in, want := range map[string]struct {
		offset int
		says   string
	}{
		"oil is:unread":       {7, "so that is:unread has no place"},
		"-(oil is:starred)":   {9, "is:starred has no place"},
		"has:fulltext":        {4, "has:fulltext has no place"},
		"oil after:7d":        {10, "calendar, as after:7d does"},
		"on:yesterday":        {3, "as on:yesterday does"},
		"before:last-week a":  {7, "as before:last-week does"},
		"oil after:soon":      {10, "takes a date"},
		"colour:red":          {0, "no field"},
		"":                    {0, "nothing to look for"},
		"!!! sort:newest":     {0, "nothing to look for"},
		"oil is:unread a:b c": {7, "is:unread"},
	} {
		_, err := ParseStanding(in, options)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != want.offset || !strings.Contains(syntax.Msg, want.says) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestLeaves(t *testing.T) {
	q, err := Parse(`a -(b OR lang:ar) (c OR -d) e`, options)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for x := range Leaves(q.Expr) {
		if got = append(got, x.String()); x.String() == "d" {
			break
		}
	}
	if s := strings.Join(got, " "); s != "a b lang:ar c d" {
		t.Error(s)
	}
}
