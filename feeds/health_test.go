package feeds

import (
	"testing"
	"time"
)

func TestHealthSentence(t *testing.T) {
	at := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		h    Health
		want string
	}{
		{Health{}, "It was not asked yet."},
		{Health{State: OK, Items: 1}, "It answers with 1 item."},
		{Health{State: OK, Items: 30, Newest: at}, "It answers with 30 items, the newest of 23 November 2026."},
		{Health{State: OK, Items: 30, Newest: at, Reason: "It was cut."}, "It was cut."},
		{Health{State: Gone, Reason: "It ended."}, "It ended."},
	} {
		if got := test.h.Sentence(time.FixedZone("Baghdad", 3*3600)); got != test.want {
			t.Errorf("%+v: %q, want %q", test.h, got, test.want)
		}
	}
	for _, s := range []HealthState{Refused, Unreachable, Gone, Broken} {
		if !s.Failing() {
			t.Errorf("%s is failing", s.Word())
		}
	}
	for _, s := range []HealthState{Unchecked, OK, Stale, Empty, Moved} {
		if s.Failing() {
			t.Errorf("%s is not failing", s.Word())
		}
	}
}
