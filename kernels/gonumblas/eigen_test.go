package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/lapack/testlapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestLapackEigen has gonum's own tests of singular values and eigenvalues.
func TestLapackEigen(t *testing.T) {
	l := gonumblas.Lapack{}
	t.Run("Dsteqr", func(t *testing.T) { testlapack.DsteqrTest(t, l) })
	t.Run("Dsterf", func(t *testing.T) { testlapack.DsterfTest(t, l) })
	t.Run("Dsyev", func(t *testing.T) { testlapack.DsyevTest(t, l) })
	t.Run("Dorgtr", func(t *testing.T) { testlapack.DorgtrTest(t, l) })
	t.Run("Dorgbr", func(t *testing.T) { testlapack.DorgbrTest(t, l) })
	if testing.Short() {
		t.Skip("the others take seconds")
	}
	t.Run("Dbdsqr", func(t *testing.T) { testlapack.DbdsqrTest(t, l) })
	t.Run("Dgesvd", func(t *testing.T) { testlapack.DgesvdTest(t, l, 1e-13) })
	t.Run("Dgebrd", func(t *testing.T) { testlapack.DgebrdTest(t, l) })
	t.Run("Dormbr", func(t *testing.T) { testlapack.DormbrTest(t, l) })
	t.Run("Dsytrd", func(t *testing.T) { testlapack.DsytrdTest(t, l) })
}
