package document

import (
	"strings"
	"testing"
)

func TestReadOnTails(t *testing.T) {
	const own, other = "https://www.site.example/news/1", "https://other.example/x"
	for _, tt := range []struct{ in, want string }{
		{`<p>Text.</p><p><a href="%s">Continue reading →</a></p>`, "Text."},
		{`<p>Text.</p><p><a href="%s">Continue reading <span class="screen-reader-text">Title</span> Title <span>→</span></a></p>`, "Text."},
		{`<p>Text … <a href="%s">[Read more…]</a></p>`, "Text …"},
		{`<p>نص الخبر. <a href="%s">اقرأ المزيد »</a></p>`, "نص الخبر."},
		{`<p>Haber metni.</p> <a href="%s">Devamını Oku</a>`, "Haber metni."},
		{`<p>متن خبر.</p><p><a href="%s">ادامه مطلب</a></p>`, "متن خبر."},
		{`<p>גוף הידיעה.</p><p><a href="%s">לכתבה המלאה</a>&gt;&gt;</p>`, "גוף הידיעה."},
		{`<p>دەقی هەواڵ.</p><p><a href="%s">زیاتر بخوێنەوە</a></p>`, "دەقی هەواڵ."},
		{`<p>Nivîs.</p><p><a href="%s">Bêtir bixwîne</a></p>`, "Nivîs."},
		{`<p>Text.</p><p>He wrote <a href="%s">more</a></p>`, "Text.\n\nHe wrote more"},
		{`<p>Text.</p><p><a href="%s"> ★ </a></p>`, "Text."},
		{`<p>Text.</p><p><a href="%s">∞ Permalink</a></p>`, "Text."},
		{`<p>Read more</p>`, "Read more"},
		{`<p><a href="%s">Read more</a></p>`, ""},
		{`<p>Text.</p><p><a href="%s">Read more about the river</a></p>`, "Text.\n\nRead more about the river"},
		{`<p>Text.</p><p><a href="` + other + `">Read more</a></p>`, "Text.\n\nRead more"},
	} {
		in := strings.ReplaceAll(tt.in, "%s", own)
		if got := PlainText(Parse(in, "https://site.example/news/1")); got != tt.want {
			t.Errorf("%s becomes %q, want %q", in, got, tt.want)
		}
	}
}
