package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas/testblas"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// everywhere runs a test on each implementation that this machine has.
func everywhere(t *testing.T, test func(t *testing.T)) {
	defer implementation.Use("auto")
	for _, name := range implementation.All() {
		if err := implementation.Use(name); err != nil {
			t.Fatal(err)
		}
		t.Run(name, test)
	}
}

// TestGonum has gonum's own tests of its BLAS.
func TestGonum(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		b := gonumblas.Float64{}
		t.Run("Dgemm", func(t *testing.T) { testblas.TestDgemm(t, b) })
		t.Run("Dsymm", func(t *testing.T) { testblas.DsymmTest(t, b) })
		t.Run("Dsyrk", func(t *testing.T) { testblas.DsyrkTest(t, b) })
		t.Run("Dsyr2k", func(t *testing.T) { testblas.Dsyr2kTest(t, b) })
		t.Run("Dtrmm", func(t *testing.T) { testblas.DtrmmTest(t, b) })
		t.Run("Dtrsm", func(t *testing.T) { testblas.DtrsmTest(t, b) })
	})
}
