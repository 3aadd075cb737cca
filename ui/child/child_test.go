package child

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The tests run this program again as the child: what it does stands in CHILD.
func TestMain(m *testing.M) {
	switch os.Getenv("CHILD") {
	case "":
		os.Exit(m.Run())
	case "flood":
		line := strings.Repeat("x", 1<<16)
		for range 1 << 10 { // 64 MB
			os.Stdout.WriteString(line)
		}
	case "hang":
		time.Sleep(time.Hour)
	case "echo":
		os.Stdout.ReadFrom(os.Stdin)
		os.Stdout.WriteString(strings.Join(os.Args[1:], "|"))
	case "fail":
		os.Stderr.WriteString("no\n")
		os.Exit(3)
	}
}

func self(t *testing.T, what string, args ...string) []string {
	t.Helper()
	t.Setenv("CHILD", what)
	return append([]string{os.Args[0]}, args...)
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		typed string
		want  []string
	}{
		{"wc -w", []string{"wc", "-w"}},
		{`  trans  -t "two words" 'a"b' `, []string{"trans", "-t", "two words", `a"b`}},
		{`a\ b "c\"d" '\n' ""`, []string{"a b", `c"d`, `\n`, ""}},
		{"x $(id) `id` ; | > * ~", []string{"x", "$(id)", "`id`", ";", "|", ">", "*", "~"}},
		{`pre"fix"'ed'`, []string{"prefixed"}},
		{"برنامج وسيط", []string{"برنامج", "وسيط"}},
	} {
		if got, err := Split(tt.typed); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("Split(%q) = %q, %v, want %q", tt.typed, got, err, tt.want)
		}
	}
	for typed, want := range map[string]string{
		"": "name of a program", `""`: "name of a program", "  ": "name of a program", "'a": "no pair", `a\`: "backslash", "-x": "begin with a -", "a \x00": "no program can be given",
	} {
		if _, err := Split(typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Split(%q): %v, want %q", typed, err, want)
		}
	}
}

// The argument vector arrives byte for byte: no shell has read it.
func TestRunPassesArgumentsAndInput(t *testing.T) {
	canary := filepath.Join(t.TempDir(), "canary")
	args := []string{"$(touch " + canary + ")", "`id`", "; touch " + canary, "'\"", "a\nb", "--help", "-oX", "%u", ""}
	out, err := Run(context.Background(), self(t, "echo", args...), []byte("نص\n"), 10*time.Second)
	if want := "نص\n" + strings.Join(args, "|"); err != nil || string(out) != want {
		t.Errorf("%q, %v, want %q", out, err, want)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("a shell ran")
	}
}

func TestRunKeepsTheBeginningOfAFlood(t *testing.T) {
	out, err := Run(context.Background(), self(t, "flood"), nil, 30*time.Second)
	if err != nil || len(out) != MaxOutput {
		t.Errorf("%d bytes, %v, want %d", len(out), err, MaxOutput)
	}
}

func TestRunFails(t *testing.T) {
	if out, err := Run(context.Background(), self(t, "fail"), nil, 10*time.Second); err == nil || !strings.Contains(err.Error(), "exit status 3") || string(out) != "no\n" {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := Run(context.Background(), []string{"no-such-program-here"}, nil, time.Second); err == nil || !strings.Contains(err.Error(), "cannot be run") {
		t.Errorf("a missing program: %v", err)
	}
	if _, err := Run(context.Background(), []string{t.TempDir()}, nil, time.Second); err == nil || !strings.Contains(err.Error(), "cannot be run") {
		t.Errorf("a directory: %v", err)
	}
}

func TestRunStopsAtItsDeadline(t *testing.T) {
	start := time.Now()
	_, err := Run(context.Background(), self(t, "hang"), nil, 200*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "did not end within 200ms and was stopped") {
		t.Errorf("%v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}
