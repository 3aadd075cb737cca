package fetch

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// ProxyFunc says which proxy a request takes; nil stands for none.
type ProxyFunc func(*http.Request) (*url.URL, error)

// NoProxy is the setting for going out directly whatever the environment says.
const NoProxy = "none"

// ParseProxy reads a proxy setting: an address with the scheme http, https,
// socks5 or socks5h, NoProxy, or "" for the environment (HTTP_PROXY, HTTPS_PROXY,
// ALL_PROXY). Hosts in NO_PROXY and this machine itself (localhost, loopback
// addresses) are reached directly in every case. A SOCKS proxy
// is always given the name to look up, never an address that was looked up here
// (RFC 1928, 4). What cannot be read is an error of the setting, and for the
// environment one of every request: nothing goes out around a proxy that was
// asked for.
func ParseProxy(setting string) (ProxyFunc, error) {
	switch setting {
	case "":
		return fromEnvironment(), nil
	case NoProxy:
		return func(*http.Request) (*url.URL, error) { return nil, nil }, nil
	}
	if err := checkProxy(setting); err != nil {
		return nil, err
	}
	return proxyFunc(httpproxy.Config{HTTPProxy: setting, HTTPSProxy: setting, NoProxy: variable("NO_PROXY")}), nil
}

func fromEnvironment() ProxyFunc {
	all := variable("ALL_PROXY")
	c := httpproxy.Config{HTTPProxy: variable("HTTP_PROXY"), HTTPSProxy: variable("HTTPS_PROXY"), NoProxy: variable("NO_PROXY")}
	if c.HTTPProxy == "" {
		c.HTTPProxy = all
	}
	if c.HTTPSProxy == "" {
		c.HTTPSProxy = all
	}
	for _, s := range []string{c.HTTPProxy, c.HTTPSProxy} {
		if s == "" {
			continue
		}
		if !strings.Contains(s, "://") { // as curl and others have it
			s = "http://" + s
		}
		if err := checkProxy(s); err != nil {
			return func(*http.Request) (*url.URL, error) {
				return nil, &Error{Kind: Proxy, Detail: "its address in the environment cannot be read", Err: err}
			}
		}
	}
	return proxyFunc(c)
}

func proxyFunc(c httpproxy.Config) ProxyFunc {
	choose := c.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return choose(r.URL) }
}

// variable returns a variable of the environment in capitals or in small letters.
func variable(name string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return os.Getenv(strings.ToLower(name))
}

// checkProxy refuses what the transport would pass over. The error does not
// repeat the address, which may hold a password.
func checkProxy(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return fmt.Errorf("read proxy: no address like http://host:3128 or socks5h://host:9050")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return nil
	}
	return fmt.Errorf("read proxy: the scheme %q is none of http, https, socks5, socks5h", u.Scheme)
}
