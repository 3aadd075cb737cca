package parse

// What a document may hold before it counts as an attack. gofeed recurses into
// foreign elements, copies all namespaces for each element and grows text by
// concatenation, so that each of these bounds its work.
const (
	maxDepth     = 256       // open elements
	maxChildren  = 20_000    // of one element, items apart
	maxNodes     = 2_000_000 // elements in all
	maxItems     = 20_000    // read; the rest is left out
	keptItems    = 10_000    // handed on, the newest ones
	maxEmitted   = 400_000   // elements handed to gofeed
	maxItemNodes = 1_000     // elements of one item handed to gofeed
	maxAttrs     = 64        // of one element; the rest is left out
	maxAttr      = 8 << 10   // bytes of an attribute; a longer one is left out
	maxScoped    = 64        // namespace declarations in scope
	maxMixed     = 4 << 10   // bytes of text handed on between the children of one element
	maxEntities  = 1_000     // entity declarations; none is ever expanded
	maxBase      = 1 << 10   // bytes of an xml:base; a longer one is passed over
	maxSwell     = 1 << 20   // bytes by which the skeleton may be larger than the document
	longText     = 1 << 10   // a leaf's text from here on is kept from gofeed
)
