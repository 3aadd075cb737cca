package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Remote is a store on a file system that other machines share, too. The index
// that processes share of the journal lies in memory, which reaches no further
// than one machine (sqlite.org/wal.html): a second one would tear the store up.
// There is no mode that is safe there, so that such a place is refused.
type Remote struct {
	Path string
	Kind string // "NFS"
}

func (e *Remote) Error() string { return fmt.Sprintf("open store %s: it is on %s", e.Path, e.Kind) }

// Sentence tells the reader.
func (e *Remote) Sentence() string {
	return fmt.Sprintf("The store %s is on a network file system (%s), where several programs cannot share it without losing articles. Keep it on a disk of this machine: sitrep --store DIR, or XDG_DATA_HOME. Nothing was changed.", e.Path, e.Kind)
}

// refuseRemote returns Remote for a folder, which need not exist, on a file system
// of the network.
func refuseRemote(dir string) error {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil {
			if kind := remoteKind(at); kind != "" {
				return &Remote{filepath.Join(dir, fileName), kind}
			}
			return nil
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// remoteMounts are the file systems of the network that FUSE brings, by their
// names in the list of mounts. Others of FUSE are of this machine, as a rule.
var remoteMounts = map[string]string{
	"fuse.sshfs": "sshfs", "fuse.rclone": "rclone", "fuse.s3fs": "s3fs", "fuse.davfs2": "WebDAV", "fuse.davfs": "WebDAV",
	"fuse.glusterfs": "GlusterFS", "fuse.curlftpfs": "FTP", "fuse.google-drive-ocamlfuse": "Google Drive", "fuse.gvfsd-fuse": "GVFS",
}

// remoteMount finds the mount that holds dir in the list of mounts (proc(5),
// mountinfo) and returns its name if that is one of the network.
func remoteMount(list io.Reader, dir string) string {
	best, kind := "", ""
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		fields := strings.Fields(before)
		if !ok || len(fields) < 5 {
			continue
		}
		at := mountPath.Replace(fields[4])
		if within(dir, at) && len(at) >= len(best) {
			best = at
			fstype, _, _ := strings.Cut(after, " ")
			kind = remoteMounts[fstype]
		}
	}
	return kind
}

// mountPath undoes the escapes of the list of mounts.
var mountPath = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

func within(dir, at string) bool {
	return dir == at || at == "/" || strings.HasPrefix(dir, at+"/")
}

// syncServices are what folders that are copied to other machines are called.
var syncServices = []struct{ name, folder string }{
	{"Dropbox", "dropbox"}, {"OneDrive", "onedrive"}, {"iCloud", "icloud"}, {"iCloud", "mobile documents"},
	{"iCloud", "com~apple~clouddocs"}, {"Google Drive", "google drive"}, {"Google Drive", "googledrive"}, {"Google Drive", "my drive"},
	{"Syncthing", "syncthing"}, {"Nextcloud", "nextcloud"}, {"ownCloud", "owncloud"}, {"pCloud", "pcloud"}, {"MEGA", "megasync"},
}

// SyncService returns the service that seems to copy dir to other machines, ""
// when none does: by the names of the folders, and by the mark that Syncthing
// leaves in its own. Two machines that write to their copies spoil both.
func SyncService(dir string) string {
	parts := strings.FieldsFunc(strings.ToLower(dir), func(r rune) bool { return r == '/' || r == '\\' })
	for _, s := range syncServices {
		if slices.ContainsFunc(parts, func(p string) bool {
			return p == s.folder || strings.HasPrefix(p, s.folder+" ") || strings.HasPrefix(p, s.folder+"-")
		}) {
			return s.name
		}
	}
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, ".stfolder")); err == nil {
			return "Syncthing"
		}
	}
	return ""
}

// Holder is another process that has a store open.
type Holder struct {
	PID        int
	Command    string
	Refreshing bool
}

// Holders returns the other processes that have the store in dir open, none where
// the system does not tell (everywhere but on Linux).
func Holders(dir string) []Holder {
	open := lockHolders(filepath.Join(dir, presenceName))
	busy := lockHolders(filepath.Join(dir, claimName))
	var out []Holder
	for _, pid := range open {
		if pid != os.Getpid() && !slices.ContainsFunc(out, func(h Holder) bool { return h.PID == pid }) {
			out = append(out, Holder{pid, command(pid), slices.Contains(busy, pid)})
		}
	}
	return out
}
