//go:build !openblas

package peers

import "github.com/seed964deb49/langevin/bench/gonum/compare"

// openblas is nothing without the build tag openblas, which needs cgo and the library.
func openblas() []compare.Peer { return nil }
