package catalog

import "testing"

func TestShippedParses(t *testing.T) {
	c, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Briefings) != 29 || len(c.Feeds) != 250 || len(c.Spellings) != 283 {
		t.Errorf("%d briefings, %d feeds, %d spellings", len(c.Briefings), len(c.Feeds), len(c.Spellings))
	}
}

func BenchmarkShipped(b *testing.B) {
	for b.Loop() {
		if _, err := Shipped(); err != nil {
			b.Fatal(err)
		}
	}
}
