package ui

import (
	"encoding/json"

	"sitrep/feeds"
)

// positionKey is where the store keeps the position.
const positionKey = "position"

// position is where the reader left: it survives a restart.
type position struct {
	Kind     sideKind        `json:"kind"`
	Briefing string          `json:"briefing,omitempty"`
	Feed     feeds.FeedID    `json:"feed,omitempty"`
	Watch    feeds.WatchID   `json:"watch,omitempty"`
	Article  feeds.ArticleID `json:"article,omitempty"`
	Focus    focus           `json:"focus"`
	Offset   int             `json:"offset,omitempty"`
	Side     int             `json:"side,omitempty"`
	List     int             `json:"list,omitempty"`
	Open     []string        `json:"open,omitempty"` // unfolded briefings
	Unread   bool            `json:"unread,omitempty"`
	Mouse    bool            `json:"mouse"`
}

func (p position) encode() string {
	b, err := json.Marshal(p)
	if err != nil {
		return ""
	}
	return string(b)
}

// decodePosition reads a stored position; what cannot be read is no position.
func decodePosition(s string) (position, bool) {
	var p position
	if s == "" || json.Unmarshal([]byte(s), &p) != nil || p.Focus < focusSide || p.Focus > focusReading {
		return position{}, false
	}
	return p, true
}

// position is where the reader is now.
func (m *model) position() position {
	it := m.side.current()
	l := m.list
	if m.search.active {
		l = m.search.saved
	}
	p := position{Kind: it.kind, Briefing: it.briefing, Feed: it.feed, Watch: it.watch, Focus: m.focus, Offset: m.reading.offset,
		Side: m.sideWidth, List: m.listWidth, Unread: l.scope.UnreadOnly, Mouse: m.mouse}
	if r, ok := l.current(); ok {
		p.Article = r.ID
	}
	for id, open := range m.side.open {
		if open {
			p.Open = append(p.Open, id)
		}
	}
	return p
}
