package query

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	const open = ""
	for _, tt := range []struct{ in, from, to string }{
		{"on:2026-11-01", "2026-11-01T00:00:00", "2026-11-02T00:00:00"},
		{"after:2026-11-01", "2026-11-01T00:00:00", open},
		{"before:2026-11-01", open, "2026-11-01T00:00:00"},
		{"on:2026-11", "2026-11-01T00:00:00", "2026-12-01T00:00:00"},
		{"on:2026", "2026-01-01T00:00:00", "2027-01-01T00:00:00"},
		{"on:2026/1/5", "2026-01-05T00:00:00", "2026-01-06T00:00:00"},
		{"on:2026-11-01T06:30", "2026-11-01T06:30:00", "2026-11-01T06:31:00"},
		{"after:2026-11-01T06:30:15Z", "2026-11-01T09:30:15", open},
		{"on:٢٠٢٦-١١-٠١", "2026-11-01T00:00:00", "2026-11-02T00:00:00"},
		{"after:7d", "2026-11-15T06:07:00", open},
		{"before:24h", open, "2026-11-21T06:07:00"},
		{"after:2w", "2026-11-08T06:07:00", open},
		{"after:3m", "2026-08-22T06:07:00", open},
		{"after:1y", "2025-11-22T06:07:00", open},
		{"on:7d", "2026-11-15T00:00:00", "2026-11-16T00:00:00"},
		{"before:now", open, "2026-11-22T06:07:00"},
		{"on:today", "2026-11-22T00:00:00", "2026-11-23T00:00:00"},
		{"on:yesterday", "2026-11-21T00:00:00", "2026-11-22T00:00:00"},
		{"before:tomorrow", open, "2026-11-23T00:00:00"},
		{"on:this-week", "2026-11-16T00:00:00", "2026-11-23T00:00:00"},
		{"on:last-week", "2026-11-09T00:00:00", "2026-11-16T00:00:00"},
		{"on:this-month", "2026-11-01T00:00:00", "2026-12-01T00:00:00"},
		{"on:last-month", "2026-10-01T00:00:00", "2026-11-01T00:00:00"},
		{"on:this-year", "2026-01-01T00:00:00", "2027-01-01T00:00:00"},
		{"on:Last-Year", "2025-01-01T00:00:00", "2026-01-01T00:00:00"},
		{"on:sunday", "2026-11-22T00:00:00", "2026-11-23T00:00:00"},
		{"on:sat", "2026-11-21T00:00:00", "2026-11-22T00:00:00"},
	} {
		q, err := Parse(tt.in, options)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		d := q.Expr.(Date)
		if got := local(d.From); got != tt.from {
			t.Errorf("%s begins at %q, want %q", tt.in, got, tt.from)
		}
		if got := local(d.To); got != tt.to {
			t.Errorf("%s ends at %q, want %q", tt.in, got, tt.to)
		}
	}
	for _, s := range []string{"on:2026-13", "on:2026-02-30", "on:d", "on:9999999d", "on:1.2.2026"} {
		if q, err := Parse(s, options); err == nil {
			t.Errorf("Parse(%q) = %#v", s, q.Expr)
		}
	}
}

func local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(baghdad).Format("2006-01-02T15:04:05")
}

// TestDatesMeet checks that before: and after: a day leave nothing out, also
// where the clock changes.
func TestDatesMeet(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Skip("no time zone data here: ", err)
	}
	o := Options{Now: time.Date(2015, 11, 8, 12, 0, 0, 0, loc), Location: loc}
	before, _ := Parse("before:today", o)
	after, _ := Parse("after:today", o)
	on, _ := Parse("on:today", o)
	if to, from := before.Expr.(Date).To, after.Expr.(Date).From; !to.Equal(from) {
		t.Errorf("before ends at %v, after begins at %v", to, from)
	}
	if d := on.Expr.(Date); d.To.Sub(d.From) != 25*time.Hour {
		t.Errorf("the day the clock went back has %v", d.To.Sub(d.From))
	}
}
