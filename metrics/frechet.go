package metrics

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Frechet returns the Frechet distance between the normal distributions with the means and covariances of two sets of
// features, one a row (Dowson and Landau 1982; on features of a fixed network, Heusel et al. 2017 call it FID):
//
//	|m_a - m_b|^2 + trace(S_a + S_b - 2 (S_a^1/2 S_b S_a^1/2)^1/2)
//
// It falls with the number of rows, and compares only between sets of the same size. What rounding leaves of it, below
// 10^-12 of the traces, is zero. Features that are not finite and fewer than two rows are errors.
func Frechet(a, b kernels.Matrix) (float64, error) {
	if a.Cols != b.Cols {
		panic(fmt.Sprintf("metrics: Frechet: features %dx%d and %dx%d", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if a.Rows < 2 || b.Rows < 2 {
		return 0, fmt.Errorf("metrics: Frechet: %d and %d rows of features: want two at least", a.Rows, b.Rows)
	}
	if err := checkPoints("Frechet", a, b); err != nil {
		return 0, err
	}
	meanA, covA := moments(a)
	meanB, covB := moments(b)
	distance := 0.0
	for j, m := range meanA {
		distance += detmath.Square(m - meanB[j])
	}
	rootA, _, err := matrixRoot(covA)
	if err != nil {
		return 0, err
	}
	var product mat.Dense
	product.Product(rootA, covB, rootA)
	n := a.Cols
	inner := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			inner.SetSym(i, j, (product.At(i, j)+product.At(j, i))/2)
		}
	}
	_, trace, err := matrixRoot(inner)
	if err != nil {
		return 0, err
	}
	both := mat.Trace(covA) + mat.Trace(covB)
	distance += both - 2*trace
	if distance < 1e-12*both {
		return 0, nil
	}
	return distance, nil
}

// moments returns the mean and the covariance matrix of the rows of x.
func moments(x kernels.Matrix) ([]float64, *mat.SymDense) {
	wide := mat.NewDense(x.Rows, x.Cols, nil)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			wide.Set(i, j, float64(v))
		}
	}
	mean := make([]float64, x.Cols)
	for j := range mean {
		mean[j] = stat.Mean(mat.Col(nil, j, wide), nil)
	}
	cov := mat.NewSymDense(x.Cols, nil)
	stat.CovarianceMatrix(cov, wide, nil)
	return mean, cov
}

// matrixRoot returns the root of a symmetric matrix without negative eigenvalues, but for rounding, and its trace.
func matrixRoot(s *mat.SymDense) (*mat.Dense, float64, error) {
	var e mat.EigenSym
	if !e.Factorize(s, true) {
		return nil, 0, errors.New("metrics: the eigenvalues of a covariance matrix do not converge: are the features finite?")
	}
	values, trace := e.Values(nil), 0.0
	for i, v := range values {
		values[i] = math.Sqrt(max(v, 0))
		trace += values[i]
	}
	var q, root mat.Dense
	e.VectorsTo(&q)
	root.Product(&q, mat.NewDiagDense(len(values), values), q.T())
	return &root, trace, nil
}
