package fetch

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// pack packs b in one coding.
func pack(t testing.TB, coding string, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		return packed(b)
	case "br":
		w = brotli.NewWriterLevel(&out, 5)
	case "zstd":
		w, _ = zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1))
	case "deflate":
		w = zlib.NewWriter(&out)
	case "bare deflate":
		w, _ = flate.NewWriter(&out, 5)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// served answers every request with a body in the codings of its header.
func served(t testing.TB, header string, body []byte) string {
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", header)
		w.Header().Set("ETag", `"v1"`)
		_, _ = w.Write(body)
	})
}

func TestCodings(t *testing.T) {
	text := bytes.Repeat([]byte("<item>news</item>"), 20_000)
	c := client(t, Options{Spacing: -1})
	for _, test := range []struct {
		header string
		body   []byte
	}{
		{"gzip", pack(t, "gzip", text)},
		{"X-GZIP", pack(t, "gzip", text)},
		{"br", pack(t, "br", text)},
		{"zstd", pack(t, "zstd", text)},
		{"deflate", pack(t, "deflate", text)},
		{"deflate", pack(t, "bare deflate", text)},
		{"gzip, br", pack(t, "br", pack(t, "gzip", text))},
		{"UTF-8", text},
		{"aws-chunked, gzip", pack(t, "gzip", text)},
	} {
		url := served(t, test.header, test.body)
		for range 2 { // the second time with an unpacker that was used before
			res := get(t, c, Request{URL: url})
			if !bytes.Equal(res.Body, text) || res.Wire != int64(len(test.body)) || res.Cut {
				t.Errorf("%s: %d bytes, %d on the wire, cut %v", test.header, len(res.Body), res.Wire, res.Cut)
			}
			res.Release()
		}
	}
}

// What could be unpacked before a fault is kept, and the validators are not, so
// that the next request brings the whole.
func TestDamagedPackingKeepsWhatCame(t *testing.T) {
	var text []byte
	r := rand.New(rand.NewPCG(1, 2))
	for range 400_000 { // too varied for one block
		text = append(text, byte(r.IntN(64)))
	}
	c := client(t, Options{Spacing: -1})
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		whole := pack(t, coding, text)
		res := get(t, c, Request{URL: served(t, coding, whole[:len(whole)*2/3])})
		if !res.Cut || res.ETag != "" || len(res.Body) == 0 || !bytes.HasPrefix(text, res.Body) {
			t.Errorf("%s: cut %v, %d of %d bytes", coding, res.Cut, len(res.Body), len(text))
		}
		res.Release()
		if e := fails(t, c, Request{URL: served(t, coding, []byte("\x00no such packing")), AllowPrivate: true}); e.Kind != Garbled && e.Kind != Refused {
			t.Errorf("%s of garbage: %v", coding, e)
		}
	}
	for _, header := range []string{"compress", "gzip, gzip, gzip"} {
		if e := fails(t, c, Request{URL: served(t, header, text), AllowPrivate: true}); e.Kind != Garbled {
			t.Errorf("%s: %v", header, e)
		}
	}
}

// H1: ten megabytes that would become ten gigabytes end at the limit, with
// little memory and soon, however they are packed.
func TestBombsStopAtTheLimit(t *testing.T) {
	zeros := make([]byte, 1<<20)
	many := func(coding string) []byte { return bytes.Repeat(pack(t, coding, zeros), 10_000) }
	c := client(t, Options{Spacing: -1})
	for header, bomb := range map[string][]byte{
		"gzip": many("gzip"), "zstd": many("zstd"), "br": pack(t, "br", make([]byte, 40<<20)),
		"gzip, gzip": pack(t, "gzip", many("gzip")),
	} {
		url := served(t, header, bomb)
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		e := fails(t, c, Request{URL: url, AllowPrivate: true})
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if e.Kind != TooBig || took > 2*time.Second*slack {
			t.Errorf("%s: %v after %v", header, e, took)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 160<<20 {
			t.Errorf("%s: the heap grew by %d MB", header, grown>>20)
		}
	}
}

// A frame that asks for more memory than HTTP allows is refused before it gets
// any: here 128 MB for one byte.
func TestWindowOfZstdIsBounded(t *testing.T) {
	frame := []byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, 0x0B, 0x00, 0x00, 'x'}
	e := fails(t, client(t, Options{}), Request{URL: served(t, "zstd", frame), AllowPrivate: true})
	if e.Kind != Garbled {
		t.Errorf("%v", e)
	}
}

// H2: an honest feed of 26 MB is taken as it is; one past the limit is cut there,
// packed or not.
func TestLargeHonestFeed(t *testing.T) {
	item := []byte("<item>" + strings.Repeat("news of the day ", 325) + "</item>")
	text := bytes.Repeat(item, 26_000_000/len(item)+1)
	c := client(t, Options{Spacing: -1})
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(text) })
	res := get(t, c, Request{URL: url})
	if len(res.Body) != len(text) || res.Cut {
		t.Errorf("%d of %d bytes", len(res.Body), len(text))
	}
	res.Release()
	letters := rand.New(rand.NewPCG(1, 2))
	for i := 10; i < len(text); i += 7 { // so that it shrinks no more than text does
		text[i] = byte('a' + letters.IntN(26))
	}
	for name, url := range map[string]string{"plain": url, "gzip": served(t, "gzip", pack(t, "gzip", text))} {
		res := get(t, c, Request{URL: url, MaxBytes: 8 << 20})
		if !res.Cut || res.Limit != 8<<20 || len(res.Body) != 8<<20 || res.ETag != "" {
			t.Errorf("%s: cut %v at %d, %d bytes", name, res.Cut, res.Limit, len(res.Body))
		}
		res.Release()
	}
}
