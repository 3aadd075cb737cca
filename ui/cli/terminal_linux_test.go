package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sitrep/ui/ptytest"
)

// These tests run the program itself on a terminal.

// program builds sitrep as it is shipped, signals and all, and puts it first in
// the path.
func program(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "sitrep"), "sitrep")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("no program to run: %v: %s", err, out)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// onTerminal starts a program on a terminal of its own.
func onTerminal(t *testing.T, name string, args ...string) (tty *ptytest.Terminal, cmd *exec.Cmd) {
	t.Helper()
	tty, err := ptytest.Open(100, 30)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(tty.Close)
	cmd = exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "TZ=UTC")
	if err := tty.Start(cmd); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return tty, cmd
}

// storedDemo makes a store with an article in the test's home.
func storedDemo(t *testing.T) {
	t.Helper()
	home(t)
	site := hostileSite(t)
	command(t, "feeds", "add", site+"/feed.json")
	if _, problems, code := command(t, "refresh", "--all"); code != 0 {
		t.Fatalf("refresh: %s", problems)
	}
}

// exit waits for the program to end.
func exit(t *testing.T, tty *ptytest.Terminal, cmd *exec.Cmd, within time.Duration) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(within):
		cmd.Process.Signal(syscall.SIGQUIT)
		t.Fatalf("%v goes on; it sent %q at last", cmd.Args, tail(tty.Output(), 300))
		return nil
	}
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// left fails unless the program gave the terminal back.
func left(t *testing.T, name string, tty *ptytest.Terminal, before syscall.Termios) {
	t.Helper()
	tty.Settled(50 * time.Millisecond)
	if after, err := tty.Modes(); err != nil || after != before {
		t.Errorf("%s: modes are %+v, were %+v (%v)", name, after, before, err)
	}
	out := tty.Output()
	end := out[max(0, strings.LastIndex(out, "\x1b[?1049h")):]
	for _, last := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?1002l", "\x1b[?2004l", "\x1b[8h"} {
		if !strings.Contains(end, last) {
			t.Errorf("%s: %q is not sent at the end: %q", name, last, tail(end, 200))
		}
	}
}

// TestTheProgramAndItsTerminal has one program and one store for what only the
// process itself can show.
func TestTheProgramAndItsTerminal(t *testing.T) {
	program(t)
	storedDemo(t)
	t.Run("signals", testSignals)
	t.Run("suspending", testSuspending)
	t.Run("no colour", testNoColour)
	t.Run("resizing", testResizing)
}

// U12: a signal, and a terminal that is gone, end the program within two
// seconds; the terminal is as before, and the marks are stored.
func testSignals(t *testing.T) {
	read := func() string { out, _, _ := command(t, "count", "is:read"); return strings.TrimSpace(out) }
	marks := read()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, 0} {
		tty, cmd := onTerminal(t, "sitrep", "--offline")
		before, err := tty.Modes()
		if err != nil {
			t.Fatal(err)
		}
		tty.Settled(150 * time.Millisecond)
		if err := tty.Answered("m"); err != nil { // the mark is shown
			t.Fatal(err)
		}
		if sig == 0 {
			tty.HangUp()
		} else if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		exit(t, tty, cmd, 2*time.Second) // whatever its code
		if sig != 0 {
			left(t, sig.String(), tty, before)
		}
		if now := read(); now == marks {
			t.Errorf("%v: the mark is lost; %s are read", sig, now)
		} else {
			marks = now
		}
	}
}

// U13: ctrl-z gives the terminal back and fg takes it again, as often as one
// likes.
func testSuspending(t *testing.T) {
	// A shell with job control, which waits for a line before each fg.
	tty, cmd := onTerminal(t, "sh", "-m", "-c", "sitrep --offline; while read x; do fg; done")
	before, err := tty.Modes()
	if err != nil {
		t.Fatal(err)
	}
	tty.Settled(200 * time.Millisecond)
	during, err := tty.Modes()
	if err != nil {
		t.Fatal(err)
	}
	if during == before {
		t.Fatalf("the reader does not run: %q", tty.Output())
	}
	for n := range 3 {
		tty.Type("\x1a")
		tty.Settled(200 * time.Millisecond)
		left(t, fmt.Sprintf("ctrl-z %d", n), tty, before)
		tty.Forget()
		tty.Type("\n")
		tty.Settled(300 * time.Millisecond)
		if now, err := tty.Modes(); err != nil || now != during {
			t.Errorf("round %d: after fg the modes are %+v, were %+v", n, now, during)
		}
		out := tty.Output()
		for _, sent := range []string{"\x1b[?1049h", "\x1b[8l", "\x1b[?2004h", "qzFIRST", "help"} {
			if !strings.Contains(out, sent) {
				t.Errorf("round %d: fg does not send %q", n, sent)
			}
		}
	}
	tty.Type("Q")
	tty.Settled(200 * time.Millisecond)
	left(t, "quit", tty, before)
	tty.Type("\x04")
	exit(t, tty, cmd, 2*time.Second)
}

