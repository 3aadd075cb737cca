package cli

import (
	"testing"

	"sitrep/store/config"
)

func TestHyperlinks(t *testing.T) {
	for _, tt := range []struct {
		when config.When
		env  map[string]string
		want bool
	}{
		{config.WhenAuto, map[string]string{"TERM": "xterm-256color"}, true},
		{config.WhenAuto, map[string]string{"TERM": "screen-256color", "TMUX": "/tmp/x"}, true},
		{config.WhenAuto, map[string]string{"TERM": "screen"}, false},
		{config.WhenAuto, map[string]string{"TERM": "linux"}, false},
		{config.WhenAuto, map[string]string{"TERM": "dumb"}, false},
		{config.WhenAuto, nil, false},
		{config.WhenOn, map[string]string{"TERM": "linux"}, true},
		{config.WhenOff, map[string]string{"TERM": "xterm"}, false},
	} {
		if got := hyperlinks(tt.when, func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("hyperlinks(%s) with %v = %v", tt.when, tt.env, got)
		}
	}
}
