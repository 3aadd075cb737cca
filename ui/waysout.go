package ui

import "strings"

// waysOut are the keys that lead from an article to more of it, "" for what is
// bound to no key.
type waysOut struct{ page, browser string }

// fromNothing says what to do where a feed gave no text.
func (w waysOut) fromNothing(link string) string {
	said := "The feed gives no text for this article."
	var ways []string
	if w.page != "" && link != "" {
		ways = append(ways, w.page+" gets its page")
	}
	if w.browser != "" && link != "" {
		ways = append(ways, w.browser+" opens the browser")
	}
	if len(ways) == 0 {
		return said
	}
	return said + " " + strings.Join(ways, ", ") + "."
}

// toTheRest says where the rest of an article that is cut can be read.
func (w waysOut) toTheRest() string {
	if w.browser == "" {
		return ""
	}
	return " " + w.browser + " opens all of it in the browser."
}
