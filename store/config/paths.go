package config

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/adrg/xdg"
)

// Paths are the places of one user. None of them needs to exist.
type Paths struct {
	Settings  string // the settings file
	Briefings string // directory of the user's own briefing files
	Store     string // directory of the store
	Log       string // the log file
	Home      string // "" when it is not known
	Documents string // the reader's documents, or else downloads, or else Home
}

const name = "sitrep"

// Locate reads the environment now: XDG_CONFIG_HOME, XDG_DATA_HOME and
// XDG_STATE_HOME, with the platform's own places as defaults.
func Locate() (Paths, error) {
	if runtime.GOOS != "windows" && os.Getenv("HOME") == "" {
		for _, v := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
			if !filepath.IsAbs(os.Getenv(v)) {
				return Paths{}, errors.New("locate home: HOME is not set; set it, or XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME")
			}
		}
	}
	xdg.Reload()
	config := filepath.Join(xdg.ConfigHome, name)
	return Paths{
		Settings:  filepath.Join(config, "config.toml"),
		Briefings: filepath.Join(config, "briefings"),
		Store:     filepath.Join(xdg.DataHome, name),
		Log:       filepath.Join(xdg.StateHome, name, name+".log"),
		Home:      xdg.Home,
		Documents: documents(),
	}, nil
}

// documents is the first of the folders for documents that there is. None is made
// behind the reader's back.
func documents() string {
	for _, dir := range []string{xdg.UserDirs.Documents, xdg.UserDirs.Download} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return xdg.Home
}

// Saved is the folder that articles are saved in: the one that the settings name,
// or the documents.
func (p Paths) Saved(s Settings) string {
	if rest, ok := strings.CutPrefix(s.SaveDir, "~/"); ok {
		return filepath.Join(p.Home, rest)
	}
	if s.SaveDir != "" {
		return s.SaveDir
	}
	return p.Documents
}
