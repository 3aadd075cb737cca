package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxValidator is the longest ETag in bytes that is sent back.
const maxValidator = 1 << 10

// validHeader accepts a value that can be sent without breaking the request.
func validHeader(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return len(s) <= maxValidator
}

// validator returns an ETag that is safe to keep and to send back, else "".
func validator(s string) string {
	s = strings.TrimSpace(s)
	if !validHeader(s) {
		return ""
	}
	return s
}

// lastModified returns a date that makes sense as a validator, else "".
func lastModified(s string, now time.Time) string {
	s = validator(s)
	t, err := http.ParseTime(s)
	if err != nil || t.After(now.Add(24*time.Hour)) || t.Year() < 1990 {
		return ""
	}
	return s
}

// Bounds of what a Retry-After can ask for.
const (
	minRetry = time.Minute
	maxRetry = 7 * 24 * time.Hour
)

// retryAfter reads the header's two forms (RFC 9110, 10.2.3), 0 when there is
// none that makes sense.
func retryAfter(s string, now time.Time) time.Duration {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 {
		d = time.Duration(min(n, int64(maxRetry/time.Second))) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	} else {
		return 0
	}
	return min(max(d, minRetry), maxRetry)
}

// maxAge returns how long the answer stays fresh by Cache-Control, else by
// Expires (RFC 9111, 4.2.1), 0 when that is unknown or forbidden.
func maxAge(h http.Header, now time.Time) time.Duration {
	for _, line := range h.Values("Cache-Control") {
		for part := range strings.SplitSeq(strings.ToLower(line), ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			switch name {
			case "no-cache", "no-store":
				return 0
			case "max-age":
				n, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 64)
				if err != nil || n < 0 {
					return 0
				}
				return time.Duration(min(n, int64(maxRetry/time.Second))) * time.Second
			}
		}
	}
	t, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(t.Sub(now), 0), maxRetry)
}

// challenge tells pages that want a browser to prove itself.
func challenge(h http.Header) string {
	if h.Get("Cf-Mitigated") == "challenge" || strings.Contains(h.Get("X-Amzn-Waf-Action"), "challenge") {
		return "it wants a browser to prove itself"
	}
	return ""
}
