package store

import "sync"

// maxRemembered is how many words have their guesses remembered.
const maxRemembered = 256

// guesses remembers the spellings that were guessed for the words of the last
// searches. A search asks for them again to count, for its facets and for each
// further page, and to guess takes longer than to find. They hold until an
// article arrives.
type guesses struct {
	mu    sync.Mutex
	at    reckoning
	found map[guessed][]string
}

// guessed is a word that spellings were guessed for, and whether the catalogue
// knows it.
type guessed struct {
	folded string
	known  bool
}

// recall returns what was guessed for a word while the archive was as it is.
func (g *guesses) recall(at reckoning, w guessed) (found []string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.at != at {
		return nil, false
	}
	found, ok = g.found[w]
	return found, ok
}

func (g *guesses) remember(at reckoning, w guessed, found []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.at != at || len(g.found) == maxRemembered {
		g.at, g.found = at, nil
	}
	if g.found == nil {
		g.found = map[guessed][]string{}
	}
	g.found[w] = found
}

// remembered is guess for a word that may have been guessed for before.
func (x *expander) remembered(folded string, known bool) ([]string, error) {
	w := guessed{folded, known}
	if found, ok := x.c.guesses.recall(x.counted, w); ok {
		return found, nil
	}
	found, err := x.guess(folded, known)
	if err == nil {
		x.c.guesses.remember(x.counted, w, found)
	}
	return found, err
}
