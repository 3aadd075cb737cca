package feeds

import (
	"strings"
	"testing"
)

func TestWatchName(t *testing.T) {
	for in, want := range map[string]string{
		"Green Zone":            "Green Zone",
		" the\tgreen \n zone ":  "the green zone",
		"صاروخ على المنطقة":     "صاروخ على المنطقة",
		"می\u200cخواهم":         "می\u200cخواهم", // its joiner is part of the word
		"\x1b[2Jred":            "[2Jred",
		strings.Repeat("ص", 60): strings.Repeat("ص", 60),
	} {
		if got, err := WatchName(in); got != want || err != nil {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		"":                      "needs a name",
		" \t ":                  "needs a name",
		strings.Repeat("ص", 61): "at most 60 characters, this one has 61",
	} {
		if _, err := WatchName(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
	}
}
