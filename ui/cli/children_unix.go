//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// withChildren lets the end of a command's time end its children, too: they are a
// group of processes of their own.
func withChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
