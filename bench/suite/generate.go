package main

import (
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// row makes a row of data from standard normals.
type row func(dst []float64, z []float32)

// table returns a function that makes sets of n rows. Each row comes from so many normals. A column with
// categories is categorical.
func table(
	name string, columns []dataset.Column, normals int, make row,
) func(n int, seed uint64) *dataset.Set {
	return func(n int, seed uint64) *dataset.Set {
		s := &dataset.Set{Name: name, Shape: []int{len(columns)}, Double: true}
		s.X = kernels.NewMatrix64(n, len(columns))
		z := kernels.NewMatrix(1, normals).Data
		for i := range n {
			kernels.Noise{Seed: seed, Stream: 1}.Fill(z, uint64(i*normals))
			make(s.X.Row(i), z)
		}
		s.Columns = survey(s.X, columns)
		return s
	}
}

// survey returns the columns with their kinds and ranges.
func survey(x kernels.Matrix64, columns []dataset.Column) []dataset.Column {
	columns = append([]dataset.Column(nil), columns...)
	for j := range columns {
		c := &columns[j]
		low, high, whole := math.Inf(1), math.Inf(-1), true
		for i := range x.Rows {
			v := x.Row(i)[j]
			low, high, whole = min(low, v), max(high, v), whole && v == math.Trunc(v)
		}
		c.Low, c.High = low, high
		switch {
		case c.Categories != nil:
			c.Kind = dataset.Category
		case whole:
			c.Kind = dataset.Integer
		default:
			c.Kind = dataset.Number
		}
	}
	return columns
}

func named(names ...string) []dataset.Column {
	columns := make([]dataset.Column, len(names))
	for j, n := range names {
		columns[j].Name = n
	}
	return columns
}

// uniform returns a number that is even in (0, 1) where a and b are standard normal.
func uniform(a, b float32) float64 { return detmath.Exp(-squares(a, b) / 2) }

func squares(a, b float32) float64 {
	return float64(float64(a)*float64(a)) + float64(float64(b)*float64(b))
}

func logistic(x float64) float64 { return 1 / (1 + detmath.Exp(-x)) }

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// people have an age, an income, a height, a flag and a rating.
func people(dst []float64, z []float32) {
	age := 18 + float64(60*logistic(float64(z[0])-0.4))
	flag := indicator(uniform(z[3], z[4]) < logistic((age-50)/9))
	dst[0] = age
	dst[1] = detmath.Exp(9.5 + float64(0.012*age) + float64(0.5*float64(z[1])))
	dst[2] = 1.72 + float64(0.09*float64(z[2])) - float64(0.0006*(age-45))
	dst[3] = flag
	dst[4] = max(1, min(5, math.Round(3+float64(0.9*float64(z[5]))+float64(0.6*flag))))
}

// shop has a category, a whole number and an amount that is mostly zero, which follow from each other.
func shop(dst []float64, z []float32) {
	kind := 0.0
	switch u := uniform(z[0], z[1]); {
	case u > 0.9:
		kind = 2
	case u > 0.5:
		kind = 1
	}
	dst[0] = kind
	dst[1] = max(0, math.Round(8+float64(6*kind)+float64(4*float64(z[2]))))
	if dst[2] = 0; uniform(z[3], z[4]) < 0.1+float64(0.2*kind) {
		dst[2] = detmath.Exp(3 + float64(0.1*dst[1]) + float64(0.6*float64(z[5])))
	}
}

// pair is two clusters along a line.
func pair(dst []float64, z []float32) {
	dst[0] = float64(0.2*float64(z[0])) + math.Copysign(1, float64(z[1]))
	dst[1] = float64(0.5*dst[0]) + float64(0.3*float64(z[2]))
}

// scales are a pair in units far apart.
func scales(dst []float64, z []float32) {
	pair(dst, z)
	dst[0] *= 1e-3
	dst[1] *= 5e6
}

// tail is a normal number, and one of Student's t with 2 degrees of freedom that is correlated with it.
func tail(dst []float64, z []float32) {
	normal := float64(0.6*float64(z[0])) + float64(0.8*float64(z[1]))
	dst[0], dst[1] = float64(z[0]), normal/math.Sqrt(max(1e-12, squares(z[2], z[3])/2))
}

// lowRank returns a function that makes rows of rank 5 in noise, and the orthonormal axes of the signal.
func lowRank(width int, noise float64) (row, kernels.Matrix64) {
	const rank = 5
	basis, axes := kernels.NewMatrix64(rank, width), kernels.NewMatrix64(rank, width)
	z := kernels.NewMatrix(1, rank*width).Data
	kernels.Noise{Seed: 7, Stream: 2}.Fill(z, 0)
	for i := range z {
		basis.Data[i] = float64(z[i]) / math.Sqrt(rank)
	}
	copy(axes.Data, basis.Data)
	for i := range rank { // Gram and Schmidt
		for k := range i {
			c := dot(axes.Row(i), axes.Row(k))
			for j := range width {
				axes.Row(i)[j] -= float64(c * axes.Row(k)[j])
			}
		}
		norm := math.Sqrt(dot(axes.Row(i), axes.Row(i)))
		for j := range width {
			axes.Row(i)[j] /= norm
		}
	}
	return func(dst []float64, z []float32) {
		for j := range dst {
			dst[j] = float64(noise * float64(z[rank+j]))
			for k := range rank {
				dst[j] += float64(float64(z[k]) * basis.Row(k)[j])
			}
		}
	}, axes
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
