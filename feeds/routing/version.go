package routing

import (
	"fmt"
	"hash/fnv"

	"sitrep/feeds"
	"sitrep/feeds/spelling"
)

// algorithm changes whenever Route decides differently about the same rules.
const algorithm = 1

// version hashes everything that a decision depends on besides the text.
func version(briefings []feeds.Briefing) int64 {
	h := fnv.New64a()
	fmt.Fprintln(h, algorithm, spelling.FoldVersion)
	for _, b := range briefings {
		fmt.Fprintf(h, "%q %q %q\n", b.ID, b.Group, b.Rule)
		for _, t := range b.Terms {
			fmt.Fprintf(h, "+%q %q %t %t\n", t.Lang, t.Text, t.Weak, t.Sufficient)
		}
		for _, t := range b.Vetoes {
			fmt.Fprintf(h, "-%q %q %t\n", t.Lang, t.Text, t.Weak)
		}
	}
	return int64(h.Sum64())
}
