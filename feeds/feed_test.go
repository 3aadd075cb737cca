package feeds

import "testing"

func TestName(t *testing.T) {
	for _, c := range []struct {
		feed Feed
		want string
	}{
		{Feed{Title: "World", Source: "Gazette", URL: "https://a.example/"}, "World"},
		{Feed{Source: "Gazette", URL: "https://a.example/"}, "Gazette"},
		{Feed{URL: "https://user:secret@a.example/ar/feed.xml?key=1"}, "a.example/ar/feed.xml"},
		{Feed{URL: "https://a.example/"}, "a.example"},
		{Feed{URL: "https://a.example/%D8%AE%D8%A8%D8%B1"}, "a.example/خبر"},
		{Feed{URL: "%"}, "%"},
	} {
		if got := c.feed.Name(); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.feed, got, c.want)
		}
	}
}
