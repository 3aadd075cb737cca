package cli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWordsOfACommand(t *testing.T) {
	for s, want := range map[string][]string{
		"pass show site":               {"pass", "show", "site"},
		"  pass\t'a b' \"c d\" e\\ f ": {"pass", "a b", "c d", "e f"},
		`pass '' "a\"b" 'c\d'`:         {"pass", "", `a"b`, `c\d`},
		"pass $(id) `x` *.txt; y |z":   {"pass", "$(id)", "`x`", "*.txt;", "y", "|z"},
	} {
		if got, err := words(s); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "  ", "pass 'x", `pass "x`, `pass \`} {
		if got, err := words(s); err == nil {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// A command that fails says so without a word of what it printed or was given.
func TestCommandsThatPrintSecrets(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of Unix")
	}
	script := filepath.Join(t.TempDir(), "secret")
	text := "#!/bin/sh\ncase $1 in two) echo canary; echo more;; bad) echo canary >&2; exit 3;; none) ;; child) sleep 300 & echo $! >$2; wait;; slow) sleep 20;; much) yes canary;; esac\n"
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if got, err := printSecret(short, []string{script, "two"}); err != nil || got != "canary" {
		t.Errorf("%q, %v", got, err)
	}
	for arg, want := range map[string]string{"bad": "failed (exit code 3)", "none": "prints nothing"} {
		if got, err := printSecret(short, []string{script, arg, "canary"}); err == nil || got != "" || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %q, %v", arg, got, err)
		}
	}
	if _, err := printSecret(short, []string{"/nowhere/canary/pass"}); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("no program: %v", err)
	}
	for _, arg := range []string{"slow", "much"} {
		start := time.Now()
		hasty, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		if got, err := printSecret(hasty, []string{script, arg}); err == nil || got != "" || time.Since(start) > 3*time.Second {
			t.Errorf("%s: %d bytes, %v after %v", arg, len(got), err, time.Since(start))
		}
		cancel()
	}
	file := filepath.Join(t.TempDir(), "child")
	hasty, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	if _, err := printSecret(hasty, []string{script, "child", file}); err == nil {
		t.Error("a command that waits for its child printed something")
	}
	pid, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Second); alive(strings.TrimSpace(string(pid))); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the child outlives its command")
		}
	}
}

// alive tells whether a process runs; one that only waits for its parent's word
// does not.
func alive(pid string) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", pid).Output()
	return err == nil && !strings.HasPrefix(string(state), "Z")
}
