package extract

import (
	"bytes"
	"fmt"
	"testing"
)

func TestChromeBytes(t *testing.T) {
	const slogan = "The agency of record, since the first day."
	var c Chrome
	for i := range repeatedOn {
		c.Add(&Result{Title: fmt.Sprint("Report ", i), Text: slogan + "\n\nWhat happened in place " + fmt.Sprint(i)})
	}
	b, err := c.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var again Chrome
	if err := again.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if !again.Repeated(slogan) || again.Repeated("What happened in place 0") {
		t.Error("what was read back knows other paragraphs")
	}
	if b2, _ := again.MarshalBinary(); !bytes.Equal(b, b2) {
		t.Error("the same knowledge gives other bytes")
	}
	again.Settle()
	if b, _ := again.MarshalBinary(); len(b) != chromeEntry || !again.Repeated(slogan) {
		t.Errorf("%d bytes are left of one paragraph that repeats", len(b))
	}
	for _, bad := range [][]byte{b[1:], append(b, 0), make([]byte, chromeEntry*(maxChrome+1))} {
		if again.UnmarshalBinary(bad) == nil {
			t.Errorf("%d bytes were read", len(bad))
		}
	}
}

// What was seen once makes room, so that an outlet with thousands of pages is
// still learnt from.
func TestChromeBytesMakeRoom(t *testing.T) {
	var c Chrome
	const slogan = "The agency of record, since the first day."
	for i := range maxChrome {
		c.Add(&Result{Title: fmt.Sprint("Report ", i), Text: slogan + "\n\nWhat happened in place " + fmt.Sprint(i)})
	}
	b, _ := c.MarshalBinary()
	if len(b) != chromeEntry {
		t.Errorf("%d bytes for one paragraph that repeats", len(b))
	}
	if err := c.UnmarshalBinary(b); err != nil || !c.Repeated(slogan) {
		t.Error("what repeats was forgotten", err)
	}
}
