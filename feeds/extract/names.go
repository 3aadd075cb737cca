package extract

import "iter"

// words yields the words that class names and ids are made of, in lower case:
// article__relatedStories-2 gives article, related, stories, 2.
func words(names string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var word [24]byte
		n, lower := 0, false
		for i := range len(names) {
			c := names[i]
			upper := c >= 'A' && c <= 'Z'
			if n > 0 && (!isNameByte(c) || upper && lower || n == len(word)) {
				if !yield(string(word[:n])) {
					return
				}
				n = 0
			}
			lower = c >= 'a' && c <= 'z'
			if isNameByte(c) {
				if upper {
					c |= 0x20
				}
				word[n] = c
				n++
			}
		}
		if n > 0 {
			yield(string(word[:n]))
		}
	}
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80
}
