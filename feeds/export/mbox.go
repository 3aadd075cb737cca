package export

import (
	"bufio"
	"encoding/base64"
	"io"
	"iter"
	"mime"
	"net/mail"
	"strings"
	"time"

	"sitrep/feeds"
	"sitrep/feeds/document"
)

// Mbox prints a mailbox (RFC 4155) with one message of plain text per article.
func Mbox(w io.Writer, items iter.Seq[Item], o Options) error {
	b := bufio.NewWriter(w) // holds the first error of all writes
	for it := range items {
		message(b, it, o)
	}
	return b.Flush()
}

// message prints one article. The body is base64, so that no line of it can look
// like the start of the next message.
func message(b *bufio.Writer, it Item, o Options) {
	a := &it.Article
	at, _ := feeds.Effective(a.Published, a.FirstSeen)
	from := mail.Address{Name: byline(a), Address: "sitrep@localhost"}
	b.WriteString("From sitrep@localhost " + at.UTC().Format(time.ANSIC) + "\n")
	for _, h := range [][2]string{
		{"From", from.String()},
		{"Subject", mime.QEncoding.Encode("utf-8", title(a))},
		{"Date", at.In(time.FixedZone("", a.Zone)).Format(time.RFC1123Z)},
		{"Message-ID", "<" + a.ID.String() + "@sitrep.localhost>"},
		{"Archived-At", angle(webLink(a.Link))},
		{"Content-Language", token(a.Lang)},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "base64"},
	} {
		if h[1] != "" {
			b.WriteString(h[0] + ": " + strings.ReplaceAll(h[1], "\n", " ") + "\n")
		}
	}
	body := times(a, o) + "\n" + link(a) + "\n\n" + lines(document.PlainText(document.Parse(a.HTML, a.Base))) + "\n"
	b.WriteString("\n" + wrap64(body) + "\n")
}

func angle(link string) string {
	if link == "" {
		return ""
	}
	return "<" + link + ">"
}

// token keeps what may stand in a language tag.
func token(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' {
			return r
		}
		return -1
	}, s)
}

// wrap64 encodes s in lines of 76 characters.
func wrap64(s string) string {
	const width = 76
	enc := base64.StdEncoding.EncodeToString([]byte(s))
	var b strings.Builder
	for len(enc) > width {
		b.WriteString(enc[:width] + "\n")
		enc = enc[width:]
	}
	b.WriteString(enc + "\n")
	return b.String()
}
