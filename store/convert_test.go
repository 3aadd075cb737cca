package store

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestConversionKilled ends a process at each call by which encrypting and
// decrypting change a folder, or at a few of them: there is one whole store then,
// and the next try ends what was begun.
//
//	go test ./store -run TestConversionKilled -long -timeout 30m -v
func TestConversionKilled(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("strace, which kills at a certain call, is not there")
	}
	plain, sealed := t.TempDir(), t.TempDir()
	library(t, plain, 40)
	sealedLibrary(t, sealed, 40).Erase()
	for _, base := range []string{plain, sealed} {
		for call, few := range map[string]int{"openat": 29, "write": 2, "pwrite64": 37, "ftruncate": 2, "fsync": 3, "renameat": 1, "unlinkat": 7} {
			steps(t, few, func(good int) bool {
				dir := t.TempDir()
				defer os.RemoveAll(dir)
				for name, content := range files(t, base) {
					if err := os.WriteFile(filepath.Join(dir, name), []byte(content), fileMode); err != nil {
						t.Fatal(err)
					}
				}
				cmd := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+call,
					"-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, good+1), os.Args[0])
				cmd.Env = append(os.Environ(), convertDir+"="+dir, "GOMAXPROCS=1")
				out, err := cmd.CombinedOutput()
				whole(t, fmt.Sprintf("killed at %s %d: %s", call, good+1, out), dir)
				return err == nil
			})
		}
	}
}

// whole opens what a killed conversion left, and ends it.
func whole(t *testing.T, when, dir string) {
	t.Helper()
	o := options
	was, err := Encrypted(dir)
	if err == nil && was {
		o.Key, err = Unlock(dir, sealing.Passphrase)
	}
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	defer o.Key.Erase()
	s, err := Open(ctx, dir, o)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	n := one(t, s, "SELECT count(*) FROM articles")
	if err := s.Close(); err != nil || n != 40 {
		t.Fatalf("%s: %d articles, %v", when, n, err)
	}
	verifySealed(t, dir, o.Key)
	if was {
		return
	}
	k, n2, err := Encrypt(ctx, dir, options, sealing, nil)
	if err != nil || n2 != 40 {
		t.Fatalf("%s: once more: %d %v", when, n2, err)
	}
	verifySealed(t, dir, k)
	k.Erase()
}

// convertDir tells a test binary that it is to encrypt a store, or to decrypt it.
const convertDir = "SITREP_TEST_CONVERT_DIR"

func convertUntilKilled(dir string) {
	runtime.LockOSThread() // calls are counted by thread
	o := options
	was, err := Encrypted(dir)
	if err == nil && was {
		if o.Key, err = Unlock(dir, sealing.Passphrase); err == nil {
			_, err = Decrypt(ctx, dir, o, nil)
		}
	} else if err == nil {
		_, _, err = Encrypt(ctx, dir, o, sealing, nil)
	}
	if err != nil && !errors.Is(err, ErrAlready) {
		fmt.Println(err)
		os.Exit(1)
	}
}
