package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Wiped says what Wipe did.
type Wiped struct {
	Files  int  // removed
	Keys   int  // key files among them
	Open   bool // another process has the store open, and its key in memory
	Folder bool // the store's folder is gone, too
}

// Wipe removes the store in dir for good: first the key files, which makes every
// encrypted byte unreadable, then the store with its journals and copies, the
// secrets of feeds, and all else that sitrep keeps in that folder. Files that are
// not sitrep's stay. It does not wait for other processes, and goes on when a file
// cannot be removed.
func Wipe(ctx context.Context, dir string) (out Wiped, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return out, fmt.Errorf("wipe store: %w", err)
	}
	keys, files, err := ours(dir)
	if err != nil {
		return out, err
	}
	var errs []error
	remove := func(path string) {
		switch e := shredFile(path); {
		case exists(path):
			errs = append(errs, fmt.Errorf("wipe store: %w", e))
		default:
			out.Files++
		}
	}
	for _, path := range keys {
		remove(path)
	}
	out.Keys = out.Files
	errs = append(errs, syncDir(dir))
	lock, e := alone(ctx, dir)
	out.Open = errors.As(e, new(*InUse))
	for _, path := range files {
		remove(path)
	}
	if lock != nil {
		errs = append(errs, lock.Close())
	}
	os.Remove(filepath.Join(dir, presenceName)) // made anew by who asked for it
	os.Remove(filepath.Join(dir, backupFolder)) // only if it is empty
	out.Folder = os.Remove(dir) == nil
	return out, errors.Join(errs...)
}

// ours lists what sitrep keeps in the folder of a store: the key files, and all
// the rest.
func ours(dir string) (keys, files []string, err error) {
	for _, folder := range []string{dir, filepath.Join(dir, backupFolder)} {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("wipe store: %w", err)
		}
		for _, e := range entries {
			name := e.Name()
			own := strings.HasPrefix(name, "sitrep-") && strings.Contains(name, ".db")
			if folder == dir {
				own = strings.HasPrefix(name, "sitrep.") || strings.HasPrefix(name, progressName) ||
					name == claimName || strings.HasPrefix(name, secretsName) || strings.HasPrefix(name, ".secrets-")
			}
			path := filepath.Join(folder, name)
			switch {
			case !own || e.IsDir():
			case strings.HasSuffix(name, keySuffix), strings.HasSuffix(name, keySuffix+".new"):
				keys = append(keys, path)
			default:
				files = append(files, path)
			}
		}
	}
	return keys, files, nil
}

// secretsName is where config keeps the secrets of feeds without a keyring.
const secretsName = "secrets.json"
