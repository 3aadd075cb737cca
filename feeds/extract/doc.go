// Package extract finds the article in a web page: its body without the site
// around it, its headline, authors, date, language and direction. It works on
// bytes that were fetched already, never fetches anything itself, and calls
// document for all cleaning of what it returns. It is the only importer of
// go-readability, which finds the body on most pages.
package extract
