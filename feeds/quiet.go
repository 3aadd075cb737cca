package feeds

import "time"

// Quiet is when a publisher wants no requests: skipHours and skipDays of RSS
// (RSS 2.0, Optional channel elements). Bit n is the hour n of GMT, bit 24+n the
// weekday n of GMT, Sunday being 0.
type Quiet uint32

const (
	allHours Quiet = 1<<24 - 1
	allDays  Quiet = 1<<31 - 1<<24
)

// WithHour adds an hour from 0 to 24, both of which mean midnight; any other one
// changes nothing.
func (q Quiet) WithHour(h int) Quiet {
	if h < 0 || h > 24 {
		return q
	}
	return q | 1<<(h%24)
}

// WithDay adds a weekday.
func (q Quiet) WithDay(d time.Weekday) Quiet { return q | 1<<(24+d) }

// At reports whether t is a quiet time. A publisher that leaves no time at all
// is not believed.
func (q Quiet) At(t time.Time) bool {
	if q&allHours == allHours {
		q &^= allHours
	}
	if q&allDays == allDays {
		q &^= allDays
	}
	t = t.UTC()
	return q&(1<<t.Hour()|1<<(24+t.Weekday())) != 0
}

// After returns t, or the end of the quiet time that it falls into.
func (q Quiet) After(t time.Time) time.Time {
	for q.At(t) {
		t = t.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}
