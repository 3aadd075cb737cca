//go:build !unix

package store

import "os"

// mkfifo makes something else that is no regular file.
func mkfifo(path string) error { return os.Mkdir(path, dirMode) }

func umask(int) int { return 0 }