// U14: on a terminal that cannot place text the reader is one in lines.
func TestDumbTerminalGetsLines(t *testing.T) {
	home(t)
	tty, cmd := onTerminal(t, "env", "TERM=dumb", "sitrep", "--offline")
	tty.Settled(200 * time.Millisecond)
	tty.Type("h\n")
	tty.Settled(200 * time.Millisecond)
	tty.Type("q\n")
	if err := exit(t, tty, cmd, 2*time.Second); err != nil {
		t.Error(err)
	}
	if out := tty.Output(); strings.Contains(out, "\x1b") || !strings.Contains(out, "No feed is subscribed") || !strings.Contains(out, "q: end.") {
		t.Errorf("printed %q", out)
	}
}

// U14: without a terminal, or with closed input, the program says so in a sentence and ends with wrong usage.
func TestNoTerminalIsASentence(t *testing.T) {
	home(t)
	tty, err := ptytest.Open(80, 24)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	defer tty.Close()
	for _, c := range []struct {
		name, term string
		set        func(*exec.Cmd)
	}{
		{"no input", "TERM=xterm", func(cmd *exec.Cmd) { cmd.Stdout = tty.Program }},
		{"output to a pipe", "TERM=xterm", func(cmd *exec.Cmd) { cmd.Stdin, cmd.Stdout = tty.Program, new(bytes.Buffer) }},
		{"neither", "TERM=xterm", func(cmd *exec.Cmd) {}},
		{"closed input", "TERM=xterm", func(cmd *exec.Cmd) {
			cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", "exec sitrep <&-"}
			cmd.Stdout = tty.Program
		}},
	} {
		cmd := exec.Command("sitrep")
		cmd.Env = append(os.Environ(), c.term)
		var said bytes.Buffer
		cmd.Stderr = &said
		c.set(cmd)
		cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != 2 || !strings.Contains(said.String(), "terminal") || strings.Count(said.String(), "\n") != 1 {
			t.Errorf("%s: exit code %d, said %q", c.name, code, said.String())
		}
	}
}

// U14: NO_COLOR is obeyed, and so is a terminal that has no colours.
func testNoColour(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	tty, cmd := onTerminal(t, "sitrep", "--offline")
	tty.Settled(200 * time.Millisecond)
	tty.Type("\r")
	tty.Settled(200 * time.Millisecond)
	tty.Type("Q")
	if err := exit(t, tty, cmd, 2*time.Second); err != nil {
		t.Error(err)
	}
	for _, part := range strings.Split(tty.Output(), "\x1b[")[1:] {
		if end := strings.IndexFunc(part, func(r rune) bool { return r >= 0x40 && r < 0x7f }); end > 0 && part[end] == 'm' {
			for _, p := range strings.Split(part[:end], ";") {
				if len(p) >= 2 && (p[0] == '3' || p[0] == '4' || p[0] == '9') && p != "39" && p != "49" {
					t.Errorf("a colour is sent: %q", part[:end+1])
				}
			}
		}
	}
}

// U9: a storm of sizes, a hundred a second and more, ends with the right frame
// soon after the last.
func testResizing(t *testing.T) {
	tty, cmd := onTerminal(t, "sitrep", "--offline")
	before, err := tty.Modes()
	if err != nil {
		t.Fatal(err)
	}
	tty.Settled(200 * time.Millisecond)
	for n := range 300 {
		if err := tty.Resize(1+(n*37)%500, 1+(n*13)%200); err != nil {
			t.Fatal(err)
		}
		if n%10 == 0 {
			tty.Type("j")
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := tty.Resize(39, 11); err != nil {
		t.Fatal(err)
	}
	tty.Settled(200 * time.Millisecond)
	tty.Forget()
	if err := tty.Resize(100, 30); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	if out := tty.Output(); !strings.Contains(out, "sitrep") || !strings.Contains(out, "qzFIRST") || !strings.Contains(out, "help") {
		t.Errorf("200 ms after the last size there is %q", tail(out, 300))
	}
	tty.Type("Q")
	if err := exit(t, tty, cmd, 2*time.Second); err != nil {
		t.Error(err)
	}
	left(t, "resizing", tty, before)
}
