package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	lapack "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/testlapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestGonumLapack has gonum's own tests of gonum's LAPACK with blas64.Use alone. Each of these routines calls
// level 3 on blocks of one matrix: all of them Dgemm, Dpotrf also Dsyrk and Dtrsm, Dgetrf Dtrsm, Dgetri and
// Dtrtri Dtrsm and Dtrmm, Dgeqrf, Dgehrd and Dgeev Dtrmm, and Dsytrd Dsyr2k.
func TestGonumLapack(t *testing.T) {
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
