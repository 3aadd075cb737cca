//go:build !linux

package store

// Elsewhere the system's standard library does not tell file systems or the
// owners of locks.

func remoteKind(string) string { return "" }

func lockHolders(string) []int { return nil }

func command(int) string { return "" }
