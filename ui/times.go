package ui

import (
	"fmt"
	"time"

	"sitrep/feeds"
)

// age writes how long ago t was in at most three cells: 12m, 5h, 3d, 6w, 2y.
func age(now, t time.Time) string {
	d := now.Sub(t)
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 7*24*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d < 365*24*time.Hour:
		return fmt.Sprintf("%dw", d/(7*24*time.Hour))
	}
	return fmt.Sprintf("%dy", min(d/(365*24*time.Hour), 99))
}

// dayName names t's day as a heading of a list.
func dayName(now, t time.Time) string {
	switch days := dayNumber(now) - dayNumber(t); {
	case days <= 0:
		return "Today"
	case days == 1:
		return "Yesterday"
	case t.Year() == now.Year():
		return t.Format("Mon 2 Jan")
	}
	return t.Format("Mon 2 Jan 2006")
}

// dayNumber counts days of t's own zone.
func dayNumber(t time.Time) int {
	_, offset := t.Zone()
	return int((t.Unix() + int64(offset)) / 86400)
}

// when writes a moment relative to now: 06:04, Sat 18:05, 3 Nov, 3 Nov 2024.
func when(now, t time.Time) string {
	switch days := dayNumber(now) - dayNumber(t); {
	case t.IsZero():
		return "never"
	case days == 0:
		return t.Format("15:04")
	case days > 0 && days < 7:
		return t.Format("Mon 15:04")
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// zonesOf are the zones of the briefings that have one.
func zonesOf(briefings []feeds.Briefing) map[string]*time.Location {
	zones := map[string]*time.Location{}
	for _, b := range briefings {
		if zone, err := time.LoadLocation(b.Zone); err == nil && b.Zone != "" {
			zones[b.ID] = zone
		}
	}
	return zones
}
