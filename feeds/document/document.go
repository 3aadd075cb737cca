package document

// Document is the body of an article as a tree of blocks.
type Document struct {
	Blocks []Block
	// Logins holds the user name that stood in an address and was taken out of
	// it, where it can pass for a host: https://bank.example@elsewhere.example.
	Logins map[string]string
}

// Kind says what a block is.
type Kind uint8

// Kinds of blocks, and which fields of Block they use beside Dir and Lang.
const (
	Paragraph   Kind = iota // Spans
	Heading                 // Spans, Level
	List                    // Blocks (Items), Ordered, Start
	Item                    // Blocks, Number and Numeral if the list is ordered
	Quote                   // Blocks, Cite
	Pre                     // Text
	Table                   // Table, Spans (the caption)
	Figure                  // Media, Spans (the caption)
	Rule                    // nothing
	Definitions             // Blocks (Terms and Details)
	Term                    // Spans
	Detail                  // Blocks
)

// Block is one piece of a document from margin to margin.
type Block struct {
	Kind    Kind
	Level   int // 1 to 6
	Ordered bool
	Start   int     // the number of the first item
	Number  int     // of an item of an ordered list
	Numeral Numeral // how the number is written
	Spans   []Span
	Text    string // with line ends and tabs as published
	Blocks  []Block
	Grid    *Grid
	Media   *Media
	Cite    string // where a quote is from, an http or https address, "" when not said
	Dir     Dir
	Lang    string   // BCP 47, "" when not declared
	Names   []string // what links within the document call this place; see Span.Note
}

// Dir is the direction that the publisher declared.
type Dir uint8

// Directions. DirAuto means that the text decides.
const (
	DirAuto Dir = iota
	DirLTR
	DirRTL
)

// Style is a set of inline marks.
type Style uint8

// Inline marks.
const (
	Bold Style = 1 << iota
	Italic
	Code
	Strike
	Marked
	Inserted // where a text was changed, or underlined
)

// Span is text of one style. White space is collapsed as a browser does; "\n"
// is a forced line end. The text is foreign: it may hold control characters.
type Span struct {
	Text  string
	Style Style
	Link  string // absolute http, https or mailto address, "" for none
	Note  string // one of the Names of a block that this leads to, "" for none
}

// Grid is a table of data. All rows have the same number of cells; those that
// others span are empty.
type Grid struct {
	Rows [][]Cell
	Head int // how many of the first rows only name the columns
}

// Cell is a cell of a Grid.
type Cell struct {
	Spans  []Span
	Head   bool
	Across int // columns it takes; 0 for what another cell covers and for filling
	Down   int // rows it takes; -1 for what a cell above covers
	Dir    Dir
}

// Media is a reference to something that is not text.
type Media struct {
	Kind MediaKind
	URL  string // absolute http or https address
	Alt  string
	Link string // where a click on it leads, "" for nowhere
}

// MediaKind says what a Media is.
type MediaKind string

// Kinds of media.
const (
	Picture MediaKind = "image"
	Video   MediaKind = "video"
	Audio   MediaKind = "audio"
	Embed   MediaKind = "embed"
)
