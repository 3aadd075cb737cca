package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRemoteMount(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:35 / /home/ann/far rw,nosuid - fuse.sshfs ann@host: rw
41 22 0:36 / /home/ann/my\040disk rw - fuse.ntfs-3g /dev/sdb1 rw
42 40 0:37 / /home/ann/far/near rw - ext4 /dev/sdc1 rw
`
	for dir, want := range map[string]string{
		"/home/ann/far":            "sshfs",
		"/home/ann/far/sitrep":     "sshfs",
		"/home/ann/farther":        "",
		"/home/ann/far/near/store": "",
		"/home/ann/my disk/sitrep": "",
		"/":                        "",
	} {
		if got := remoteMount(strings.NewReader(mounts), dir); got != want {
			t.Errorf("%s: %q", dir, got)
		}
	}
	if err := refuseRemote(filepath.Join(t.TempDir(), "not", "there")); err != nil {
		t.Errorf("a local folder: %v", err)
	}
}

func TestSyncService(t *testing.T) {
	marked := t.TempDir()
	os.Mkdir(filepath.Join(marked, ".stfolder"), 0o700)
	for dir, want := range map[string]string{
		"/home/ann/Dropbox/news":                                    "Dropbox",
		"/home/ann/Dropbox (Work)/news":                             "Dropbox",
		`C:\Users\ann\OneDrive - Agency\sitrep`:                     "OneDrive",
		"/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/x": "iCloud",
		"/home/ann/Google Drive/sitrep":                             "Google Drive",
		"/home/ann/.local/share/sitrep":                             "",
		"/home/ann/dropboxes/sitrep":                                "",
		filepath.Join(marked, "sitrep"):                             "Syncthing",
	} {
		if got := SyncService(dir); got != want {
			t.Errorf("%s: %q", dir, got)
		}
	}
}
