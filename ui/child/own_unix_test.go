//go:build unix

package child

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a program has started goes with it at the deadline.
func TestDeadlineEndsTheWholeGroup(t *testing.T) {
	pidFile := filepath.Join(t.TempDir(), "pid")
	_, err := Run(context.Background(), []string{"sh", "-c", "sleep 600 & echo $! > " + pidFile + "; sleep 600"}, nil, 500*time.Millisecond)
	if err == nil {
		t.Fatal("it ended by itself")
	}
	b, err := os.ReadFile(pidFile)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if alive := syscall.Kill(pid, 0) == nil; !alive || zombie(pid) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d outlives the deadline", pid)
}

// zombie reports whether a process has ended and only waits to be noticed by
// whoever took it over.
func zombie(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(b), ") Z ")
}

// A program that leaves something running, as clipboard tools do, has ended.
func TestBackgroundChildIsLeftAlone(t *testing.T) {
	start := time.Now()
	out, err := Run(context.Background(), []string{"sh", "-c", "sleep 3 & echo done"}, nil, 30*time.Second)
	if err != nil || string(out) != "done\n" {
		t.Errorf("%q, %v", out, err)
	}
	if took := time.Since(start); took > 2900*time.Millisecond {
		t.Errorf("waited %v for what was left", took)
	}
}
