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
		t.Run("Dgemv", func(t *testing.T) { testblas.DgemvTest(t, b) })
		t.Run("Dgbmv", func(t *testing.T) { testblas.DgbmvTest(t, b) })
		t.Run("Dger", func(t *testing.T) { testblas.DgerTest(t, b) })
		t.Run("Dsymv", func(t *testing.T) { testblas.DsymvTest(t, b) })
		t.Run("Dsbmv", func(t *testing.T) { testblas.DsbmvTest(t, b) })
		t.Run("Dspmv", func(t *testing.T) { testblas.DspmvTest(t, b) })
		t.Run("Dsyr", func(t *testing.T) { testblas.DsyrTest(t, b) })
		t.Run("Dspr", func(t *testing.T) { testblas.DsprTest(t, b) })
		t.Run("Dsyr2", func(t *testing.T) { testblas.Dsyr2Test(t, b) })
		t.Run("Dspr2", func(t *testing.T) { testblas.Dspr2Test(t, b) })
		t.Run("Dtrmv", func(t *testing.T) { testblas.DtrmvTest(t, b) })
		t.Run("Dtbmv", func(t *testing.T) { testblas.DtbmvTest(t, b) })
		t.Run("Dtpmv", func(t *testing.T) { testblas.DtpmvTest(t, b) })
		t.Run("Dtrsv", func(t *testing.T) { testblas.DtrsvTest(t, b) })
		t.Run("Dtbsv", func(t *testing.T) { testblas.DtbsvTest(t, b) })
		t.Run("Dtpsv", func(t *testing.T) { testblas.DtpsvTest(t, b) })
		t.Run("Dtxmv", func(t *testing.T) { testblas.DtxmvTest(t, b) })
		t.Run("Ddot", func(t *testing.T) { testblas.DdotTest(t, b) })
		t.Run("Dnrm2", func(t *testing.T) { testblas.Dnrm2Test(t, b) })
		t.Run("Dasum", func(t *testing.T) { testblas.DasumTest(t, b) })
		t.Run("Idamax", func(t *testing.T) { testblas.IdamaxTest(t, b) })
		t.Run("Dswap", func(t *testing.T) { testblas.DswapTest(t, b) })
		t.Run("Dcopy", func(t *testing.T) { testblas.DcopyTest(t, b) })
		t.Run("Daxpy", func(t *testing.T) { testblas.DaxpyTest(t, b) })
		t.Run("Drotg", func(t *testing.T) { testblas.DrotgTest(t, b, false) })
		t.Run("Drotmg", func(t *testing.T) { testblas.DrotmgTest(t, b) })
		t.Run("Drot", func(t *testing.T) { testblas.DrotTest(t, b) })
		t.Run("Drotm", func(t *testing.T) { testblas.DrotmTest(t, b) })
		t.Run("Dscal", func(t *testing.T) { testblas.DscalTest(t, b) })
	})
}
