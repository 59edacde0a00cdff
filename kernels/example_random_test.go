package kernels_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/seed964deb49/langevin/kernels"
)

// A Source feeds math/rand/v2 and, as here, gonum's distributions. It can be set to any index.
func ExampleSource() {
	source := kernels.NewSource(kernels.Noise{Seed: 1})
	gamma := distuv.Gamma{Alpha: 2, Beta: 1, Src: source}
	fmt.Printf("%.4f %.4f\n", gamma.Rand(), gamma.Rand())
	source.Seek(0)
	fmt.Printf("%.4f\n", gamma.Rand())
	fmt.Println(rand.New(source).IntN(100))
	// Output:
	// 1.2847 1.4282
	// 1.2847
	// 64
}

// The price of a European call by Monte Carlo: its discounted payoff, averaged over ends of a geometric
// Brownian motion. A batch takes the normals of its own indices, so that batches may be drawn in any order
// or on many machines. Black and Scholes's formula gives 10.4506.
func ExampleNoise_Fill64() {
	const start, strike, rate, volatility, years = 100, 100, 0.05, 0.2, 1.0
	const batches, batch = 64, 1 << 14
	noise, z := kernels.Noise{Seed: 1}, make([]float64, batch)
	sum := 0.0
	for b := range uint64(batches) {
		noise.Fill64(z, b*batch)
		for _, z := range z {
			end := start * math.Exp((rate-volatility*volatility/2)*years+volatility*math.Sqrt(years)*z)
			sum += max(end-strike, 0)
		}
	}
	fmt.Printf("%.3f\n", math.Exp(-rate*years)*sum/(batches*batch))
	// Output:
	// 10.446
}

// Pi by the share of points in a quarter of a circle.
func ExampleNoise_Uniform64() {
	const n = 1 << 20
	x, y := make([]float64, n), make([]float64, n)
	kernels.Noise{Seed: 1}.Uniform64(x, 0)
	kernels.Noise{Seed: 1}.Uniform64(y, n)
	inside := 0
	for i := range x {
		if float64(x[i]*x[i])+float64(y[i]*y[i]) < 1 {
			inside++
		}
	}
	fmt.Printf("%.4f\n", 4*float64(inside)/n)
	// Output:
	// 3.1443
}
