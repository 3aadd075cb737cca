package cli

import (
	"context"
	"testing"
	"time"
)

// TestDemoAsksAgain: later samples arrive while the reader is open, and nothing
// outside a demo is asked by the clock.
func TestDemoAsksAgain(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for _, box := range []*sandbox{nil, {}} {
		a := &app{now: time.Now, demo: box, store: t.TempDir()}
		err := a.with(context.Background(), func(s session) error {
			o, err := a.screen(context.Background(), s, "")
			if (o.RefreshEvery > 0) != o.Demo {
				t.Errorf("demo %v is asked again every %v", o.Demo, o.RefreshEvery)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
