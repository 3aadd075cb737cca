package fetch

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Field is one line of a request's header.
type Field struct{ Name, Value string }

// ParseField reads "Name: value". The error never repeats the value, which may
// be a secret.
func ParseField(s string) (Field, error) {
	name, value, ok := strings.Cut(s, ":")
	f := Field{http.CanonicalHeaderKey(strings.TrimSpace(name)), strings.TrimSpace(value)}
	if !ok {
		return Field{}, errors.New("read header: it is not written 'Name: value'")
	}
	return f, f.fault()
}

// ours are the fields that make a request what it is; another value would break
// it, or let two requests look like one (RFC 9112, 11.2).
var ours = []string{
	"Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Te", "Trailer", "Upgrade", "Expect",
	"Accept-Encoding", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range",
}

func (f Field) fault() error {
	switch {
	case !httpguts.ValidHeaderFieldName(f.Name):
		return errors.New("read header: its name is none")
	case slices.Contains(ours, f.Name), strings.HasPrefix(f.Name, "Proxy-"):
		return fmt.Errorf("read header: %s cannot be set for a feed", f.Name)
	case !httpguts.ValidHeaderFieldValue(f.Value), len(f.Value) > maxField:
		return fmt.Errorf("read header: the value of %s cannot be sent", f.Name)
	}
	return nil
}

// maxField is the longest value of a header in bytes: what servers accept.
const maxField = 8 << 10

// fault returns what of the user's part of a request cannot be sent.
func (r *Request) fault() error {
	for _, f := range r.Header {
		if err := f.fault(); err != nil {
			return err
		}
	}
	if !httpguts.ValidHeaderFieldValue(r.Token) || len(r.Token) > maxField || len(r.User)+len(r.Password) > maxField {
		return errors.New("read login: it cannot be sent")
	}
	if strings.Contains(r.User, ":") { // RFC 7617, 2
		return errors.New("read login: a name cannot hold a colon")
	}
	return nil
}

// authorization is the value of that field, "" for none: a bearer token (RFC
// 6750) or name and password (RFC 7617), which the address may hold, too.
func (r *Request) authorization(u *url.URL) string {
	user, password := r.User, r.Password
	switch {
	case r.Token != "":
		return "Bearer " + r.Token
	case user == "" && password == "" && u.User != nil:
		user = u.User.Username()
		password, _ = u.User.Password()
	case user == "" && password == "":
		return ""
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}
