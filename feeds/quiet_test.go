package feeds

import (
	"testing"
	"time"
)

func TestQuiet(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	night := Quiet(0).WithHour(0).WithHour(1).WithHour(22).WithHour(23)
	weekend := Quiet(0).WithDay(time.Saturday).WithDay(time.Sunday)
	var always Quiet
	for h := range 24 {
		always = always.WithHour(h)
	}
	for d := range 7 {
		always = always.WithDay(time.Weekday(d))
	}
	for _, test := range []struct {
		q        Quiet
		at, want string
	}{
		{0, "2026-11-24T03:10:00Z", "2026-11-24T03:10:00Z"},
		{night, "2026-11-24T12:10:00Z", "2026-11-24T12:10:00Z"},
		{night, "2026-11-24T22:10:00Z", "2026-11-25T02:00:00Z"},
		{night, "2026-11-25T03:10:00+03:00", "2026-11-25T05:00:00+03:00"}, // 00:10 GMT
		{weekend, "2026-11-28T10:10:00Z", "2026-11-30T00:00:00Z"},
		{weekend | night, "2026-11-28T10:10:00Z", "2026-11-30T02:00:00Z"},
		{always, "2026-11-28T10:10:00Z", "2026-11-28T10:10:00Z"},
		{Quiet(0).WithHour(24), "2026-11-28T00:10:00Z", "2026-11-28T01:00:00Z"},
		{Quiet(0).WithHour(25).WithHour(-1), "2026-11-28T01:10:00Z", "2026-11-28T01:10:00Z"},
	} {
		if got := test.q.After(at(test.at)); !got.Equal(at(test.want)) {
			t.Errorf("%b at %s: %v, want %s", test.q, test.at, got, test.want)
		}
	}
}
