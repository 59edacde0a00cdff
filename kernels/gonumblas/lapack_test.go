package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	lapack "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/testlapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestLAPACK has gonum's own tests of what its LAPACK builds on level 3, by blocks of one matrix.
func TestLAPACK(t *testing.T) {
	if testing.Short() {
		t.Skip("takes twenty seconds where the processor is emulated")
	}
	blas64.Use(gonumblas.Float64{})
	defer blas64.Use(gonum.Implementation{})
	l := lapack.Implementation{}
	t.Run("Dpotrf", func(t *testing.T) { testlapack.DpotrfTest(t, l) })
	t.Run("Dgetrf", func(t *testing.T) { testlapack.DgetrfTest(t, l) })
	t.Run("Dgetri", func(t *testing.T) { testlapack.DgetriTest(t, l) })
	t.Run("Dgeqrf", func(t *testing.T) { testlapack.DgeqrfTest(t, l) })
	t.Run("Dtrtri", func(t *testing.T) { testlapack.DtrtriTest(t, l) })
	t.Run("Dgehrd", func(t *testing.T) { testlapack.DgehrdTest(t, l) })
	t.Run("Dgeev", func(t *testing.T) { testlapack.DgeevTest(t, l) })
	t.Run("Dsytrd", func(t *testing.T) { testlapack.DsytrdTest(t, l) })
}
