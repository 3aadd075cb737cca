//go:build !unix

package cli

import "os/exec"

// withChildren does nothing where there are no groups of processes: children of a
// command outlive its time.
func withChildren(*exec.Cmd) {}
