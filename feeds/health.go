package feeds

import (
	"strconv"
	"time"
)

// Health is what the last requests to a feed said.
type Health struct {
	State     HealthState
	Reason    string    // a sentence, "" when State is OK
	Checked   time.Time // last request, zero if never
	NextDue   time.Time
	Newest    time.Time // newest article's date
	Items     int       // items in the last answer
	Errors    int       // consecutive failures
	BytesUsed int64     // transferred so far
	Status    int       // of HTTP in the last answer, 0 when none came
	// BodyLength is the average visible text of an item in the last answer that
	// held some, in characters: it tells whole articles from first lines.
	BodyLength int
}

// HealthState is one word about a feed.
type HealthState string

// The words that screens and commands use for a feed's health.
const (
	Unchecked   HealthState = ""
	OK          HealthState = "ok"
	Stale       HealthState = "stale"       // answers, but nothing new for long
	Empty       HealthState = "empty"       // answers without items
	Refused     HealthState = "refused"     // the site answered no: 401, 403, 429, a challenge page
	Unreachable HealthState = "unreachable" // no answer
	Moved       HealthState = "moved"
	Gone        HealthState = "gone"   // 404, 410
	Broken      HealthState = "broken" // the answer is no feed
)

// Failing reports whether a feed brings nothing at present.
func (s HealthState) Failing() bool {
	switch s {
	case Refused, Unreachable, Gone, Broken:
		return true
	}
	return false
}

// Word is the state as screens and commands show it.
func (s HealthState) Word() string {
	if s == Unchecked {
		return "unchecked"
	}
	return string(s)
}

// Sentence says why a feed is in its state, also when all is well. Dates are in
// the zone of in.
func (h Health) Sentence(in *time.Location) string {
	switch {
	case h.Reason != "":
		return h.Reason
	case h.State == Unchecked:
		return "It was not asked yet."
	case h.Newest.IsZero():
		return "It answers with " + items(h.Items) + "."
	}
	return "It answers with " + items(h.Items) + ", the newest of " + h.Newest.In(in).Format("2 January 2006") + "."
}

func items(n int) string {
	if n == 1 {
		return "1 item"
	}
	return strconv.Itoa(n) + " items"
}
