//go:build openblas

package peers

// #cgo LDFLAGS: -lopenblas
// extern void openblas_set_num_threads(int n);
import "C"

import (
	"gonum.org/v1/netlib/blas/netlib"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
)

// openblas is OpenBLAS by gonum's own binding, with gonum's LAPACK above it.
func openblas() []compare.Peer {
	return []compare.Peer{{
		Name:    "openblas",
		BLAS32:  netlib.Implementation{},
		BLAS64:  netlib.Implementation{},
		Threads: func(n int) { C.openblas_set_num_threads(C.int(n)) },
	}}
}
