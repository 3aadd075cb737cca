package opml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var errTooLong = errors.New("the list is longer than 32 MB")

// readText reads all of r as UTF-8, whatever its encoding.
func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return "", fmt.Errorf("read list: %w", err)
	}
	if len(data) > maxBytes {
		return "", fmt.Errorf("read list: %w", errTooLong)
	}
	if e := wide(data); e != nil {
		return decode(e, data), nil
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), nil
	}
	label := declared(data)
	e, _ := charset.Lookup(label)
	if e == nil || e == encoding.Nop || strings.EqualFold(label, "utf-8") {
		e = guess(data)
	}
	return decode(e, data), nil
}

func decode(e encoding.Encoding, data []byte) string {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		out = data
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// wide returns the encoding of a file in UTF-16, by its byte order mark or, when
// it has none, by the zero byte beside its first sign; nil for any other.
func wide(data []byte) encoding.Encoding {
	if len(data) < 4 {
		return nil
	}
	switch a, b := data[0], data[1]; {
	case a == 0xff && b == 0xfe, a == '<' && b == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case a == 0xfe && b == 0xff, a == 0 && b == '<':
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// guess returns the encoding of a file that says none or falsely UTF-8: UTF-8
// after all when most of it is, else windows-1256 when its foreign letters form
// words, as Arabic and Persian do, else windows-1252.
func guess(data []byte) encoding.Encoding {
	valid, high, pairs := 0, 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case n > 1:
			valid++
		case r == utf8.RuneError:
			high++
			if i+1 < len(data) && data[i+1] >= utf8.RuneSelf {
				pairs++
			}
		}
		i += n
	}
	switch {
	case valid > high:
		return unicode.UTF8
	case 2*pairs > high:
		return charmap.Windows1256
	}
	return charmap.Windows1252
}

// declared returns the encoding that an XML declaration names.
func declared(data []byte) string {
	head, _, ok := bytes.Cut(data[:min(len(data), 200)], []byte("?>"))
	if !ok {
		return ""
	}
	_, rest, ok := bytes.Cut(head, []byte("encoding="))
	if !ok || len(rest) < 2 {
		return ""
	}
	label, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(label)
}
