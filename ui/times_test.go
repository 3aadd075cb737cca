package ui

import (
	"testing"
	"time"
)

func TestAge(t *testing.T) {
	now := time.Date(2026, 11, 22, 6, 7, 0, 0, time.UTC)
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{-time.Hour, "now"}, {30 * time.Second, "now"}, {12 * time.Minute, "12m"}, {5 * time.Hour, "5h"},
		{25 * time.Hour, "1d"}, {8 * 24 * time.Hour, "1w"}, {400 * 24 * time.Hour, "1y"}, {90000 * 24 * time.Hour, "99y"},
	} {
		if got := age(now, now.Add(-c.ago)); got != c.want {
			t.Errorf("%v ago: %q, want %q", c.ago, got, c.want)
		}
	}
}

func TestDayName(t *testing.T) {
	baghdad := time.FixedZone("+03", 3*3600)
	now := time.Date(2026, 11, 22, 1, 0, 0, 0, baghdad)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 11, 21, 22, 0, 0, 0, time.UTC), "Today"},
		{time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC), "Yesterday"},
		{time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC), "Mon 2 Nov"},
		{time.Date(2025, 11, 2, 12, 0, 0, 0, time.UTC), "Sun 2 Nov 2025"},
	} {
		if got := dayName(now, c.at.In(baghdad)); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestReadingTime(t *testing.T) {
	for words, want := range map[int]string{1: "1\u00a0min", 220: "1\u00a0min", 221: "2\u00a0min", 39_600: "180\u00a0min", 39_601: "3\u00a0h", 766_700: "58\u00a0h"} {
		if got := readingTime(words); got != want {
			t.Errorf("%d words take %q, want %q", words, got, want)
		}
	}
}
