// Package ui is the screen and the keyboard: one Bubble Tea model whose panes
// are unexported types of this package, split over files by question (layout,
// keys, focus, commands, overlay). Its sub-packages know nothing of the
// application.
//
// Two rules hold throughout. Update and View do no I/O: the model has no
// handle of the store, only the functions in commands.go close over it, and
// what they bring back is a message whose apply method changes the model.
// Every foreign string passes feeds/safe and ui/text before it is drawn.
package ui
