// Package extract finds the article in a web page: its body without the site
// around it, its headline, authors, date, language and direction. It works on
// bytes that were fetched already, never fetches anything itself, and calls
// document for all cleaning of what it returns. It is the only importer of
// go-readability, which finds the body on most pages.
//
// A page goes through these steps, each in files of its own:
//
//	decode                     bytes to text, whatever its server says
//	meta jsonld marks          what the page says of its article
//	title byline when          the best of that
//	prune furniture cards      what names and links give away goes
//	body density agree         the candidates for the body, and the choice
//	complete lead rescue state what the choice lacks
//	tidy head guide echo       paragraphs that are not the article's go
//	plain kind language        text, kind and direction of the result
//
// flat reads the pages that no tree is made of. chrome remembers what an outlet
// says on all its pages.
//
// Rules stand on what all pages share (text, links, order, the common
// vocabulary of class names and of readers' languages), never on one outlet.
// The tests print reports in seven languages as a hundred kinds of pages, and
// read captured pages in other forms, to hold them to that.
package extract
