// Package address says where a web address really leads, in a form that nobody is
// deceived by: hosts in their own script only where that cannot be mistaken for
// another one, and whether the text of a link names a host that it does not lead
// to. It asks no network and decides nothing; who opens the address does.
package address
