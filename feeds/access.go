package feeds

import (
	"net/url"
	"strings"
)

// Access is what the reader set for asking one feed. It holds no secret, only
// where one is: kept under a key, or printed by a command.
type Access struct {
	Host     string   `json:"host,omitempty"`    // scheme and host that secrets are for; they go nowhere else
	User     string   `json:"user,omitempty"`    // name that goes with the password
	Headers  []string `json:"headers,omitempty"` // names; their values are kept with the secret
	Key      string   `json:"key,omitempty"`     // of what is kept, "" for nothing
	Command  []string `json:"command,omitempty"` // program and arguments that print the password or token
	Bearer   bool     `json:"bearer,omitempty"`  // the secret is a bearer token, not a password
	Pin      string   `json:"pin,omitempty"`     // SHA-256 of the one certificate to trust
	MaxBytes int64    `json:"max_bytes,omitempty"`
}

// IsZero reports that nothing was set.
func (a Access) IsZero() bool {
	return !a.Secret() && a.User == "" && a.Pin == "" && a.MaxBytes == 0
}

// Secret reports that there is something to read before the feed is asked.
func (a Access) Secret() bool { return a.Key != "" || len(a.Command) > 0 }

// For reports whether what was set holds for an address: that of its host, also
// when it has gone over from http to https.
func (a Access) For(address string) bool {
	at := Origin(address)
	host, plain := strings.CutPrefix(a.Host, "http://")
	return a.Host == "" || a.Host == at || plain && at == "https://"+host
}

// Origin is the scheme and host of an address in lower case, "" when it has
// none (RFC 6454).
func Origin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// Hostname is the host of an address without its port, "" when it has none.
func Hostname(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// WithoutLogin drops a user name and password from an address, for all places
// where others may see it: lists, messages, the store.
func WithoutLogin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}
