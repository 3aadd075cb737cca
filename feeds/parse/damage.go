package parse

import "strings"

// damage is the set of things that had to be put right.
type damage uint

const (
	damagedBytes damage = 1 << iota // characters that are none
	damagedTags                     // elements that do not match
	damagedEnd                      // the end is missing
	damagedItem                     // an item could not be read
	damagedSize                     // parts left out for their number
)

func (r *reader) note(d damage) { r.damage |= d }

func (r *reader) takeDamage(t *tidier) {
	if t.mended {
		r.note(damagedTags)
	}
	if t.dropped {
		r.note(damagedSize)
	}
	if t.truncated {
		r.note(damagedEnd)
		r.result.Incomplete = true
	}
}

// sentence says what was wrong and what became of it, "" when nothing was.
func (d damage) sentence(articles int) string {
	var parts []string
	for _, p := range []struct {
		flag damage
		text string
	}{
		{damagedEnd, "its end is missing"},
		{damagedItem, "some items could not be read"},
		{damagedTags, "its markup does not match"},
		{damagedBytes, "it has characters that are none"},
		{damagedSize, "it has more parts than any reader needs"},
	} {
		if d&p.flag != 0 {
			parts = append(parts, p.text)
		}
	}
	switch {
	case len(parts) == 0:
		return ""
	case articles == 0:
		return "The feed is damaged: " + strings.Join(parts, ", ") + "; no item could be saved from it."
	}
	return "The feed is damaged: " + strings.Join(parts, ", ") + "; what could be read was kept."
}
