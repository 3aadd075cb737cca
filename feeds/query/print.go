package query

func (All) String() string    { return "" }
func (And) String() string    { return "" }
func (Or) String() string     { return "" }
func (Not) String() string    { return "" }
func (Word) String() string   { return "" }
func (Phrase) String() string { return "" }
func (Near) String() string   { return "" }
func (Is) String() string     { return "" }
func (Has) String() string    { return "" }
func (Attr) String() string   { return "" }
func (Date) String() string   { return "" }
