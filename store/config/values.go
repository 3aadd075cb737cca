package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Size is a number of bytes, written "20MB" (10^6) or "512KiB" (2^10). The unit
// may be left out only of 0.
type Size int64

// units from the largest to the smallest, so that String finds the shortest form.
var units = []struct {
	name  string
	bytes int64
}{
	{"GiB", 1 << 30}, {"GB", 1e9}, {"MiB", 1 << 20}, {"MB", 1e6}, {"KiB", 1 << 10}, {"KB", 1e3}, {"B", 1},
}

// ParseSize reads what String writes, in any letter case.
func ParseSize(s string) (Size, error) {
	digits := strings.TrimRight(s, "KMGIBkmgib ")
	unit := strings.TrimSpace(s[len(digits):])
	n, err := strconv.ParseInt(digits, 10, 64)
	if err == nil && n == 0 {
		return 0, nil
	}
	for _, u := range units {
		if err == nil && n > 0 && strings.EqualFold(unit, u.name) && n <= (1<<62)/u.bytes {
			return Size(n * u.bytes), nil
		}
	}
	return 0, fmt.Errorf("%q is no size: write \"20MB\", \"500KB\" or 0 for no limit", s)
}

// UnmarshalText reads a size from a string of the settings file.
func (s *Size) UnmarshalText(text []byte) error {
	v, err := ParseSize(string(text))
	*s = v
	return err
}

// String writes the size in the largest unit that divides it.
func (s Size) String() string {
	if s == 0 {
		return "0"
	}
	for _, u := range units {
		if int64(s)%u.bytes == 0 {
			return strconv.FormatInt(int64(s)/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10) + "B"
}

// Duration is a time.Duration written "30s" or "2m".
type Duration time.Duration

// UnmarshalText reads what time.ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no duration: write \"30s\" or \"2m\"", text)
	}
	*d = Duration(v)
	return nil
}

// String writes 30s, 2m or 1m30s.
func (d Duration) String() string {
	s := time.Duration(d).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// UnmarshalText takes a single string for a list of one.
func (k *KeyList) UnmarshalText(text []byte) error {
	*k = KeyList{string(text)}
	return nil
}

// notOneOf returns what is wrong with a value outside words, "" for one of them.
func notOneOf[T ~string](value T, words ...T) string {
	if slices.Contains(words, value) {
		return ""
	}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(string(w))
	}
	return fmt.Sprintf("%q is not one of %s", value, strings.Join(quoted, ", "))
}
