package parse

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxDate is longer than any date in bytes.
const maxDate = 80

// parseDate reads a date as feeds write it: RFC 3339, RFC 822 and their wild
// relatives, month names of many languages, Eastern digits, Unix seconds, the
// Persian calendar. lang is the feed's language; it decides what an ambiguous
// zone name or order of day and month means. The result keeps the publisher's
// offset from UTC.
func parseDate(s, lang string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > maxDate {
		return time.Time{}, false
	}
	if t, ok := parseCommon(s); ok {
		return t, true
	}
	d := dateReader{lang: lang}
	if !d.scan(fold(s)) {
		return time.Time{}, false
	}
	return d.time()
}

// Date reads a date that stands in a feed or in a web page, as parseDate does.
// It refuses what no report can be of: before 1970, or more than a year after now.
func Date(s, lang string, now time.Time) (time.Time, bool) {
	t, ok := parseDate(s, strings.ToLower(lang))
	if !ok {
		return time.Time{}, false
	}
	t = sane(t, now)
	return t, !t.IsZero()
}

// parseCommon reads the two forms that nearly all feeds use.
func parseCommon(s string) (time.Time, bool) {
	var t time.Time
	var err error
	switch {
	case len(s) >= 20 && s[4] == '-' && s[10] == 'T':
		t, err = time.Parse(time.RFC3339, s)
	case len(s) == 31 && s[3] == ',':
		t, err = time.Parse(time.RFC1123Z, s)
	case len(s) == 29 && s[3] == ',' && s[26:] == "GMT":
		t, err = time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", s)
	default:
		return t, false
	}
	if err != nil {
		return t, false
	}
	_, offset := t.Zone()
	return inZone(t, offset), true
}

// inZone names the zone by its offset only, so that results do not depend on
// the machine's own zone.
func inZone(t time.Time, offset int) time.Time {
	if offset == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", offset))
}

// sane returns t unless no report can be of that time: then the zero time.
func sane(t, now time.Time) time.Time {
	if t.Year() < 1970 || !now.IsZero() && t.After(now.AddDate(1, 0, 0)) {
		return time.Time{}
	}
	return t
}

// fold lowers case, writes the digits of every script as ASCII and separates
// words from numbers.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '٠' && r <= '٩':
			r -= '٠' - '0'
		case r >= '۰' && r <= '۹':
			r -= '۰' - '0'
		case r == 'İ' || r == 'I':
			r = 'i'
		case r == 'ي':
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		case r == '\u200e' || r == '\u200f' || r == '\u0307':
			continue
		case r == '،' || r == '\u00a0' || r == '\u200c':
			r = ' '
		case r == '−' || r == '–':
			r = '-'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// dateReader gathers the parts of a date in any order.
type dateReader struct {
	lang    string
	nums    []int
	digits  []int // of each number
	month   int
	weekday bool // month is of a "mar" that may be a Tuesday
	persia  bool // the month is of the Persian calendar
	clock   bool
	hour    int
	min     int
	sec     int
	nano    int
	pm      int // 1 am, 2 pm
	zoned   bool
	offset  int // seconds
}

// scan splits a folded date into its parts.
func (d *dateReader) scan(s string) bool {
	for s != "" {
		switch r := rune(s[0]); {
		case isDigit(s[0]):
			n := countDigits(s)
			if rest, ok := d.readClock(s, n); ok {
				s = rest
				continue
			}
			v, err := strconv.Atoi(s[:n])
			if err != nil || len(d.nums) >= 4 {
				return false
			}
			d.nums, d.digits = append(d.nums, v), append(d.digits, n)
			s = s[n:]
			if !d.clock && strings.HasPrefix(s, "t") && len(s) > 1 && isDigit(s[1]) {
				s = s[1:]
				if m := countDigits(s); m == 4 || m == 6 {
					d.compactClock(s[:m])
					s = s[m:]
				}
			}
		case (r == '+' || r == '-') && (d.clock || len(d.nums) > 2) && len(s) > 1 && isDigit(s[1]):
			rest, ok := d.readOffset(s)
			if !ok {
				s = s[1:]
				continue
			}
			s = rest
		case isLetter(s[0]) || s[0] >= 0x80:
			rest, ok := d.readWord(s)
			if !ok {
				return false
			}
			s = rest
		default:
			s = s[1:]
		}
	}
	return true
}

