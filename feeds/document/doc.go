// Package document reads the HTML that feeds carry: into a Document of blocks
// and spans for reading, into plain text for searching, and into harmless HTML
// for export. It is the only place that cleans and sanitises, and it is
// lenient: whatever it is given, it returns what text there is. It never
// fetches anything and knows nothing of screens.
package document
