package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/lapack/testlapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestLapack has gonum's own tests of the routines that are replaced.
func TestLapack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	var l gonumblas.Lapack
	t.Run("Dgetrf", func(t *testing.T) { testlapack.DgetrfTest(t, l) })
	t.Run("Dgetri", func(t *testing.T) { testlapack.DgetriTest(t, l) })
	t.Run("Dgetrs", func(t *testing.T) { testlapack.DgetrsTest(t, l) })
	t.Run("Dpotrf", func(t *testing.T) { testlapack.DpotrfTest(t, l) })
	t.Run("Dpotrs", func(t *testing.T) { testlapack.DpotrsTest(t, l) })
	t.Run("Dpotri", func(t *testing.T) { testlapack.DpotriTest(t, l) })
	t.Run("Dgeqrf", func(t *testing.T) { testlapack.DgeqrfTest(t, l) })
	t.Run("Dgelqf", func(t *testing.T) { testlapack.DgelqfTest(t, l) })
	t.Run("Dorgqr", func(t *testing.T) { testlapack.DorgqrTest(t, l) })
	t.Run("Dorglq", func(t *testing.T) { testlapack.DorglqTest(t, l) })
	t.Run("Dormqr", func(t *testing.T) { testlapack.DormqrTest(t, l) })
	t.Run("Dormlq", func(t *testing.T) { testlapack.DormlqTest(t, l) })
	t.Run("Dgecon", func(t *testing.T) { testlapack.DgeconTest(t, l) })
	t.Run("Dpocon", func(t *testing.T) { testlapack.DpoconTest(t, l) })
	t.Run("Dtrcon", func(t *testing.T) { testlapack.DtrconTest(t, l) })
	t.Run("Dtrtrs", func(t *testing.T) { testlapack.DtrtrsTest(t, l) })
	t.Run("Dtrtri", func(t *testing.T) { testlapack.DtrtriTest(t, l) })
}
