//go:build unix

package child

import (
	"os/exec"
	"syscall"
)

// Own gives a command a session of its own: it has no terminal to read or write,
// and the end of its time ends its children, too.
func Own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
