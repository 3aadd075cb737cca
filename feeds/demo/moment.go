package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// readMoment reads "2d4h15m ago", "4d ahead", "undated" or "live 45s".
func readMoment(s string) (moment, error) {
	if s == "undated" {
		return moment{undated: true}, nil
	}
	if after, ok := strings.CutPrefix(s, "live "); ok {
		d, err := readSpan(after)
		return moment{offset: d, reveal: d}, err
	}
	if span, ok := strings.CutSuffix(s, " ago"); ok {
		d, err := readSpan(span)
		return moment{offset: -d}, err
	}
	if span, ok := strings.CutSuffix(s, " ahead"); ok {
		d, err := readSpan(span)
		return moment{offset: d}, err
	}
	return moment{}, fmt.Errorf("read moment: %q is none", s)
}

// readSpan is time.ParseDuration with days in front: "2d4h".
func readSpan(s string) (time.Duration, error) {
	days, rest, ok := strings.Cut(s, "d")
	if !ok {
		return time.ParseDuration(s)
	}
	n, err := strconv.Atoi(days)
	if err != nil {
		return 0, fmt.Errorf("read days: %w", err)
	}
	span := time.Duration(n) * 24 * time.Hour
	if rest == "" {
		return span, nil
	}
	d, err := time.ParseDuration(rest)
	return span + d, err
}

// readZone reads an offset from UTC: "+03:00".
func readZone(s string) (*time.Location, error) {
	t, err := time.Parse("-07:00", s)
	if err != nil {
		return nil, fmt.Errorf("read zone: %w", err)
	}
	_, seconds := t.Zone()
	return time.FixedZone("", seconds), nil
}
