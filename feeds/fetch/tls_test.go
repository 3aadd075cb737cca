package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// authority signs certificates for tests.
type authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key}
	own := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-1000 * time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign}
	a.cert = own
	der := a.sign(t, own, &key.PublicKey)
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *authority) sign(t testing.TB, c *x509.Certificate, key *ecdsa.PublicKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, key, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func (a *authority) pool() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.cert)
	return p
}

// certificate is one of the authority's for 127.0.0.1 and localhost, but for
// what change does to it.
func (a *authority) certificate(t testing.TB, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	c := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-500 * time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature}
	change(c)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{a.sign(t, c, &key.PublicKey)}, PrivateKey: key}
}

// secure serves under a certificate.
func secure(t testing.TB, c tls.Certificate, version uint16, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS10, MaxVersion: version}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func pinOf(c tls.Certificate) string {
	sum := sha256.Sum256(c.Certificate[0])
	return hex.EncodeToString(sum[:])
}

// N9: what is wrong with a certificate is named, and nothing but the pin of that
// very certificate lets a feed through.
func TestCertificates(t *testing.T) {
	a, stranger := newAuthority(t), newAuthority(t)
	good := func(*x509.Certificate) {}
	c := client(t, Options{RootCAs: a.pool(), Spacing: -1})
	for _, test := range []struct {
		name    string
		cert    tls.Certificate
		version uint16
		words   string
		pinned  bool // its pin helps
	}{
		{"good", a.certificate(t, good), tls.VersionTLS13, "", true},
		{"ended", a.certificate(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }), tls.VersionTLS13, "its certificate ended on", true},
		{"begins tomorrow", a.certificate(t, func(c *x509.Certificate) {
			c.NotBefore = time.Now().Add(20 * time.Hour)
			c.NotAfter = c.NotBefore.Add(time.Hour)
		}),
			tls.VersionTLS13, "is this computer's clock right?", true},
		{"another name", a.certificate(t, func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = []string{"other.example"}, nil }), tls.VersionTLS13, "for another name", true},
		{"nobody's", stranger.certificate(t, good), tls.VersionTLS12, "nobody we trust has signed", true},
		{"too old a protocol", a.certificate(t, good), tls.VersionTLS10, "an encryption that is too old", false},
	} {
		url := secure(t, test.cert, test.version, here)
		if test.words == "" {
			get(t, c, Request{URL: url})
		} else if e := fails(t, c, Request{URL: url, AllowPrivate: true}); e.Kind != TLS || !strings.Contains(e.Sentence(), test.words) {
			t.Errorf("%s: %v: %q", test.name, e, e.Sentence())
		}
		if test.pinned {
			for range 2 { // the second time over a resumed session
				get(t, c, Request{URL: url, Pin: pinOf(test.cert)}).Release()
				c.Close()
			}
		} else {
			fails(t, c, Request{URL: url, AllowPrivate: true, Pin: pinOf(test.cert)})
		}
		e := fails(t, c, Request{URL: url, AllowPrivate: true, Pin: strings.Repeat("0", 64)})
		if test.pinned && (e.Kind != TLS || e.Certificate != pinOf(test.cert) || !strings.Contains(e.Sentence(), pinOf(test.cert))) {
			t.Errorf("%s with another pin: %v", test.name, e)
		}
	}
}

// N10: an https feed that is sent to http is not followed, and says so.
func TestNeverFromHTTPSToHTTP(t *testing.T) {
	a := newAuthority(t)
	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "plain") })
	url := secure(t, a.certificate(t, func(*x509.Certificate) {}), tls.VersionTLS13, http.RedirectHandler(plain, http.StatusMovedPermanently).ServeHTTP)
	c := client(t, Options{RootCAs: a.pool()})
	if e := fails(t, c, Request{URL: url, AllowPrivate: true}); e.Kind != Redirect || !strings.Contains(e.Sentence(), "https to http") {
		t.Errorf("%v", e)
	}
}

// H9: a permanent redirect counts as proven when TLS vouches for each step.
func TestProvenRedirects(t *testing.T) {
	a := newAuthority(t)
	cert := a.certificate(t, func(*x509.Certificate) {})
	target := secure(t, cert, tls.VersionTLS13, here)
	named := "https://localhost" + port(target)
	to := func(url string) http.HandlerFunc {
		return http.RedirectHandler(url, http.StatusPermanentRedirect).ServeHTTP
	}
	c := client(t, Options{RootCAs: a.pool(), Spacing: -1, reserved: func(netip.Addr) string { return "" }})
	for _, test := range []struct {
		name, from, permanent string
		proven                bool
	}{
		{"https to another host", secure(t, cert, tls.VersionTLS13, to(named)), named, true},
		{"http to https of the same host", serve(t, to(target)), target, true},
		{"http to https of another host", serve(t, to(named)), named, false},
		{"http to http", serve(t, to(serve(t, here))), "", false},
	} {
		res := get(t, c, Request{URL: test.from})
		if res.Proven != test.proven || test.permanent != "" && res.Permanent != test.permanent || res.Permanent == "" {
			t.Errorf("%s: %q, proven %v", test.name, res.Permanent, res.Proven)
		}
	}
}
