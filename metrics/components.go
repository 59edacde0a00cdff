package metrics

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// Components returns the projections of the rows of each of some matrices on the k principal components of x, the
// eigenvectors of its covariance matrix with the largest eigenvalues.
func Components(x kernels.Matrix, k int, of ...kernels.Matrix) ([]kernels.Matrix, error) {
	if k < 1 || k > x.Cols || x.Rows < 2 {
		panic(fmt.Sprintf("metrics: Components: %d of points %dx%d", k, x.Rows, x.Cols))
	}
	if err := checkPoints("Components", append(of, x)...); err != nil {
		return nil, err
	}
	_, cov := moments(x)
	var e mat.EigenSym
	if !e.Factorize(cov, true) {
		return nil, errors.New("metrics: the eigenvalues of the covariance matrix do not converge")
	}
	var q mat.Dense
	e.VectorsTo(&q)
	basis := make([][]float64, k)
	for i := range basis {
		basis[i] = mat.Col(nil, x.Cols-1-i, &q) // eigenvalues ascend
	}
	projections := make([]kernels.Matrix, len(of))
	for s, m := range of {
		if m.Cols != x.Cols {
			panic(fmt.Sprintf("metrics: Components: points %dx%d, components of dimension %d", m.Rows, m.Cols, x.Cols))
		}
		projections[s] = kernels.NewMatrix(m.Rows, k)
		for i := range m.Rows {
			row := projections[s].Row(i)
			for j := range row {
				row[j] = float32(dot(basis[j], m.Row(i)))
			}
		}
	}
	return projections, nil
}
