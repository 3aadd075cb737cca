package ui

// focus is the pane that keys go to.
type focus int

const (
	focusSide focus = iota // the briefings
	focusList
	focusReading
)

// next and previous pane in the order of tab.
func (f focus) next() focus { return (f + 1) % 3 }
func (f focus) prev() focus { return (f + 2) % 3 }

func (f focus) String() string {
	return [...]string{"briefings", "list", "reading"}[f]
}
