package query

import (
	"strconv"
	"strings"
	"time"

	"sitrep/feeds/spelling"
)

// date reads the value of after:, before: and on:. after: begins with the start
// of what it names and before: ends there, so both meet without a gap; on: is
// all of it.
func (p *parser) date(t token, op string) Expr {
	from, to, ok := span(t.text, p.o.Now, p.o.Location)
	if !ok {
		return p.unknownValue(t, op, "a date such as 2026-11-01, 2026-11, 7d, 24h or yesterday")
	}
	if p.o.standing && moves(t.text, p.o.Location) {
		return p.fleeting(t, ofNow(op, t.text))
	}
	d := Date{Op: op, Text: t.text}
	switch op {
	case "after":
		d.From = from
	case "before":
		d.To = from
	case "on":
		d.From, d.To = from, to
		if from.Equal(to) { // an instant: the day it is in
			y, m, day := from.In(p.o.Location).Date()
			d.From, d.To = days(y, m, day, 1, p.o.Location)
		}
	}
	return d
}

// span returns the time that a date names, in the zone loc: a year, month, day,
// minute, an instant some time before now (then from is to), or a word.
func span(s string, now time.Time, loc *time.Location) (from, to time.Time, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	now = now.In(loc)
	if from, to, ok = named(s, now, loc); ok {
		return from, to, true
	}
	s = asciiDigits(s)
	if from, ok = ago(s, now); ok {
		return from, from, true
	}
	return calendar(strings.ReplaceAll(s, "/", "-"), loc)
}

// moves reports whether a date that span understands names another time tomorrow.
func moves(s string, loc *time.Location) bool {
	_, _, ok := calendar(strings.ReplaceAll(asciiDigits(strings.ToLower(strings.TrimSpace(s))), "/", "-"), loc)
	return !ok
}

// asciiDigits replaces the digits of other scripts.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if f := spelling.Fold(string(r)); len(f) == 1 {
			return rune(f[0])
		}
		return r
	}, s)
}

// ago reads 24h, 7d, 2w, 3m and 1y.
func ago(s string, now time.Time) (time.Time, bool) {
	if len(s) < 2 || len(s) > 6 {
		return time.Time{}, false
	}
	n, err := strconv.ParseUint(s[:len(s)-1], 10, 32)
	if err != nil {
		return time.Time{}, false
	}
	switch i := int(n); s[len(s)-1] {
	case 'h':
		return now.Add(-time.Duration(i) * time.Hour), true
	case 'd':
		return now.AddDate(0, 0, -i), true
	case 'w':
		return now.AddDate(0, 0, -7*i), true
	case 'm':
		return now.AddDate(0, -i, 0), true
	case 'y':
		return now.AddDate(-i, 0, 0), true
	}
	return time.Time{}, false
}

// calendar reads 2026, 2026-11, 2026-11-01 and 2026-11-01T06:00, with seconds and
// a zone if need be.
func calendar(s string, loc *time.Location) (from, to time.Time, ok bool) {
	s = strings.ToUpper(s)
	for _, l := range []struct {
		layout     string
		y, m, d, s int
	}{
		{"2006", 1, 0, 0, 0}, {"2006-1", 0, 1, 0, 0}, {"2006-1-2", 0, 0, 1, 0},
		{"2006-1-2T15:04", 0, 0, 0, 60}, {"2006-1-2T15:04:05", 0, 0, 0, 1},
		{"2006-1-2T15:04Z07:00", 0, 0, 0, 60}, {"2006-1-2T15:04:05Z07:00", 0, 0, 0, 1},
	} {
		t, err := time.ParseInLocation(l.layout, s, loc)
		if err == nil {
			return t, t.AddDate(l.y, l.m, l.d).Add(time.Duration(l.s) * time.Second), true
		}
	}
	return from, to, false
}

// named reads the words for days, weeks, months and years.
func named(s string, now time.Time, loc *time.Location) (from, to time.Time, ok bool) {
	y, m, d := now.Date()
	monday := d - (int(now.Weekday())+6)%7
	switch s {
	case "now":
		return now, now, true
	case "today":
		from, to = days(y, m, d, 1, loc)
	case "yesterday":
		from, to = days(y, m, d-1, 1, loc)
	case "tomorrow":
		from, to = days(y, m, d+1, 1, loc)
	case "this-week":
		from, to = days(y, m, monday, 7, loc)
	case "last-week":
		from, to = days(y, m, monday-7, 7, loc)
	case "this-month":
		return time.Date(y, m, 1, 0, 0, 0, 0, loc), time.Date(y, m+1, 1, 0, 0, 0, 0, loc), true
	case "last-month":
		return time.Date(y, m-1, 1, 0, 0, 0, 0, loc), time.Date(y, m, 1, 0, 0, 0, 0, loc), true
	case "this-year":
		return time.Date(y, 1, 1, 0, 0, 0, 0, loc), time.Date(y+1, 1, 1, 0, 0, 0, 0, loc), true
	case "last-year":
		return time.Date(y-1, 1, 1, 0, 0, 0, 0, loc), time.Date(y, 1, 1, 0, 0, 0, 0, loc), true
	default:
		for w := time.Sunday; w <= time.Saturday; w++ {
			if name := strings.ToLower(w.String()); s == name || s == name[:3] {
				from, to = days(y, m, d-(int(now.Weekday()-w)+7)%7, 1, loc) // the last one, today included
			}
		}
	}
	return from, to, !from.IsZero()
}

// days returns n whole days from the given date.
func days(y int, m time.Month, d, n int, loc *time.Location) (from, to time.Time) {
	return time.Date(y, m, d, 0, 0, 0, 0, loc), time.Date(y, m, d+n, 0, 0, 0, 0, loc)
}
