// Package shape has the sizes of matrix products, and draws them.
package shape

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// Largest is the largest size that Draw returns.
const Largest = 1024

const logLargest = 10 * math.Ln2

// Shape is that of a product C = A*B: A is m by k, B k by n, C m by n.
type Shape struct{ M, N, K int }

// Flop returns the floating-point operations of the product.
func (s Shape) Flop() float64 { return 2 * s.Volume() }

// Volume returns m*n*k.
func (s Shape) Volume() float64 { return float64(s.M) * float64(s.N) * float64(s.K) }

// String is m, n and k with spaces between them.
func (s Shape) String() string { return fmt.Sprintf("%d %d %d", s.M, s.N, s.K) }

// Draw returns count shapes whose sizes are log-uniform between 1 and Largest, rounded to the nearest. One
// seed gives the same shapes everywhere, and a longer list begins with the shorter one.
func Draw(seed uint64, count int) []Shape {
	random := rand.New(rand.NewPCG(seed, 0))
	size := func() int { return int(math.Round(detmath.Exp(float64(random.Float64() * logLargest)))) }
	shapes := make([]Shape, count)
	for i := range shapes {
		shapes[i].M = size()
		shapes[i].N = size()
		shapes[i].K = size()
	}
	return shapes
}

// Parse returns the shapes that a list of triples m n k names.
func Parse(sizes []string) ([]Shape, error) {
	if len(sizes)%3 != 0 {
		return nil, fmt.Errorf("%d sizes: want triples m n k", len(sizes))
	}
	shapes := make([]Shape, 0, len(sizes)/3)
	for ; len(sizes) > 0; sizes = sizes[3:] {
		var triple [3]int
		for i := range triple {
			n, err := strconv.Atoi(sizes[i])
			if err != nil || n < 1 {
				return nil, fmt.Errorf("size %q: want a positive number", sizes[i])
			}
			triple[i] = n
		}
		shapes = append(shapes, Shape{triple[0], triple[1], triple[2]})
	}
	return shapes, nil
}
