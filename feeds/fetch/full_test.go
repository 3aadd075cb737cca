//go:build linux

package fetch

import (
	"fmt"
	"net"
	"syscall"
	"testing"
	"time"
)

// fullListener returns ":port" of ::1 where connections are neither taken nor
// refused, because nobody accepts the few that wait. It returns "" without IPv6.
func fullListener(t testing.TB) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET6, syscall.SOCK_STREAM, 0)
	if err != nil {
		return ""
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	if syscall.Bind(fd, &syscall.SockaddrInet6{Addr: [16]byte{15: 1}}) != nil || syscall.Listen(fd, 0) != nil {
		return ""
	}
	at, err := syscall.Getsockname(fd)
	if err != nil {
		return ""
	}
	port := fmt.Sprintf(":%d", at.(*syscall.SockaddrInet6).Port)
	for {
		conn, err := net.DialTimeout("tcp", "[::1]"+port, 50*time.Millisecond)
		if err != nil {
			return port
		}
		t.Cleanup(func() { _ = conn.Close() })
	}
}
