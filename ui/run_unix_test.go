//go:build unix && !race

// Without the race detector: it finds that the terminal reader of Bubble Tea is
// closed under a read that is being given up.

package ui

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// A signal ends the reader at once: Bubble Tea and the context hear of it at the
// same time, and neither may wait for the other.
func TestRunEndsOnSignal(t *testing.T) {
	s, _ := newStore(t, sample{title: "One report", body: "<p>Text</p>", ago: time.Hour, briefings: []string{"iraq"}})
	input, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	for range 20 {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		ended := make(chan error, 1)
		go func() {
			_, err := Run(ctx, Options{Store: s, Input: input, Output: io.Discard, Now: func() time.Time { return testNow }, Offline: true})
			ended <- err
		}()
		time.Sleep(40 * time.Millisecond)
		if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("ended with %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("the reader goes on after SIGTERM")
		}
		stop()
	}
}
