// Package peers has the implementations that the Go module proxy serves, each in a file.
package peers

import "github.com/seed964deb49/langevin/bench/gonum/compare"

// All are the implementations, those of this module first.
func All() []compare.Peer {
	return append(ours(), append([]compare.Peer{gonum(), vek()}, openblas()...)...)
}
