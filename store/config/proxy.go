package config

import (
	"net/url"
	"slices"
)

// proxyFault returns what is wrong with a proxy setting. It never repeats the
// value, which may hold a password.
func proxyFault(s string) string {
	if s == "" || s == "none" {
		return ""
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "":
		return "a proxy is an address like \"socks5h://127.0.0.1:9050\" or \"http://proxy.example:3128\", or \"none\""
	case !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme):
		return "a proxy's address begins with http://, https://, socks5:// or socks5h://"
	}
	if _, secret := u.User.Password(); secret {
		return "a password does not belong here, where sitrep config prints it; give that proxy in ALL_PROXY"
	}
	return ""
}
