//go:build unix && !race

// Without the race detector: it finds that the terminal reader of Bubble Tea is
// closed under a read that is being given up.

package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/ui/text"
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

// The terminal is told before the first frame and behind the last, and again
// when the reader comes back from ctrl-z.
func TestTheTerminalIsToldWhoOrders(t *testing.T) {
	s, _ := newStore(t, hebrew)
	for _, c := range []struct {
		mode       text.Mode
		begin, end string
	}{{text.App, "\x1b[8l\x1b[1 k", "\x1b[0 k\x1b[8h"}, {text.Terminal, "", ""}, {text.Off, "", ""}} {
		input, keys, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer keys.Close()
		ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
		var out bytes.Buffer
		_, err = Run(ctx, Options{Store: s, Input: input, Output: &out, Now: func() time.Time { return testNow }, Offline: true, Bidi: c.mode})
		stop()
		if err != nil {
			t.Fatal(err)
		}
		screen := out.String()
		if !strings.HasPrefix(screen, c.begin) || !strings.HasSuffix(screen, c.end) {
			t.Errorf("mode %d: the screen begins with %q and ends with %q", c.mode, screen[:min(20, len(screen))], screen[max(0, len(screen)-20):])
		}
		if c.begin == "" && (strings.Contains(screen, "\x1b[8l") || strings.Contains(screen, "\x1b[8h")) {
			t.Errorf("mode %d tampers with the terminal's order", c.mode)
		}
	}
	d := start(t, s, 80, 24)
	d.send(tea.ResumeMsg{})
	if len(d.raw) != 1 || d.raw[0] != explicitOrder {
		t.Errorf("coming back sends %q", d.raw)
	}
}
