// Package revision compares two texts of an article word by word and says which
// words are the same, which went and which came. It works on plain text in logical
// order, knows no screen, and takes bounded time on texts of any size.
package revision
