package cli

import (
	"context"
	"testing"
	"time"
)

// TestDemoAsksAgain: later samples arrive while the reader is open, sooner than
// real feeds are asked again.
func TestDemoAsksAgain(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for _, box := range []*sandbox{nil, {}} {
		a := &app{now: time.Now, demo: box, store: t.TempDir()}
		err := a.with(context.Background(), func(s session) error {
			o, err := a.screen(context.Background(), s, "")
			if want := time.Duration(s.settings.RefreshEvery); !o.Demo && o.RefreshEvery != want || o.Demo && o.RefreshEvery >= time.Minute {
				t.Errorf("demo %v is asked again every %v", o.Demo, o.RefreshEvery)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