func countDigits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// readClock reads hh:mm[:ss[.frac]] whose first number has n digits.
func (d *dateReader) readClock(s string, n int) (rest string, ok bool) {
	if d.clock || n > 2 || n >= len(s) || s[n] != ':' {
		return s, false
	}
	h, _ := strconv.Atoi(s[:n])
	rest = s[n+1:]
	n = countDigits(rest)
	if n == 0 || n > 2 {
		return s, false
	}
	d.hour, d.clock = h, true
	d.min, _ = strconv.Atoi(rest[:n])
	rest = rest[n:]
	if len(rest) > 1 && rest[0] == ':' && isDigit(rest[1]) {
		n = min(countDigits(rest[1:]), 2)
		d.sec, _ = strconv.Atoi(rest[1 : 1+n])
		rest = rest[1+n:]
	}
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') && isDigit(rest[1]) {
		n = countDigits(rest[1:])
		f, _ := strconv.ParseFloat("0."+rest[1:1+n], 64)
		d.nano = int(f * 1e9)
		rest = rest[1+n:]
	}
	return rest, true
}

func (d *dateReader) compactClock(s string) {
	v, _ := strconv.Atoi(s)
	if len(s) == 4 {
		v *= 100
	}
	d.hour, d.min, d.sec, d.clock = v/10000, v/100%100, v%100, true
}

// readOffset reads ±hh, ±hhmm or ±hh:mm.
func (d *dateReader) readOffset(s string) (rest string, ok bool) {
	n := countDigits(s[1:])
	v, _ := strconv.Atoi(s[1:min(len(s), 1+min(n, 4))])
	h, m := v, 0
	rest = s[1+n:]
	switch {
	case n == 3 || n == 4:
		h, m = v/100, v%100
	case n <= 2 && len(rest) > 2 && rest[0] == ':' && isDigit(rest[1]):
		k := countDigits(rest[1:])
		m, _ = strconv.Atoi(rest[1 : 1+k])
		rest = rest[1+k:]
	case n > 4:
		return s, false
	}
	if h > 14 || m > 59 {
		return s, false
	}
	d.offset, d.zoned = h*3600+m*60, true
	if s[0] == '-' {
		d.offset = -d.offset
	}
	return rest, true
}

// readWord reads a month, a zone, am or pm, or a word without meaning such as
// a weekday.
func (d *dateReader) readWord(s string) (rest string, ok bool) {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	if n < 0 {
		n = len(s)
	}
	if n == 0 {
		return s[len(string([]rune(s)[:1])):], true
	}
	word, rest := s[:n], s[n:]
	if m, tail := twoWordMonth(word, rest); m > 0 {
		d.month = m
		return tail, true
	}
	if m, ok := months[word]; ok && (d.month == 0 || d.weekday) {
		d.month, d.weekday = m, word == "mar" && len(d.nums) == 0
	} else if m, ok := persianMonths[word]; ok && d.month == 0 {
		d.month, d.persia = m, true
	} else if off, ok := zoneOffset(word, d.lang); ok && (d.clock || len(d.nums) > 2) && !d.zoned {
		d.offset, d.zoned = off, true
		if off == 0 { // "GMT+3" counts from it
			d.zoned = !(len(rest) > 1 && (rest[0] == '+' || rest[0] == '-'))
		}
	} else if pm, ok := halves[word]; ok && (d.clock || word[0] >= 0xEA) { // Korean puts it before the clock
		d.pm = pm
	} else if m, ok := months[strings.TrimPrefix(word, "ב")]; ok && d.month == 0 {
		d.month = m
	}
	if strings.HasPrefix(rest, ".m.") && (word == "a" || word == "p") {
		d.pm = halves[word+"m"]
		rest = rest[3:]
	}
	return rest, true
}

// time puts the parts together.
func (d *dateReader) time() (time.Time, bool) {
	year, month, day, ok := d.date()
	if !ok || d.min > 59 || d.sec > 60 || d.hour > 24 {
		return time.Time{}, false
	}
	switch {
	case d.pm == 2 && d.hour < 12:
		d.hour += 12
	case d.pm == 1 && d.hour == 12:
		d.hour = 0
	}
	t := time.Date(year, time.Month(month), day, d.hour, d.min, min(d.sec, 59), d.nano, time.UTC)
	return inZone(t.Add(-time.Duration(d.offset)*time.Second), d.offset), true
}
