package config

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"
)

// Paths are the places of one user. None of them needs to exist.
type Paths struct {
	Settings  string // the settings file
	Briefings string // directory of the user's own briefing files
	Store     string // directory of the store
	Log       string // the log file
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
	}, nil
}
