// Package ptytest gives a test a terminal of its own, so that it can see every
// byte that a program sends and the modes that it leaves behind. It draws
// nothing and belongs to tests, which run on Linux only.
package ptytest
