package parse

import "time"

// date makes year, month and day of the numbers that were found.
func (d *dateReader) date() (year, month, day int, ok bool) {
	n := d.nums
	switch {
	case len(n) == 1 && d.month == 0:
		return d.single(n[0], d.digits[0])
	case d.month > 0 && len(n) >= 2:
		year, month, day = n[1], d.month, n[0]
		if d.digits[0] >= 3 || n[0] > 31 {
			year, day = n[0], n[1]
		}
	case len(n) == 2 && d.digits[0] == 4 && d.digits[1] == 3: // ordinal day
		t := time.Date(n[0], 1, n[1], 0, 0, 0, 0, time.UTC)
		return t.Year(), int(t.Month()), t.Day(), n[1] > 0 && n[1] <= 366
	case len(n) == 2 && d.digits[0] == 4:
		year, month, day = n[0], n[1], 1
	case len(n) == 3 && d.digits[0] >= 3:
		year, month, day = n[0], n[1], n[2]
	case len(n) == 3:
		year, month, day = n[2], n[1], n[0]
		if american := d.pm > 0 || d.lang == "en-us"; month > 12 || american && day <= 12 {
			month, day = day, month
		}
		if d.digits[2] == 2 && d.digits[0] == 2 && n[0] > 31 {
			year, month, day = n[0], n[1], n[2]
		}
	default:
		return 0, 0, 0, false
	}
	switch {
	case year < 70:
		year += 2000
	case year < 100:
		year += 1900
	}
	if d.persia || year >= 1330 && year <= 1430 {
		return fromPersian(year, month, day)
	}
	if !validDay(year, month, min(day, 28)) || day < 1 || day > 31 {
		return 0, 0, 0, false
	}
	// A faulty calendar's 31 June is the day after the 30th.
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day(), true
}

// single reads a date written as one number: Unix seconds or milliseconds,
// yyyymmdd, yyyymmddhhmmss, yyyy.
func (d *dateReader) single(v, digits int) (year, month, day int, ok bool) {
	switch {
	case digits == 4 && v >= 1970 && v < 2100:
		return v, 1, 1, true
	case digits == 8:
		year, month, day = v/10000, v/100%100, v%100
		return year, month, day, validDay(year, month, day)
	case digits == 14:
		clock := v % 1000000
		v /= 1000000
		d.hour, d.min, d.sec = clock/10000, clock/100%100, clock%100
		year, month, day = v/10000, v/100%100, v%100
		return year, month, day, validDay(year, month, day)
	case digits == 13 && !d.clock:
		v /= 1000
	case digits < 9 || digits > 10 || d.clock:
		return 0, 0, 0, false
	}
	t := time.Unix(int64(v), 0).UTC()
	d.hour, d.min, d.sec = t.Clock()
	return t.Year(), int(t.Month()), t.Day(), true
}

func validDay(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && month <= 12 && day >= 1 && t.Day() == day && year >= 1900 && year < 2200
}

// fromPersian converts a date of the Persian calendar by its 33-year cycle of
// leap years, which is exact from 1178 to 1633.
func fromPersian(year, month, day int) (int, int, int, bool) {
	if year < 1178 || year > 1633 || month < 1 || month > 12 || day < 1 || day > 31 || month > 6 && day > 30 {
		return 0, 0, 0, false
	}
	days := 365*(year-1) + (8*year+21)/33 // whole years, leap days
	days += 30*(month-1) + min(month-1, 6) + day - 1
	// 1 Farvardin 1400 was 21 March 2021.
	const at1400 = 365*1399 + (8*1400+21)/33
	t := time.Date(2021, 3, 21, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days-at1400)
	return t.Year(), int(t.Month()), t.Day(), true
}
