package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding is what we can unpack (RFC 9110, 12.5.3; br is RFC 7932, zstd
// RFC 8878).
const acceptEncoding = "gzip, br, zstd"

// maxCodings is how often one body may be packed. Servers behind a careless
// proxy pack twice; a third time is an attack.
const maxCodings = 2

// maxWindow is the memory in bytes that a zstd frame may ask for: RFC 9659
// allows no more over HTTP. Brotli cannot ask for more than 16 MiB.
const maxWindow = 8 << 20

// unpackers are used again, because each has buffers of its own.
type unpackers struct {
	gzips, brotlis, zstds sync.Pool
}

// unpack reads all of wire into h, undoing the codings in the reverse of the
// order that the header names them in.
func (c *Client) unpack(ctx context.Context, h *hold, limit int64, wire *counter, header []string) error {
	var r io.Reader = wire
	codings := codingsOf(header)
	if len(codings) > maxCodings {
		return &Error{Kind: Garbled, Detail: "it is packed too often"}
	}
	for i := len(codings) - 1; i >= 0; i-- {
		next, done, err := c.bodies.unpackers.open(codings[i], r)
		if err != nil {
			return err
		}
		defer done()
		r = next
	}
	return h.fill(ctx, r, limit, wire)
}

// codingsOf lists the codings of a body. Some servers write a charset there, or
// a word for none.
func codingsOf(header []string) (out []string) {
	for part := range strings.SplitSeq(strings.ToLower(strings.Join(header, ",")), ",") {
		switch part = strings.TrimSpace(part); part {
		case "", "identity", "utf-8", "none", "aws-chunked":
		default:
			out = append(out, part)
		}
	}
	return out
}

// open returns what unpacks one coding of r; done must be called at its end.
func (u *unpackers) open(coding string, r io.Reader) (out io.Reader, done func(), err error) {
	switch coding {
	case "gzip", "x-gzip":
		z, _ := u.gzips.Get().(*gzip.Reader)
		if z == nil {
			z = new(gzip.Reader)
		}
		return z, func() { u.gzips.Put(z) }, z.Reset(r)
	case "br":
		z, _ := u.brotlis.Get().(*brotli.Reader)
		if z == nil {
			z = new(brotli.Reader)
		}
		return z, func() { u.brotlis.Put(z) }, z.Reset(r)
	case "zstd":
		return u.zstd(r)
	case "deflate":
		return inflate(r)
	}
	return nil, nil, &Error{Kind: Garbled, Detail: "it is packed in a way that was not asked for"}
}

// zstd decodes in the caller's goroutine, so that nothing is left running when a
// body is given up.
func (u *unpackers) zstd(r io.Reader) (out io.Reader, done func(), err error) {
	z, _ := u.zstds.Get().(*zstd.Decoder)
	if z == nil {
		z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
	}
	done = func() {
		if z.Reset(nil) == nil {
			u.zstds.Put(z)
		}
	}
	return z, done, z.Reset(r)
}

// inflate reads deflate both as the standard has it, with a zlib header (RFC
// 9110, 8.4.1.2), and bare, as some servers send it.
func inflate(r io.Reader) (out io.Reader, done func(), err error) {
	in := bufio.NewReader(r)
	head, _ := in.Peek(2)
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		z, err := zlib.NewReader(in)
		return z, func() {}, err
	}
	return flate.NewReader(in), func() {}, nil
}
